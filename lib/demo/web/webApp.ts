import { type Context, Hono, type MiddlewareHandler } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { PageFiles } from "../api";
import { toBody } from "./bodies";
import { guard, type GuardOptions } from "./guard";
import type { Limits } from "./limits";
import type { BodyReader } from "./readBody";
import { Refused, toRefusal, toRefused } from "./refused";
import { secure } from "./secure";

/** What a server that others watch does beside its work, default nothing. */
export interface Hooks {
  /** Goes around all that is answered. */
  watch?: MiddlewareHandler;
  /** Answered whatever the load, and to everybody who may call the server. */
  routes?: Hono;
  /** Lets requests in, or throws a Refused. */
  admit?: MiddlewareHandler;
}

/** What every server of ours is made of. */
export interface WebAppOptions extends GuardOptions {
  page: PageFiles;
  limits: Limits;
  bodies: BodyReader;
  /** Called for each fault that is ours and not the client's; default console.error. */
  log?: (line: string) => void;
  hooks?: Hooks;
}

/** An app that serves its page, guards its doors and refuses in words; what else it answers is added to it. */
export function newWebApp({ page, limits, bodies, hosts, log = console.error, hooks = {} }: WebAppOptions): Hono {
  const app = new Hono();
  let open = 0;

  const { watch, routes, admit } = hooks;
  app.use(secure);
  if (watch) app.use(watch);
  app.use(guard({ hosts }));
  if (routes) app.route("/", routes);
  if (admit) app.use(admit);
  app.use(async (_, next) => {
    if (open - bodies.arriving >= limits.requests)
      throw new Refused(503, "busy", "Too many requests at the same time; try again.", { retryAfter: 1 });
    open++;
    try {
      await next();
    } finally {
      open--;
    }
    return undefined;
  });

  app.get("/", (context) => context.html(page.html));
  for (const [path, { type, body }] of page.files)
    app.get(path, (context) => {
      const marked = new URL(context.req.url).search !== ""; // the address changes with the content
      const keep = marked ? "public, max-age=31536000, immutable" : "no-cache";
      return context.body(toBody(body), 200, { "content-type": type, "cache-control": keep });
    });

  app.notFound((context) => {
    const { method, path } = context.req;
    const allowed = METHODS.filter((other) => isAnswered(app, other, path));
    if (allowed.length === 0) return refuse(context, new Refused(404, "not_found", `There is no ${path} here.`));
    context.header("allow", allowed.join(", "));
    const message = `${path} does not accept ${method}; use ${allowed.join(" or ")}.`;
    return refuse(context, new Refused(405, "wrong_method", message));
  });
  app.onError((error, context) => refuse(context, toRefused(error, log)));
  return app;
}

const METHODS = ["GET", "POST"];

/** Whether there is more for a path than what goes before every answer. */
function isAnswered(app: Hono, method: string, path: string): boolean {
  const handlers = app.router.match(method, path)[0] as [[unknown, { method: string }], unknown][];
  return handlers.some(([[, route]]) => route.method === method);
}

function refuse(context: Context, refused: Refused): Response {
  const { status, retryAfter } = refused;
  if (retryAfter !== undefined) context.header("retry-after", String(retryAfter));
  return context.json(toRefusal(refused), status as ContentfulStatusCode);
}
