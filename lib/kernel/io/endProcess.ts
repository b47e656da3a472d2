import { writeSync } from "fs";

/** A kernel whose sockets have failed is of no use. */
export function endProcess(error: unknown): never {
  writeSync(2, `The kernel's sockets have failed: ${error instanceof Error ? error.stack : String(error)}\n`);
  return kill();
}

/** Ends the whole process from this thread, however busy the other one is. */
export function kill(): never {
  process.kill(process.pid, "SIGKILL");
  throw new Error("unreachable");
}
