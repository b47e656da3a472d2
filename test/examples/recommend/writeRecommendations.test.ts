import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { buildDataset } from "../../../lib/recommend/dataset";
import { fit } from "../../../lib/recommend/fit";
import { buildInteractions } from "../../../lib/recommend/interactions";
import { buildRecommender } from "../../../lib/recommend/model";
import { writeRecommendations } from "../../../lib/recommend/writeRecommendations";
import { example } from "../example";

example(writeRecommendations, async () => {
  const dataset = buildDataset({ users: ["Ann", "Bob", "Eve"], items: ["tent", "rope", "lamp"] });
  const rows = { users: ["Ann", "Ann", "Bob", "Bob", "Eve"], items: ["tent", "rope", "rope", "lamp", "tent"] };
  const model = buildRecommender({ seed: 1 });
  await fit(model, buildInteractions(dataset, rows).interactions, { epochs: 20 });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shards-"));
  const file = path.join(folder, "best.csv");
  console.log(await writeRecommendations(file, model, { shard: 2, shards: 3, dataset })); // 1
  console.log(fs.readFileSync(file, "utf8")); // Bob,tent
  fs.rmSync(folder, { recursive: true });
});
