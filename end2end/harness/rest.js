// The REST API, as a script of an admin uses it.
export async function signedIn(server, { email, password }) {
  const headers = { origin: server.url, "accept-language": "fr" };
  const send = async (method, path, body, type = "application/json") => {
    const response = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { ...headers, ...(body && { "content-type": type }) },
      body: type === "application/json" ? JSON.stringify(body) : body,
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const json = async (...asked) => (await send(...asked)).json();

  const session = await send("POST", "/session", { email, password });
  headers.cookie = session.headers.getSetCookie().map((cookie) => cookie.split(";")[0]).join("; ");
  return {
    get: (path) => json("GET", path),
    post: (path, body) => json("POST", path, body),
    put: (path, body) => json("PUT", path, body),
    upload: (name, bytes) =>
      json("POST", `/videos?file_name=${encodeURIComponent(name)}`, bytes, "application/octet-stream"),
    setThumbnail: (id, jpeg) => send("PUT", `/videos/${id}/thumbnail`, jpeg, "image/jpeg"),
  };
}
