import { util, type TensorInfo } from "@tensorflow/tfjs-core";
import { inherited } from "../inherited";
import type { KernelCall, SimdBackend, SimdKernel } from "../SimdBackend";
import { copyInto, isNumeric, stepsOf } from "./stridedCopy";

/** A tensor surrounded by what lies within, mirrored. */
export const mirrorPad: Record<string, SimdKernel> = { MirrorPad: pad };

/** The middle is copied; then, from the last axis on, what lies beyond an end is copied backwards from within it. */
function pad(call: KernelCall): TensorInfo | TensorInfo[] {
  const { inputs, attrs, backend } = call;
  const { paddings, mode } = attrs as unknown as { paddings: [number, number][]; mode: string };
  const { x } = inputs;
  const skipped = mode === "reflect" ? 1 : 0;
  const fits = paddings.every((sides, axis) => sides.every((side) => side >= 0 && side <= x.shape[axis] - skipped));
  const isNone = paddings.every(([before, after]) => before + after === 0);
  if (isNone && isNumeric(x.dtype)) return backend.share(x, x.shape);
  if (!fits || !isNumeric(x.dtype)) return inherited("MirrorPad", call);
  const to = backend.output(x.shape.map((size, axis) => paddings[axis][0] + size + paddings[axis][1]), x.dtype); // prettier-ignore
  if (util.sizeFromShape(to.shape) === 0) return to;
  copyMiddle(backend, x, to, paddings);
  for (let axis = x.shape.length - 1; axis >= 0; axis--)
    mirrorAlong(backend, to, { axis, shape: x.shape, paddings, skipped });
  return to;
}

function copyMiddle(backend: SimdBackend, x: TensorInfo, to: TensorInfo, paddings: [number, number][]): void {
  const [from, steps] = [stepsOf(x.shape), stepsOf(to.shape)];
  const axes = x.shape.map((size, axis) => ({ size, from: from[axis], to: steps[axis] }));
  const toStart = paddings.reduce((sum, [before], axis) => sum + before * steps[axis], 0);
  copyInto(backend, { from: x, start: 0, to, toStart, axes });
}

interface Mirror {
  axis: number;
  /** Of what is padded. */
  shape: number[];
  paddings: [number, number][];
  /** 1 where the last element is not repeated. */
  skipped: number;
}

/** Fills both sides of an axis, over the middle of the axes before it and the whole of those behind. */
function mirrorAlong(backend: SimdBackend, to: TensorInfo, { axis, shape, paddings, skipped }: Mirror): void {
  const steps = stepsOf(to.shape);
  const corner = paddings.slice(0, axis).reduce((sum, [before], at) => sum + before * steps[at], 0);
  const [before, after] = paddings[axis];
  const end = before + shape[axis];
  const copy = (size: number, first: number, source: number) =>
    copyInto(backend, {
      ...{ from: to, start: corner + source * steps[axis], to, toStart: corner + first * steps[axis] },
      axes: steps.map((step, at) => {
        if (at === axis) return { size, from: -step, to: step };
        return { size: at < axis ? shape[at] : to.shape[at], from: step, to: step };
      }),
    });
  copy(before, 0, 2 * before - 1 + skipped);
  copy(after, end, end - 1 - skipped);
}
