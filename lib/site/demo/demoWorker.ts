/// <reference lib="dom" />
import "../machine/globals";
import "../machine/libraryFolder";
import type { App } from "../../demo/server";
import { toRefused } from "../../demo/web/refused";
import { answerCall } from "./answerCall";
import type { DemoAnswer, DemoCall } from "./demoCall";
import { openDemo } from "./openDemo";
import { refusedCall } from "./refusedCall";

const assets = new URL(".", self.location.href).href;
let opened: Promise<App> | undefined;

/** The demo; after a failure it is opened anew. */
function demo(): Promise<App> {
  opened ??= openDemo(assets).catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

function failed(error: unknown): DemoAnswer {
  const { status, code, message } = toRefused(error, console.error);
  return refusedCall(status, code, message);
}

self.onmessage = async ({ data, ports: [port] }: MessageEvent<DemoCall>) => {
  const answer = await demo()
    .then((app) => answerCall(app, data))
    .catch(failed);
  port.postMessage(answer, [answer.body]);
};
