import * as fs from "node:fs";
import * as path from "node:path";
import { buildSuite } from "./buildSuite";
import { runSuite, type Spec } from "./runSuite";

/** Fewer would mean that tests were lost on the way, not that all is well. */
const LEAST_SPECS = 4200;

const PUT_RIGHT = "holds TensorFlow.js to a gradient that is wrong or missing, and is put right";

/** Specs that pass on cpu, before it is put right, and may fail on simd, each with its reason. */
export const EXCEPTIONS: Record<string, string> = {
  "gradients backend {} errors if relevant ops are missing grads": PUT_RIGHT,
  "depthwiseConv2d gradients backend {} throws error on dilations > 1": PUT_RIGHT,
  "avgPool backend {} gradient x=[3,3,1] f=[3,3] s=1 p=explicit": PUT_RIGHT,
  "mirrorPad backend {} grad": PUT_RIGHT,
  "mirrorPad backend {} gradient with clones": PUT_RIGHT,
  "Switching cpu backends backend {} Move data from cpu1 to cpu2 backend": "is about the backend of that name only",
  "Switching cpu backends backend {} can execute op with data from mixed backends":
    "is about the backend of that name only",
};

/** What to run, and whom to tell. */
export interface KernelTestOptions {
  /** Only the specs whose full name holds this; the least number of specs does not count then. */
  filter?: string;
  /** One backend alone instead of both compared. */
  backend?: "cpu" | "simd";
  /** A kernel of simd that is to be wrong, to see that it is found. */
  spoil?: string;
  log?: (line: string) => void;
}

/**
 * Runs TensorFlow.js core's own kernel tests and resolves to whether all is well: on one backend that every spec passes,
 * on both that simd passes wherever cpu does.
 */
export async function testKernels(options: KernelTestOptions = {}): Promise<boolean> {
  const { filter = "", backend, spoil, log = console.log } = options;
  log("Bundling TensorFlow.js core's own tests …");
  const bundle = await buildSuite();
  try {
    const run = async (name: string) => {
      const onProgress = (done: number) => void (done % 1000 === 0 && log(`${name}: ${done} specs …`));
      const specs = await runSuite(bundle, { backend: name, filter, onProgress, ...(name === "simd" && { spoil }) });
      log(`${name}: ${summary(specs)}`);
      if (specs.length === 0) throw new RangeError(`no spec's name holds "${filter}"`);
      if (!filter && specs.length < LEAST_SPECS)
        throw new Error(`${name}: ${specs.length} specs ran, at least ${LEAST_SPECS} are there: tests were lost`);
      return specs;
    };
    if (backend) return report(failed(await run(backend), log), log);
    return report(worse(await run("cpu"), await run("simd"), log), log);
  } finally {
    fs.rmSync(path.dirname(bundle), { recursive: true });
  }
}

function summary(specs: Spec[]): string {
  const count = (wanted: Spec["status"]) => specs.filter(({ status }) => status === wanted).length;
  return `${specs.length} specs ran: ${count("passed")} passed, ${count("failed")} failed, ${count("pending")} pending`;
}

function failed(specs: Spec[], log: (line: string) => void): Spec[] {
  return unexpected(
    specs.filter(({ status }) => status === "failed"),
    log,
  );
}

/** The specs that are not on simd what they are on cpu. */
function worse(cpu: Spec[], simd: Spec[], log: (line: string) => void): Spec[] {
  const found = new Map(simd.map((spec) => [spec.name, spec]));
  const differing = cpu
    .filter(({ name, status }) => status !== found.get(name)?.status && status !== "failed")
    .map(({ name, status }) => found.get(name) ?? { name, status: "failed", failures: [`${status} on cpu, not run`] });
  return unexpected(differing as Spec[], log);
}

/** Without the known exceptions, of which it tells. */
function unexpected(specs: Spec[], log: (line: string) => void): Spec[] {
  for (const { name } of specs.filter(({ name }) => name in EXCEPTIONS)) log(`expected: ${name}: ${EXCEPTIONS[name]}`);
  return specs.filter(({ name }) => !(name in EXCEPTIONS));
}

function report(specs: Spec[], log: (line: string) => void): boolean {
  for (const { name, failures } of specs) log(`\nFAILED ${name}\n  ${failures.slice(0, 3).join("\n  ")}`);
  log(specs.length > 0 ? `\n${specs.length} specs fail` : "All is well.");
  return specs.length === 0;
}
