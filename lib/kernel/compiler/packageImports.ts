import type * as TypeScript from "typescript";
import { cellNames, type CellNames, holderOf } from "./cellNames";
import type { BoundFile, Compiler } from "./compiler";
import { type Edit, withEdits } from "./withEdits";

type Node = TypeScript.Node;

/** A cell that needs no check. */
export interface PackageImports {
  code: string;
  map: string;
  names: CellNames;
  /** The variables that it declares, which are imports. */
  declared: string[];
}

/** What a module that a cell asks for is declared by; undefined where it is not in a package, or is not found. */
export type DeclarationsOf = (module: string) => TypeScript.SourceFile | undefined;

/** Names that TypeScript lets nobody declare, or not everywhere. */
const RESERVED =
  /^(any|unknown|never|number|bigint|boolean|string|symbol|void|object|undefined|globalThis|require|exports|Promise|Object|Reflect|eval|arguments|await|yield|let|static|async)$/;

/**
 * What becomes of a cell that has nothing but `import * as name from "package"`, where the package is declared as a module:
 * no type can be wrong in it, so it may run before all that the package declares was read. Undefined for other cells.
 */
export function packageImports(
  ts: Compiler,
  file: BoundFile,
  declarationsOf: DeclarationsOf,
): PackageImports | undefined {
  const source = file as unknown as TypeScript.SourceFile & Found;
  const { statements, text, fileName, parseDiagnostics, bindDiagnostics } = source;
  if (statements.length === 0 || parseDiagnostics.length > 0 || bindDiagnostics.length > 0) return undefined;
  if (source.referencedFiles.length + source.typeReferenceDirectives.length > 0 || /@ts-|@jsx/.test(text))
    return undefined;
  const names = cellNames(file);
  const declared = new Set<string>();
  const edits: Edit[] = [];
  for (const [index, node] of statements.entries()) {
    const [start, name, module] = [node.getStart(source), wholeImport(ts, node), moduleOf(ts, node)];
    if (name === undefined || module === undefined || declared.has(name) || text.slice(start, node.end).includes("\n"))
      return undefined;
    if (!isModule(ts, declarationsOf(module))) return undefined;
    declared.add(name);
    const own = `${names.module}${index}`;
    const made = `const ${own} = require(${JSON.stringify(module)}); ${holderOf(name, file, names)}.v = ${names.helpers}.asNamespace(${own});`; // prettier-ignore
    edits.push({ start, end: node.end, text: made });
  }
  return { ...withEdits(fileName, text, { edits, marks: [] }), names, declared: [...declared] };
}

/** What the parser and the binder have to say. */
interface Found {
  parseDiagnostics: unknown[];
  bindDiagnostics: unknown[];
}

/** The name in `import * as name from "module"`. */
function wholeImport(ts: Compiler, node: Node): string | undefined {
  if (!ts.isImportDeclaration(node) || node.modifiers || node.attributes || !node.importClause) return undefined;
  const { name, namedBindings, phaseModifier } = node.importClause;
  if (name || phaseModifier !== undefined || !namedBindings || !ts.isNamespaceImport(namedBindings)) return undefined;
  const { text } = namedBindings.name;
  return RESERVED.test(text) || !/^[A-Za-z_]\w*$/.test(text) ? undefined : text;
}

function moduleOf(ts: Compiler, node: Node): string | undefined {
  return ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)
    ? node.moduleSpecifier.text
    : undefined;
}

/** Whether a file has exports of its own, and not one thing that it exports in place of them. */
function isModule(ts: Compiler, file: TypeScript.SourceFile | undefined): boolean {
  return (
    file !== undefined &&
    ts.isExternalModule(file) &&
    !file.statements.some((node) => ts.isExportAssignment(node) && node.isExportEquals)
  );
}
