import type { CellUses } from "./compiler/cellUses";
import type { Converted, Converter } from "./compiler/converter";
import type { Diagnostic } from "./compiler/diagnostic";
import type { ExecutionContext } from "./executionContext";
import type { Interruptible } from "./interruptible";
import { ProcessExit } from "./processExit";
import type { CellReports } from "./profile/cellReport";
import { reportDiagnostics } from "./reportDiagnostics";
import type { ErrorReport } from "./reportError";
import { newRunningCells } from "./runningCells";
import type { Tslab } from "./tslab";

/** How a cell went; `uses` is there once it was compiled. */
export type Outcome = ({ status: "ok"; value?: unknown } | { status: "error"; error: ErrorReport }) & {
  uses?(): CellUses | undefined;
};

/** Compiles and runs cells in one context, several at a time where they await. */
export interface Executor {
  /** Does not throw. */
  execute(source: string, cell: CellTitle): Promise<Outcome>;
  /** Takes up no more of the cell of this request than it has come to; whatever it still does, the context goes on without it. */
  abandon(id: number): void;
  /** Lets the compiler know what the cells that run have come to. */
  share(): void;
  /** Lets the compiler check what has run before its check. */
  settle(): void;
  /** Whether all that has run is checked. */
  isSettled(): boolean;
  /** The value of an expression, for a request, with no trace left in the context. Does not throw. */
  evaluate(expression: string, id: number): Promise<Outcome>;
}

/** The request that a cell is run for, and how errors speak of the cell. */
export interface CellTitle {
  id: number;
  name: string;
}

/** What an executor works with. */
export interface ExecutorParts {
  tslab: Tslab;
  converter: Converter;
  context: ExecutionContext;
  interruptible: Interruptible;
  reports: CellReports;
  /** The kernel's folder. */
  folder: string;
}

/** An executor for a context without any cell yet. */
export function newExecutor({ tslab, converter, context, interruptible, reports, folder }: ExecutorParts): Executor {
  const running = newRunningCells(converter, context);

  const failed = (error: unknown): Outcome => ({
    status: "error",
    error: interruptible.forbid(() => context.report(error)),
  });

  const refused = (diagnostics: Diagnostic[], source: string): Outcome | undefined =>
    diagnostics.length > 0 ? { status: "error", error: reportDiagnostics(diagnostics, source, folder) } : undefined;

  const convert = (source: string): Converted => {
    running.share();
    const converted = converter.convert(source);
    context.takeFiles(converted.sideOutputs);
    return converted;
  };

  const runCell = async (cell: Converted, { id, name }: CellTitle, source: string): Promise<Outcome> => {
    const { run, end } = running.begin(id, cell);
    reports.begin(id, source);
    try {
      const value = await interruptible.allow(id, () => context.run(cell, name, { source, run }));
      end({ isWhole: true });
      return { status: "ok", value: value.v };
    } catch (error) {
      end({ isWhole: false });
      if (!(error instanceof ProcessExit) || error.code !== 0) return failed(error);
      process.stderr.write(`${error.message}\n`);
      return { status: "ok" };
    } finally {
      reports.end(id);
    }
  };

  const execute = async (source: string, title: CellTitle): Promise<Outcome> => {
    try {
      const name = tslab.moduleName(source);
      // A module stands also with errors in it, which the cells that import it will meet.
      if (name) {
        const found = interruptible.forbid(() => converter.addModule(name, source));
        return refused(found, source) ?? { status: "ok" };
      }
      const converted = interruptible.forbid(() => convert(source));
      const refusal = refused(converted.diagnostics, source);
      return refusal ?? { ...(await runCell(converted, title, source)), uses: converted.uses };
    } catch (error) {
      return failed(error);
    }
  };

  const evaluate = async (expression: string, id: number): Promise<Outcome> => {
    const source = `(${expression}\n)`;
    try {
      const converted = interruptible.forbid(() => convert(source));
      const refusal = refused(converted.diagnostics, source);
      if (refusal) return refusal;
      converter.keep(converted); // it declares nothing
      const value = await interruptible.allow(id, () => context.run(converted, "expression"));
      return { status: "ok", value: value.v };
    } catch (error) {
      return failed(error);
    }
  };

  const settle = () => interruptible.forbid(converter.settle);

  return { execute, settle, isSettled: converter.isSettled, abandon: running.abandon, share: running.share, evaluate };
}
