import { randomUUID } from "node:crypto";
import { type Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { parseForm, parseJSON, toBody } from "../web/bodies";
import { eventStream, HEARTBEAT } from "../web/eventStream";
import type { AddressOptions } from "../web/clientAddress";
import { type Files, harmlessName, newFiles } from "../web/files";
import type { Limits } from "../web/limits";
import type { BodyReader } from "../web/readBody";
import { Refused, toRefused } from "../web/refused";
import { publicOrigin } from "../web/publicOrigin";
import { type AskedCall, newCalls } from "./calls";
import { PREFIX, toConfig } from "./config";
import type { Endpoint } from "./endpoint";
import { toInfo } from "./info";
import { type Message, toEvent, toSimpleEvent } from "./messages";
import { type CallContext, checkCount } from "./performCall";

/** What is served by Gradio's protocol. */
export interface GradioOptions extends AddressOptions {
  title: string;
  limits: Limits;
  bodies: BodyReader;
  /** Called for each fault. */
  log: (line: string) => void;
}

/** Gradio's protocol for some endpoints, as `@gradio/client` and `gradio_client` speak it, and for `curl`. */
export function gradioRoutes(endpoints: Endpoint[], options: GradioOptions): Hono {
  const { title, limits, bodies, log, trustProxy } = options;
  const appId = randomUUID();
  const calls = newCalls(limits, log);
  const uploads = newFiles({ folder: "uploads", bytes: limits.uploadBytes, time: limits.uploadTime, safe: 60_000 });
  const made = newFiles({ folder: "made", bytes: limits.madeBytes, time: limits.uploadTime });
  let streams = 0;

  const root = (context: Context) => publicOrigin(context, { trustProxy });
  const contextOf = (context: Context): CallContext => ({
    ...{ uploads, made, limits, addressOf: (path) => `${root(context)}${PREFIX}/file=${path}` },
  });
  const byName = (name: string) => {
    const endpoint = endpoints.find((one) => one.name === name);
    if (endpoint) return endpoint;
    const known = endpoints.map((one) => `/${one.name}`).join(", ");
    throw new Refused(404, "unknown_endpoint", `There is no endpoint /${name}; there are ${known}.`);
  };
  const useObject = <T>({ req }: Context, action: (object: Record<string, unknown>) => T | Promise<T>) =>
    bodies.use(req.raw, (body) => action(asObject(parseJSON(body))));
  const stream = (context: Context, makeBlocks: (signal: AbortSignal) => AsyncGenerator<string>, soon = 0) => {
    if (streams >= limits.requests)
      throw new Refused(503, "busy", "Too many streams of messages are open; try again.", { retryAfter: 5 });
    streams++;
    return eventStream(context, makeBlocks, { onEnd: () => streams--, soon });
  };
  /** For a call that goes on when its request is answered: what was sent with it counts until the call has ended. */
  const join = async (context: Context, toCall: (object: Record<string, unknown>) => Omit<AskedCall, "context">) => {
    const { bytes, release } = await bodies.read(context.req.raw);
    try {
      const asked = toCall(asObject(parseJSON(bytes)));
      return { event_id: calls.join({ ...asked, context: contextOf(context), onEnd: release }) };
    } catch (error) {
      release();
      throw error;
    }
  };

  const app = new Hono();
  app.onError((error, context) => {
    const { status, code, message, retryAfter } = toRefused(error, log);
    if (retryAfter !== undefined) context.header("retry-after", String(retryAfter));
    return context.json({ detail: message, error: message, code }, status as ContentfulStatusCode);
  });
  app.get("/config", (context) =>
    context.json(toConfig(endpoints, { title, appId, root: root(context), largest: limits.bodyBytes })),
  );

  const api = app.basePath(PREFIX);
  api.get("/info", (context) => context.json(toInfo(endpoints)));
  const open = { "cross-origin-resource-policy": "cross-origin" }; // a notebook on another port asks whether we run
  api.get("/app_id", (context) => context.json({ app_id: appId }, 200, open));
  api.get("/heartbeat/:session", (context) => stream(context, beats));

  api.post("/queue/join", async (context) => {
    let parted: Promise<void> | undefined;
    const joined = await join(context, ({ data, fn_index: index, session_hash: session }) => {
      const endpoint = Number.isInteger(index) ? endpoints[index as number] : undefined;
      if (!endpoint)
        throw new Refused(404, "unknown_endpoint", `There is no such function; "fn_index" goes from 0 to ${endpoints.length - 1}.`); // prettier-ignore
      checkSession(session);
      parted = calls.quiet(session);
      return { endpoint, data: asValues(data), session };
    });
    await parted;
    return context.json(joined);
  });
  api.get("/queue/data", (context) => {
    const session = context.req.query("session_hash") ?? "";
    return stream(context, (signal) => eventsOf(calls.messages(session, { signal, grace: GRACE }), toEvent));
  });

  for (const path of ["/run/:name", "/api/:name"])
    api.post(path, (context) =>
      useObject(context, async ({ data }) => {
        const asked = { endpoint: byName(context.req.param("name")!), data: asValues(data) };
        const { signal } = context.req.raw;
        return context.json(await calls.runNow(asked, { signal, context: contextOf(context) }));
      }),
    );

  api.post("/call/v2/:name", async (context) => {
    const endpoint = byName(context.req.param("name")!);
    return context.json(await join(context, (values) => ({ endpoint, data: inOrder(endpoint, values) })));
  });
  api.post("/call/:name", async (context) => {
    const endpoint = byName(context.req.param("name")!);
    const joined = await join(context, ({ data: given, session_hash: session }) => {
      const data = asValues(given);
      checkCount(endpoint, data);
      if (session === undefined || session === null) return { endpoint, data };
      checkSession(session);
      return { endpoint, data, session };
    });
    return context.json(joined);
  });
  for (const path of ["/call/v2/:name/:id", "/call/:name/:id"])
    api.get(path, (context) =>
      stream(context, (signal) => eventsOf(calls.messages(context.req.param("id")!, { signal }), toSimpleEvent), SOON),
    );

  api.post("/cancel", (context) =>
    useObject(context, ({ event_id: id }) => {
      if (typeof id === "string") calls.cancel(id);
      return context.json({ success: true });
    }),
  );
  api.post("/reset", (context) => context.json({ success: true }));

  api.post("/upload", (context) =>
    bodies.use(context.req.raw, async (body) => {
      const form = await parseForm(body, context.req.header("content-type") ?? "");
      const files = form.getAll("files").flatMap((field) => (typeof field === "string" ? [] : [field]));
      if (files.length === 0) throw new Refused(400, "no_file", 'The form has no file in a field "files".');
      return context.json(await Promise.all(files.map((file) => keep(uploads, file))));
    }),
  );
  api.get("/file=*", (context) => {
    const path = new URL(context.req.url).pathname.slice(`${PREFIX}/file=`.length);
    const file = uploads.get(path) ?? made.get(path);
    if (!file)
      throw new Refused(404, "not_found", "There is no such file; only uploads and pictures of answers are served.");
    return context.body(toBody(file.bytes), 200, fileHeaders(file.type));
  });
  return app;
}

/**
 * Milliseconds a stream outlives its last call. Both clients lose a call that they make while the end of the stream is on
 * its way to them.
 */
const GRACE = 250;

/** Milliseconds in which most calls end. */
const SOON = 50;

/** What is shown as it is; all else is only to be saved, whatever it says that it is. */
const SHOWN = ["image/png", "image/jpeg", "image/webp", "image/gif"];

function fileHeaders(type: string): Record<string, string> {
  const sandbox = { "content-security-policy": "default-src 'none'; sandbox" };
  if (SHOWN.includes(type)) return { "content-type": type, ...sandbox };
  return { "content-type": "application/octet-stream", "content-disposition": "attachment", ...sandbox };
}

async function keep(uploads: Files, file: Pick<File, "name" | "type" | "arrayBuffer">): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return uploads.keep({ name: harmlessName(file.name ?? ""), type: file.type, bytes });
}

