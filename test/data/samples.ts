import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { integer, seededRandom } from "../../lib/random";

/** An IDX file of unsigned bytes. */
export function idxOf(dimensions: number[], values: ArrayLike<number>, type = 0x08): Buffer {
  const header = Buffer.alloc(4 + 4 * dimensions.length);
  header[2] = type;
  header[3] = dimensions.length;
  dimensions.forEach((dimension, i) => header.writeUInt32BE(dimension, 4 + 4 * i));
  return Buffer.concat([header, Uint8Array.from(values)]);
}

export function randomBytes(length: number, below = 256, seed = 1): Uint8Array {
  const random = seededRandom(seed);
  return Uint8Array.from({ length }, () => integer(random, 0, below));
}

export const csvColumns = ["label", ...Array.from({ length: 784 }, (_, index) => `pixel${index + 1}`)];

/** A CSV file in Kaggle's form. */
export function csvOf(images: Uint8Array, labels: Uint8Array): string {
  const rows = Array.from(labels, (label, i) => [label, ...images.subarray(i * 784, (i + 1) * 784)].join(","));
  return [csvColumns.join(","), ...rows].map((line) => `${line}\n`).join("");
}

/** Runs with a new folder that holds the given files, and takes it away again. */
export async function withFolder<T>(
  files: Record<string, Uint8Array | string>,
  run: (folder: string) => T,
): Promise<Awaited<T>> {
  const folder = mkdtempSync(join(tmpdir(), "atelier-data-"));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
