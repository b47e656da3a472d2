import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const packed = new Map<string, number>();

/** Bytes of files as hosts send them: packed by gzip, where they are not yet. */
export function packedBytes(files: Iterable<string>): number {
  let sum = 0;
  for (const file of files) {
    if (!packed.has(file)) packed.set(file, sentBytes(file));
    sum += packed.get(file)!;
  }
  return sum;
}

function sentBytes(file: string): number {
  const content = readFileSync(file);
  return file.endsWith(".gz") ? content.length : gzipSync(content).length;
}
