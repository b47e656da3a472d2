import type { Hono } from "hono";
import { type Answers, newAnswers } from "./answers";
import type { PageFiles } from "./api";
import { addDocs } from "./docs/addDocs";
import { jsonPaths } from "./docs/jsonPaths";
import { demoEndpoints, type DemoQueues, QUICK_AT_A_TIME } from "./endpoints";
import { gradioRoutes } from "./gradio/routes";
import { jsonRoutes } from "./jsonRoutes";
import { newPictureClassifier } from "./photo/pictureClassifier";
import type { DemoServices } from "./services";
import { LIMITS, type Limits } from "./web/limits";
import { newBodyReader } from "./web/readBody";
import type { AddressOptions } from "./web/clientAddress";
import { type Hooks, newWebApp } from "./web/webApp";
import { newQueue } from "./work/queue";

const TITLE = "Atelier";

/** How the demo is served. */
export interface AppOptions extends AddressOptions {
  /** The built page. */
  page: PageFiles;
  limits?: Partial<Limits>;
  /** Names by which the server may be called beside those of this machine, default none. */
  hosts?: string[];
  /** Called for each fault; default console.error. */
  log?: (line: string) => void;
  hooks?: Hooks;
}

/** The demo: a page, a JSON API and Gradio's protocol over some models. It needs no socket: `app.fetch(request)` answers. */
export function buildApp(services: DemoServices, options: AppOptions): Hono {
  const limits = { ...LIMITS, ...options.limits };
  const pictures = newPictureClassifier(services.classifier, limits);
  const quick = newQueue({ running: QUICK_AT_A_TIME, waiting: limits.waiting, time: limits.callTime });
  return buildAnswersApp(newAnswers(services, pictures), { pictures: pictures.queue, quick }, options);
}

/** The same over answers wherever they are made, as by worker processes. */
export function buildAnswersApp(
  answers: Answers,
  queues: DemoQueues,
  { limits: asked = {}, log = console.error, trustProxy, ...rest }: AppOptions,
): Hono {
  const limits = { ...LIMITS, ...asked };
  const bodies = newBodyReader(limits);
  const app = newWebApp({ ...rest, limits, bodies, log });
  app.route("/api", jsonRoutes(answers, bodies));
  const endpoints = demoEndpoints(answers, queues);
  app.route("/", gradioRoutes(endpoints, { title: TITLE, limits, bodies, log, trustProxy }));
  addDocs(app, { title: TITLE, endpoints, paths: jsonPaths(), trustProxy });
  return app;
}
