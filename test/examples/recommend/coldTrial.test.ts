import { plantedShop } from "../../../lib/data/plantedShop";
import { coldTrial } from "../../../lib/recommend/coldTrial";
import { buildCoo } from "../../../lib/recommend/coo";
import { identityCsr } from "../../../lib/recommend/csr";
import { csrFromDense } from "../../../lib/recommend/denseCsr";
import { example } from "../example";

example(coldTrial, async () => {
  // A shop with 240 items of eight kinds. An item is described by its kind, or by nothing but its number.
  const kinds = Int32Array.from({ length: 240 }, (_, item) => item % 8);
  const shop = plantedShop(kinds, { users: 200, purchases: 10 });
  const log = buildCoo({ rows: 200, columns: 240, rowIndices: shop.users, columnIndices: shop.items });
  const byKind = csrFromDense(
    Float32Array.from({ length: 240 * 8 }, (_, at) => Number(at % 8 === kinds[at >> 3])),
    8,
  );

  const described = await coldTrial(log, { itemFeatures: byKind });
  const unknown = await coldTrial(log, { itemFeatures: identityCsr(240) });
  console.log(described.auc > unknown.auc + 0.1); // true
});
