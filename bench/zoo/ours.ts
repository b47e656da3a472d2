import * as tf from "@tensorflow/tfjs";
import { registerSimd } from "../../lib/compute/simd/registerSimd";
import { useBackend } from "../../lib/compute/useBackend";
import { answerTasks, say } from "../answerTasks";
import type { Program } from "./net";
import { nets } from "./nets";
import type { Answer, Task } from "./tasks";

/* A contender on TensorFlow.js: `ours.ts BACKEND`, simd or cpu. See tasks.ts for what it is asked and answers. */

const programs = new Map<string, Program>();

async function main([backend]: string[]): Promise<void> {
  console.log = console.info = console.warn = console.error; // stdout is for answers
  registerSimd(); // what it puts right in TensorFlow.js holds on cpu too
  const { description } = await useBackend({ env: { ATELIER_BACKEND: backend }, log: () => {} });
  say({ description: `TensorFlow.js ${tf.version_core} on ${backend}: ${description}` });
  await answerTasks(perform);
}

async function perform({ net, work, count, tiny = false }: Task): Promise<Answer> {
  const { make, ...sizes } = nets[net];
  const size = tiny ? sizes.tiny : sizes.size;
  const name = `${net} ${tiny}`;
  if (!programs.has(name)) programs.set(name, make(size));
  const program = programs.get(name)!;
  program.prepare(count * size.batch);
  const started = performance.now();
  const losses = work === "train" ? await program.train(count) : program.predict?.(count * size.batch);
  const seconds = (performance.now() - started) / 1000;
  const megabytes = process.resourceUsage().maxRSS / 1000;
  return { seconds, parameters: program.parameters, megabytes, ...(losses && { losses }) };
}

main(process.argv.slice(2)).catch((error: Error) => {
  say({ error: error.message.split("\n")[0] });
  process.exitCode = 1;
});
