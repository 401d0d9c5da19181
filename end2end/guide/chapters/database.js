// Chapters 7 and 8: what is pasted into the SQL editor, and the first administrator.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "../../harness/process.js";
import { ADMIN } from "../../harness/server.js";
import { seeSignIn, signIn } from "./dashboard.js";

const script = (name) => readFileSync(join(root, "docs/sql", name), "utf8");

const MFA = `ALTER TABLE users
ADD COLUMN IF NOT EXISTS mfa_enabled BOOLEAN DEFAULT FALSE,
ADD COLUMN IF NOT EXISTS mfa_secret TEXT,
ADD COLUMN IF NOT EXISTS mfa_backup_codes TEXT[],
ADD COLUMN IF NOT EXISTS mfa_verified_at TIMESTAMP WITH TIME ZONE;

CREATE INDEX IF NOT EXISTS idx_users_mfa_enabled
ON users(mfa_enabled) WHERE mfa_enabled = TRUE;`;

const TABLES = `SELECT table_name FROM information_schema.tables
WHERE table_schema = 'public' ORDER BY table_name;`;

export const SECOND = { email: "votre@email.com", password: "Mot-De-Passe-12" };

// As bcrypt-generator.com makes it.
export const bcrypt = (password) =>
  spawnSync("perl", ["-e", 'print crypt($ARGV[0], "\\$2a\\$12\\$abcdefghijklmnopqrstuu")', password], { encoding: "utf8" }).stdout;

export const tables = ({ postgres }) => [
  ["7.2 init-db.sql, pasted over a server that runs", () => void postgres.psql(script("init-db.sql"))],
  ["7.3 analytics-tables.sql", () => void postgres.psql(script("analytics-tables.sql"))],
  ["7.4 the MFA migration", () => void postgres.psql(MFA)],
  [
    "7.5 analytics, groups, sites, users",
    () => {
      const found = postgres.psql(TABLES).split("\n");
      for (const table of ["analytics", "groups", "sites", "users"]) assert.ok(found.includes(table), table);
      return `${found.length} tables`;
    },
  ],
];

export const administrator = ({ render, postgres, openBrowser, dashboard }) => [
  [
    "8.A create-admin in the platform's shell",
    async () => {
      const args = ["create-admin", "--email", ADMIN.email, "--full-name", ADMIN.fullName, "--password-stdin"];
      await render.shell(args, { input: `${ADMIN.password}\n` });
    },
  ],
  [
    "8. the sign-in page is drawn once: what somebody types slowly stays",
    async () => {
      const page = await openBrowser("slow");
      await seeSignIn(page, dashboard);
      const address = page.getByLabel("Adresse e-mail");
      await address.fill(SECOND.email);
      // After the moment at which the page would have said that its server sleeps.
      await page.evaluate(() => new Promise((later) => setTimeout(later, 2500)));
      assert.equal(await address.inputValue(), SECOND.email);
    },
  ],
  [
    "8.B INSERT INTO users with a bcrypt hash, then the sign-in",
    async () => {
      postgres.psql(`INSERT INTO users (email, password_hash, full_name, role, is_active, created_at, updated_at)
VALUES ('${SECOND.email}', '${bcrypt(SECOND.password)}', 'Votre Nom', 'admin', true, NOW(), NOW());`);
      await signIn(await openBrowser("second"), dashboard, SECOND);
    },
  ],
];
