import assert from "node:assert/strict";
import { test } from "node:test";
import { encodePNG } from "../../../lib/chart/png";
import { buildApp } from "../../../lib/demo/app";
import { answerCall } from "../../../lib/site/demo/answerCall";
import { demoFetch } from "../../../lib/site/demo/demoFetch";
import { plantedServices } from "../../demo/plantedServices";

const app = buildApp(plantedServices(), { page: { html: "", files: new Map() }, log: () => {} });
const elsewhere: unknown[] = [];
const network = async (input: unknown) => {
  elsewhere.push(input);
  return new Response("from the network");
};
const inTab = demoFetch((call) => answerCall(app, call), network as typeof fetch);
const onServer = (path: string, init?: RequestInit) =>
  app.fetch(new Request(`http://localhost${path}`, { ...init, headers: { host: "localhost", ...init?.headers } }));

const png = encodePNG(new Uint8Array(64 * 64).fill(200), 64);
const picture = new Uint8Array(png);
const posted = (value: unknown): RequestInit => ({
  ...{ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(value) },
});

const ASKED: [string, RequestInit?][] = [
  ...["/api/examples", "/api/users", "/api/items", "/api/categories"].map((path): [string] => [path]),
  ...([["/api/recommend?user=1&count=2"], ["/api/similar?item=2"], ["/api/forecast?category=Bag&horizon=3"]] as [
    string,
  ][]),
  ["/api/recommend", posted({ liked: [0], count: 1 })],
  ["/api/classify?example=1", { method: "POST" }],
  ["/api/classify?steps=true", { method: "POST", headers: { "content-type": "image/png" }, body: picture }],
  ["/api/classify", posted({ image: `data:image/png;base64,${png.toString("base64")}` })],
  ["/api/recommend?user=nobody"], // refused in words
  ["/api/recommend", posted("no list")],
  ["/api/classify", { method: "POST", headers: { "content-type": "text/plain" }, body: "no picture" }],
  ["/api/nothing"],
];

/** All of an answer but how long it took. */
async function seen(response: Response | Promise<Response>) {
  const answer = await response;
  const text = (await answer.text()).replace(/"milliseconds":[\d.]+/, '"milliseconds":0');
  return { status: answer.status, headers: [...new Headers(answer.headers)], text };
}

test("each request of the page is answered in a tab as by the server, to the byte", async () => {
  for (const [path, init] of ASKED) assert.deepEqual(await seen(inTab(path, init)), await seen(onServer(path, init)), path); // prettier-ignore
  assert.deepEqual(elsewhere, []);
});

test("a form with a picture keeps its kind on the way", async () => {
  const form = new FormData();
  form.set("image", new Blob([picture]), "coat.png");
  const response = await inTab("/api/classify", { method: "POST", body: form });
  assert.deepEqual([response.status, (await response.json()).label], [200, "empty"]);
});

test("all else is fetched from the network", async () => {
  assert.equal(await (await inTab("assets/plotly.js")).text(), "from the network");
  assert.deepEqual(elsewhere, ["assets/plotly.js"]);
});
