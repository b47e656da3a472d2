/// <reference lib="dom" />
import { isolatePage } from "../extension/isolatePage";
import { newSiteKeeper } from "../extension/siteKeeper";
import { underServiceWorker } from "../extension/underServiceWorker";
import type { DemoAnswer, DemoCall } from "./demoCall";
import { demoFetch } from "./demoFetch";
import { refusedCall } from "./refusedCall";

// Runs before the demo's page does: what that asks of a server, a worker answers.

const SCRIPT = "../extensions/atelier-kernel/static/demo.js";
const WHY = "The demo could not start in this browser. Load the page again; the first visit needs the network.";
const keepDemo = newSiteKeeper("demo");
let started: Promise<Worker> | undefined;

/** Started once the site's service worker is there to keep what the worker fetches. */
async function startWorker(): Promise<Worker> {
  if (await isRegistered()) {
    await isolatePage();
    await underServiceWorker();
  }
  return new Worker(SCRIPT, { name: "demo" });
}

/** Whether the site has its service worker. JupyterLite's pages register it by an address of their own, which stays. */
async function isRegistered(): Promise<boolean> {
  const { serviceWorker } = navigator;
  const register = async () =>
    (await serviceWorker.getRegistration()) ?? serviceWorker.register("../service-worker.js");
  return Boolean(serviceWorker && (await register().catch(() => undefined)));
}

async function ask(call: DemoCall): Promise<DemoAnswer> {
  const worker = await (started ??= startWorker());
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const fail = () => {
      started = undefined;
      resolve(refusedCall(503, "not_started", WHY));
    };
    port1.onmessage = ({ data }) => {
      worker.removeEventListener("error", fail);
      keepDemo();
      resolve(data);
    };
    worker.addEventListener("error", fail);
    worker.postMessage(call, [port2, call.body]);
  });
}

globalThis.fetch = demoFetch(ask, globalThis.fetch);
