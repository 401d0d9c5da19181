// The server, on a free port, with data of its own.
import { program, run, start, temporaryFolder } from "./process.js";
import { foundation } from "./stack.js";
import { freePort, until } from "./wait.js";

export const ADMIN = {
  email: "anne@example.org",
  fullName: "Anne Le Goff",
  password: "Correct-Cheval-9",
};

export async function startServer({ name = "server", env = {} } = {}) {
  const folder = temporaryFolder(name);
  const port = Number(env.PORT ?? (await freePort()));
  const url = `http://localhost:${port}`;
  const under = await foundation(url, env);
  const settings = {
    PORT: String(port),
    NEOPRO_HOST: "127.0.0.1",
    NEOPRO_DATA: folder.path,
    ...under.env,
    ...env,
  };
  let server;
  const launch = async () => {
    server = start(name, program("neopro"), ["serve"], { env: settings });
    await until(`${name} is healthy`, async () => {
      server.alive();
      return (await fetch(`${url}/health`)).ok;
    });
  };
  await launch();
  return {
    url,
    folder: folder.path,
    pid: () => server.pid,
    log: () => server.text(),
    kill: () => server.kill(),
    // The same data at the same address.
    startAgain: launch,
    // As an operator does it: by the command line, the password through standard input.
    createAdmin: ({ email, fullName, password } = ADMIN) =>
      run(
        program("neopro"),
        ["create-admin", "--email", email, "--full-name", fullName, "--password-stdin"],
        { env: settings, input: `${password}\n` },
      ),
    async stop() {
      const { code } = await server.stop();
      await under.stop();
      folder.remove();
      return code;
    },
  };
}
