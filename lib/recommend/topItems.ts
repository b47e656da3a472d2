/** Items and their scores, best first. */
export interface Ranking {
  /** Columns of the items, shape [count]. */
  items: Int32Array;
  /** Shape [count]. */
  scores: Float32Array;
}

/**
 * The items of the highest scores, best first; of equal scores the item of the lower index comes first. Keeps a heap
 * of `count` items whose root is the worst of them.
 *
 * @param scores - shape [items]
 * @param excluded - items with a number other than 0 are passed over, shape [items]
 * @returns fewer than `count` where there are no more
 */
export function topItems(scores: Float32Array, count: number, excluded?: Uint8Array): Ranking {
  const heap: number[] = [];
  const isWorse = (a: number, b: number) => scores[a] < scores[b] || (scores[a] === scores[b] && a > b);
  let bar = NaN; // what a score has to pass, once there are enough
  for (let item = 0; item < scores.length; item++) {
    if (scores[item] <= bar || excluded?.[item]) continue;
    if (heap.length < count) pushItem(heap, item, isWorse);
    else if (count > 0 && isWorse(heap[0], item)) replaceRoot(heap, item, isWorse);
    if (heap.length === count && count > 0) bar = scores[heap[0]];
  }
  const items = Int32Array.from(heap.sort((a, b) => (isWorse(a, b) ? 1 : -1)));
  return { items, scores: Float32Array.from(items, (item) => scores[item]) };
}

type Compare = (a: number, b: number) => boolean;

function pushItem(heap: number[], item: number, isWorse: Compare): void {
  let place = heap.push(item) - 1;
  while (place > 0) {
    const parent = (place - 1) >>> 1;
    if (!isWorse(item, heap[parent])) break;
    heap[place] = heap[parent];
    place = parent;
  }
  heap[place] = item;
}

function replaceRoot(heap: number[], item: number, isWorse: Compare): void {
  let place = 0;
  for (;;) {
    let child = 2 * place + 1;
    if (child + 1 < heap.length && isWorse(heap[child + 1], heap[child])) child++;
    if (child >= heap.length || !isWorse(heap[child], item)) break;
    heap[place] = heap[child];
    place = child;
  }
  heap[place] = item;
}
