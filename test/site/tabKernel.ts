import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { bundlePage } from "../../lib/site/bundlePage";
import { bundleWorkers } from "../../lib/site/bundleWorkers";
import { makeDataFiles, writeData } from "../../lib/site/dataFiles";
import { packLibrary } from "../../lib/site/packLibrary";
import { serveFolder, type ServeOptions } from "../../lib/site/serveFolder";
import { launchBrowser } from "../browser";

/** A message as a client sees it. */
export interface SeenMessage {
  channel: string;
  header: { msg_type: string };
  metadata: Record<string, unknown>;
  content: Record<string, any>; // oxlint-disable-line typescript/no-explicit-any
  buffers?: ArrayLike<number>[];
}

/** What a message has beside its content. */
export interface AskOptions {
  /** Default shell. */
  channel?: string;
  /** Bytes that go with it; default none. */
  buffers?: number[][];
}

/** A tab of a browser with a kernel, which is another one once the tab was loaded again. */
export interface Tab {
  page: Page;
  /** Sends a message and gives all that came of it, once the kernel is idle again. */
  ask(type: string, content: object, options?: AskOptions): Promise<SeenMessage[]>;
  /** Hears what cells print, as they do. */
  onPrinted?: (text: string) => void;
}

/** A first tab, and what it runs in. */
export interface TabKernel extends Tab {
  /** Opens another tab, with the same storage. */
  another(): Promise<Tab>;
  end(): Promise<void>;
}

const CLIENT = `
let count = 0;
const open = new Map();
globalThis.all = [];
const onMessage = (message) => {
  const seen = { ...message, buffers: message.buffers.map((bytes) => [...bytes]) };
  all.push(seen);
  open.get(message.parent_header.msg_id)?.(seen);
};
const kernel = startPageKernel({ assets: location.href, send: onMessage });
globalThis.kernel = kernel;
globalThis.ask = (type, content, { channel = "shell", buffers = [] } = {}) => new Promise((resolve) => {
  const msg_id = "asked " + ++count;
  const seen = [];
  const wantsReply = type.endsWith("_request");
  const wantsIdle = type !== "language_request";
  open.set(msg_id, (message) => {
    seen.push(message);
    if (message.header.msg_type === "stream") onPrinted(message.content.text);
    if (wantsIdle && !seen.some(({ content }) => content.execution_state === "idle")) return;
    if (!wantsReply || seen.some(({ channel }) => channel !== "iopub")) resolve(seen);
  });
  const header = { msg_id, msg_type: type, session: "test" };
  const bytes = buffers.map((one) => Uint8Array.from(one));
  kernel.onMessage({ channel, header, parent_header: {}, metadata: {}, content, buffers: bytes });
});`;

let bundled: Promise<string> | undefined;

/** The folder with the kernel and a page, made once for all test files of this process. */
export function bundledKernel(): Promise<string> {
  const bundle = async () => {
    const folder = mkdtempSync(join(tmpdir(), "tab-kernel-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    const data = await makeDataFiles();
    packLibrary(folder, data);
    writeData(folder, data);
    await bundleWorkers(folder);
    const client = join(__dirname, "tabClient.ts");
    const page = "<!doctype html><link rel=icon href=data:,><script src=page.js></script>";
    writeFileSync(join(folder, "page.js"), (await bundlePage(client)) + CLIENT);
    writeFileSync(join(folder, "index.html"), page);
    return folder;
  };
  return (bundled ??= bundle());
}

/** Starts the kernel in a tab, by default of Chromium; the options are those of `serveFolder`. */
export async function startTabKernel(options: ServeOptions = {}, launch = launchBrowser): Promise<TabKernel> {
  const [folder, browser] = await Promise.all([bundledKernel(), launch()]);
  const served = await serveFolder(folder, options);
  const context = await browser.newContext();
  const errors: Error[] = [];
  const another = async () => {
    const page = await context.newPage();
    const ask: Tab["ask"] = (...given) => page.evaluate(`ask(${given.map((one) => JSON.stringify(one)).join(", ")})`);
    const tab: Tab = { page, ask };
    page.on("pageerror", (error) => errors.push(error));
    await page.exposeFunction("onPrinted", (text: string) => tab.onPrinted?.(text));
    await page.goto(served.url);
    return tab;
  };
  const end = async () => {
    await browser.close();
    await served.close();
    if (errors.length > 0) throw new AggregateError(errors, `the page of the kernel has failed: ${errors.join("; ")}`);
  };
  return Object.assign(await another(), { another, end });
}
