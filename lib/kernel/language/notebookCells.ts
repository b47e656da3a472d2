import type * as TypeScript from "typescript";
import { type CellProgram, newCellProgram, type OpenCell } from "../compiler/cellProgram";
import { cellOptions } from "../compiler/cellOptions";
import { type CellScope, type Declared, declaredIn, newCellScope } from "../compiler/cellScope";
import type { BoundFile, Compiler } from "../compiler/compiler";
import { newFileTexts } from "../compiler/fileTexts";
import type { FallbackFiles } from "../fallbackFiles";
import { PROMPT_DECLARATION } from "../prompt";
import type { ModuleNames } from "../tslab";

/** The text of a code cell, and the name by which a client knows the cell. */
export interface CellText {
  id: string;
  text: string;
}

/** A cell as the compiler has it, among those before it. */
export interface NotebookCell extends CellText {
  file: BoundFile;
  /** The modules that it asks for. */
  imports: string[];
  /** What it declares for later cells. */
  declared: Declared[];
  /** The names that it finds. */
  scope: CellScope;
}

/** The code cells of a notebook, as they would be compiled if they ran in its order. */
export interface NotebookCells {
  /** Takes the texts of all cells, in the notebook's order. Only cells whose text or names have changed are read anew. */
  update(texts: CellText[]): void;
  /** The cells in the notebook's order. */
  all(): NotebookCell[];
  /** The cell of this id; undefined where there is none. */
  of(id: string): NotebookCell | undefined;
  /** The cell that is compiled under this name. */
  named(fileName: string): NotebookCell | undefined;
  program(): TypeScript.Program;
  service(): TypeScript.LanguageService;
}

/** What the cells are compiled with. */
export interface NotebookParts {
  ts: Compiler;
  /** The notebook's folder, with slashes and none at its end. */
  folder: string;
  fallback: FallbackFiles;
  moduleName: ModuleNames;
}

/** A checker keeps what it has found out of each text that it ever saw. After so many it is made anew: they are 100 MB or so. */
const MOST_OPENED = 1000;

/** A notebook without any cell yet. */
export function newNotebookCells({ ts, folder, fallback, moduleName }: NotebookParts): NotebookCells {
  const options = cellOptions(ts, folder, fallback);
  const texts = newFileTexts(ts, folder, fallback);
  texts.readDocs();
  const program: CellProgram = newCellProgram({ ts, options, texts, folder });
  const modules = new Map<string, string>();
  let cells: NotebookCell[] = [];
  let imported: string[] = [];
  let opened = 0;
  /** Imports all that the cells import, so that the program has it before they come one by one. */
  let importing: OpenCell = program.open(PROMPT_DECLARATION, newCellScope(ts, options));
  const given = importing.file;
  const base = newCellScope(ts, options).with(declaredIn(ts, given));

  const held = () => [given, importing.file, ...cells.map(({ file }) => file)];

  const open = (text: string, scope: CellScope, more: BoundFile[] = []) => {
    opened++;
    return program.open(text, scope, { held: [...held(), ...more], isLater: false });
  };

  /** Makes sure that the program has all that the cells import, in its present state. */
  const prepare = (wanted: CellText[]) => {
    const changed = wanted.filter(({ text }) => takeModule(text));
    const names = wanted.flatMap(({ id, text }) => (find(id)?.text === text ? find(id)!.imports : importsOf(text)));
    const isMissing = names.some((name) => !imported.includes(name));
    if (opened > MOST_OPENED || changed.length > 0 || program.isStale()) program.renew();
    else if (!isMissing) return;
    if (opened > MOST_OPENED) opened = 0;
    imported = [...new Set(names)];
    importing = open(imported.map((name) => `import ${JSON.stringify(name)};`).join("\n"), base);
  };

  /** Puts a cell that is a module where other cells import it; gives whether that is new. */
  const takeModule = (text: string): boolean => {
    const name = moduleName(text);
    if (name === undefined || modules.get(name) === text) return false;
    modules.set(name, text);
    program.setModule(pathOf(name, text), text);
    return true;
  };

  const pathOf = (name: string, text: string) => `${folder}/${name}${/^\/\*\*[^]*?@jsx\b/.test(text) ? ".tsx" : ".ts"}`;

  const importsOf = (text: string) => ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);

  const find = (id: string) => cells.find((cell) => cell.id === id);

  const cellOf = ({ id, text }: CellText, scope: CellScope, more: BoundFile[]): NotebookCell => {
    const before = find(id);
    const name = moduleName(text);
    if (name !== undefined) {
      const file = importing.program.getSourceFile(pathOf(name, text)) as unknown as BoundFile;
      const isKept = before?.text === text && before.file === file;
      return isKept ? Object.assign(before, { scope }) : { id, text, file, imports: importsOf(text), declared: [], scope }; // prettier-ignore
    }
    if (before?.text === text && isSame(before, scope)) {
      if (before.scope !== scope) before.file.parent = scope.around;
      return Object.assign(before, { scope });
    }
    const cell = open(text, scope, more);
    importing = { ...importing, program: cell.program };
    return { id, text, file: cell.file, imports: cell.imports, declared: declaredIn(ts, cell.file), scope };
  };

  const update: NotebookCells["update"] = (wanted) => {
    prepare(wanted);
    const next: NotebookCell[] = [];
    let scope = base;
    wanted.forEach((text, index) => {
      const cell = cellOf(text, scope, next.map(({ file }) => file)); // prettier-ignore
      const isAsBefore = cells[index] === cell && next.every((one, at) => one === cells[at]);
      next.push(cell);
      scope = isAsBefore && cells[index + 1] ? cells[index + 1].scope : scope.with(cell.declared);
    });
    cells = next;
  };

  return {
    update,
    all: () => cells,
    of: find,
    named: (fileName) => cells.find(({ file }) => file.fileName === fileName),
    program: () => importing.program,
    service: () => importing.service,
  };
}

/** Whether the names that a cell uses still stand for what they stood for. */
function isSame({ file, scope: before }: NotebookCell, scope: CellScope): boolean {
  if (before === scope) return true;
  return Array.from(file.identifiers.keys()).every((name) => {
    const [then, now] = [before.of(name), scope.of(name)];
    return then.length === now.length && then.every(({ symbol }, index) => symbol === now[index].symbol);
  });
}
