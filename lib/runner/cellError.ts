import { withoutColours } from "./streamText";

/** nbformat's error output. */
export interface ErrorOutput {
  output_type: "error";
  ename: string;
  evalue: string;
  traceback: string[];
}

/**
 * Makes the error output that tslab leaves out, from what it prints to stderr instead: compiler messages of the form
 * `line:column - text` become a TypeScriptError, all else is read as Node prints a thrown value.
 *
 * @param messages - the stderr messages of the cell, in order
 * @param source - the cell's code
 * @returns the output, and how many of the last messages it stands for
 */
export function toErrorOutput(messages: string[], source: string): { output: ErrorOutput; used: number } {
  const texts = messages.map((message) => withoutColours(message).trimEnd());
  const diagnostics = trailing(texts, (text) => DIAGNOSTIC.test(text));
  if (diagnostics.length > 0) return { output: compileError(diagnostics, source), used: diagnostics.length };
  const at = texts.map((text) => STACK_LINE.test(text)).lastIndexOf(true);
  const used = texts.length === 0 ? 0 : at < 0 ? 1 : texts.length - at;
  return { output: thrownError(texts[texts.length - used] ?? ""), used };
}

const DIAGNOSTIC = /^(\S+ )?(\d+):(\d+) - /;
const STACK_LINE = /^ +at /m;
const SNIPPET_START = /^\S+:\d+$/; // "evalmachine.<anonymous>:2", above the line of code an error came from
const INNER_FRAME = /node_modules[\\/]tslab[\\/]dist[\\/]|node_modules[\\/]zeromq[\\/]|\(?node:(?:vm|internal)\b/;

function trailing<T>(list: T[], test: (item: T) => boolean): T[] {
  let start = list.length;
  while (start > 0 && test(list[start - 1])) start--;
  return list.slice(start);
}

function compileError(diagnostics: string[], source: string): ErrorOutput {
  const more = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : "";
  const evalue = diagnostics[0].split("\n")[0] + more;
  const traceback = diagnostics.flatMap((text) => withCode(text, source.split("\n")));
  return { output_type: "error", ename: "TypeScriptError", evalue, traceback };
}

/** A compiler message with the line it speaks of and a mark under the place. */
function withCode(diagnostic: string, lines: string[]): string[] {
  const [, file, line, column] = DIAGNOSTIC.exec(diagnostic) ?? [];
  const code = file ? undefined : lines[Number(line) - 1];
  const marked = code === undefined ? [] : [`    ${code}`, `    ${" ".repeat(Number(column) - 1)}^`];
  return [...diagnostic.split("\n"), ...marked];
}

function thrownError(text: string): ErrorOutput {
  const lines = withoutSnippet(text.replace(/^\[([^]*)\]$/, "$1").split("\n"));
  const stackAt = lines.findIndex((line) => STACK_LINE.test(line));
  const head = (stackAt < 0 ? lines : lines.slice(0, stackAt)).join("\n");
  const [, ename, evalue] = /^(?:Uncaught )?([A-Za-z_$][\w$.]*)(?: \[\w+\])?(?:: ([^]*))?$/.exec(head) ?? [];
  const named = stackAt >= 0 && ename !== undefined;
  const traceback = [...head.split("\n"), ...(stackAt < 0 ? [] : outerFrames(lines.slice(stackAt)))];
  if (named) return { output_type: "error", ename, evalue: evalue ?? "", traceback };
  return { output_type: "error", ename: "Error", evalue: head || "the cell failed and gave no reason", traceback };
}

function withoutSnippet(lines: string[]): string[] {
  const blank = lines.indexOf("");
  return SNIPPET_START.test(lines[0]) && blank > 0 ? lines.slice(blank + 1) : lines;
}

/** Stack lines without those inside the kernel and Node, which no reader of a notebook asks for. */
function outerFrames(lines: string[]): string[] {
  const kept: string[] = [];
  for (const line of lines) {
    if (!STACK_LINE.test(line) || !INNER_FRAME.test(line)) kept.push(line);
    else if (line.endsWith(" {")) kept.push("  {");
  }
  return kept;
}
