/// <reference lib="dom" />
import type { JupyterFrontEnd } from "@jupyterlab/application";
import { Dialog, ICommandPalette, Notification, showDialog } from "@jupyterlab/apputils";
import { IMainMenu } from "@jupyterlab/mainmenu";
import { sitePath } from "../kept/openKeptStorage";
import { addCommand } from "./addCommand";
import { countKept, exportAll, importAll, removeKept } from "./takeAlong";

const RANK = 60; // in the File menu: after those that save and export one notebook

/** Commands for what is kept in the browser: take it along as one file, put it in again, remove it. */
export function keepPlugin(assets: string) {
  const site = sitePath(assets);
  return {
    id: "atelier-kernel:keep",
    autoStart: true,
    optional: [ICommandPalette, IMainMenu],
    activate: (app: JupyterFrontEnd, palette: ICommandPalette | null, menu: IMainMenu | null): void => {
      const { contents } = app.serviceManager;
      const add = (id: string, label: string, caption: string, execute: () => Promise<unknown>) =>
        addCommand(app, palette, id, { label, caption, execute });
      const items = [
        add(
          "atelier:export",
          "Export Notebooks, Models and Files",
          "Saves all of them as one .zip archive",
          async () => {
            await app.commands.execute("docmanager:save-all", {});
            download("atelier.zip", await exportAll(contents, site));
          },
        ),
        add(
          "atelier:import",
          "Import Notebooks, Models and Files…",
          "Reads an archive that Export has made",
          async () => {
            const file = await chosenFile(".zip");
            const what = "Notebooks and files of the same names are replaced. A kernel sees the files at once.";
            if (!file || !(await isSure("Import", `${file.name} (${megabytes(file.size)} MB). ${what}`))) return;
            const count = await importAll(contents, site, new Uint8Array(await file.arrayBuffer()));
            Notification.info(`Imported ${count} files from ${file.name}`, { autoClose: 8000 });
          },
        ),
        add("atelier:remove-kept", "Remove Kept Models and Files…", "Notebooks stay", async () => {
          const { files, bytes } = await countKept(site);
          const what = `Models, checkpoints and files that cells have written: ${files}, with ${megabytes(bytes)} MB.`;
          if (await isSure("Remove", `${what} Notebooks stay.`)) await removeKept(site);
        }),
      ];
      menu?.fileMenu.addGroup(items, RANK);
    },
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e5 ? 3 : 1);
}

async function isSure(label: string, body: string): Promise<boolean> {
  const buttons = [Dialog.cancelButton(), Dialog.warnButton({ label })];
  return (await showDialog({ title: `${label}?`, body, buttons })).button.accept;
}

/** Asks for a file; undefined where none is chosen. */
function chosenFile(accept: string): Promise<File | undefined> {
  const input = Object.assign(document.createElement("input"), { type: "file", accept });
  return new Promise((resolve) => {
    input.onchange = () => resolve(input.files?.[0]);
    input.oncancel = () => resolve(undefined);
    input.click();
  });
}

function download(name: string, bytes: Uint8Array): void {
  const href = URL.createObjectURL(new Blob([bytes as BlobPart]));
  Object.assign(document.createElement("a"), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000); // once the browser has taken it
}
