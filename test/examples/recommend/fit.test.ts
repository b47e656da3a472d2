import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { buildCoo } from "../../../lib/recommend/coo";
import { fit, fitPartial } from "../../../lib/recommend/fit";
import { buildRecommender } from "../../../lib/recommend/model";
import { recommend } from "../../../lib/recommend/recommend";
import { writeInteractionFile } from "../../../lib/recommend/writeInteractionFile";
import { example } from "../example";

example(fit, async () => {
  // Three users bought items 0 to 2, three others items 3 to 5; user 0 has not bought item 2 yet.
  const purchases = buildCoo({
    rows: 6,
    columns: 6,
    rowIndices: [0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5],
    columnIndices: [0, 1, 0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5, 3, 4, 5],
  });
  const model = buildRecommender({ loss: "warp", seed: 1 });
  const epochs = await fit(model, purchases, { epochs: 30 });
  console.log(epochs.length, epochs[29].loss < epochs[0].loss); // 30 true
  console.log(recommend(model, 0, { count: 1 }).items); // Int32Array(1) [ 2 ]
});

example(fit, async () => {
  // From a file, for interactions that memory cannot hold: users choose items that are even or odd, as they are.
  function* purchases() {
    for (let user = 0; user < 40; user++)
      for (let item = user % 2; item < 20; item += 2) if (user !== 1 || item !== 7) yield [user, item] as const;
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "purchases-"));
  const file = await writeInteractionFile(path.join(folder, "purchases.bin"), purchases());
  const model = buildRecommender({ seed: 1 });
  await fit(model, file, { epochs: 30, block: 100 });
  console.log(recommend(model, 1, { count: 1 }).items); // Int32Array(1) [ 7 ]
  fs.rmSync(folder, { recursive: true });
});

example(fitPartial, async () => {
  const model = buildRecommender({ seed: 1 });
  await fit(model, buildCoo({ rows: 2, columns: 3, rowIndices: [0, 1], columnIndices: [0, 1] }), { epochs: 5 });

  // A third user has come.
  const later = buildCoo({ rows: 3, columns: 3, rowIndices: [2], columnIndices: [2] });
  await fitPartial(model, later, { epochs: 5 });
  console.log(model.learned?.users.features); // 3
});
