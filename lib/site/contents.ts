import { statSync } from "node:fs";
import { basename, join } from "node:path";
import { replaceFile } from "../files";
import { loadNotebook } from "../runner/parseNotebook";
import { joinedTexts } from "./joinedTexts";

/** Puts notebooks where JupyterLite finds the files of a site: each below `files`, all of them listed in `api/contents`. */
export function writeContents(site: string, notebooks: string[]): void {
  const content = notebooks.map((file) => {
    const text = joinedTexts(loadNotebook(file));
    replaceFile(join(site, "files", basename(file)), text);
    return entryOf(file, Buffer.byteLength(text));
  });
  const time = content[0]?.created;
  const folder = { ...{ name: "", path: "", type: "directory", format: "json", mimetype: null, size: null }, ...{ created: time, last_modified: time, writable: true, content } }; // prettier-ignore
  replaceFile(join(site, "api", "contents", "all.json"), JSON.stringify(folder));
}

function entryOf(file: string, size: number) {
  const time = statSync(file).mtime.toISOString();
  const name = basename(file);
  return {
    ...{ name, path: name, type: "notebook", format: null, mimetype: null, size },
    ...{ created: time, last_modified: time, writable: true, content: null },
  };
}
