import { buildCoo } from "../../../lib/recommend/coo";
import { fit } from "../../../lib/recommend/fit";
import { foldInUser } from "../../../lib/recommend/foldInUser";
import { buildRecommender } from "../../../lib/recommend/model";
import { recommend } from "../../../lib/recommend/recommend";
import { example } from "../example";

example(foldInUser, async () => {
  // Users 0 to 2 bought items 0 to 2, users 3 to 5 items 3 to 5.
  const rowIndices = [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5];
  const columnIndices = [0, 1, 2, 0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5, 3, 4, 5];
  const model = buildRecommender({ loss: "warp", seed: 1 });
  await fit(model, buildCoo({ rows: 6, columns: 6, rowIndices, columnIndices }), { epochs: 30 });

  // A guest puts items 3 and 5 into the basket.
  const guest = foldInUser(model, [3, 5]);
  console.log(guest.seen); // Int32Array(2) [ 3, 5 ]
  console.log(recommend(model, guest, { count: 1 }).items); // Int32Array(1) [ 4 ]
});
