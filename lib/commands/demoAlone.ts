import type { PageFiles } from "../demo/api";
import { buildApp } from "../demo/app";
import { loadServices } from "../demo/models/loadServices";
import { rateLimit } from "../demo/web/rateLimit";
import type { DemoAsked, Served } from "./demoAsked";

/** Serves the demo with models in this process. */
export async function serveAlone(asked: DemoAsked, page: Promise<PageFiles>): Promise<Served> {
  const { hosts, rate, trustProxy } = asked;
  const services = await loadServices(asked);
  const hooks = rate === undefined ? {} : { admit: rateLimit({ rate, trustProxy }) };
  const app = buildApp(services, { page: await page, hosts, trustProxy, hooks });
  return { app, drain: async () => {}, close: async () => {} };
}
