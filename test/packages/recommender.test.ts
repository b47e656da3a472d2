import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { skip } from "../browser";
import { faultsOf, newUser, type NewUser } from "./newUser";

let user: NewUser;
before(async () => {
  user = await newUser("recommender");
});
after(() => user.leave());

/** Two kinds of users, each of whom buys one half of the items; user 1 has not bought two of theirs yet, which must come first. */
const PLANTED = `
const rows = [];
for (let user = 0; user < 40; user++)
  for (let item = 0; item < 10; item++) if (user !== 1 || item % 5 !== 4) rows.push([user, item + 10 * (user % 2)]);
const ids = (count) => Array.from({ length: count }, (_, id) => id);
const dataset = buildDataset({ users: ids(40), items: ids(20) });
const { interactions } = buildInteractions(dataset, rows);
const model = buildRecommender({ loss: "warp", components: 4, seed: 3 });
await fit(model, interactions, { epochs: 30 });
const best = recommendFor(dataset, model, 1, { count: 2 }).items.sort();
const copy = modelFromBytes(modelToBytes({ model, dataset }));
const same = recommendFor(copy.dataset, copy.model, 1, { count: 2 }).items.sort().join() === best.join();
`;

const NAMES = "buildDataset, buildInteractions, buildRecommender, fit, modelFromBytes, modelToBytes, recommendFor";

test("the recommender's README example runs as a module, and as TypeScript by either way of finding modules", () => {
  assert.ok(user.example.split("\n").length <= 12, user.example);
  assert.match(user.run("example.mjs", user.example), /items: \[ '\w+', '\w+' \]/);
  const typed = `declare const console: { log(...all: unknown[]): void };\n${user.example}`;
  user.check(typed, "bundler");
  user.check(typed, "node10");
});

test("the recommender fits from CommonJS, its module and its CommonJS being one", () => {
  const printed = user.run(
    "fit.cjs",
    `const { ${NAMES} } = require("warp-recommender");
(async () => {
  ${PLANTED}
  const other = await import("warp-recommender");
  console.log(JSON.stringify({ best, same, one: other.fit === fit }));
})();`,
  );
  assert.deepEqual(JSON.parse(printed), { best: [14, 19], same: true, one: true });
});

test("the recommender fits from a file, as it does from memory", () => {
  const printed = user.run(
    "file.mjs",
    `import { buildRecommender, fit, openInteractionFile, predict, toInteractionBlocks, writeInteractionFile } from "warp-recommender";
const rows = Array.from({ length: 60 }, (_, i) => [i % 6, (i * 7) % 9]);
await writeInteractionFile("rows.bin", rows);
const file = openInteractionFile("rows.bin");
const scores = [];
for (const source of [file, [...toInteractionBlocks(file)][0]]) {
  const model = buildRecommender({ seed: 3 });
  await fit(model, source, { epochs: 3, block: 10 });
  scores.push(predict(model, 2).join());
}
console.log(file.length, scores[0] === scores[1]);`,
  );
  assert.equal(printed.trim(), "60 true");
});

test("the recommender refuses files of interactions in a browser", { skip }, async () => {
  const result =
    await user.inBrowser(`import { buildRecommender, fit, openInteractionFile, toInteractionBlocks, writeInteractionFile } from "warp-recommender";
const file = { path: "rows.bin", rows: 2, columns: 2, length: 1, negatives: 0, digest: "" };
const calls = [
  () => openInteractionFile("rows.bin"),
  () => writeInteractionFile("rows.bin", []),
  () => [...toInteractionBlocks(file)],
  () => fit(buildRecommender(), file),
];
(async () => {
  const result = [];
  for (const call of calls) result.push(await (async () => call())().catch((error) => error.message));
  globalThis.result = result;
})();`);
  const cure = "a browser has no file system; learn from interactions in memory instead";
  assert.deepEqual(result, [
    `openInteractionFile(): ${cure}`,
    "writeInteractionFile(): a browser has no file system; keep interactions in memory instead",
    `a file of interactions: ${cure}`,
    `a file of interactions: ${cure}`,
  ]);
});

test("the recommender fits in a browser without cross-origin isolation", { skip }, async () => {
  const result = await user.inBrowser(`import { ${NAMES} } from "warp-recommender";
(async () => {
  ${PLANTED}
  globalThis.result = { best, same, isolated: crossOriginIsolated };
})().catch((error) => (globalThis.result = { error: String(error.stack) }));`);
  assert.deepEqual(result, { best: [14, 19], same: true, isolated: false });
});

test("the recommender fits in a notebook beside it", async () => {
  const output = await user.inNotebook(`import { ${NAMES} } from "warp-recommender";`, `${PLANTED.replace("const rows = []", "const rows: [number, number][] = []").replace("(count)", "(count: number)").replace("copy.dataset,", "copy.dataset!,")}\nconsole.log("best:", best.join(), same);`); // prettier-ignore
  assert.match(output, /best: 14,19 true/);
});

test("publint and are-the-types-wrong find nothing in the recommender's tarball, which needs nothing and is small", async () => {
  assert.deepEqual(await faultsOf(user), []);
  assert.ok(user.tarball.size < 200_000, `${user.tarball.size} bytes`);
});
