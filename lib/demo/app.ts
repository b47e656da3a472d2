import type { Hono } from "hono";
import { newAnswers } from "./answers";
import type { PageFiles } from "./api";
import { addDocs } from "./docs/addDocs";
import { jsonPaths } from "./docs/jsonPaths";
import { demoEndpoints } from "./endpoints";
import { gradioRoutes } from "./gradio/routes";
import { jsonRoutes } from "./jsonRoutes";
import { newPictureClassifier } from "./photo/pictureClassifier";
import type { DemoServices } from "./services";
import { LIMITS, type Limits } from "./web/limits";
import { newBodyReader } from "./web/readBody";
import { newWebApp } from "./web/webApp";

const TITLE = "Atelier";

/** How the demo is served. */
export interface AppOptions {
  /** The built page. */
  page: PageFiles;
  limits?: Partial<Limits>;
  /** Names by which the server may be called beside those of this machine, default none. */
  hosts?: string[];
  /** Called for each fault; default console.error. */
  log?: (line: string) => void;
}

/** The demo: a page, a JSON API and Gradio's protocol over some models. It needs no socket: `app.fetch(request)` answers. */
export function buildApp(
  services: DemoServices,
  { limits: asked = {}, log = console.error, ...rest }: AppOptions,
): Hono {
  const limits = { ...LIMITS, ...asked };
  const pictures = newPictureClassifier(services.classifier, limits);
  const answers = newAnswers(services, pictures);
  const bodies = newBodyReader(limits);
  const app = newWebApp({ ...rest, limits, bodies, log });
  app.route("/api", jsonRoutes(answers, bodies));
  const endpoints = demoEndpoints(services, { answers, pictures, limits });
  app.route("/", gradioRoutes(endpoints, { title: TITLE, limits, bodies, log }));
  addDocs(app, { title: TITLE, endpoints, paths: jsonPaths() });
  return app;
}
