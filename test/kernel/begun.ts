import { existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "./liveKernel";

const FILE = join(tmpdir(), `atelier-begun-${process.pid}`);

/** Code that leaves a file: the cell runs. */
export const BEGIN = `require("fs").writeFileSync(${JSON.stringify(FILE)}, "");`;

/** Waits until a cell has come to `BEGIN`. */
export async function begun(): Promise<void> {
  await until(() => existsSync(FILE));
  forgetBegun();
}

/** Takes away what a test that failed has left. */
export function forgetBegun(): void {
  rmSync(FILE, { force: true });
}
