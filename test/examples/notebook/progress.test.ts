import { progress } from "../../../lib/notebook/progress";
import { buildCoo } from "../../../lib/recommend/coo";
import { fit } from "../../../lib/recommend/fit";
import { buildRecommender } from "../../../lib/recommend/model";
import { example } from "../example";

example(progress, async () => {
  const purchases = buildCoo({ rows: 2, columns: 3, rowIndices: [0, 1, 1], columnIndices: [0, 1, 2] });

  // A notebook shows a bar as soon as the training has taken two seconds.
  const epochs = await fit(buildRecommender({ seed: 1 }), purchases, { epochs: 5, ...progress({ label: "Learning" }) });
  console.log(epochs.length); // 5
});
