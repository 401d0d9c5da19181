// A bad line: a TCP proxy that cuts, delays, truncates and lies, each connection as chance has it.
import { connect, createServer } from "node:net";
import { Transform } from "node:stream";

// How often each comes, of a hundred connections.
const WEIGHTS = { pass: 50, cut: 16, delay: 12, truncate: 8, portal: 6, deaf: 4, corrupt: 4 };

const PORTAL = "<!doctype html><title>Wi-Fi</title><h1>Bienvenue ! Acceptez les conditions.</h1>";

// What passes from one end to the other, changed on its way.
const changed = (change) =>
  new Transform({
    transform(chunk, _encoding, done) {
      change(chunk, (result) => done(null, result));
    },
  });

const BEHAVIOURS = {
  pass(client, server) {
    client.pipe(server).pipe(client);
  },
  // Gone in the middle, in both directions.
  cut(client, server, dice) {
    client.pipe(server).pipe(client);
    setTimeout(() => client.destroy(), dice.between(5, 3000)).unref();
  },
  delay(client, server, dice) {
    const late = changed((chunk, done) => setTimeout(() => done(chunk), dice.between(20, 600)));
    client.pipe(server).pipe(late).pipe(client);
  },
  // Ends politely, as if that had been all.
  truncate(client, server, dice) {
    let left = dice.whole(100, 300_000);
    client.pipe(server);
    server.on("data", (chunk) => {
      client.write(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) client.end();
    });
  },
  // A hall's network answers in the server's place.
  portal(client, server) {
    server.destroy();
    const head = ["HTTP/1.1 200 OK", "content-type: text/html", `content-length: ${PORTAL.length}`];
    client.once("data", () => client.end(`${head.join("\r\n")}\r\n\r\n${PORTAL}`));
  },
  // A cache that does not know ranges: whole files come instead.
  deaf(client, server) {
    const without = changed((chunk, done) =>
      done(Buffer.from(chunk.toString("latin1").replace(/\r\nrange:/i, "\r\nx-rng:"), "latin1")),
    );
    client.pipe(without).pipe(server).pipe(client);
  },
  // One byte of a file is another. Short answers are left alone: they would say something else.
  corrupt(client, server, dice) {
    let spoiltOnce = false;
    const spoilt = changed((chunk, done) => {
      if (!spoiltOnce && chunk.length > 16_000) {
        chunk[dice.whole(8_000, chunk.length - 1)] ^= 0x55;
        spoiltOnce = true;
      }
      done(chunk);
    });
    client.pipe(server).pipe(spoilt).pipe(client);
  },
};

// Listens before `port` of this machine is known to anybody.
export async function startProxy(dice) {
  const counts = Object.fromEntries(Object.keys(WEIGHTS).map((name) => [name, 0]));
  const open = new Set();
  let port; // the server's
  let calm = false;
  let carried = 0; // bytes to the server
  const drop = () => {
    for (const client of open) client.destroy();
  };
  let gone = false;
  const proxy = createServer((client) => {
    if (gone) return client.destroy();
    const server = connect(port, "127.0.0.1");
    const behaviour = calm ? "pass" : dice.weighted(WEIGHTS);
    counts[behaviour] += 1;
    open.add(client);
    // An end that breaks off takes the other with it.
    client.on("error", () => server.destroy()).on("close", () => (server.destroy(), open.delete(client)));
    client.on("data", (chunk) => (carried += chunk.length));
    server.on("error", () => client.destroy()).on("close", () => client.destroySoon());
    BEHAVIOURS[behaviour](client, server, dice);
  });
  await new Promise((ready) => proxy.listen(0, "127.0.0.1", ready));
  return {
    url: `http://localhost:${proxy.address().port}`,
    leadTo: (server) => (port = server),
    counts,
    carried: () => carried,
    // Every connection breaks off, and none holds until it is mended.
    cut() {
      gone = true;
      drop();
    },
    mend: () => (gone = false),
    // From now on every connection is a good one.
    calm() {
      calm = true;
      drop();
    },
    stop() {
      drop();
      proxy.close();
    },
  };
}
