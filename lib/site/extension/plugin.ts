/// <reference lib="dom" />
import { IKernelClient, IKernelSpecs, type KernelClient, type KernelSpecs } from "@jupyterlite/services";
import { sitePath } from "../kept/openKeptStorage";
import { askToPersist } from "./askToPersist";
import { isolatePage } from "./isolatePage";
import { keepPlugin } from "./keepCommands";
import { keepServiceWorker } from "./keepServiceWorker";
import { LiteKernel } from "./liteKernel";
import { narrowPlugin } from "./narrowPlugin";
import { patientCells } from "./patientCells";
import { sharePlugin } from "./sharePlugin";
import { newSiteKeeper } from "./siteKeeper";
import { underServiceWorker } from "./underServiceWorker";

/** The address of the folder of the extension's assets, ends in a slash; whoever loads this file puts it there. */
declare const ATELIER_ASSETS: string;

const NAME = "tslab";
const SPEC = {
  ...{ name: NAME, display_name: "TypeScript", language: "typescript", argv: [] },
  resources: { "logo-32x32": "logo-32x32.png", "logo-64x64": "logo-64x64.png" },
};

/** Offers the TypeScript kernel to JupyterLite. */
const kernelPlugin = {
  id: "atelier-kernel:plugin",
  autoStart: true,
  requires: [IKernelSpecs, IKernelClient],
  activate: (_app: unknown, specs: KernelSpecs, client: KernelClient): void => {
    const keepSite = newSiteKeeper("lessons");
    const kernels = new Map<string, LiteKernel>();
    const resources = Object.entries(SPEC.resources).map(([name, file]) => [name, new URL(file, ATELIER_ASSETS).href]);
    specs.register({
      spec: { ...SPEC, resources: Object.fromEntries(resources) },
      create: async (options) => {
        const sendMessage = (message: unknown) => {
          keepSite();
          options.sendMessage(message);
        };
        const kernel = new LiteKernel({ ...options, sendMessage }, ATELIER_ASSETS, underServiceWorker());
        kernels.set(options.id, kernel);
        return kernel;
      },
    });
    const interrupt = client.interrupt.bind(client);
    client.interrupt = async (id) => {
      kernels.get(id)?.interrupt();
      await interrupt(id);
    };
    askToPersist(sitePath(ATELIER_ASSETS));
    void isolatePage();
  },
};

/** Gives the page our styles. */
const stylePlugin = {
  id: "atelier-kernel:style",
  autoStart: true,
  activate: (): void => {
    const href = new URL("style.css", ATELIER_ASSETS).href;
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
  },
};

keepServiceWorker(); // before JupyterLite looks for it

export default [kernelPlugin, patientCells, keepPlugin(ATELIER_ASSETS), sharePlugin, narrowPlugin, stylePlugin];