async function* beats(signal: AbortSignal): AsyncGenerator<string> {
  while (!signal.aborted) {
    yield "data: ALIVE\n\n";
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, HEARTBEAT);
      signal.addEventListener("abort", end);
    });
  }
}

async function* eventsOf(
  messages: AsyncGenerator<Message>,
  write: (message: Message) => string | undefined,
): AsyncGenerator<string> {
  for await (const message of messages) {
    const block = write(message);
    if (block !== undefined) yield block;
  }
}

function asObject(body: unknown): Record<string, unknown> {
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw new Refused(400, "no_object", "The body must be a JSON object.");
}

function asValues(data: unknown): unknown[] {
  if (Array.isArray(data)) return data;
  throw new Refused(400, "no_data", '"data" must be a list of values, one for each input.');
}

/** Characters of a session's name; clients use eleven. */
const LONGEST_NAME = 100;

function checkSession(name: unknown): asserts name is string {
  if (typeof name === "string" && name !== "" && name.length <= LONGEST_NAME) return;
  throw new Refused(400, "no_session", `"session_hash" must be a text of 1 to ${LONGEST_NAME} characters.`);
}

/** The values of a call by name, in the order of the inputs. */
function inOrder({ name, inputs }: Endpoint, values: Record<string, unknown>): unknown[] {
  const unknown = Object.keys(values).find((key) => !inputs.some((input) => input.name === key));
  if (unknown === undefined) return inputs.map((input) => values[input.name]);
  const known = inputs.map((input) => input.name).join(", ");
  throw new Refused(400, "unknown_input", `/${name} has no input "${unknown}"; it has ${known}.`);
}
