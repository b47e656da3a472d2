import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Client } from "@gradio/client";
import sharp from "sharp";
import { buildApp } from "../../lib/demo/app";
import { serve } from "../../lib/demo/serve";
import type { Server } from "../../lib/demo/server";
import { plantedServices } from "./plantedServices";

/** Gradio's own client for JavaScript, against the demo. */

const page = { html: "", files: new Map() };
let server: Server;
let client: Client;

before(async () => {
  server = await serve(buildApp(plantedServices({ delay: 5 }), { page, limits: { waiting: 40 } }));
  client = await Client.connect(server.url, { events: ["data", "status"] });
});
after(async () => {
  client.close();
  await server.close();
});

const square = (level: number) =>
  sharp({ create: { width: 28, height: 28, channels: 3, background: { r: level, g: level, b: level } } })
    .png()
    .toBuffer();

const half = async () =>
  sharp(await square(0)).composite([{ input: { create: { width: 14, height: 28, channels: 3, background: "#fff" } }, left: 7, top: 0 }]).png().toBuffer(); // prettier-ignore

test("@gradio/client lists the API", async () => {
  const { named_endpoints } = (await client.view_api()) as {
    named_endpoints: Record<
      string,
      { parameters: { label: string; parameter_name: string; type: string }[]; returns: { component: string }[] }
    >;
  };
  assert.deepEqual(Object.keys(named_endpoints), [
    "/classify",
    "/recommend",
    "/recommend_to_newcomer",
    "/similar",
    "/forecast",
  ]);
  assert.equal(named_endpoints["/classify"].parameters[0].type, "Blob | File | Buffer");
  assert.deepEqual(
    named_endpoints["/recommend"].parameters.map(({ parameter_name }) => parameter_name),
    ["user", "count"],
  );
  assert.deepEqual(
    named_endpoints["/classify"].returns.map(({ component }) => component),
    ["Label", "Image"],
  );
});

test("@gradio/client uploads a picture and has it classified, the picture in the answer can be fetched", async () => {
  const { data } = await client.predict<[{ label: string; confidences: { confidence: number }[] }, { url: string }]>(
    "/classify",
    [await half()],
  );
  assert.equal(data[0].confidences.length, 2);
  const picture = await fetch(data[1].url);
  assert.equal(picture.headers.get("content-type"), "image/png");
  assert.equal((await sharp(Buffer.from(await picture.arrayBuffer())).metadata()).width, 28);
});

test("@gradio/client calls by place and by name, with what is left out as told", async () => {
  const recommended = await client.predict<[{ caption: string }[], { id: number }[]]>("/recommend", ["1", 1]);
  assert.deepEqual(
    recommended.data[1].map(({ id }) => id),
    [2],
  );
  assert.equal(recommended.data[0][0].caption, "Bag 2 (score 3.00)");
  const newcomer = await client.predict<[unknown, { id: number }[]]>("/recommend_to_newcomer", { liked: [2] });
  assert.deepEqual(
    newcomer.data[1].map(({ id }) => id),
    [0, 1],
  );
  const similar = await client.predict<[unknown, { id: number }[]]>("/similar", { item: 0, count: 1 });
  assert.deepEqual(
    similar.data[1].map(({ id }) => id),
    [1],
  );
  const { data } = await client.predict<[{ forecast: unknown[] }, { headers: string[]; data: unknown[][] }]>(
    "/forecast",
    { category: "Bag", horizon: 2 },
  );
  assert.equal(data[0].forecast.length, 2);
  assert.deepEqual(data[1].headers, ["week", "sales", "low", "high", "baseline"]);
});

/** A server whose classifier answers when the gate is opened, and a client of it. */
async function withGate(limits: { waiting: number }, act: (client: Client, open: () => void) => Promise<void>) {
  let open = () => {};
  const gate = new Promise<void>((resolve) => (open = resolve));
  const server = await serve(buildApp(plantedServices({ gate }), { page, limits }), { host: "127.0.0.2" });
  const client = await Client.connect(server.url, { events: ["data", "status"] });
  try {
    await act(client, open);
  } finally {
    client.close();
    await server.close();
  }
}

