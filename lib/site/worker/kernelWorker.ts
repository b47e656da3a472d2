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

/** What the page gives its kernel to start with. */
export interface KernelStart {
  port: MessagePort;
  state: Int32Array;
  /** The address of the folder with the kernel's assets, ends in a slash. */
  assets: string;
}

const importModule = (place: string) =>
  Promise.reject(new Error(`import("${place}"): a browser tab loads no ES modules by their files`));

self.onmessage = async ({ data }: MessageEvent<KernelStart>) => {
  self.onmessage = null;
  const { port, state, assets } = data;
  const { files, links, remote } = await fetchLibrary(assets);
  addFiles(files);
  for (const [path, address] of Object.entries(remote)) addRemote(path, new URL(address, assets).href);
  addBuiltins(links);
  await keepWritten(assets);
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
  startKernel({ port: withListeners(port), state, load, importModule });
};
