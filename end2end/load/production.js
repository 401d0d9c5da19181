// Measures over PostgreSQL behind PgBouncer in transaction mode: starts both, and runs the program of
// this folder beside them. `node end2end/load/production.js neopro-load bench …`
import { spawn } from "node:child_process";

import { startPgBouncer, startPostgres } from "../harness/services.js";

const [, , program, ...args] = process.argv;
const postgres = await startPostgres();
// Ten connections of the server, six on the other side: they have to share.
const pooler = await startPgBouncer(postgres, { pool: 6 });
const env = {
  ...process.env,
  BENCH_POSTGRES: `postgresql://neopro@127.0.0.1:${postgres.port}`,
  BENCH_POOLER: `postgresql://neopro@127.0.0.1:${pooler.port}`,
};
const measuring = spawn(program, args, { env, stdio: "inherit" });
process.exitCode = await new Promise((ended) => measuring.on("close", ended).on("error", () => ended(1)));
await pooler.stop();
await postgres.stop();
