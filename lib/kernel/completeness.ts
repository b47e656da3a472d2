import type * as TypeScript from "typescript";
import type { Tslab } from "./tslab";

/** Unterminated template literal, comment, regular expression: more lines may end them. */
const UNENDED = new Set([1160, 1010, 1161]);

/** Answers an `is_complete_request`: whether code can run, wants more lines, or can only fail. */
export function isComplete({ ts, isCompleteCode }: Tslab, content: Record<string, unknown>) {
  const code = String(content.code ?? "");
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest) as TypeScript.SourceFile & {
    parseDiagnostics?: TypeScript.Diagnostic[];
  };
  const errors = file.parseDiagnostics ?? [];
  if (errors.length === 0) return { status: "complete" };
  if (errors.some((error) => UNENDED.has(error.code))) return { status: "incomplete", indent: "" };
  const { completed, indent = "" } = isCompleteCode(code);
  return completed ? { status: "invalid" } : { status: "incomplete", indent };
}
