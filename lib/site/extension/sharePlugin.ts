/// <reference lib="dom" />
import type { JupyterFrontEnd } from "@jupyterlab/application";
import { Dialog, ICommandPalette, Notification, showDialog } from "@jupyterlab/apputils";
import { IMainMenu } from "@jupyterlab/mainmenu";
import { INotebookTracker } from "@jupyterlab/notebook";
import { addCommand, showError } from "./addCommand";
import { parseLinkText, toLinkText } from "./notebookLink";
import { saveNotebook } from "./takeAlong";

const WAITING = "atelier.link"; // what a link holds, also after the page has loaded itself once more
const RANK = 59; // in the File menu: before the export of all

/** A command that copies a link with the notebook in it, and the question that such a link asks whoever opens it. */
export const sharePlugin = {
  id: "atelier-kernel:share",
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ICommandPalette, IMainMenu],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    palette: ICommandPalette | null,
    menu: IMainMenu | null,
  ): void => {
    const item = addCommand(app, palette, "atelier:share", {
      label: "Copy Link with This Notebook",
      caption: "The link holds the notebook itself, without outputs; nothing is uploaded",
      isEnabled: () => tracker.currentWidget !== null,
      execute: () => copyLink(tracker),
    });
    menu?.fileMenu.addGroup([item], RANK);
    const link = sourceIn(location.search) ?? sourceIn(location.hash);
    if (link) sessionStorage.setItem(WAITING, link);
    const waiting = sessionStorage.getItem(WAITING);
    if (waiting) void app.restored.then(() => openLink(app, waiting)).catch(showError);
  },
};

/** What stands in an address after `?` or `#`: the latter is not sent to the host. */
function sourceIn(part: string): string | undefined {
  const values = new URLSearchParams(part.slice(1));
  return values.has("src") ? values.toString() : undefined;
}

async function copyLink(tracker: INotebookTracker): Promise<void> {
  const { path, model } = tracker.currentWidget!.context;
  const values = new URLSearchParams({ name: path.split("/").at(-1)!, src: await toLinkText(model.toJSON()) });
  const link = `${location.origin}${location.pathname}#${values}`;
  await navigator.clipboard.writeText(link);
  Notification.info(`A link of ${link.length} characters is in the clipboard. It holds the notebook, without outputs.`, { autoClose: 8000 }); // prettier-ignore
}

async function openLink(app: JupyterFrontEnd, values: string): Promise<void> {
  const given = new URLSearchParams(values);
  const forget = () => {
    sessionStorage.removeItem(WAITING);
    history.replaceState(null, "", location.pathname);
  };
  const { notebook, bytes } = await parseLinkText(given.get("src")!).catch((error: Error) => {
    forget();
    throw error;
  });
  const name = fileName(given.get("name") ?? "");
  const count = notebook.cells.length === 1 ? "1 cell" : `${notebook.cells.length} cells`;
  const body = `"${name}" has ${count}, ${(bytes / 1000).toFixed(1)} kB. Its code runs in this page when you run its cells: it can then read and change the notebooks, models and files that this browser keeps for this site. Open it only if you know who made it.`; // prettier-ignore
  const buttons = [Dialog.cancelButton(), Dialog.okButton({ label: "Open" })];
  const { button } = await showDialog({ title: "Open the notebook in this link?", body, buttons });
  forget();
  if (!button.accept) return;
  const path = await freeName(app, name);
  await saveNotebook(app.serviceManager.contents, path, notebook);
  await app.commands.execute("docmanager:open", { path });
}

/** The name that a link gives, without folders and what file systems refuse. */
function fileName(name: string): string {
  const plain = name.replace(/\.ipynb$/, "").replace(/[^\p{L}\p{N} ._-]/gu, "").replace(/^\.+/, "").slice(0, 60); // prettier-ignore
  return `${plain.trim() || "shared"}.ipynb`;
}

/** Another notebook of this name stays. */
async function freeName(app: JupyterFrontEnd, name: string): Promise<string> {
  const { contents } = app.serviceManager;
  for (let count = 1; ; count++) {
    const path = count === 1 ? name : name.replace(/\.ipynb$/, ` ${count}.ipynb`);
    const isTaken = await contents.get(path, { content: false }).then(Boolean, () => false); // prettier-ignore
    if (!isTaken) return path;
  }
}
