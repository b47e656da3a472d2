import type * as TypeScript from "typescript";
import { isCellFile } from "./tslabFiles";

type Compiler = typeof TypeScript;
type SourceFile = TypeScript.SourceFile;
type Builder = TypeScript.BuilderProgram;
type Host = TypeScript.WatchCompilerHostOfFilesAndCompilerOptions<Builder>;

/** A compiler that knows when tslab converts a cell. */
export interface NamesByParsing {
  ts: Compiler;
  /** Goes around each of tslab's conversions. */
  converting<T>(convert: () => T): T;
}

/** TypeScript's binder, and what it leaves in a file. */
type Binder = { bindSourceFile(file: SourceFile, options: TypeScript.CompilerOptions): void };
type Bound = SourceFile & { locals?: ReadonlyMap<string, unknown> };

/**
 * tslab compiles a cell that declares something twice: once to learn the names, then with a line that exports them. Here
 * the cell is only parsed for the first of these.
 */
export function withNamesByParsing(ts: Compiler): NamesByParsing {
  let namesAreWanted = false;
  const createWatchProgram = (host: Host) => {
    const { afterProgramCreate: hand, setTimeout: later } = host;
    if (!hand || !later) throw new TypeError("tslab has changed: it compiles without a watch host of its own");
    const waiting = new Set<() => void>();
    let isScheduled = false;
    let latest: Builder | undefined;
    const work = () => {
      const names = namesAreWanted ? parsedCell(ts, host) : undefined;
      namesAreWanted = false;
      if (names?.locals?.size) {
        hand(namesOnly(names)); // what has changed goes on waiting for the second time
      } else {
        for (const update of waiting) {
          waiting.delete(update);
          update();
        }
        if (latest) hand(latest);
      }
      isScheduled = false;
    };
    host.afterProgramCreate = (builder) => (latest = builder);
    host.clearTimeout = (update) => waiting.delete(update);
    host.setTimeout = (update) => {
      waiting.add(update);
      if (!isScheduled) later(work, 0);
      isScheduled = true;
      return update;
    };
    const watch = ts.createWatchProgram(host);
    if (latest) hand(latest);
    return watch;
  };
  const converting = <T>(convert: () => T): T => {
    namesAreWanted = true;
    try {
      return convert();
    } finally {
      namesAreWanted = false;
    }
  };
  return { ts: Object.assign({ ...ts }, { createWatchProgram }) as unknown as Compiler, converting };
}

function parsedCell(ts: Compiler, host: Host): Bound {
  const name = host.rootFiles.find(isCellFile) ?? "";
  const file: Bound = ts.createSourceFile(
    name,
    host.readFile(name) ?? "",
    host.options.target ?? ts.ScriptTarget.ES2022,
  );
  (ts as unknown as Binder).bindSourceFile(file, host.options);
  return file;
}

/** As much of a program as tslab looks at for the names of a cell. */
function namesOnly(cell: SourceFile): Builder {
  const getSourceFile = (name: string) => (isCellFile(name) ? cell : undefined);
  return { getSourceFile } as Partial<Builder> as Builder;
}
