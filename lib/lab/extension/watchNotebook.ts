import type { Cell, KernelConnection, NotebookPanel } from "@jupyterlab/notebook";
import { newCellRuns } from "./cellRuns";
import { type ShownCell, staleCells } from "./staleCells";

/** What is known of an open notebook. */
export interface WatchedNotebook {
  /** Its code cells, with how they ran. */
  shown(): ShownCell[];
}

const CLASS = "atelier-stale";
const PATIENCE = 100; // ms after a change, in which more may come

/** Marks the stale cells of a notebook, from now on. */
export function watchNotebook({ content, sessionContext, disposed }: NotebookPanel): WatchedNotebook {
  const runs = newCellRuns();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const codeCells = () => content.widgets.filter(({ model }) => model.type === "code");
  const shown = () =>
    codeCells().map(({ model }) => ({ id: model.id, source: model.sharedModel.getSource(), run: runs.of(model.id) }));

  const mark = () => {
    const stale = staleCells(shown());
    for (const cell of codeCells()) setMark(cell, stale.get(cell.model.id));
  };
  const markSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(mark, PATIENCE);
  };

  const listen = (kernel: KernelConnection | null | undefined) =>
    kernel?.anyMessage.connect((_, { msg, direction }) => {
      if (runs.hear(msg, direction)) markSoon();
    });
  const startAnew = () => {
    runs.forget();
    markSoon();
  };

  listen(sessionContext.session?.kernel);
  sessionContext.kernelChanged.connect((_, { newValue }) => {
    startAnew();
    listen(newValue);
  });
  sessionContext.statusChanged.connect((_, status) => /restarting$/.test(status) && startAnew());
  content.modelContentChanged.connect(markSoon);
  content.cellInViewportChanged.connect(markSoon); // a cell far away has no prompt yet
  disposed.connect(() => clearTimeout(timer));
  return { shown };
}

function setMark({ node, inputArea }: Cell, reason: string | undefined): void {
  node.classList.toggle(CLASS, reason !== undefined);
  const prompt = inputArea?.promptNode;
  if (!prompt) return;
  if (reason) prompt.title = `stale: ${reason}`;
  else prompt.removeAttribute("title");
}
