import { underlined } from "./excerpt";
import type { ErrorReport } from "./reportError";
import { foreignCommand, foreignName, withCellAdvice } from "./foreignCommand";
import { withCure } from "./missingModule";
import type { Diagnostic } from "./compiler/diagnostic";

/**
 * The compiler's messages about a cell as one error: each with its code, its place, counted from 1, and a caret.
 *
 * @param folder - the kernel's, where paths of imports begin
 */
export function reportDiagnostics(found: Diagnostic[], source: string, folder: string): ErrorReport {
  const foreign = foreignCommand(source);
  if (foreign !== undefined)
    return { ename: "TypeScriptError", evalue: `1:1 - ${foreign}`, traceback: [`1:1 - ${foreign}`] };
  const diagnostics = found.map((one) => ({ ...one, messageText: curedText(one, folder) }));
  const lines = source.split("\n");
  const more = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : "";
  return {
    ename: "TypeScriptError",
    evalue: headOf(diagnostics[0]).split("\n")[0] + more,
    traceback: diagnostics.flatMap((diagnostic) => [...headOf(diagnostic).split("\n"), ...mark(diagnostic, lines)]),
  };
}

function headOf({ fileName, start, code, messageText }: Diagnostic): string {
  const file = fileName ? `${fileName} ` : "";
  return `${file}${start.line + 1}:${start.character + 1} - error TS${code}: ${messageText}`;
}

function mark({ fileName, start, end }: Diagnostic, lines: string[]): string[] {
  const code = fileName ? undefined : lines[start.line];
  if (code === undefined) return [];
  return underlined(code, start.character, end.line === start.line ? end.character : code.length);
}

/** A message of the compiler, with what to do about it where that is known here. */
export function curedText({ code, messageText }: Diagnostic, folder: string): string {
  const cure = foreignName(messageText);
  return cure === undefined
    ? withCure(code, withCellAdvice(messageText), folder)
    : `${messageText.split(". ")[0].replace(/\.$/, "")}. ${cure}`;
}
