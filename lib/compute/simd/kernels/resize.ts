import { util, type TensorInfo } from "@tensorflow/tfjs-core";
import { floatBits } from "../floatBits";
import { inherited } from "../inherited";
import { placeBilinear, placeNearest, type Place, type Resizing } from "../resizing";
import type { KernelCall, SimdKernel } from "../SimdBackend";

/** Resizing of images [batch, height, width, depth], and the gradients, which are its transposes. */
export const resize: Record<string, SimdKernel> = {
  ResizeBilinear: forward("ResizeBilinear", placeBilinear),
  ResizeNearestNeighbor: forward("ResizeNearestNeighbor", placeNearest),
  ResizeBilinearGrad: backward("ResizeBilinearGrad", placeBilinear),
  ResizeNearestNeighborGrad: backward("ResizeNearestNeighborGrad", placeNearest),
};

/** A place and a weight. */
type Item = [number, number];

function forward(kernelName: string, place: Place): SimdKernel {
  return (call) => {
    const { images } = call.inputs;
    if (images.dtype !== "float32") return inherited(kernelName, call);
    const [batch, height, width, depth] = images.shape;
    const [rows, columns] = call.attrs.size as [number, number];
    const lists = [
      listsOf(place, height, rows, call.attrs as unknown as Resizing),
      listsOf(place, width, columns, call.attrs as unknown as Resizing),
    ];
    return blend(call, images, [batch, rows, columns, depth], lists);
  };
}

function backward(kernelName: string, place: Place): SimdKernel {
  return (call) => {
    const { images, dy } = call.inputs;
    if (images.dtype !== "float32" || dy.dtype !== "float32") return inherited(kernelName, call);
    const resizing = call.attrs as unknown as Resizing;
    const lists = [1, 2].map((axis) =>
      turned(listsOf(place, images.shape[axis], dy.shape[axis], resizing), images.shape[axis]),
    );
    return blend(call, dy, images.shape, lists);
  };
}

/** What each row, or column, of the result is made of. */
function listsOf(place: Place, from: number, to: number, resizing: Resizing): Item[][] {
  return Array.from({ length: to }, (_, at) => {
    const { low, high, share } = place(from, to, at, resizing);
    return share === 0 ? [[low, 1]] : [[low, 1 - share] as Item, [high, share] as Item];
  });
}

/** Where each of so many rows went, and how much of it. */
function turned(lists: Item[][], from: number): Item[][] {
  const back: Item[][] = Array.from({ length: from }, () => []);
  lists.forEach((items, to) => items.forEach(([place, weight]) => back[place].push([to, weight])));
  return back;
}

function blend({ backend }: KernelCall, from: TensorInfo, shape: number[], lists: Item[][][]): TensorInfo {
  const to = backend.output(shape, "float32");
  const [batch, rows, columns, depth] = shape;
  if (util.sizeFromShape(shape) === 0) return to;
  const words = lists.map(wordsOf);
  backend.borrow(4 * (words[0].length + words[1].length), (tables) => {
    new Int32Array(backend.pool.memory.buffer, tables).set(words.flat());
    const starts = [tables, tables + 4 * words[0].length];
    const items = starts.map((start, i) => start + 4 * (lists[i].length + 1));
    const sizes = [from.shape[1], from.shape[2], rows, columns, depth];
    const places = [starts[0], items[0], starts[1], items[1]];
    backend.run("blendPixels", batch * rows, [backend.address(from), backend.address(to), ...sizes, ...places]);
  });
  return to;
}

/** Where each list begins, then the items of all. */
function wordsOf(lists: Item[][]): number[] {
  let count = 0;
  const starts = lists.map((items) => (count += items.length));
  return [0, ...starts, ...lists.flat().flatMap(([place, weight]) => [place, floatBits(weight)])];
}
