import { integer, type Random } from "../random";
import { checkCoo, type Coo } from "./coo";
import { buildCsr, findEntry } from "./csr";

/**
 * The interactions, and behind them as many pairs with the value -1, drawn at random for the same users from what they
 * did not choose: what "logistic" needs to learn a no from where only purchases are known.
 *
 * @throws as `buildCoo`; also RangeError where a user chose every item
 */
export function addNegatives(interactions: Coo, { random }: { random: Random }): Coo {
  checkCoo(interactions, "addNegatives(): interactions");
  const { rows, columns, rowIndices, columnIndices, values } = interactions;
  const chosen = buildCsr(interactions);
  for (let user = 0; user < rows; user++)
    if (columns > 0 && chosen.offsets[user + 1] - chosen.offsets[user] === columns)
      throw new RangeError(`addNegatives(): user ${user} chose all ${columns} items; leave such users out`);
  const draw = (user: number): number => {
    let item = integer(random, 0, columns);
    while (findEntry(chosen, user, item) >= 0) item = integer(random, 0, columns);
    return item;
  };
  const drawn = rowIndices.map(draw);
  const count = drawn.length;
  return {
    rows,
    columns,
    rowIndices: Int32Array.from({ length: 2 * count }, (_, i) => rowIndices[i % count]),
    columnIndices: Int32Array.from({ length: 2 * count }, (_, i) => (i < count ? columnIndices[i] : drawn[i - count])),
    values: Float32Array.from({ length: 2 * count }, (_, i) => (i < count ? values[i] : -1)),
  };
}
