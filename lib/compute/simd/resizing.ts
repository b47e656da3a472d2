/** What a resized row or column is made of: the neighbours' places and the share of the second. */
export interface Blend {
  low: number;
  high: number;
  share: number;
}

/** How TensorFlow.js is told to resize. */
export interface Resizing {
  alignCorners: boolean;
  halfPixelCenters: boolean;
}

/** What the row or column `at` of `to` is made of, out of `from`. */
export type Place = (from: number, to: number, at: number, resizing: Resizing) => Blend;

function sourceOf(from: number, to: number, at: number, { alignCorners, halfPixelCenters }: Resizing, center: number) {
  const scale = alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;
  return halfPixelCenters ? scale * (at + 0.5) - center : scale * at;
}

/** Of the two nearest, as the `cpu` kernel has it. */
export function placeBilinear(from: number, to: number, at: number, resizing: Resizing): Blend {
  const source = sourceOf(from, to, at, resizing, 0.5);
  const low = Math.max(0, Math.floor(source));
  const high = Math.max(0, Math.min(from - 1, Math.ceil(source)));
  return { low, high, share: low === high ? 0 : source - low };
}

/** Of the nearest alone, as the `cpu` kernel has it. */
export function placeNearest(from: number, to: number, at: number, resizing: Resizing): Blend {
  const source = sourceOf(from, to, at, resizing, 0);
  const nearest = Math.max(0, Math.min(from - 1, resizing.alignCorners ? Math.round(source) : Math.floor(source)));
  return { low: nearest, high: nearest, share: 0 };
}
