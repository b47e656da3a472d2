import { isIdentity, type Csr } from "../csr";
import type { Factors } from "../factors";
import type { Kernels } from "./kernels";

/** Which side's records: bias and 1 follow an item's components, 1 and bias a user's. */
export type Side = "items" | "users";

/** The records of one side in the kernels' memory. */
export interface Records {
  /** The side's words of the job: see assembly/job.ts. */
  readonly words: (number | { float: number })[];
  /** Fills the records from factors. */
  pack(): void;
  /** "embeddings" or "biases" where the records hold one that is not finite, nothing when all is well. */
  findInfinite(): "embeddings" | "biases" | undefined;
  /** Brings what was learned back to the factors. */
  unpack(): void;
}

/** Floats of a record's vector: components, bias and 1, and zeros up to a whole vector of four. */
export function vectorLength(components: number): number {
  return Math.ceil((components + 2) / 4) * 4;
}

// Floats are copied as their bits: a loop over floats makes garbage until it is compiled, several times their size.

/** The number 1 as the bits of a 32-bit float. */
const ONE = 0x3f800000;

/** The bits of 32-bit floats. */
function bitsOf({ buffer, byteOffset, length }: Float32Array): Int32Array {
  return new Int32Array(buffer, byteOffset, length);
}

/** The highest bit, where a 32-bit float is infinite or no number: its exponent is all ones then. */
function infiniteBit(bits: number): number {
  return ((bits & 0x7f800000) + 0x00800000) & 0x80000000;
}

/** Makes room for the records of one side. */
export function placeRecords(
  kernels: Kernels,
  { side, factors, features, alpha, frozen }: { side: Side; factors: Factors; features: Csr; alpha: number; frozen: boolean }, // prettier-ignore
): Records {
  const { components, features: rows } = factors;
  const length = vectorLength(components);
  const gap = length;
  const stride = Math.ceil((length * (factors.embeddingMomentum.length > 0 ? 3 : 2)) / 16) * 16;
  const arrays = [
    [factors.embeddings, factors.biases],
    [factors.embeddingGradients, factors.biasGradients],
    [factors.embeddingMomentum, factors.biasMomentum],
  ]
    .filter(([embeddings], array) => array < 2 || embeddings.length > 0)
    .map((pair) => pair.map(bitsOf));
  const size = rows * stride;
  const address = kernels.take(size * 4);
  const biasAt = side === "items" ? components : components + 1;
  const oneAt = side === "items" ? components + 1 : components;
  const plain = isIdentity(features);

  const pack = () => {
    const memory = kernels.integers(address, size);
    memory.fill(0);
    arrays.forEach(([embeddings, biases], array) => {
      for (let row = 0; row < rows; row++) {
        const start = row * stride + array * gap;
        for (let j = 0; j < components; j++) memory[start + j] = embeddings[row * components + j];
        memory[start + biasAt] = biases[row];
        if (array === 0) memory[start + oneAt] = ONE;
        if (array === 1) for (let j = 0; j < length; j++) if (j >= components && j !== biasAt) memory[start + j] = ONE;
      }
    });
  };
  const findInfinite = () => {
    const memory = kernels.integers(address, size);
    let [embeddings, biases] = [0, 0];
    for (let start = 0; start < size; start += stride) {
      for (let j = 0; j < components; j++) embeddings |= infiniteBit(memory[start + j]);
      biases |= infiniteBit(memory[start + biasAt]);
    }
    if (embeddings !== 0) return "embeddings";
    return biases === 0 ? undefined : "biases";
  };
  const unpack = () => {
    const memory = kernels.integers(address, size);
    arrays.forEach(([embeddings, biases], array) => {
      for (let row = 0; row < rows; row++) {
        const start = row * stride + array * gap;
        for (let j = 0; j < components; j++) embeddings[row * components + j] = memory[start + j];
        biases[row] = memory[start + biasAt];
      }
    });
  };
  const words = [
    address,
    stride * 4,
    gap * 4,
    2 * gap * 4,
    plain ? 0 : kernels.place(features.offsets),
    plain ? 0 : kernels.place(features.indices),
    plain ? 0 : kernels.place(features.values),
    { float: alpha },
    frozen ? 1 : 0,
    placeMask(kernels, { components, biasAt, oneAt }),
  ];
  return { words, pack, findInfinite, unpack };
}

/** All bits of the numbers that are learned, and then the record of nothing learned. */
function placeMask(
  kernels: Kernels,
  { components, biasAt, oneAt }: { components: number; biasAt: number; oneAt: number },
): number {
  const length = vectorLength(components);
  const address = kernels.take(length * 8);
  const learned = (_: number, j: number) => (j < components || j === biasAt ? -1 : 0);
  kernels.integers(address, length).set(Array.from({ length }, learned));
  kernels.floats(address + length * 4, length).set(Array.from({ length }, (_, j) => (j === oneAt ? 1 : 0)));
  return address;
}
