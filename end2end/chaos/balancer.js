// What stands before several servers: each request goes to the next one. Like nginx, it asks another
// server where one cannot be reached, and never twice what may have been taken.
import { createServer, request as ask } from "node:http";
import { connect, createServer as createTcp } from "node:net";

export async function startBalancer(ports) {
  let turn = 0;
  // Who says that it leaves, or says nothing, is asked last.
  const ready = new Set(ports);
  const look = async (port) => {
    const asked = fetch(`http://127.0.0.1:${port}/ready`, { signal: AbortSignal.timeout(1_000) });
    const is = await asked.then((answer) => answer.ok, () => false);
    is ? ready.add(port) : ready.delete(port);
  };
  const looking = setInterval(() => ports.forEach(look), 250);
  const forward = (client, answer, [port, ...others]) => {
    const { method, url, headers } = client;
    let reached = false;
    const server = ask({ host: "127.0.0.1", port, method, path: url, headers, agent: false });
    server.on("socket", (socket) => socket.on("connect", () => ((reached = true), client.pipe(server))));
    server.on("response", (given) => {
      answer.writeHead(given.statusCode, given.rawHeaders);
      given.on("error", () => answer.destroy()).pipe(answer);
    });
    server.on("error", () => {
      if (!reached && others.length > 0) return forward(client, answer, others);
      if (answer.headersSent) return answer.destroy();
      answer.writeHead(502).end();
    });
    answer.on("close", () => server.destroy());
  };
  const balancer = createServer((client, answer) => {
    turn = (turn + 1) % ports.length;
    const order = [...ports.slice(turn), ...ports.slice(0, turn)];
    forward(client, answer, order.sort((one, other) => ready.has(other) - ready.has(one)));
  });
  await new Promise((ready) => balancer.listen(0, "127.0.0.1", ready));
  return {
    url: `http://localhost:${balancer.address().port}`,
    stop: () => (clearInterval(looking), balancer.closeAllConnections(), balancer.close()),
  };
}

// Before a service: carries everything, or answers 503 to everything.
export async function startGate(port) {
  let closed = false;
  const gate = createTcp((client) => {
    client.on("error", () => {});
    if (closed) {
      client.on("data", () => client.end("HTTP/1.1 503 Slow Down\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"));
      return;
    }
    const server = connect(port, "127.0.0.1");
    server.on("error", () => client.destroy());
    client.pipe(server).pipe(client);
    open.add(client);
    client.on("close", () => open.delete(client));
  });
  const open = new Set();
  await new Promise((ready) => gate.listen(0, "127.0.0.1", ready));
  const drop = () => open.forEach((client) => client.destroy());
  return {
    port: gate.address().port,
    close: () => ((closed = true), drop()),
    open: () => (closed = false),
    stop: () => (drop(), gate.close()),
  };
}
