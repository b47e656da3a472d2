import assert from "node:assert/strict";
import * as path from "node:path";
import { test } from "node:test";
import { takeEntries, type Coo } from "../../lib/recommend/coo";
import { buildPattern } from "../../lib/recommend/csr";
import { buildUserLists } from "../../lib/recommend/userLists";
import { writeInteractionFile } from "../../lib/recommend/writeInteractionFile";
import { makeTask } from "./fast/tasks";
import { tempFolder } from "./tempFolder";

/** Never asks to stop. */
const go = { requested: false, release: () => undefined };

test("buildUserLists() has the lists that buildPattern() has of a matrix, those of positive items too", async (context) => {
  const file = path.join(tempFolder(context), "a.bin");
  const shapes = [{}, { users: 7, items: 3, entries: 900 }, { users: 900, items: 4000, entries: 300_000 }];
  for (const { interactions } of [...shapes.map(makeTask), makeTask({ entries: 0 })]) {
    const written = await writeInteractionFile(file, interactions);
    assert.deepEqual(await buildUserLists(written, { stop: go }), buildPattern(interactions));
    assert.deepEqual(
      await buildUserLists(written, { stop: go, positives: true }),
      buildPattern(positive(interactions)),
    );
  }
});

function positive(interactions: Coo): Coo {
  const places = Int32Array.from(interactions.values.keys()).filter((place) => interactions.values[place] > 0);
  return takeEntries(interactions, places);
}

test("buildUserLists() gives up at the first look at which it is asked to, in each of its passes", async (context) => {
  const { interactions } = makeTask({ users: 2000, items: 500, entries: 300_000 });
  const file = await writeInteractionFile(path.join(tempFolder(context), "a.bin"), interactions);
  const stopAtLook = async (last: number) => {
    let looks = 0;
    const stop = { get requested() { return ++looks === last; }, release: () => undefined }; // prettier-ignore
    return { lists: await buildUserLists(file, { stop }), looks };
  };
  const { looks: all } = await stopAtLook(0);
  assert.equal(all, 3 + 3 + 2); // two readings of three pieces each, and two looks while the lists are sorted
  for (let last = 1; last <= all; last++) assert.deepEqual(await stopAtLook(last), { lists: undefined, looks: last });
});
