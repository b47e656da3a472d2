import assert from "node:assert/strict";
import { test } from "node:test";
import { serve } from "../../lib/demo/serve.tab";
import { newBodyReader } from "../../lib/demo/web/readBody";

test("a cell's request reaches the app of a tab whole, also where a browser has no stream of its body", async (t) => {
  const network = globalThis.fetch;
  t.after(() => (globalThis.fetch = network));
  t.mock.getter(Request.prototype, "body", () => undefined); // as in Firefox
  const bodies = newBodyReader({ bodyBytes: 1000, allBodyBytes: 1000, bodyTime: 1000, bodies: 1 });
  const server = await serve({ fetch: async (request) => new Response((await bodies.read(request)).bytes as never) });
  const response = await fetch(server.url, { method: "POST", body: "the body" });
  assert.equal(await response.text(), "the body");
  await server.close();
});
