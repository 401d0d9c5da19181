// A private certificate authority: what the walk's services show, and what its machine believes.
import { createHash, X509Certificate } from "node:crypto";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { temporaryFolder } from "../harness/process.js";

export function makeAuthority() {
  const folder = temporaryFolder("authority");
  const file = (name) => join(folder.path, name);
  const openssl = (...args) => {
    const made = spawnSync("openssl", args, { encoding: "utf8" });
    if (made.status !== 0) throw new Error(`openssl ${args[0]}: ${made.stderr}`);
  };
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl("req", "-x509", ...key, "-keyout", file("ca.key"), "-out", file("ca.pem"), "-days", "3", "-subj", "/CN=NeoPro walk");
  return {
    certificate: file("ca.pem"),
    // A certificate for these names, signed by the authority.
    issue(name, hosts) {
      const [keyFile, request, certificate] = ["key", "csr", "pem"].map((kind) => file(`${name}.${kind}`));
      const names = hosts.map((host) => (/^[\d.]+$/.test(host) ? `IP:${host}` : `DNS:${host}`)).join(",");
      writeFileSync(file(`${name}.ext`), `subjectAltName=${names}\nextendedKeyUsage=serverAuth\n`);
      openssl("req", "-new", ...key, "-keyout", keyFile, "-out", request, "-subj", `/CN=${hosts[0]}`);
      const signed = ["-CA", file("ca.pem"), "-CAkey", file("ca.key"), "-CAcreateserial", "-days", "3"];
      openssl("x509", "-req", "-in", request, ...signed, "-extfile", file(`${name}.ext`), "-out", certificate);
      return { key: keyFile, certificate, pin: pin(certificate) };
    },
    remove: () => folder.remove(),
  };
}

// Names a certificate's key as Chromium's flag wants it: SHA-256 of its public key, in base64.
function pin(certificate) {
  const { publicKey } = new X509Certificate(readFileSync(certificate));
  const der = publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(der).digest("base64");
}
