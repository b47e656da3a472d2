import { basename } from "path";
import type * as TypeScript from "typescript";
import type { KnownFiles } from "./compiler/cellProgram";
import { snapshotPlace } from "./snapshot";

/** What a kernel takes up from the snapshot that it was started from. */
export interface SnapshotContent {
  /** The name of the snapshot's file, which stands for what it was made of. */
  state: string;
  /** TypeScript, and the file that it comes from. */
  ts: typeof TypeScript;
  typescript: string;
  /** What every cell sees. */
  known: KnownFiles;
  /** The kernel's own files that were loaded to find that out, by their paths. */
  modules: Map<string, { exports: unknown }>;
}

/** The content of the snapshot; undefined where this process was started without one, or from one of another state. */
export function snapshotContent(): SnapshotContent | undefined {
  const found = (globalThis as Record<symbol, unknown>)[Symbol.for("atelier.kernel")] as SnapshotContent | undefined;
  return found?.state === basename(snapshotPlace()) ? found : undefined;
}
