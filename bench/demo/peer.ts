import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot, typeScriptLoader } from "../../lib/files";
import { classNames } from "../../lib/data/classNames";
import { loadNetwork } from "../../lib/demo/models/loadNetwork";
import { pythonEnvironment } from "../../lib/python/pythonEnvironment";
import { modelFolder } from "../../lib/vision/store";
import { type Contender, startContender } from "../contender";

/** Calls that Gradio runs at the same time: more than its default of one serve sixteen clients faster. */
const CALLS = 16;

/** Gradio and Keras in an environment of their own. */
function gradioPython(): string {
  const tensorflow = process.platform === "linux" ? "tensorflow-cpu" : "tensorflow";
  return pythonEnvironment("gradio", { installs: [["gradio==6.31.0", `${tensorflow}==2.21.0`, "keras==3.15.1"]] });
}

/** Writes the demo's network for Python: weights.bin and weights.json. */
export async function writeWeights(folder: string): Promise<void> {
  const network = await loadNetwork({
    folder: modelFolder(""),
    quick: false,
    log: console.error,
    onProgress: () => {},
  });
  const weights = network.getWeights();
  const values = await Promise.all(weights.map((weight) => weight.data()));
  const described = { shapes: weights.map(({ shape }) => shape), names: classNames };
  fs.writeFileSync(
    path.join(folder, "weights.bin"),
    Buffer.concat(values.map((part) => new Uint8Array(part.slice().buffer))),
  );
  fs.writeFileSync(path.join(folder, "weights.json"), JSON.stringify(described));
}

/** With what `npm run demo` starts Node: young objects have little room, so that the bytes of pictures are soon freed. */
function nodeFlags(): string[] {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(projectRoot, "package.json"), "utf8"));
  return (scripts.demo as string).split(" ").filter((word) => word.startsWith("--"));
}

/** A server that is measured. */
export interface Measured {
  contender: Contender;
  url: string;
  description: string;
  /** Seconds from the start of the process until it serves. */
  startUp: number;
}

/** Starts our demo, or Gradio, on some of the cores. */
export async function startServer(who: "ours" | "gradio", folder: string, threads: number): Promise<Measured> {
  const program = who === "ours" ? process.execPath : gradioPython();
  const here = (name: string) => path.join(projectRoot, "bench", "demo", name);
  const args =
    who === "ours"
      ? [...nodeFlags(), "--require", typeScriptLoader, here("ours.ts")]
      : [here("peer.py"), folder, String(CALLS)];
  const started = performance.now();
  const contender = startContender({ program, args, env: { ATELIER_THREADS: String(threads) }, threads });
  const said = await contender.receive<{ url: string; description: string }>();
  return { contender, ...said, startUp: (performance.now() - started) / 1000 };
}
