/// <reference lib="dom" />
import type { DemoAnswer, DemoCall } from "./demoCall";

/** The addresses that the demo's page asks. */
const ASKED = /^\/api\//;

/** A `fetch` that has the demo's requests answered by `ask`, and fetches all else by `network`. */
export function demoFetch(ask: (call: DemoCall) => Promise<DemoAnswer>, network: typeof fetch): typeof fetch {
  return async (input, init = {}) => {
    if (typeof input !== "string" || !ASKED.test(input)) return network(input, init);
    const content = new Response(init.body); // tells the type of a form too
    const headers = [...new Map([...content.headers, ...new Headers(init.headers)])];
    const { body, ...answer } = await ask({
      ...{ path: input, method: init.method ?? "GET", headers },
      body: await content.arrayBuffer(),
    });
    return new Response(body, answer);
  };
}
