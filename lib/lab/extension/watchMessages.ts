import type { NotebookPanel } from "@jupyterlab/notebook";
import type { CellMessage } from "../../kernel/language/cellMessages";
import { setMessages } from "./cellMessages";
import type { LanguageSession } from "./languageSession";

const PATIENCE = 250; // ms after a change, in which more may come

/** Keeps the messages below the cells of a notebook up to date, from the moment when a person first puts the cursor in one. */
export function watchMessages({ content, sessionContext, disposed }: NotebookPanel, session: LanguageSession): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let known: Record<string, CellMessage[]> = {};
  let isAsking = false;
  let isWanted = false;

  const show = () => {
    for (const { model, editor } of content.widgets)
      if (known[model.id]) editor?.editor.dispatch({ effects: setMessages.of(known[model.id]) });
  };

  const ask = async () => {
    if (isAsking) return void (isWanted = true);
    isAsking = true;
    known = (await session.ask("messages").catch(() => undefined)) ?? known;
    isAsking = false;
    if (!isWanted) return show(); // of a text that is older already, places would be wrong
    isWanted = false;
    void ask();
  };

  const askSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PATIENCE);
  };

  const start = () => {
    content.node.removeEventListener("focusin", start);
    content.modelContentChanged.connect(askSoon);
    content.cellInViewportChanged.connect(() => setTimeout(show)); // its editor is made just then
    sessionContext.kernelChanged.connect(askSoon);
    askSoon();
  };
  content.node.addEventListener("focusin", start);
  disposed.connect(() => clearTimeout(timer));
}
