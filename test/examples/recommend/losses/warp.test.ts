import { permutation } from "../../../../lib/random";
import { buildCoo } from "../../../../lib/recommend/coo";
import { fit } from "../../../../lib/recommend/fit";
import { warpEpoch } from "../../../../lib/recommend/losses/warp";
import { buildRecommender, learnedBy } from "../../../../lib/recommend/model";
import { recommend } from "../../../../lib/recommend/recommend";
import { example } from "../../example";

example(warpEpoch, async () => {
  // Users 0 and 1 like items 0 to 2, user 2 likes items 3 to 5; user 0 has not bought item 2 yet.
  const rowIndices = [0, 0, 1, 1, 1, 2, 2, 2];
  const columnIndices = [0, 1, 0, 1, 2, 3, 4, 5];
  const interactions = buildCoo({ rows: 3, columns: 6, rowIndices, columnIndices });
  const model = buildRecommender({ seed: 1 });
  await fit(model, interactions, { epochs: 0 }); // no epochs: only the first, random numbers

  const learned = learnedBy(model);
  const task = { ...learned, settings: model, interactions, chosen: learned.seen, weights: interactions.values };
  const runEpoch = (seed: number) => warpEpoch(task, { order: permutation(model.random, 8), seed });
  const epochs = Array.from({ length: 30 }, (_, seed) => runEpoch(seed));
  console.log(epochs[0].violationRate, epochs[29].loss < epochs[0].loss); // 1 true
  console.log(recommend(model, 0, { count: 1 }).items); // Int32Array(1) [ 2 ]
});
