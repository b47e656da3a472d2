import * as fs from "node:fs";
import * as path from "node:path";
import type { Coo } from "../../lib/recommend/coo";
import type { Csr } from "../../lib/recommend/csr";
import { fit } from "../../lib/recommend/fit";
import { buildRecommender } from "../../lib/recommend/model";
import { recommendBatch } from "../../lib/recommend/recommend";
import { answerTasks } from "../answerTasks";
import type { Answer, Turn } from "./speedCases";
import type { DataHead } from "./peer";

// Our side of the comparison: see speedCases.ts for what it is asked and answers.

/** What both sides learn from. */
interface Data {
  interactions: Coo;
  itemFeatures: Csr;
}

const known = new Map<string, Data>();

/** Does one turn. */
export async function play(turn: Turn): Promise<Answer> {
  const { work, folder, loss, components, features, epochs, threads } = turn;
  const before = work === "memory" ? restingBytes() : 0;
  const data = known.get(folder) ?? readData(folder);
  known.set(folder, data);
  const options = { epochs, threads, itemFeatures: features ? data.itemFeatures : undefined };
  const model = buildRecommender({ loss, components, seed: 1 });
  const trained = performance.now();
  await fit(model, data.interactions, work === "recommend" ? { ...options, epochs: 1 } : options);
  const started = performance.now();
  if (work === "train") return { count: data.interactions.values.length * epochs, seconds: (started - trained) / 1000 };
  if (work === "memory") return { count: (statusOf("VmHWM") - before) / 1e6, seconds: 0 };
  recommendBatch(model);
  return { count: data.interactions.rows, seconds: (performance.now() - started) / 1000 };
}

function readData(folder: string): Data {
  const bytes = (name: string) => {
    const { buffer, byteOffset, length } = fs.readFileSync(path.join(folder, `${name}.bin`));
    return byteOffset === 0 && buffer.byteLength === length ? buffer : buffer.slice(byteOffset, byteOffset + length);
  };
  const { users, items, features } = JSON.parse(fs.readFileSync(path.join(folder, "data.json"), "utf8")) as DataHead;
  return {
    interactions: {
      rows: users,
      columns: items,
      rowIndices: new Int32Array(bytes("rows")),
      columnIndices: new Int32Array(bytes("columns")),
      values: new Float32Array(bytes("values")),
    },
    itemFeatures: {
      rows: items,
      columns: features.items,
      offsets: new Uint32Array(bytes("items.offsets")),
      indices: new Int32Array(bytes("items.indices")),
      values: new Float32Array(bytes("items.values")),
    },
  };
}

/** The bytes in use before the work, and from here on the peak counts anew. */
function restingBytes(): number {
  fs.writeFileSync("/proc/self/clear_refs", "5");
  return statusOf("VmRSS");
}

function statusOf(name: "VmRSS" | "VmHWM"): number {
  const status = fs.readFileSync("/proc/self/status", "utf8");
  return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)![1]) * 1024;
}

if (require.main === module) void answerTasks(play);
