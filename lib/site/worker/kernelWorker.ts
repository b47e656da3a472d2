/// <reference lib="dom" />
import "../machine/globals";
import { addFiles, addRemote } from "../machine/fs";
import { tellOwnNames } from "../machine/scriptNames";
import { takeThreadScript } from "../machine/threads";
import { withListeners } from "../machine/withListeners";
import { addPackages } from "./addPackages";
import { addBuiltins } from "./builtins";
import { fetchLibrary } from "./fetchLibrary";
import { keepWritten } from "./keepWritten";
import { showTslab } from "./showTslab";

/** What a worker of the page is for: to run cells, or to answer what is asked of a notebook as it is written. */
export type WorkerTask = { kind: "kernel"; state: Int32Array } | { kind: "language" };

/** What the page gives a worker to start with. */
export interface WorkerStart {
  port: MessagePort;
  /** The address of the folder with the kernel's assets, ends in a slash. */
  assets: string;
  task: WorkerTask;
}

const importModule = (place: string) =>
  Promise.reject(new Error(`import("${place}"): a browser tab loads no ES modules by their files`));

self.onmessage = async ({ data: { port, assets, task } }: MessageEvent<WorkerStart>) => {
  self.onmessage = null;
  if (task.kind === "language") return startService(port, assets).catch(reportError);
  await layFiles(assets);
  addPackages(assets);
  showTslab();
  takeThreadScript(new URL("thread.js", assets));
  tellOwnNames();
  self.addEventListener("error", (event) => {
    event.preventDefault();
    process.emit("uncaughtException", event.error ?? new Error(event.message));
  });
  self.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    process.emit("unhandledRejection", event.reason, event.promise);
  });
  const { startKernel } = await import("../../kernel/kernel");
  const { load } = await import("./load");
  startKernel({ port: withListeners(port), state: task.state, load, importModule });
};

/** The language service, as it is in a thread of Node's. */
async function startService(port: MessagePort, assets: string): Promise<void> {
  await layFiles(assets);
  const { startLanguage } = await import("../../kernel/language/languageThread");
  startLanguage(withListeners(port), process.cwd());
}

/** Lays the library, and what cells have written, into the virtual file system. */
async function layFiles(assets: string): Promise<void> {
  const { files, links, remote } = await fetchLibrary(assets);
  addFiles(files);
  for (const [path, address] of Object.entries(remote)) addRemote(path, new URL(address, assets).href);
  addBuiltins(links);
  await keepWritten(assets);
}
