import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { bundlePage } from "../../lib/site/bundlePage";
import { bundleWorkers } from "../../lib/site/bundleWorkers";
import { packLibrary } from "../../lib/site/packLibrary";
import { serveFolder } from "../../lib/site/serveFolder";
import { launchBrowser } from "../browser";

/** A message as a client sees it. */
export interface SeenMessage {
  channel: string;
  header: { msg_type: string };
  metadata: Record<string, unknown>;
  content: Record<string, any>; // oxlint-disable-line typescript/no-explicit-any
}

/** A tab of Chromium with a kernel, which is another one once the tab was loaded again. */
export interface Tab {
  page: Page;
  /** Sends a request and gives all messages about it, once the kernel is idle again. */
  ask(type: string, content: object): Promise<SeenMessage[]>;
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
const onMessage = (message) => open.get(message.parent_header.msg_id)?.(message);
const kernel = startPageKernel({ assets: location.href, send: onMessage });
globalThis.kernel = kernel;
globalThis.ask = (type, content) => new Promise((resolve) => {
  const msg_id = "asked " + ++count;
  const seen = [];
  open.set(msg_id, (message) => {
    seen.push({ ...message, buffers: [] });
    if (message.header.msg_type === "stream") onPrinted(message.content.text);
    if (seen.some(({ content }) => content.execution_state === "idle") && seen.some(({ channel }) => channel !== "iopub")) resolve(seen);
  });
  const header = { msg_id, msg_type: type, session: "test" };
  kernel.onMessage({ channel: "shell", header, parent_header: {}, metadata: {}, content });
});`;

let bundled: Promise<string> | undefined;

/** The folder with the kernel and a page, made once for all test files of this process. */
function bundledKernel(): Promise<string> {
  const bundle = async () => {
    const folder = mkdtempSync(join(tmpdir(), "tab-kernel-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    packLibrary(folder);
    await bundleWorkers(folder);
    const client = join(__dirname, "tabClient.ts");
    const page = "<!doctype html><link rel=icon href=data:,><script src=page.js></script>";
    writeFileSync(join(folder, "page.js"), (await bundlePage(client)) + CLIENT);
    writeFileSync(join(folder, "index.html"), page);
    return folder;
  };
  return (bundled ??= bundle());
}

/** Starts the kernel in a tab; `isolated` as `serveFolder` has it. */
export async function startTabKernel({ isolated = true } = {}): Promise<TabKernel> {
  const [folder, browser] = await Promise.all([bundledKernel(), launchBrowser()]);
  const served = await serveFolder(folder, { isolated });
  const context = await browser.newContext();
  const another = async () => {
    const page = await context.newPage();
    const ask: Tab["ask"] = (type, content) =>
      page.evaluate(`ask(${JSON.stringify(type)}, ${JSON.stringify(content)})`);
    const tab: Tab = { page, ask };
    page.on("pageerror", (error) => console.error(error));
    await page.exposeFunction("onPrinted", (text: string) => tab.onPrinted?.(text));
    await page.goto(served.url);
    return tab;
  };
  const end = async () => {
    await browser.close();
    await served.close();
  };
  return Object.assign(await another(), { another, end });
}
