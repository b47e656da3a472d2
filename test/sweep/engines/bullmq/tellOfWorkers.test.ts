import assert from "node:assert/strict";
import { test } from "node:test";
import { tellOfWorkers } from "../../../../lib/sweep/engines/bullmq/tellOfWorkers";

const worker = (name: string, more = {}) => ({ id: name, name, version: "v1", atOnce: 2, ...more });

test("tellOfWorkers() says who comes, has trouble and goes, each once", () => {
  const lines: string[] = [];
  const tell = tellOfWorkers("v1", (line) => lines.push(line));
  tell([worker("a")]);
  tell([worker("a"), worker("b", { trouble: "no room" })]);
  tell([worker("a"), worker("b", { trouble: "no room" })]);
  assert.deepEqual(lines, ["worker a takes rows, 2 at a time", "worker b takes no rows: no room"]);
  tell([worker("b")]);
  tell([worker("b")]);
  assert.deepEqual(lines.slice(2), ["worker b takes rows again", "worker a has gone"]);
});

test("tellOfWorkers() says that nobody has this version, and who has another one", () => {
  const lines: string[] = [];
  const tell = tellOfWorkers("v1", (line) => lines.push(line));
  for (let look = 0; look < 5; look++) tell([]);
  tell([worker("a")]);
  for (let look = 0; look < 5; look++) tell([worker("old", { version: "v0" })]);
  assert.deepEqual(lines, [
    "no worker has this version of the code (v1); start one: npm run sweep -- work",
    "worker a takes rows, 2 at a time",
    "worker a has gone",
    "no worker has this version of the code (v1): old has v0; give them this one and start them again",
  ]);
});
