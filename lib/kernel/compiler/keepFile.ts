import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "fs";
import { dirname } from "path";

/** Keeps a file for later kernels, whole or not at all: two may start at once. A place that cannot be written costs only time. */
export function keepFile(file: string, content: string | Uint8Array): void {
  const draft = `${file}.${process.pid}.part`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, content);
    renameSync(draft, file);
  } catch {
    if (existsSync(draft)) rmSync(draft, { force: true });
  }
}
