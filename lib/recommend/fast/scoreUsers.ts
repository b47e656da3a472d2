import { learnedBy, type Recommender } from "../model";
import { checkKnown, predict } from "../predict";
import type { Representations } from "../representation";
import { representationsOf } from "../representations";
import { borrowKernels, type Kernels } from "./kernels";

/** Users whose scores are reckoned at once. */
const USERS = 4;
/** Items that lie side by side. */
const EIGHT = 8;
/** For fewer users it does not pay to lay out the items. */
const FEW = 8;

/**
 * The scores of all items for many users, one after the other: those of `predict`, digit for digit, many times faster.
 * Where the kernels are not there, or their memory does not suffice, it is `predict` that reckons them.
 *
 * @param users - rows of the users
 * @param take - is given the scores of each user, shape [items], which are only good until it returns
 * @throws RangeError when the model has not been fitted or does not know a user
 */
export function scoreUsers(
  model: Recommender,
  users: ArrayLike<number>,
  take: (scores: Float32Array, place: number) => void,
): void {
  const { items, users: rows } = representationsOf(learnedBy(model));
  checkKnown(users, rows.rows, "user");
  const bench = users.length < FEW ? undefined : openBench(items);
  if (!bench) {
    for (let place = 0; place < users.length; place++) take(predict(model, users[place]), place);
    return;
  }
  try {
    for (let place = 0; place < users.length; place += USERS) {
      const count = Math.min(USERS, users.length - place);
      const scores = bench.score(
        rows,
        Int32Array.from({ length: count }, (_, i) => users[place + i]),
      );
      for (let i = 0; i < count; i++) take(scores[i], place + i);
    }
  } finally {
    bench.close();
  }
}

/** The items laid out in the kernels' memory, and room for a few users. */
interface Bench {
  score(rows: Representations, users: Int32Array): Float32Array[];
  close(): void;
}

function openBench(items: Representations): Bench | undefined {
  let kernels: Kernels | undefined;
  try {
    kernels = borrowKernels(1);
    return layOut(kernels, items);
  } catch {
    kernels?.close();
    return undefined;
  }
}

function layOut(kernels: Kernels, { rows, components, values }: Representations): Bench {
  const width = components + 1;
  const eights = Math.ceil(rows / EIGHT);
  const itemsAt = kernels.take(eights * EIGHT * width * 4);
  const usersAt = kernels.take(USERS * width * 4);
  const stride = eights * EIGHT * 4;
  const scoresAt = kernels.take(USERS * stride);
  const laid = kernels.floats(itemsAt, eights * EIGHT * width).fill(0);
  for (let row = 0; row < rows; row++) {
    const start = (row - (row % EIGHT)) * width + (row % EIGHT);
    for (let j = 0; j < width; j++) laid[start + placeOf(j, width) * EIGHT] = values[row * width + j];
  }
  const some = kernels.floats(usersAt, USERS * width).fill(0);
  const scores = Array.from({ length: USERS }, (_, i) => kernels.floats(scoresAt + i * stride, rows));
  const params = [usersAt, itemsAt, scoresAt, eights, width, stride];
  return {
    score(from, users) {
      for (let i = 0; i < users.length; i++)
        for (let j = 0; j < width; j++) some[placeOf(j, width) * USERS + i] = from.values[users[i] * width + j];
      kernels.run("scores", 1, params);
      return scores;
    },
    close: kernels.close,
  };
}

/** The bias, last in a representation, is what a score begins with. */
function placeOf(j: number, width: number): number {
  return j === width - 1 ? 0 : j + 1;
}
