import { createHash } from "crypto";
import type * as TypeScript from "typescript";
import { addedTo, type LinkedFile, type Links, linksIn, reached } from "./fileLinks";
import { isCell } from "./compiler";

type Compiler = typeof TypeScript;
type Program = TypeScript.Program;

/** Keys of the files of one program. */
export interface ContentKeys {
  /** Stands for the compiler, its options, and the files that every file sees without an import. */
  world: string;
  /** Two files with the same key, also in other programs, get the same messages and become the same code. */
  keyOf(file: TypeScript.SourceFile): string;
}

/** Options that are only places in the file system. */
const PLACES = ["rootDir", "outDir", "typeRoots"];

/** Keys made of the texts of a file and of all that it sees, however far away. Cells are never among that. */
export function contentKeys(ts: Compiler, program: Program): ContentKeys {
  const isKnown = ({ fileName }: LinkedFile) => !isCell(fileName);
  const files: LinkedFile[] = program.getSourceFiles().filter(isKnown);
  const options = Object.entries(program.getCompilerOptions()).filter(([name]) => !PLACES.includes(name));
  const links = linksIn(ts, program);
  const globals = reached(
    files.filter((file) => isGlobal(ts, program, file)),
    links,
  );
  const world = hashed([ts.version, JSON.stringify(options), ...described(globals, links, textOf)]);
  const adding = files.filter((file) => !globals.has(file) && addedTo(program, file).length > 0);
  const known = new Map<LinkedFile, string>();
  const find = (file: LinkedFile) => {
    // A package, which may have hundreds of files, is gone through once, from the file of it that is imported.
    const isEnd = (other: LinkedFile) => other.isDeclarationFile && !file.isDeclarationFile;
    const follow: Links = (other) => (isEnd(other) ? [] : links(other));
    const seen = withAdding(reached([file], follow), { program, adding, follow });
    return hashed([world, ...described(seen, follow, (other) => (isEnd(other) ? keyOf(other) : textOf(other)))]);
  };
  const keyOf = (file: LinkedFile): string => {
    const key = known.get(file) ?? find(file);
    known.set(file, key);
    return key;
  };
  return { world, keyOf };
}

/** Whether every file sees what this one declares. */
function isGlobal(ts: Compiler, program: Program, file: LinkedFile): boolean {
  if (!ts.isExternalModule(file) || addedTo(program, file).includes(undefined)) return true;
  return file.statements.some(ts.isNamespaceExportDeclaration);
}

/** What goes through the files that add to modules. */
interface Adding {
  program: Program;
  adding: LinkedFile[];
  follow: Links;
}

/** Files with those that add declarations to one of them. */
function withAdding(seen: Set<LinkedFile>, { program, adding, follow }: Adding): Set<LinkedFile> {
  const isSeen = (file?: LinkedFile) => file !== undefined && seen.has(file);
  const found = adding.filter((file) => !seen.has(file) && addedTo(program, file).some(isSeen));
  if (found.length === 0) return seen;
  return withAdding(reached([...seen, ...found], follow), { program, adding, follow });
}

/** What stands for each file, and the places of those that it refers to. */
function described(files: Set<LinkedFile>, links: Links, nameOf: (file: LinkedFile) => string): string[] {
  const places = new Map(Array.from(files, (file, place) => [file, place]));
  return Array.from(files, (file) => {
    const others = links(file).map((other) => (other ? places.get(other) : -1));
    return `${nameOf(file)} ${others.join(" ")}`;
  });
}

/** The text of a file, and what kind of file it is. */
function textOf(file: LinkedFile): string {
  return `${/(\.d)?\.\w+$/.exec(file.fileName)?.[0]} ${sumOf(file)}`;
}

/** The SHA-256 of a file's text. */
export function sumOf(file: LinkedFile): string {
  const known = hashes.get(file) ?? hashed([file.text]);
  hashes.set(file, known);
  return known;
}

const hashes = new WeakMap<LinkedFile, string>();

function hashed(lines: string[]): string {
  return createHash("sha256").update(lines.join("\n")).digest("hex");
}
