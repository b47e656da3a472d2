import type { QuickInfo } from "typescript";
import { describeInfo, plainText } from "./describeInfo";
import { toUnits } from "./textPosition";
import type { Converter } from "./compiler/converter";

/** Answers an `inspect_request`: the type of what stands at the cursor, with its documentation as Markdown. */
export function inspectAt(converter: Converter, content: Record<string, unknown>) {
  const code = String(content.code ?? "");
  const position = toUnits(code, Number(content.cursor_pos ?? Infinity));
  const info = quickInfo(converter, { code, position });
  if (!info || isUnknown(info)) return { status: "ok", found: false, data: {}, metadata: {} };
  const { plain, markdown } = describeInfo(info);
  const data = { "text/plain": plain, "text/markdown": markdown };
  return { status: "ok", found: true, data, metadata: {} };
}

/** A name that is declared nowhere has the type any and no kind. */
export function isUnknown({ kind, displayParts }: QuickInfo): boolean {
  return String(kind) === "" && plainText(displayParts) === "any";
}

interface Cursor {
  code: string;
  position: number;
}

/** Right behind a name the name is meant. */
function quickInfo(converter: Converter, { code, position }: Cursor): QuickInfo | undefined {
  const info = converter.inspect(code, position);
  return info || position === 0 ? info : converter.inspect(code, position - 1);
}
