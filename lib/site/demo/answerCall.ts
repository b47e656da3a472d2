/// <reference lib="dom" />
import type { App } from "../../demo/server";
import { withHeaders } from "../../demo/withHeaders";
import type { DemoAnswer, DemoCall } from "./demoCall";

/** The name by which the demo lets itself be called. */
const HOST = "localhost";

/** Answers a call as a server would that got it from the network. */
export async function answerCall(app: App, { path, method, headers, body }: DemoCall): Promise<DemoAnswer> {
  const hasBody = method !== "GET" && method !== "HEAD";
  const request = new Request(`http://${HOST}${path}`, { method, headers, ...(hasBody && { body }) });
  const length = String(body.byteLength);
  const response = await app.fetch(withHeaders(request, { host: HOST, ...(hasBody && { "content-length": length }) }));
  return { status: response.status, headers: [...response.headers], body: await response.arrayBuffer() };
}
