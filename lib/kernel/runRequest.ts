import type { Interruptible } from "./interruptible";
import type { CellUses } from "./compiler/cellUses";
import { displayBundle, type MimeBundle, type Showing } from "./displayBundle";
import type { ExecuteRequest } from "./executeRequest";
import type { Executor, Outcome } from "./executor";
import type { History } from "./history";
import type { Output } from "./output";
import type { ErrorReport } from "./reportError";

/** How a request ended; `reply` is what its reply tells beside its number, `uses` what its cell did with names. */
export type Ended = ({ status: "ok"; reply: object } | { status: "error"; error: ErrorReport }) & {
  uses?(): CellUses | undefined;
};

/** What running a request takes. */
export interface RunParts {
  executor: Executor;
  output: Output;
  history: History;
  interruptible: Interruptible;
  /** An error in the words of whoever wrote the cells. */
  report(error: unknown): ErrorReport;
  /** What a cell that only asks about a name is shown, undefined for other cells. */
  help(code: string): MimeBundle | undefined;
  valueBundle: Showing["valueBundle"];
}

/** Gives the function that runs a request's cell, shows its value, and evaluates the expressions beside it. It does not throw. */
export function newRunRequest(parts: RunParts): (request: ExecuteRequest, count: number) => Promise<Ended> {
  const { executor, output, history, interruptible, report, help, valueBundle } = parts;

  const showing: Showing = {
    valueBundle,
    complain: (error) => {
      const lines = ["The value cannot show itself, here is its text:", ...report(error).traceback, ""];
      output.print("stderr", lines.join("\n"));
    },
  };

  const showResult = async ({ id, storeHistory }: ExecuteRequest, value: unknown, count: number) => {
    const data = await interruptible.allow(id, () => displayBundle(value, showing));
    if (storeHistory && typeof data["text/plain"] === "string") history.setOutput(count, data["text/plain"]);
    output.publish("execute_result", { execution_count: count, data, metadata: {} });
  };

  const evaluateAll = async ({ id, expressions }: ExecuteRequest) => {
    const results: Record<string, object> = {};
    for (const [name, expression] of Object.entries(expressions))
      results[name] = await toExpressionResult(await executor.evaluate(String(expression), id), showing);
    return results;
  };

  return async (request, count) => {
    const { id, code, silent, storeHistory } = request;
    try {
      const asked = help(code);
      if (asked) return { status: "ok", reply: { payload: [{ source: "page", data: asked, start: 0 }] } };
      const outcome = await executor.execute(code, { id, name: storeHistory ? `cell ${count}` : "silent cell" });
      await new Promise(setImmediate); // what the cell has left behind is reported within it
      if (outcome.status === "error") return outcome;
      if (!silent && outcome.value !== undefined) await showResult(request, outcome.value, count);
      return { status: "ok", reply: { user_expressions: await evaluateAll(request) }, uses: outcome.uses };
    } catch (error) {
      return { status: "error", error: report(error) };
    }
  };
}

async function toExpressionResult(outcome: Outcome, showing: Showing): Promise<object> {
  if (outcome.status === "error") return { status: "error", ...outcome.error };
  return { status: "ok", data: await displayBundle(outcome.value, showing), metadata: {} };
}
