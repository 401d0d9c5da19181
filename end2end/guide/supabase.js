// Supabase's storage before a real S3 server: its S3 door with a session token, and its public addresses.
import { createHash, createHmac } from "node:crypto";
import { createServer, request as ask } from "node:http";

export const PROJECT = "abcdefghijklmnop";
// What « service_role → Reveal » shows: a JWT of the role.
const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
export const SERVICE_KEY = `${part({ alg: "HS256", typ: "JWT" })}.${part({ role: "service_role", ref: PROJECT })}.c2lnbmF0dXJlLWRlLXRlc3Q`;

const EMPTY = createHash("sha256").digest("hex");
const DOOR = "/storage/v1/s3";
const BUCKET = "/storage/v1/bucket/";
const PUBLIC = "/storage/v1/object/public";

// `store`: where the S3 server is, and its key.
export async function startSupabase(store) {
  const carry = (client, answer, target, payload = EMPTY) => {
    const { method } = client;
    const kept = ["content-type", "content-length", "range", "if-match", "cache-control", "content-md5"];
    const headers = Object.fromEntries(kept.filter((name) => client.headers[name]).map((name) => [name, client.headers[name]]));
    const signed = sign(store, { method, target, payload });
    const server = ask({ host: "127.0.0.1", port: store.port, method, path: target, headers: { ...headers, ...signed }, agent: false });
    server.on("response", (given) => (answer.writeHead(given.statusCode, given.headers), given.pipe(answer)));
    server.on("error", () => answer.writeHead(502).end());
    client.pipe(server);
  };
  // Its own protocol, as far as the doctor asks it: is the bucket there, and public?
  const tell = async ({ url, headers }, answer) => {
    const json = (status, value) => answer.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    if (headers.authorization !== `Bearer ${SERVICE_KEY}`) return json(400, { statusCode: "403", message: "Invalid Compact JWS" });
    const name = url.slice(BUCKET.length);
    const isThere = await asked(store, "GET", `/${name}?list-type=2`).then(() => true, () => false);
    return isThere ? json(200, { id: name, name, public: true }) : json(400, { statusCode: "404", error: "Bucket not found" });
  };
  const door = createServer((client, answer) => {
    const { url, headers } = client;
    if (url.startsWith(BUCKET)) return tell(client, answer);
    if (url.startsWith(PUBLIC)) return carry(client, answer, url.slice(PUBLIC.length));
    const isOpen = url.startsWith(DOOR) && headers["x-amz-security-token"] === SERVICE_KEY;
    if (!isOpen) return answer.writeHead(403, { "content-type": "application/json" }).end('{"message":"signature verification failed"}');
    carry(client, answer, url.slice(DOOR.length), headers["x-amz-content-sha256"]);
  });
  await new Promise((ready) => door.listen(0, "127.0.0.1", ready));
  return {
    // The project's page: a new bucket.
    createBucket: (name) => asked(store, "PUT", `/${name}`),
    put: (path, bytes) => asked(store, "PUT", path, bytes),
    delete: (path) => asked(store, "DELETE", path),
    list: async (bucket) => {
      const text = await asked(store, "GET", `/${bucket}?list-type=2`);
      return [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key);
    },
    variables: { SUPABASE_URL: `http://127.0.0.1:${door.address().port}`, SUPABASE_SERVICE_KEY: SERVICE_KEY },
    stop: () => (door.closeAllConnections(), door.close()),
  };
}

async function asked(store, method, target, body) {
  const payload = createHash("sha256").update(body ?? "").digest("hex");
  const headers = sign(store, { method, target, payload });
  const answer = await fetch(`http://127.0.0.1:${store.port}${target}`, { method, headers, body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${target}: ${answer.status} ${text}`);
  return text;
}

// Signature version 4 (AWS General Reference), of the headers that it needs.
function sign({ port, region, id, secret }, { method, target, payload }) {
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
  const day = time.slice(0, 8);
  const [path, query = ""] = target.split("?");
  const sorted = query.split("&").filter(Boolean).map((pair) => (pair.includes("=") ? pair : `${pair}=`)).sort().join("&");
  const headers = { host: `127.0.0.1:${port}`, "x-amz-content-sha256": payload, "x-amz-date": time };
  const names = Object.keys(headers);
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join("");
  const asked = [method, path, sorted, lines, names.join(";"), payload].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", time, scope, createHash("sha256").update(asked).digest("hex")].join("\n");
  const hmac = (key, value) => createHmac("sha256", key).update(value).digest();
  const key = [day, region, "s3", "aws4_request"].reduce(hmac, `AWS4${secret}`);
  const signature = createHmac("sha256", key).update(text).digest("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${id}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return { ...headers, authorization };
}
