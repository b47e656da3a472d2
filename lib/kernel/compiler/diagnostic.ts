import type * as TypeScript from "typescript";
import type { BoundFile, Compiler } from "./compiler";

/** A message of the compiler, with places counted from 0. */
export interface Diagnostic {
  start: TypeScript.LineAndCharacter;
  end: TypeScript.LineAndCharacter;
  messageText: string;
  code: number;
  /** The file it speaks of, from the kernel's folder; none for the cell itself. */
  fileName?: string;
}

/** The cell that messages are about, and where the paths of other files begin. */
interface Place {
  folder: string;
  cell: BoundFile;
}

/** "Import assignment cannot be used when targeting ECMAScript modules": cells have it all the same. */
const IMPORT_EQUALS = 1202;

/** The compiler's messages as the kernel tells them: each once. */
export function toDiagnostics(
  ts: Compiler,
  found: readonly TypeScript.Diagnostic[],
  { folder, cell }: Place,
): Diagnostic[] {
  const seen = new Set<string>();
  return found.flatMap(({ file, start = 0, length = 0, code, messageText }) => {
    if (!file || code === IMPORT_EQUALS) return [];
    const place = (at: number) => ts.getLineAndCharacterOfPosition(file, at);
    const text = ts.flattenDiagnosticMessageText(messageText, "\n").replace(/import\("[^"]*__cell_\d+__"\)\./g, "");
    const isHere = (file as unknown as BoundFile) === cell;
    const fileName = isHere ? undefined : relativeTo(folder, file.fileName);
    const key = `${fileName} ${start} ${code}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ start: place(start), end: place(start + length), messageText: text, code, fileName }];
  });
}

function relativeTo(folder: string, name: string): string {
  return name.startsWith(`${folder}/`) ? name.slice(folder.length + 1) : name;
}
