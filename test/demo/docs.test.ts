import assert from "node:assert/strict";
import { test } from "node:test";
import { buildApp } from "../../lib/demo/app";
import { plantedServices } from "./plantedServices";

const app = buildApp(plantedServices(), { page: { html: "", files: new Map() } });
const ask = (path: string, init: RequestInit = {}) => app.fetch(new Request(`http://localhost:7860${path}`, { ...init, headers: { host: "localhost:7860" } })); // prettier-ignore

interface Document {
  openapi: string;
  paths: Record<string, Record<string, { operationId: string; summary: string; parameters?: { name: string; in: string }[]; responses: object }>>; // prettier-ignore
}

test("/openapi.json describes every path, each with an id of its own and its refusals", async () => {
  const { openapi, paths } = (await (await ask("/openapi.json")).json()) as Document;
  assert.equal(openapi, "3.1.0");
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  assert.equal(new Set(operations.map(({ operationId }) => operationId)).size, operations.length);
  assert.ok(operations.every(({ summary, responses }) => summary && "200" in responses));
  for (const name of ["classify", "recommend", "recommend_to_newcomer", "similar", "forecast"])
    assert.ok(paths[`/gradio_api/call/v2/${name}`].post, name);
  assert.deepEqual(await (await ask("/gradio_api/openapi.json")).json(), await (await ask("/openapi.json")).json());
});

test("/openapi.json names only paths that there are", async () => {
  const { paths } = (await (await ask("/openapi.json")).json()) as Document;
  for (const [path, methods] of Object.entries(paths))
    for (const method of Object.keys(methods)) {
      const body = method === "post" ? "{}" : undefined;
      const answer = await ask(path.replace("{name}", "recommend"), { method: method.toUpperCase(), body });
      const { error } = (await answer.clone().json().catch(() => ({}))) as { error?: { code?: string } }; // prettier-ignore
      assert.notEqual(error?.code, "not_found", `${method} ${path}`);
      await answer.body?.cancel();
    }
});

test("/api shows calls to copy for each endpoint, with this server's address", async () => {
  const html = await (await ask("/api")).text();
  const codes = [...html.matchAll(/<pre[^>]*><code>([^]*?)<\/code><\/pre>/g)].map(([, code]) =>
    code.replace(/&#(\d+);/g, (_, number) => String.fromCharCode(Number(number))),
  );
  assert.equal(codes.length, 5 * 3);
  assert.equal(
    codes[0],
    [
      'import { Client, handle_file } from "@gradio/client";',
      'const client = await Client.connect("http://localhost:7860");',
      'const { data } = await client.predict("/classify", {',
      '  image: handle_file("photo.jpg"),',
      "});",
    ].join("\n"),
  );
  assert.match(codes[1], /^from gradio_client import Client, handle_file\n.+api_name="\/classify",\n\)$/s);
  assert.match(
    codes[5],
    /^ID=\$\(curl -s http:\/\/localhost:7860\/gradio_api\/call\/recommend -d '\{"data": \["0", 5\]\}'/,
  );
});

test("the calls of curl that /api shows are answered", async () => {
  const read = async (path: string, body: object) => {
    const joined = await ask(`/gradio_api/call/${path}`, { method: "POST", body: JSON.stringify(body) });
    const { event_id: id } = (await joined.json()) as { event_id: string };
    return (await ask(`/gradio_api/call/${path}/${id}`)).text();
  };
  assert.match(await read("recommend", { data: ["0", 1] }), /^event: complete\ndata: \[\[\{"image":.+\n\n$/s);
  assert.match(await read("v2/recommend", { user: "1" }), /^event: complete\ndata: /);
  assert.match(
    await read("recommend", { data: ["zz", 1] }),
    /^event: error\ndata: \{"error":"There is no user \\"zz\\"/,
  );
  const wrong = await ask("/gradio_api/call/v2/recommend", { method: "POST", body: '{"users": "1"}' });
  assert.deepEqual([wrong.status, ((await wrong.json()) as { detail: string }).detail], [400, '/recommend has no input "users"; it has user, count.']); // prettier-ignore
  const few = await ask("/gradio_api/call/recommend", { method: "POST", body: '{"data": []}' });
  assert.equal(((await few.json()) as { detail: string }).detail, "/recommend was given 0 values; it takes 2: user, count."); // prettier-ignore
  assert.match(
    await (await ask("/gradio_api/call/recommend/nobody")).text(),
    /^event: error\ndata: "There is no session/,
  );
  const none = await ask("/gradio_api/call/fly", { method: "POST", body: '{"data": []}' });
  assert.deepEqual([none.status, ((await none.json()) as { detail: string }).detail], [404, "There is no endpoint /fly; there are /classify, /recommend, /recommend_to_newcomer, /similar, /forecast."]); // prettier-ignore
});
