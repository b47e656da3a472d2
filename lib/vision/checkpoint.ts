import { createHash } from "node:crypto";
import * as fs from "node:fs/promises";
import * as tf from "@tensorflow/tfjs";
import { replaceFile } from "../files";

/** Everything a training needs to go on as if it had never stopped, except the data. */
export interface Checkpoint {
  /** The model's weights and the optimizer's state, by name. */
  tensors: Tensors;
  /** What else to keep: any JSON. */
  notes: Record<string, unknown>;
}

/** Numbers with their shapes, by name. */
export type Tensors = Record<string, { shape: number[]; values: Float32Array }>;

const MAGIC = "atelier checkpoint 1";

/**
 * Writes a checkpoint in one piece: a line of JSON that says what follows, then the numbers. It then outlives a power failure,
 * and in a browser the end of its tab.
 */
export async function writeCheckpoint(file: string, { tensors, notes }: Checkpoint): Promise<void> {
  const body = Buffer.concat(Object.values(tensors).map(({ values }) => bytesOf(values)));
  const shapes = Object.entries(tensors).map(([name, { shape }]) => ({ name, shape }));
  const header = JSON.stringify({ magic: MAGIC, sha256: sumOf(body, { shapes, notes }), shapes, notes });
  replaceFile(file, Buffer.concat([Buffer.from(header + "\n"), body]));
  const handle = await fs.open(file);
  await handle.sync().finally(() => handle.close());
}

/** Reads a checkpoint, or gives null where there is none or it is damaged: training then starts earlier. */
export async function readCheckpoint(file: string): Promise<Checkpoint | null> {
  const bytes = await fs.readFile(file).catch(() => null);
  const end = bytes?.indexOf("\n") ?? -1;
  if (!bytes || end < 0) return null;
  try {
    const { magic, sha256: wanted, shapes, notes } = JSON.parse(bytes.toString("utf8", 0, end));
    const body = Uint8Array.from(bytes.subarray(end + 1));
    return magic === MAGIC && sumOf(body, { shapes, notes }) === wanted ? { tensors: cut(body, shapes), notes } : null;
  } catch {
    return null;
  }
}

function cut(body: Uint8Array, shapes: { name: string; shape: number[] }[]): Tensors {
  const tensors: Tensors = {};
  let offset = 0;
  for (const { name, shape } of shapes) {
    const size = tf.util.sizeFromShape(shape);
    tensors[name] = { shape, values: new Float32Array(body.buffer, offset, size) };
    offset += 4 * size;
  }
  return tensors;
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Over the numbers and all that is said of them. */
function sumOf(body: Uint8Array, header: object): string {
  return createHash("sha256").update(body).update(JSON.stringify(header)).digest("hex");
}