interface Heard {
  type: string;
  stage: string;
  message?: string;
  position?: number;
  progress_data?: { desc: string }[];
}

async function hear(job: AsyncIterable<unknown>): Promise<Heard[]> {
  const heard: Heard[] = [];
  for await (const event of job as AsyncIterable<Heard>) if (event.type === "status") heard.push(event);
  return heard;
}

test("@gradio/client hears its place in the line, the start, the progress and the end", () =>
  withGate({ waiting: 8 }, async (client, open) => {
    const file = await half();
    const jobs = Array.from({ length: 40 }, () => client.submit("/classify", [file]));
    await Promise.all(jobs.map((job) => job.wait_for_id()));
    open();
    const stories = await Promise.all(jobs.map(hear));
    for (const story of stories) assert.equal(story[story.length - 1].stage, "complete");
    const places = stories.flatMap((story) => Math.max(...story.map(({ position = 0 }) => position)));
    assert.deepEqual([places.filter((place) => place > 0).length, Math.max(...places)], [7, 7]); // 32 ran, one was next
    assert.ok(stories.every((story) => story.some(({ progress_data: [unit] = [] }) => /decoded/.test(unit?.desc))));
  }));

test("@gradio/client is told in words what is refused", async () => {
  const refused: [string, unknown[], string, string][] = [
    ["/recommend", ["nobody"], 'There is no user "nobody". The user ids run from 0 to 1.', "Refused"],
    ["/recommend", ["1", 1000], "How many is 1000; it must be a whole number from 1 to 100.", "Refused"],
    ["/forecast", ["Hat", 3], 'Category is "Hat"; it must be one of Coat, Bag.', "Refused"],
    ["/classify", [null], "Picture is missing; send a picture.", "Refused"],
    ["/classify", [Buffer.from("<svg/>")], "This is no PNG, JPEG, WebP or GIF file; other kinds are not read.", "Refused"],
    ["/classify", [{ path: "/etc/passwd", meta: { _type: "gradio.FileData" } }], 'Picture is "/etc/passwd", which was not uploaded here, or too long ago; upload the picture first; files are taken neither from other servers nor from this machine\'s disk.', "Refused"],
  ]; // prettier-ignore
  for (const [name, data, message, title] of refused)
    await assert.rejects(client.predict(name, data), { message, title }, name);
  await assert.rejects(client.predict("/fly", []), /No endpoint matching "\/fly"/);
  const large = client.predict("/classify", [new Blob([new Uint8Array(10_000_001)])]); // it passes over the refusal of the upload
  await assert.rejects(large, { message: /^Picture did not arrive: .+ files of 10 MB at most are accepted\.$/ });
});

test("@gradio/client hears when the queue is full", () =>
  withGate({ waiting: 1 }, async (client, open) => {
    const file = await half();
    const jobs = Array.from({ length: 40 }, () => client.submit("/classify", [file]));
    await Promise.all(jobs.map((job) => job.wait_for_id()));
    open();
    const ends = (await Promise.all(jobs.map(hear))).map((story) => story[story.length - 1]);
    assert.equal(ends.filter(({ stage }) => stage === "complete").length, 33); // 32 ran, one waited
    assert.ok(ends.every(({ stage, message }) => stage === "complete" || /currently busy/.test(message ?? "")));
  }));

test("@gradio/client cancels a call that runs", () =>
  withGate({ waiting: 1 }, async (client) => {
    const job = client.submit("/classify", [await half()]);
    await job.wait_for_id();
    await job.cancel();
    const story = await hear(job);
    assert.equal(story[story.length - 1].message, "The call was cancelled.");
  }));
