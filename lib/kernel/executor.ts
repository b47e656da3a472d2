import type { CellUses } from "./compiler/cellUses";
import type { Converted, Converter, Diagnostic } from "./compiler/converter";
import type { ExecutionContext } from "./executionContext";
import type { Interruptible } from "./interruptible";
import { ProcessExit } from "./processExit";
import { reportDiagnostics } from "./reportDiagnostics";
import type { ErrorReport } from "./reportError";
import type { Tslab } from "./tslab";

/** How a cell went; `uses` is there once it was compiled. */
export type Outcome = ({ status: "ok"; value?: unknown } | { status: "error"; error: ErrorReport }) & {
  uses?: CellUses;
};

/** Compiles and runs cells, one after the other, in one context. */
export interface Executor {
  /** Does not throw. `name` is how errors speak of the cell. */
  execute(source: string, name: string): Promise<Outcome>;
  /** Takes up no more of the cell that runs than it has come to; whatever it still does, the context goes on without it. */
  abandon(): void;
  /** The value of an expression, with no trace left in the context. Does not throw. */
  evaluate(expression: string): Promise<Outcome>;
}

/** What an executor works with. */
export interface ExecutorParts {
  tslab: Tslab;
  converter: Converter;
  context: ExecutionContext;
  interruptible: Interruptible;
  /** The kernel's folder. */
  folder: string;
}

/** An executor for a context without any cell yet. */
export function newExecutor({ tslab, converter, context, interruptible, folder }: ExecutorParts): Executor {
  /** Ends the cell that runs. */
  let running: { cell: Converted; isReached(name: string): boolean } | undefined;

  const failed = (error: unknown): Outcome => ({ status: "error", error: context.report(error) });

  const refused = (diagnostics: Diagnostic[], source: string): Outcome | undefined =>
    diagnostics.length > 0 ? { status: "error", error: reportDiagnostics(diagnostics, source, folder) } : undefined;

  const convert = (source: string): Converted => {
    const converted = converter.convert(source);
    context.takeFiles(converted.sideOutputs);
    return converted;
  };

  const keepWhatIs = (one: typeof running) => {
    if (!one || running !== one) return;
    running = undefined;
    converter.keep(one.cell, one.isReached);
  };

  const run = async (cell: Converted, name: string, source: string): Promise<Outcome> => {
    const own = { cell, isReached: context.changesSince(cell.declared) };
    running = own;
    try {
      const value = await interruptible.allow(() => context.run(cell, name, source));
      if (running === own) converter.keep(cell);
      running = undefined;
      return { status: "ok", value: value.v };
    } catch (error) {
      keepWhatIs(own);
      if (!(error instanceof ProcessExit) || error.code !== 0) return failed(error);
      process.stderr.write(`${error.message}\n`);
      return { status: "ok" };
    }
  };

  const execute = async (source: string, name: string): Promise<Outcome> => {
    running = undefined;
    try {
      const meta = tslab.getCodeMetadata(source);
      // A module stands also with errors in it, which the cells that import it will meet.
      if (meta.module) return refused(converter.addModule(meta.module, source), source) ?? { status: "ok" };
      const converted = convert(source);
      return (
        refused(converted.diagnostics, source) ?? { ...(await run(converted, name, source)), uses: converted.uses }
      );
    } catch (error) {
      return failed(error);
    }
  };

  const evaluate = async (expression: string): Promise<Outcome> => {
    const source = `(${expression}\n)`;
    try {
      const converted = convert(source);
      const refusal = refused(converted.diagnostics, source);
      if (refusal) return refusal;
      converter.keep(converted); // it declares nothing
      const value = await interruptible.allow(() => context.run(converted, "expression"));
      return { status: "ok", value: value.v };
    } catch (error) {
      return failed(error);
    }
  };

  return { execute, abandon: () => keepWhatIs(running), evaluate };
}
