import { buildSuite } from "./buildSuite";
import { BACKENDS, isListed, stale, tellOfListed, type Backend } from "./exceptions";
import { runSuite, type Spec } from "./runSuite";

/** Fewer would mean that tests were lost on the way, not that all is well. */
const LEAST_SPECS = 4200;

/** What to run, and whom to tell. */
export interface KernelTestOptions {
  /** Only the specs whose full name holds this; the least number of specs does not count then. */
  filter?: string;
  /** One of cpu, simd, tensorflow and webgpu alone, instead of simd compared with cpu. */
  backend?: string;
  /** A kernel of simd that is to be wrong, to see that it is found. */
  spoil?: string;
  log?: (line: string) => void;
}

/**
 * Runs TensorFlow.js core's own kernel tests and resolves to whether all is well: on one backend that every spec passes but
 * the listed exceptions, and that all of these fail; on both that simd passes wherever cpu does.
 *
 * @throws RangeError when no spec's name holds the filter, or the backend is unknown or not here
 */
export async function testKernels(options: KernelTestOptions = {}): Promise<boolean> {
  const { filter = "", spoil, log = console.log } = options;
  const backend = parseBackend(options.backend);
  log("Bundling TensorFlow.js core's own tests …");
  const bundle = await buildSuite();
  const run = async (name: string) => {
    const onProgress = (done: number) => void (done % 1000 === 0 && log(`${name}: ${done} specs …`));
    const specs = await runSuite(bundle, { backend: name, filter, onProgress, ...(name === "simd" && { spoil }) });
    log(`${name}: ${summary(specs)}`);
    if (specs.length === 0) throw new RangeError(`no spec's name holds "${filter}"`);
    if (!filter && specs.length < LEAST_SPECS)
      throw new Error(`${name}: ${specs.length} specs ran, at least ${LEAST_SPECS} are there: tests were lost`);
    return specs;
  };
  if (backend) return judge(await run(backend), { backend, filter, log });
  return report(unexpected(worse(await run("cpu"), await run("simd")), "simd", log), log);
}

function parseBackend(name?: string): Backend | undefined {
  const backend = BACKENDS.find((known) => known === name);
  if (name !== undefined && !backend) throw new RangeError(`--backend is "${name}"; give ${BACKENDS.join(", ")}`);
  return backend;
}

function summary(specs: Spec[]): string {
  const count = (wanted: Spec["status"]) => specs.filter(({ status }) => status === wanted).length;
  return `${specs.length} specs ran: ${count("passed")} passed, ${count("failed")} failed, ${count("pending")} pending`;
}

interface Judged {
  backend: Backend;
  filter: string;
  log: (line: string) => void;
}

function judge(specs: Spec[], { backend, filter, log }: Judged): boolean {
  const failed = specs.filter(({ status }) => status === "failed");
  return report([...unexpected(failed, backend, log), ...stale(specs, { backend, filter })], log);
}

/** The specs that are not on simd what they are on cpu. */
function worse(cpu: Spec[], simd: Spec[]): Spec[] {
  const found = new Map(simd.map((spec) => [spec.name, spec]));
  return cpu
    .filter(({ name, status }) => status !== found.get(name)?.status && status !== "failed")
    .map(({ name, status }) => found.get(name) ?? { name, status: "failed", failures: [`${status} on cpu, not run`] });
}

/** Without the known exceptions, of which it tells. */
function unexpected(specs: Spec[], backend: Backend, log: (line: string) => void): Spec[] {
  tellOfListed(specs, backend, log);
  return specs.filter(({ name }) => !isListed(name, backend));
}

function report(specs: Spec[], log: (line: string) => void): boolean {
  for (const { name, failures } of specs) log(`\nFAILED ${name}\n  ${failures.slice(0, 3).join("\n  ")}`);
  log(specs.length > 0 ? `\n${specs.length} specs fail` : "All is well.");
  return specs.length === 0;
}
