import type { JupyterFrontEnd } from "@jupyterlab/application";
import { ICommandPalette } from "@jupyterlab/apputils";
import { INotebookTracker, NotebookActions, type NotebookPanel } from "@jupyterlab/notebook";
import { fittedFigures } from "./fittedFigures";
import { languagePlugin } from "./languagePlugin";
import { leaveKeys } from "./leaveKeys";
import { dependentsOf, staleCells } from "./staleCells";
import { stillWidgets } from "./stillWidgets";
import { watchNotebook, type WatchedNotebook } from "./watchNotebook";

const COMMAND = "atelier:run-dependents";

/** Marks stale cells, runs what depends on a cell, fits figures, leaves keys to widgets, and keeps those without a kernel still. */
const reruns = {
  id: "atelier-reruns:plugin",
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ICommandPalette],
  activate: (app: JupyterFrontEnd, tracker: INotebookTracker, palette: ICommandPalette | null): void => {
    const watched = new WeakMap<NotebookPanel, WatchedNotebook>();
    const watch = (panel: NotebookPanel) => {
      if (watched.has(panel)) return;
      watched.set(panel, watchNotebook(panel));
      fittedFigures(panel);
      stillWidgets(panel);
      leaveKeys(panel);
    };
    tracker.forEach(watch);
    tracker.widgetAdded.connect((_, panel) => watch(panel));
    app.commands.addCommand(COMMAND, {
      label: "Run What Depends on This Cell",
      caption: "Runs the cells below that depend on this one, and this one first where it is stale or has not run",
      isEnabled: () => tracker.currentWidget?.content.activeCell?.model.type === "code",
      execute: () => {
        const panel = tracker.currentWidget;
        const notebook = panel && watched.get(panel);
        return notebook && runDependents(panel, notebook);
      },
    });
    app.contextMenu.addItem({ command: COMMAND, selector: ".jp-Notebook .jp-CodeCell", rank: 1 });
    palette?.addItem({ command: COMMAND, category: "Notebook Cell Operations" });
  },
};

/** JupyterLab's extension. */
export default [reruns, languagePlugin];

async function runDependents({ content, sessionContext }: NotebookPanel, { shown }: WatchedNotebook): Promise<void> {
  const id = content.activeCell?.model.id;
  const run = (ids: (string | undefined)[]) => {
    const cells = content.widgets.filter(({ model }) => ids.includes(model.id));
    return NotebookActions.runCells(content, cells, sessionContext);
  };
  const cells = shown();
  const own = cells.find((cell) => cell.id === id);
  if (!id || !own) return;
  const isFine = own.run && !staleCells(cells).has(id) ? true : await run([id]);
  const dependents = dependentsOf(shown(), id);
  if (isFine && dependents.length > 0) await run(dependents);
}
