import type * as TypeScript from "typescript";

type Symbols = Map<string, TypeScript.Symbol>;

/** A source file with what TypeScript's binder leaves in it: its names, and the names that it uses anywhere. */
export type BoundFile = Omit<TypeScript.SourceFile, "parent"> & {
  parent?: BoundFile;
  locals?: Symbols;
  identifiers: ReadonlyMap<string, string>;
  externalModuleIndicator?: TypeScript.Node | true;
  path: string;
  resolvedPath: string;
  originalFileName: string;
  version: string;
  imports?: unknown[];
  moduleAugmentations?: unknown[];
  ambientModuleNames?: string[];
};

/** A node that opens a scope. */
export type ScopeNode = TypeScript.Node & { locals?: Symbols; symbol?: TypeScript.Symbol };

/** A name's symbol; the one that the file exports stands behind the one that is seen within the file. */
export type LocalSymbol = TypeScript.Symbol & { exportSymbol?: TypeScript.Symbol };

/** TypeScript with those of its inner functions that this kernel calls. They are those of the pinned version. */
export type Compiler = typeof TypeScript & {
  bindSourceFile(file: BoundFile, options: TypeScript.CompilerOptions): void;
  isExternalOrCommonJsModule(file: TypeScript.SourceFile): boolean;
  isExpressionNode(node: TypeScript.Node): boolean;
  getTokenAtPosition(file: BoundFile, position: number): TypeScript.Node;
  getTouchingPropertyName(file: BoundFile, position: number): TypeScript.Node;
  skipOuterExpressions(node: TypeScript.Expression): TypeScript.Expression;
};

/** TypeScript's own `EmitOnly.Js`, where the public type knows only true and false. */
export const CODE_ALONE = 0 as unknown as boolean;

/** Makes a parsed file a module, also where it imports and exports nothing. */
export function makeModule(file: TypeScript.SourceFile): void {
  const module = file as TypeScript.SourceFile & { externalModuleIndicator?: unknown };
  module.externalModuleIndicator ??= true;
}

/** Parses a text as a module, also where it imports and exports nothing, and finds its names. */
export function parseModule(
  ts: Compiler,
  { name, text }: { name: string; text: string },
  options: TypeScript.CompilerOptions,
): BoundFile {
  const languageVersion = options.target ?? ts.ScriptTarget.ES2022;
  const parsed = ts.createSourceFile(name, text, { languageVersion, setExternalModuleIndicator: makeModule }, false);
  const file = Object.assign(parsed as unknown as BoundFile, {
    ...{ path: name, resolvedPath: name, originalFileName: name },
    ...{ imports: [], moduleAugmentations: [], ambientModuleNames: [] },
  });
  ts.bindSourceFile(file, options);
  return file;
}

/** Whether this is the name under which a cell is compiled. */
export function isCell(name: string): boolean {
  return /(^|[\\/])__cell_\d+__\.tsx?$/.test(name);
}
