import type { Interruptible } from "./interruptible";
import { reachedDeclarations } from "./compiler/reachedDeclarations";
import type { ErrorReport } from "./reportError";
import { reportDiagnostics } from "./reportDiagnostics";
import type { Converted, Converter, Tslab } from "./tslab";
import type { ExecutionContext } from "./executionContext";

/** How a cell went. */
export type Outcome = { status: "ok"; value?: unknown } | { status: "error"; error: ErrorReport };

/** Compiles and runs cells, one after the other, in one context. */
export interface Executor {
  /** Does not throw. `name` is how errors speak of the cell. */
  execute(source: string, name: string): Promise<Outcome>;
  /** Takes up no more of the cell that runs than it has come to; whatever it still does, the context goes on without it. */
  abandon(): void;
  /** The value of an expression, with no trace left in the context. Does not throw. */
  evaluate(expression: string): Promise<Outcome>;
  /** The declarations that cells have made so far. */
  declarations(): string;
}

/** What an executor works with. */
export interface ExecutorParts {
  tslab: Tslab;
  converter: Converter;
  context: ExecutionContext;
  interruptible: Interruptible;
  /** The kernel's folder. */
  folder: string;
  /** How TypeScript declares what is in the context from the start. */
  declared: string;
}

/** An executor for a context without any cell yet. */
export function newExecutor({ tslab, converter, context, interruptible, folder, declared }: ExecutorParts): Executor {
  let declarations = declared;
  /** What the cell that runs will have declared when it ends. */
  let expected: { declarations: string } | undefined;

  const failed = (error: unknown): Outcome => ({ status: "error", error: context.report(error) });

  const refused = ({ diagnostics }: Pick<Converted, "diagnostics">, source: string): Outcome | undefined =>
    diagnostics.length > 0 ? { status: "error", error: reportDiagnostics(diagnostics, source, folder) } : undefined;

  const convert = (source: string): Converted => {
    const converted = converter.convert(declarations, source);
    context.takeFiles(converted);
    return converted;
  };

  const keepWhatIs = ({ declarations: wanted }: { declarations: string }) => {
    declarations = reachedDeclarations(tslab.ts, wanted, context.has);
    expected = undefined;
  };

  const run = async (converted: Converted, name: string, source: string): Promise<Outcome> => {
    const { declOutput = "", output } = converted;
    const own = { declarations: declOutput };
    expected = own;
    try {
      if (output) await interruptible.allow(() => context.run(converted, name, source));
      if (expected === own) declarations = declOutput;
      expected = undefined;
      return { status: "ok", value: context.takeValue(converted) };
    } catch (error) {
      if (expected === own) keepWhatIs(own);
      return failed(error);
    }
  };

  const execute = async (source: string, name: string): Promise<Outcome> => {
    expected = undefined;
    try {
      const meta = tslab.getCodeMetadata(source);
      // A module stands also with errors in it, which the cells that import it will meet.
      if (meta.module)
        return refused({ diagnostics: converter.addModule(meta.module, source, meta) }, source) ?? { status: "ok" };
      if (meta.mode === "browser") return { status: "ok" };
      const converted = convert(source);
      return refused(converted, source) ?? (await run(converted, name, source));
    } catch (error) {
      return failed(error);
    }
  };

  const evaluate = async (expression: string): Promise<Outcome> => {
    const source = `(${expression}\n)`;
    try {
      const converted = convert(source);
      const refusal = refused(converted, source);
      if (refusal) return refusal;
      await interruptible.allow(() => context.run(converted, "expression"));
      return { status: "ok", value: context.takeValue(converted) };
    } catch (error) {
      return failed(error);
    }
  };

  const abandon = () => void (expected && keepWhatIs(expected));

  return { execute, abandon, evaluate, declarations: () => declarations };
}
