// Stands in for Slack and SendGrid: takes what is sent, and keeps it.
import { createServer } from "node:http";

export async function startRecorder() {
  let taken = [];
  const server = createServer((asked, answer) => {
    let text = "";
    asked.on("data", (chunk) => (text += chunk));
    asked.on("end", () => {
      const { method, url, headers } = asked;
      taken.push({ method, path: url, headers, body: text && JSON.parse(text) });
      const isMail = url.startsWith("/v3/mail/send");
      answer.writeHead(isMail ? 202 : 200).end(isMail ? "" : "ok");
    });
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    of: (path) => taken.filter((one) => one.path.startsWith(path)),
    forget: () => (taken = []),
    stop: () => (server.closeAllConnections(), server.close()),
  };
}
