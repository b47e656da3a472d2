import type { CompletionContext, CompletionItem, CompletionProvider } from "@jupyterlab/completer";
import type { NotebookPanel } from "@jupyterlab/notebook";
import type { CellEdit } from "../../kernel/language/place";
import { applyEdits } from "./applyEdits";
import type { LanguageSession } from "./languageSession";
import { offsetOf, positionOf } from "./textPlaces";

const RANK = 700; // above the kernel's own answers, which wait while a cell runs
const MOST = 300; // items: JupyterLab draws all of them

/** Offers JupyterLab what the language service knows, also while a cell runs. */
export function languageCompleter(sessionOf: (panel: NotebookPanel) => LanguageSession | undefined): LanguageCompleter {
  const imports = new Map<string, () => Promise<CellEdit[]>>();
  let latest: LanguageSession | undefined;

  const fetch: CompletionProvider["fetch"] = async ({ offset }, { widget, editor }) => {
    const session = sessionOf(widget as NotebookPanel);
    const cell = session?.panel.content.activeCell;
    const view = editor?.editor;
    if (!session || !cell || !view) return { start: offset, end: offset, items: [] };
    const asked = { cell: cell.model.id, at: positionOf(view.state.doc, offset) };
    const found = await session.ask("completions", asked);
    latest = session;
    imports.clear();
    if (!found) return { start: offset, end: offset, items: [] };
    const items = found.items.slice(0, MOST).map((item): CompletionItem => {
      const { name, kind, module, isDeprecated } = item;
      const details = () => session.ask("details", { ...asked, item });
      if (module !== undefined) imports.set(name, async () => (await details())?.edits ?? []);
      const documentation = module === undefined ? undefined : `import from "${module}"`;
      const resolve = async () => ({ ...own, documentation: (await details())?.plain ?? documentation });
      const own = { label: name, insertText: name, type: kind, documentation, deprecated: isDeprecated };
      return { ...own, resolve };
    });
    return {
      start: offsetOf(view.state.doc, found.range.start),
      end: offsetOf(view.state.doc, found.range.end),
      items,
    };
  };

  const provider: CompletionProvider = {
    identifier: "CompletionProvider:atelier",
    rank: RANK,
    renderer: null,
    isApplicable: async ({ widget }: CompletionContext) => sessionOf(widget as NotebookPanel) !== undefined,
    fetch,
  };

  /** What was taken is imported. */
  const onSelected = async (name: string) => {
    const edits = await imports.get(name)?.();
    if (edits && latest) applyEdits(latest, edits);
  };
  return { provider, onSelected };
}

/** What JupyterLab's completer is given. */
export interface LanguageCompleter {
  provider: CompletionProvider;
  onSelected(name: string): Promise<void>;
}
