import { parseArgs } from "node:util";
import { record } from "../lib/notebook/record";
import { loadModel } from "../lib/recommend/saveModel";
import { writeRecommendations } from "../lib/recommend/writeRecommendations";

// A row of a sweep: the best items of one part of a saved model's users, see docs/scale.md.

const { values } = parseArgs({
  options: {
    model: { type: "string" },
    shard: { type: "string", default: "1" },
    shards: { type: "string", default: "1" },
    count: { type: "string", default: "10" },
  },
});

async function run(): Promise<void> {
  if (values.model === undefined)
    throw new TypeError("no model; give the path of a saved one, -p model=/data/shop.bin");
  const { model, dataset } = loadModel(values.model);
  const [shard, shards, count] = [values.shard, values.shards, values.count].map(Number);
  const users = await writeRecommendations("recommendations.csv", model, { shard, shards, count, dataset });
  record("users", users);
  record("processor seconds", process.cpuUsage().user / 1e6);
  record("peak MB", process.resourceUsage().maxRSS / 1e3);
}

void run();
