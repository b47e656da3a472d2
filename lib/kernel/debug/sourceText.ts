import { type DebugScripts, textOf } from "./debugScripts";

/** Where sources are looked for. */
interface Known {
  /** Cells that a client has told of, by their paths. */
  dumped: Map<string, string>;
  scripts: DebugScripts;
}

/** The text of a cell or a file that the debugger has spoken of. */
export function sourceText(path: string, { dumped, scripts }: Known): string {
  const [script] = scripts.withPath(path);
  const cell = dumped.get(path);
  if (cell !== undefined) return cell;
  if (!script) throw new Error(`No code of this kernel comes from ${path}; ask for modules to see which does`);
  return textOf(script);
}
