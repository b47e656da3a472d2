import type { QuickInfo, SymbolDisplayPart } from "typescript";
import { toUnits } from "./textPosition";
import type { Converter } from "./compiler/converter";

/** Answers an `inspect_request`: the type of what stands at the cursor, with its documentation as Markdown. */
export function inspectAt(converter: Converter, content: Record<string, unknown>) {
  const code = String(content.code ?? "");
  const position = toUnits(code, Number(content.cursor_pos ?? Infinity));
  const info = quickInfo(converter, { code, position });
  if (!info || isUnknown(info)) return { status: "ok", found: false, data: {}, metadata: {} };
  const [type, documentation, tags] = [plain(info.displayParts), plain(info.documentation), info.tags ?? []];
  const lines = tags.map(({ name, text }) => ({ name, text: plain(text) }));
  const data = {
    "text/plain": joined([type, documentation, lines.map(({ name, text }) => `@${name} ${text}`.trim()).join("\n")]),
    "text/markdown": joined([
      `\`\`\`typescript\n${type}\n\`\`\``,
      documentation,
      lines.map(({ name, text }) => `*@${name}* ${text}`.trim()).join("\\\n"),
    ]),
  };
  return { status: "ok", found: true, data, metadata: {} };
}

/** A name that is declared nowhere has the type any and no kind. */
function isUnknown({ kind, displayParts }: QuickInfo): boolean {
  return String(kind) === "" && plain(displayParts) === "any";
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

function plain(parts: SymbolDisplayPart[] = []): string {
  return parts.map(({ text }) => text).join("");
}

function joined(parts: string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}
