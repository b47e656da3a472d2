import type { JupyterFrontEnd } from "@jupyterlab/application";
import { InputDialog, Notification } from "@jupyterlab/apputils";
import type { NotebookPanel } from "@jupyterlab/notebook";
import type { Place, Position } from "../../kernel/language/place";
import { applyEdits } from "./applyEdits";
import { cellOf, type LanguageSession } from "./languageSession";
import type { ShowSource } from "./sourcePanel";
import { offsetOf, positionOf } from "./textPlaces";

const SELECTOR = ".jp-Notebook .jp-CodeCell .jp-Editor";
const SHORTLY = { autoClose: 5000 }; // ms; without it a note is only in the list of notes

/** What the commands work with. */
export interface LanguageCommandParts {
  /** Gives the notebook in front. */
  current(): LanguageSession | undefined;
  /** Shows a file that JupyterLab cannot open. */
  show: ShowSource;
}

/** Commands at the cursor: to a definition, all references, a new name. */
export function addLanguageCommands(app: JupyterFrontEnd, { current, show }: LanguageCommandParts): string[] {
  const atCursor = () => {
    const session = current();
    const cell = session?.panel.content.activeCell;
    const view = cell?.editor?.editor;
    if (!session || !cell || !view || cell.model.type !== "code") return undefined;
    return { session, cell: cell.model.id, at: positionOf(view.state.doc, view.state.selection.main.head) };
  };

  const goTo = async (session: LanguageSession, { cell, file = "", path: from = "", range: { start } }: Place) => {
    if (cell !== undefined) return goToCell(session, cell, start);
    const path = pathOf(session.panel, from);
    if (path !== undefined) return openFile(app, path, start);
    const text = await session.ask("source", { file });
    if (text !== undefined) await show({ file, text, start });
  };

  const define = async () => {
    const { session, ...place } = atCursor()!;
    const [found] = (await session.ask("definition", place)) ?? [];
    if (found) await goTo(session, found);
    else Notification.info("No definition is known of what stands at the cursor", SHORTLY);
  };

  const refer = async () => {
    const { session, ...place } = atCursor()!;
    const found = (await session.ask("references", place)) ?? [];
    const items = found.map((one, index) => `${index + 1}. ${described(session, one)}`);
    if (items.length === 0) return void Notification.info("Nothing refers to what stands at the cursor", SHORTLY);
    const { value } = await InputDialog.getItem({ title: `References: ${items.length}`, items, okLabel: "Go there" });
    const chosen = found[items.indexOf(value ?? "")];
    if (chosen) await goTo(session, chosen);
  };

  const rename = async () => {
    const { session, ...place } = atCursor()!;
    const own = await session.ask("renamed", place);
    if (!own) return void Notification.info("What stands at the cursor cannot be renamed", SHORTLY);
    const { value } = await InputDialog.getText({ title: `Rename ${own.name}`, text: own.name, okLabel: "Rename" });
    if (!value || value === own.name) return;
    try {
      applyEdits(session, (await session.ask("rename", { ...place, newName: value })) ?? []);
    } catch (error) {
      Notification.error((error as Error).message, { autoClose: false });
    }
  };

  const add = (id: string, label: string, key: string, execute: () => unknown) => {
    app.commands.addCommand(id, { label, caption: label, isEnabled: () => atCursor() !== undefined, execute });
    app.commands.addKeyBinding({ command: id, keys: [key], selector: SELECTOR });
    app.contextMenu.addItem({ command: id, selector: ".jp-Notebook .jp-CodeCell .jp-Editor", rank: 2 });
    return id;
  };
  return [
    add("atelier:go-to-definition", "Go to Definition", "F12", define),
    add("atelier:find-references", "Find References", "Shift F12", refer),
    add("atelier:rename", "Rename in All Cells", "F2", rename),
  ];
}

/** A place in a line of text. */
function described(session: LanguageSession, { cell, file, path, range: { start } }: Place): string {
  if (cell === undefined) return `${pathOf(session.panel, path!) ?? file}:${start.line + 1}`;
  const index = session.panel.content.widgets.filter(({ model }) => model.type === "code").findIndex(({ model }) => model.id === cell); // prettier-ignore
  const line = cellOf(session, cell)?.model.sharedModel.getSource().split("\n")[start.line] ?? "";
  return `code cell ${index + 1}, line ${start.line + 1}: ${line.trim()}`;
}

async function openFile(app: JupyterFrontEnd, path: string, { line, character }: Position): Promise<void> {
  const opened = await app.commands.execute("docmanager:open", { path });
  await opened?.context?.ready;
  await opened?.revealed;
  opened?.content.editor?.setCursorPosition({ line, column: character });
  opened?.content.editor?.focus();
}

async function goToCell(session: LanguageSession, id: string, start: Position): Promise<void> {
  const { content } = session.panel;
  const index = content.widgets.findIndex(({ model }) => model.id === id);
  if (index < 0) return;
  content.activeCellIndex = index;
  await content.scrollToItem(index);
  const view = content.widgets[index].editor?.editor;
  content.mode = "edit";
  view?.dispatch({ selection: { anchor: offsetOf(view.state.doc, start) }, scrollIntoView: true });
  view?.focus();
}

/** The path by which JupyterLab knows a file, from the folder that it shows; undefined outside of it. */
function pathOf({ sessionContext }: NotebookPanel, path: string): string | undefined {
  const found: string[] = sessionContext.path.split("/").slice(0, -1);
  for (const part of path.split(/[\\/]/)) {
    if (part !== "..") found.push(part);
    else if (found.pop() === undefined) return undefined;
  }
  return found.join("/");
}
