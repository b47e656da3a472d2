import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { Context, Hono } from "hono";
import type { Endpoint } from "../gradio/endpoint";
import type { AddressOptions } from "../web/clientAddress";
import { publicOrigin } from "../web/publicOrigin";
import { docsPage } from "./docsPage";
import { toOpenAPI } from "./openapi";

/** What is described. */
export interface DocsContent extends AddressOptions {
  title: string;
  endpoints: Endpoint[];
  /** Paths of OpenAPI beside those of the endpoints, default none. */
  paths?: Record<string, object>;
}

/** Adds `/openapi.json` (also where Gradio has it) and the page `/api` that tells people the same, with calls to copy. */
export function addDocs(app: Hono, { title, endpoints, paths = {}, trustProxy }: DocsContent): void {
  const style = readFileSync(path.join(__dirname, "docs.css"), "utf8");
  const root = (context: Context) => publicOrigin(context, { trustProxy });
  app.get("/assets/docs.css", (context) => context.body(style, 200, { "content-type": "text/css; charset=utf-8" }));
  for (const place of ["/openapi.json", "/gradio_api/openapi.json"])
    app.get(place, (context) => context.json(toOpenAPI(endpoints, { title, root: root(context), paths })));
  for (const place of ["/api", "/docs"])
    app.get(place, (context) => context.html(docsPage(endpoints, { title, root: root(context), paths })));
}
