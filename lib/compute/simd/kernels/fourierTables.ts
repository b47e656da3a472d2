/** What a Fourier transform of rows of one length needs: complex numbers, four words (re, re, -im, im) each. */
export interface Tables {
  /** The power of two that is transformed. */
  size: number;
  /** exp(-2 pi i k / size). */
  roots: Float64Array;
  /** exp(-pi i k^2 / length), and the transform of its conjugate divided by the size; empty for a power of two. */
  chirp: Float64Array;
  filter: Float64Array;
  /** Of all tables together. */
  bytes: number;
}

/** Complex numbers. */
interface Numbers {
  re: Float64Array;
  im: Float64Array;
}

/** How many lengths are remembered, and up to which. */
const MOST_KEPT = 8;
const LONGEST_KEPT = 1 << 16;
const kept = new Map<number, Tables>();

/** The tables for a length; those of the lengths that came last are remembered. */
export function tablesOf(length: number): Tables {
  const tables = kept.get(length) ?? makeTables(length);
  kept.delete(length);
  if (length > LONGEST_KEPT) return tables;
  kept.set(length, tables);
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
  return tables;
}

function makeTables(length: number): Tables {
  const isPower = 2 ** Math.round(Math.log2(length)) === length;
  const size = isPower ? length : 2 ** Math.ceil(Math.log2(2 * length - 1));
  const unit = unitRoots(size);
  const roots = tableOf(unit);
  if (isPower) return { size, roots, chirp: new Float64Array(0), filter: new Float64Array(0), bytes: roots.byteLength };
  const turned = chirpOf(length);
  const [chirp, filter] = [tableOf(turned), tableOf(filterOf(turned, unit))];
  return { size, roots, chirp, filter, bytes: roots.byteLength + chirp.byteLength + filter.byteLength };
}

function tableOf({ re, im }: Numbers): Float64Array {
  const table = new Float64Array(4 * re.length);
  re.forEach((_, k) => table.set([re[k], re[k], -im[k], im[k]], 4 * k));
  return table;
}

function unitRoots(size: number): Numbers {
  return turns(Float64Array.from({ length: size }, (_, k) => k / size));
}

/** The squares are taken modulo 2 length, a full turn, where they are exact. */
function chirpOf(length: number): Numbers {
  const halfTurns = new Float64Array(length);
  for (let k = 0, square = 0; k < length; square = (square + 2 * k + 1) % (2 * length), k++)
    halfTurns[k] = square / (2 * length);
  return turns(halfTurns);
}

/** exp(-2 pi i t). */
function turns(parts: Float64Array): Numbers {
  return { re: parts.map((t) => Math.cos(2 * Math.PI * t)), im: parts.map((t) => -Math.sin(2 * Math.PI * t)) };
}

function filterOf({ re, im }: Numbers, unit: Numbers): Numbers {
  const size = unit.re.length;
  const around = { re: new Float64Array(size), im: new Float64Array(size) };
  re.forEach((_, k) => {
    for (const at of [k, (size - k) % size]) {
      around.re[at] = re[k] / size;
      around.im[at] = -im[k] / size;
    }
  });
  return transformed(around, unit);
}

/** By halves, in bit-reversed order first (Cooley and Tukey, 1965). */
function transformed({ re, im }: Numbers, unit: Numbers): Numbers {
  const size = re.length;
  const bits = Math.log2(size);
  const order = Array.from({ length: size }, (_, k) => reversed(k, bits));
  const [toRe, toIm] = [Float64Array.from(order, (k) => re[k]), Float64Array.from(order, (k) => im[k])];
  for (let half = 1; half < size; half *= 2)
    for (let start = 0; start < size; start += 2 * half)
      for (let k = 0; k < half; k++) {
        const [a, b, root] = [start + k, start + k + half, (k * size) / (2 * half)];
        const [wRe, wIm] = [unit.re[root], unit.im[root]];
        const [bRe, bIm] = [toRe[b] * wRe - toIm[b] * wIm, toRe[b] * wIm + toIm[b] * wRe];
        [toRe[b], toIm[b]] = [toRe[a] - bRe, toIm[a] - bIm];
        [toRe[a], toIm[a]] = [toRe[a] + bRe, toIm[a] + bIm];
      }
  return { re: toRe, im: toIm };
}

function reversed(k: number, bits: number): number {
  let result = 0;
  for (let bit = 0; bit < bits; bit++) result = 2 * result + ((k >> bit) & 1);
  return result;
}
