import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Client } from "@gradio/client";
import sharp from "sharp";
import { buildApp } from "../../../lib/demo/app";
import { teamApp, type TeamApp } from "../../../lib/demo/operations/teamApp";
import { serve } from "../../../lib/demo/serve";
import type { Server } from "../../../lib/demo/server";
import { plantedServices } from "../plantedServices";
import { plantedTeam, until } from "../workers/plantedTeam";

const page = { html: "<h1>page</h1>", files: new Map() };

let planted: Awaited<ReturnType<typeof plantedTeam>>;
let served: TeamApp;
let server: Server;
before(async () => {
  planted = await plantedTeam({ delay: 20 });
  served = teamApp(planted.team, { page, rate: 100_000 });
  server = await serve(served.app, { name: "team" });
});
after(async () => {
  await server.close();
  await planted.team.close();
});

const get = async (path: string) => {
  const response = await fetch(server.url + path);
  return [response.status, (await response.json()) as Record<string, unknown>] as const;
};

const metrics = async () => (await fetch(`${server.url}metrics`)).text();
const valueOf = (text: string, name: string) =>
  Number(text.split("\n").find((line) => line.startsWith(`${name} `))?.split(" ").at(-1)); // prettier-ignore

/** A picture without anything on it. */
const flat = () =>
  sharp({ create: { width: 28, height: 28, channels: 3, background: "#ccc" } })
    .png()
    .toBuffer();

/** Calls by Gradio's protocol, one after the other, until it is over; gives how many were answered. */
async function call(isOver: () => boolean): Promise<number> {
  const client = await Client.connect(server.url);
  const picture = new Blob([await flat()]);
  let answered = 0;
  while (!isOver()) {
    const [{ label }] = (await client.predict("/classify", [picture])).data as [{ label: string }];
    assert.equal(label, "empty");
    answered++;
  }
  return answered;
}

/** The same by plain JSON, each on a connection of its own. */
async function classify(isOver: () => boolean): Promise<number> {
  let answered = 0;
  for (; !isOver(); answered++) {
    const response = await fetch(`${server.url}api/classify?example=1`, {
      method: "POST",
      headers: { connection: "close" },
    });
    assert.equal(response.status, 200);
    assert.equal(((await response.json()) as { label: string }).label, "full");
  }
  return answered;
}

/** Has clients ask all the while. */
async function underLoad(action: () => Promise<void>): Promise<number> {
  let over = false;
  const isOver = () => over;
  const clients = [call(isOver), call(isOver), classify(isOver), classify(isOver)];
  const failed = Promise.all(clients);
  await Promise.race([action(), failed.then(() => Promise.reject(new Error("the clients have ended")))]);
  over = true;
  return (await failed).reduce((sum, answered) => sum + answered, 0);
}

test("teamApp() answers as the demo with models in its own process", async () => {
  const alone = buildApp(plantedServices(), { page });
  for (const path of [
    "api/users",
    "api/items",
    "api/examples",
    "api/categories",
    "api/recommend?user=1&count=2",
    "api/recommend?user=9",
    "api/similar?item=0",
    "api/similar?item=7",
    "api/forecast?category=Bag&horizon=3",
    "api/forecast?category=Hat",
    "gradio_api/info",
    "openapi.json",
  ]) {
    const headers = { host: new URL(server.url).host };
    const wanted = await alone.request(server.url + path, { headers });
    assert.deepEqual(await get(path), [wanted.status, await wanted.json()], path);
  }
  const wish = { method: "POST", body: '{"liked": [1], "count": 2}' };
  const [ours, wanted] = await Promise.all([
    fetch(`${server.url}api/recommend`, wish),
    alone.request("/api/recommend", { ...wish, headers: { host: "localhost" } }),
  ]);
  assert.deepEqual(await ours.json(), await wanted.json());
  const broken = await fetch(`${server.url}api/classify`, {
    method: "POST",
    body: "x",
    headers: { "content-type": "image/png" },
  });
  assert.equal(broken.status, 415);
});

test("restarted under load, no call is lost, and a stream of messages goes on", async () => {
  const beats = await fetch(`${server.url}gradio_api/heartbeat/a`);
  const before = planted.pids();
  const answered = await underLoad(() => planted.team.restart());
  assert.ok(answered > 10, String(answered));
  assert.ok(before.every((pid) => !planted.pids().includes(pid)));
  const reader = beats.body!.getReader();
  assert.equal(Buffer.from((await reader.read()).value!).toString(), "data: ALIVE\n\n");
  await reader.cancel();
});

test("workers that are killed under load take no call along", async () => {
  const { counts } = planted.team;
  const answered = await underLoad(async () => {
    for (let time = 0; time < 2; time++) {
      const lost = counts.lost;
      process.kill(planted.pids()[time]!, "SIGKILL");
      await until(() => counts.lost > lost && planted.pids().every((pid) => pid !== undefined), "a whole team");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
  assert.ok(answered > 10, String(answered));
  assert.equal(counts.failed, 0);
});

test("/healthz, /readyz and /metrics tell how the server is", async () => {
  assert.deepEqual(await get("healthz"), [200, { status: "alive" }]);
  assert.deepEqual(await get("readyz"), [200, { status: "ready", workers: 2, ready: 2 }]);
  const earlier = await metrics();
  for (let i = 0; i < 3; i++) await get("api/recommend?user=1");
  await get("api/recommend?user=9");
  await get("api/nothing");
  const response = await fetch(`${server.url}metrics`);
  assert.equal(response.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  const text = await response.text();
  const grown = (name: string) => valueOf(text, name) - (valueOf(earlier, name) || 0);
  assert.equal(grown('demo_requests_total{method="GET",route="/api/recommend",status="200"}'), 3);
  assert.equal(grown('demo_requests_total{method="GET",route="/api/recommend",status="404"}'), 1);
  assert.equal(grown('demo_requests_total{method="GET",route="other",status="404"}'), 1);
  assert.equal(grown('demo_request_duration_seconds_count{method="GET",route="/api/recommend"}'), 4);
  assert.ok(valueOf(text, 'demo_request_duration_seconds_sum{method="GET",route="/api/recommend"}') > 0);
  assert.equal(valueOf(text, 'demo_queue_waiting{queue="pictures"}'), 0);
  assert.equal(valueOf(text, "demo_workers"), 2);
  assert.ok(valueOf(text, 'demo_worker_memory_bytes{worker="1"}') > 1e7);
  const { lost, replaced } = planted.team.counts;
  assert.equal(valueOf(text, 'demo_worker_restarts_total{reason="lost"}'), lost);
  assert.equal(valueOf(text, 'demo_worker_restarts_total{reason="asked"}'), replaced);
  assert.ok(valueOf(text, "process_resident_memory_bytes") > 1e7);
  await until(() => served.open === 0, "no open request");
});

test("what is asked too often is counted, but not those who watch; a server that stops is not ready", async () => {
  const strict = teamApp(planted.team, { page, rate: 0.01 });
  const ask = async (path: string) =>
    strict.app.fetch(new Request(`http://localhost/${path}`, { headers: { host: "localhost" } }));
  for (let i = 0; i < 40; i++) await ask("api/users");
  const text = await (await ask("metrics")).text();
  assert.equal(valueOf(text, "demo_rate_limited_total"), 10);
  assert.equal(valueOf(text, 'demo_requests_total{method="GET",route="/api/users",status="429"}'), 10);
  assert.equal((await ask("healthz")).status, 200);
  strict.stop();
  const stopped = await ask("readyz");
  assert.deepEqual([stopped.status, await stopped.json()], [503, { status: "stopping", workers: 2, ready: 2 }]);
});
