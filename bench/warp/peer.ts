import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { projectRoot } from "../../lib/files";
import type { Coo } from "../../lib/recommend/coo";
import type { Csr } from "../../lib/recommend/csr";
import { call } from "../../lib/python/call";
import { pythonEnvironment } from "../../lib/python/pythonEnvironment";

/** What LightFM is to learn from. */
export interface PeerData {
  interactions: Coo;
  weights?: Coo;
  itemFeatures?: Csr;
  userFeatures?: Csr;
}

/** One training of LightFM. */
export interface PeerCase {
  name: string;
  /** Of LightFM's constructor, by its own names. */
  options: Record<string, string | number>;
  features: boolean;
  weights: boolean;
  /** Numbers of epochs after which its state is wanted, ascending. */
  epochs: number[];
  /** "parameters" are those of the features and all ranks, "vectors" those of items and users with the bias last. */
  want: "parameters" | "vectors" | "nothing";
  threads?: number;
}

/** What LightFM left behind. */
export interface PeerResult {
  /** One of its arrays, as 32-bit floats in rows. */
  array(name: string, epochs: number, array: string): Float32Array;
  /** What the epochs up to this number took. */
  seconds(name: string, epochs: number): number;
}

/**
 * LightFM in an environment of its own: "plain" is built without fast-math, for comparing numbers; "fast" with the
 * flags that it has by itself.
 */
export function lightfmPython(build: "plain" | "fast"): string {
  return pythonEnvironment(`lightfm-${build}`, {
    installs: [
      ["setuptools<80", "wheel", "cython<3", "numpy", "scipy"],
      // pip keeps what it has built: a wheel made with other flags must not serve here
      ["--no-build-isolation", "--no-cache-dir", "lightfm-next==1.19.0"],
    ],
    env: build === "plain" ? { LIGHTFM_NO_CFLAGS: "1" } : {},
  });
}

/** Trains LightFM on all cases, one after the other, in one process of Python. */
export function runPeer(python: string, data: PeerData, cases: PeerCase[]): PeerResult {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "atelier-warp-"));
  try {
    writeJob(folder, data, cases);
    call(python, [path.join(projectRoot, "bench", "warp", "peer.py"), folder], { OMP_NUM_THREADS: "2" });
    const seconds = JSON.parse(fs.readFileSync(path.join(folder, "seconds.json"), "utf8")) as Record<string, number>;
    const arrays = new Map<string, Float32Array>();
    for (const file of fs.readdirSync(folder))
      if (/\.\d+\.\w+\.bin$/.test(file)) arrays.set(file, readFloats(path.join(folder, file)));
    return {
      array: (name, epochs, array) => found(arrays.get(`${name}.${epochs}.${array}.bin`), `${name} ${epochs} ${array}`),
      seconds: (name, epochs) => found(seconds[`${name} ${epochs}`], `${name} ${epochs}`),
    };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function writeJob(folder: string, data: PeerData, cases: PeerCase[]): void {
  fs.writeFileSync(path.join(folder, "job.json"), JSON.stringify({ ...writeData(folder, data), cases }));
}

/** What tells how to read the files that `writeData` leaves. */
export interface DataHead {
  users: number;
  items: number;
  /** Columns of the features of a side, where there are any. */
  features: Record<string, number>;
}

/** Writes the arrays of the data into a folder, and `data.json`, what their shapes are. */
export function writeData(folder: string, data: PeerData): DataHead {
  const { interactions, weights = interactions, itemFeatures, userFeatures } = data;
  const write = (name: string, { buffer, byteOffset, byteLength }: ArrayBufferView) =>
    fs.writeFileSync(path.join(folder, `${name}.bin`), new Uint8Array(buffer, byteOffset, byteLength));
  write("rows", interactions.rowIndices);
  write("columns", interactions.columnIndices);
  write("values", interactions.values);
  write("weights", weights.values);
  const features: Record<string, number> = {};
  for (const [name, matrix] of [
    ["items", itemFeatures],
    ["users", userFeatures],
  ] as const) {
    if (!matrix) continue;
    features[name] = matrix.columns;
    for (const part of ["offsets", "indices", "values"] as const) write(`${name}.${part}`, matrix[part]);
  }
  const head = { users: interactions.rows, items: interactions.columns, features };
  fs.writeFileSync(path.join(folder, "data.json"), JSON.stringify(head));
  return head;
}

function readFloats(file: string): Float32Array {
  return new Float32Array(new Uint8Array(fs.readFileSync(file)).buffer);
}

function found<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new RangeError(`LightFM left no ${name}`);
  return value;
}
