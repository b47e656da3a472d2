import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { projectRoot, typeScriptLoader } from "../../lib/files";
import { buildDataset } from "../../lib/recommend/dataset";
import { fit } from "../../lib/recommend/fit";
import { buildRecommender } from "../../lib/recommend/model";
import { recommend } from "../../lib/recommend/recommend";
import { saveModel } from "../../lib/recommend/saveModel";
import { writeRecommendations } from "../../lib/recommend/writeRecommendations";
import { plantedTastes } from "./checkerboard";
import { tempFolder } from "./tempFolder";

async function trained(users: number) {
  const model = buildRecommender();
  await fit(model, plantedTastes({ users }));
  return model;
}

test("writeRecommendations() in parts has the best items of each user once, in their order", async (context) => {
  const file = path.join(tempFolder(context), "deep", "best.csv");
  const model = await trained(5000);
  const wanted = Array.from({ length: 5000 }, (_, user) =>
    [user, ...recommend(model, user, { count: 3 }).items].join(),
  );
  for (const shards of [1, 3, 7]) {
    const lines: string[] = [];
    for (let shard = 1; shard <= shards; shard++) {
      const users = await writeRecommendations(file, model, { shard, shards, count: 3 });
      const some = fs.readFileSync(file, "utf8").trimEnd().split("\n");
      assert.equal(some.length, users);
      assert.ok(Math.abs(users - 5000 / shards) < 1);
      lines.push(...some);
    }
    assert.deepEqual(lines, wanted);
  }
  assert.deepEqual(fs.readdirSync(path.dirname(file)), ["best.csv"]);
});

test("writeRecommendations() leaves a part of nobody empty, and gives fewer items where fewer are left", async (context) => {
  const file = path.join(tempFolder(context), "best.csv");
  const model = await trained(2);
  assert.equal(await writeRecommendations(file, model, { shard: 1, shards: 3 }), 0);
  assert.equal(fs.readFileSync(file, "utf8"), "");
  await writeRecommendations(file, model, { count: 200 });
  const seen = plantedTastes({ users: 2 }).columnIndices.subarray(0, 16);
  assert.equal(fs.readFileSync(file, "utf8").split("\n")[0].split(",").length, 1 + 90 - new Set(seen).size);
});

test("writeRecommendations() quotes names that need it, and refuses a part that there is not", async (context) => {
  const file = path.join(tempFolder(context), "best.csv");
  const model = await trained(1);
  const items = Array.from({ length: 90 }, (_, item) => `item "${item}", new`);
  await writeRecommendations(file, model, { count: 1, dataset: buildDataset({ users: ["Ann"], items }) });
  assert.match(fs.readFileSync(file, "utf8"), /^Ann,"item ""\d+"", new"\n$/);
  await assert.rejects(writeRecommendations(file, model, { shard: 4, shards: 3 }), {
    name: "RangeError",
    message: "writeRecommendations(): shard 4 is not one of 3; they are counted from 1",
  });
  await assert.rejects(writeRecommendations(file, model, { shard: 0 }), {
    name: "RangeError",
    message: "writeRecommendations(): shard 0 is not an integer of 1 or more",
  });
});

test("bench/recommendShard.ts writes a part of a saved model's users into its folder, and records how many", async (context) => {
  const folder = tempFolder(context);
  const model = await trained(100);
  saveModel(path.join(folder, "model.bin"), { model });
  const script = path.join(projectRoot, "bench", "recommendShard.ts");
  const records = path.join(folder, "records.ndjson");
  const words = ["--model", path.join(folder, "model.bin"), "--shard=2", "--shards=4"];
  const env = { ...process.env, ATELIER_RECORDS: records };
  const { status, stderr } = spawnSync(process.execPath, ["--require", typeScriptLoader, script, ...words], { cwd: folder, env, encoding: "utf8" }); // prettier-ignore
  assert.deepEqual([status, stderr], [0, ""]);
  const lines = fs.readFileSync(path.join(folder, "recommendations.csv"), "utf8").trimEnd().split("\n");
  assert.deepEqual([lines.length, lines[0]], [25, [25, ...recommend(model, 25).items].join()]);
  assert.match(fs.readFileSync(records, "utf8"), /"name":"users","value":25/);
});
