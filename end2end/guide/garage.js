// Garage, a real S3 server, as `make guide` builds it.
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { root, start, temporaryFolder } from "../harness/process.js";
import { freePort, until } from "../harness/wait.js";

const GARAGE = join(root, "target/garage/bin/garage");
const REGION = "garage";

export async function startGarage() {
  const folder = temporaryFolder("garage");
  const [s3, rpc] = [await freePort(), await freePort()];
  const file = join(folder.path, "garage.toml");
  for (const name of ["meta", "data"]) mkdirSync(join(folder.path, name));
  writeFileSync(
    file,
    `metadata_dir = "${folder.path}/meta"
data_dir = "${folder.path}/data"
db_engine = "sqlite"
replication_factor = 1
rpc_bind_addr = "127.0.0.1:${rpc}"
rpc_public_addr = "127.0.0.1:${rpc}"
rpc_secret = "${randomBytes(32).toString("hex")}"
[s3_api]
s3_region = "${REGION}"
api_bind_addr = "127.0.0.1:${s3}"
`,
  );
  const garage = start("garage", GARAGE, ["-c", file, "server"]);
  const ask = (...args) => {
    const answer = spawnSync(GARAGE, ["-c", file, ...args], { encoding: "utf8" });
    if (answer.status !== 0) throw new Error(`garage ${args[0]}: ${answer.stderr}`);
    return answer.stdout;
  };
  const node = await until("Garage answers", () => (garage.alive(), ask("node", "id", "-q").trim().split("@")[0]));
  await until("Garage takes orders", () => ask("layout", "assign", "-z", "here", "-c", "10G", node));
  ask("layout", "apply", "--version", "1");
  const made = ask("key", "create", "neopro");
  const id = /Key ID:\s*(\S+)/.exec(made)[1];
  const secret = /Secret key:\s*(\S+)/.exec(made)[1];
  ask("key", "allow", "--create-bucket", id);
  return {
    key: { port: s3, region: REGION, id, secret },
    stop: () => garage.stop().then(() => folder.remove()),
  };
}
