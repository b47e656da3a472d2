import { fork } from "node:child_process";
import * as path from "node:path";
import { shortRun } from "../../lib/commands/shortRun";
import { projectRoot } from "../../lib/files";
import { softwareGpu } from "../compute/webgpu/softwareGpu";

/** What came of one spec. */
export interface Spec {
  /** Jasmine's full name; the second of equal names ends in #2. */
  name: string;
  status: "passed" | "failed" | "pending" | "excluded";
  failures: string[];
}

/** How the suite is run. */
export interface SuiteOptions {
  backend: string;
  /** Only the specs whose full name holds this. */
  filter?: string;
  /** A kernel that is to be wrong, to see that it is found. */
  spoil?: string;
  /** Called with how many specs are done. */
  onProgress?: (done: number) => void;
}

/** Seconds after which a spec that says nothing is taken to hang. */
const PATIENCE = 300;

/** How to get a backend that is not here. */
const CURES: Record<string, string> = {
  tensorflow: "npm run native builds it; see docs/gpu.md",
  webgpu: "see docs/gpu.md",
};

/** What the suite's process says. */
type Message = Spec | { started: string } | { finished: true } | { absent: string };

/**
 * Runs the bundled suite on a backend in a process of its own; resolves to its specs, without the excluded ones.
 *
 * @throws RangeError when the backend is not here, with the reason; Error naming the spec that was under way when the process
 * ended or fell silent
 */
export function runSuite(bundle: string, { backend, filter = "", spoil, onProgress }: SuiteOptions): Promise<Spec[]> {
  const modules = { NODE_PATH: path.join(projectRoot, "node_modules") }; // the bundle lies elsewhere
  const gpu = process.env.ATELIER_WEBGPU === "software" ? softwareGpu : {};
  const env = { ...process.env, ...modules, ...gpu, SUITE_BACKEND: backend, ...(spoil && { SUITE_SPOIL: spoil }) };
  const script = path.join(projectRoot, "test", "kernels", "suite.js");
  const child = fork(script, [bundle, filter], {
    env,
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    execArgv: [...shortRun],
  });
  const specs: Spec[] = [];
  const seen = new Map<string, number>();
  let underWay = "the loading of the suite";
  let noise = "";
  let finished = false;
  let absent: string | undefined;
  let timer: NodeJS.Timeout;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE * 1000);
  };
  wait();
  child.stderr!.on("data", (text) => (noise = (noise + text).slice(-2000)));
  child.on("message", (message: Message) => {
    wait();
    if ("absent" in message) {
      absent = message.absent;
      return void child.kill();
    }
    if ("finished" in message) {
      finished = true;
      return void child.kill();
    }
    if ("started" in message) return void (underWay = `the spec "${message.started}"`);
    if (message.status === "excluded") return;
    const times = (seen.get(message.name) ?? 0) + 1;
    seen.set(message.name, times);
    specs.push({ ...message, name: times > 1 ? `${message.name} #${times}` : message.name });
    onProgress?.(specs.length);
  });
  return new Promise((resolve, reject) => {
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (finished) return resolve(specs);
      if (absent) return reject(new RangeError(`the backend ${backend} cannot be had: ${absent}. ${CURES[backend]}`));
      const how = signal === "SIGKILL" ? `did not end in ${PATIENCE} s` : `ended the process (${signal ?? code})`;
      reject(new Error(`on ${backend} ${underWay} ${how}${noise && `:\n${noise}`}`));
    });
  });
}
