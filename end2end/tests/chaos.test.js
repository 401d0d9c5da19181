// What judges the players must be right before it may judge.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";

import { chance } from "../chaos/chance.js";
import { filesAgree, playsAgree } from "../chaos/check.js";
import { startProxy } from "../chaos/proxy.js";

const journal = (...ids) => ids.map((id) => ({ id, receipt: { result: "stored" } }));

test("a play that is missing, doubled, invented or lost is named", () => {
  const agree = (said) => playsAgree("one", { journal: journal("a", "b"), stored: ["a", "b"], kept: ["a"], ...said });
  assert.deepEqual(agree({}), []);
  assert.match(agree({ stored: ["a"] })[0], /not stored, such as b/);
  assert.match(agree({ stored: ["a", "b", "b"] })[0], /stored twice, such as b/);
  assert.match(agree({ stored: ["a", "b", "c"] })[0], /never made, such as c/);
  assert.match(agree({ kept: ["z"] })[0], /lost, such as z/);
  assert.match(agree({ journal: [...journal("a"), { id: "b", receipt: null }] })[0], /no receipt/);
});

test("a file that is missing or damaged is named", () => {
  const files = { names: ["a", "b"], damaged: ["b"] };
  assert.deepEqual(filesAgree("one", { files, wanted: ["a", "c"] }), ["one: b is damaged", "one: c is missing"]);
});

test("the same seed gives the same chance", () => {
  const draw = (seed, name) => Array.from({ length: 5 }, ((dice) => () => dice.whole(0, 1000))(chance(seed, name)));
  assert.deepEqual(draw(1, "a"), draw(1, "a"));
  assert.notDeepEqual(draw(1, "a"), draw(2, "a"));
  assert.notDeepEqual(draw(1, "a"), draw(1, "b"));
});

test("the bad line does each of its tricks, and is good once it is calm", async () => {
  const body = "x".repeat(200_000);
  const server = createServer((_request, response) => response.end(body));
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const proxy = await startProxy(chance(3, "proxy"));
  proxy.leadTo(server.address().port);
  const ask = async () => {
    const answer = await fetch(proxy.url, { headers: { connection: "close" } });
    return (await answer.text()) === body;
  };
  const asked = Array.from({ length: 60 }, () => ask().catch(() => false));
  const good = (await Promise.all(asked)).filter(Boolean).length;
  assert.ok(good > 20 && good < 58, `${good} of 60 came through`);
  for (const [trick, count] of Object.entries(proxy.counts)) assert.ok(count > 0, trick);
  proxy.calm();
  for (let i = 0; i < 5; i += 1) assert.ok(await ask());
  proxy.stop();
  server.close();
});
