import assert from "node:assert/strict";
import { test } from "node:test";
import { Client } from "@gradio/client";
import { type Demo, demo } from "../../lib/demo/demo";
import type { FormDescription } from "../../lib/demo/form/formDescription";

const run = async ({ url }: Demo, data: unknown[]) => {
  const response = await fetch(`${url}gradio_api/run/predict`, { method: "POST", body: JSON.stringify({ data }) });
  return { status: response.status, ...((await response.json()) as { data?: unknown[]; error?: string }) };
};

/** Once its stream of messages has ended: it complains of streams that are closed under it. */
async function leave(client: Client): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 300));
  client.close();
}

test("demo() serves a function with all kinds of values, by form, by address and by Gradio's client", async () => {
  const image = { width: 2, height: 1, levels: Uint8Array.of(0, 255) };
  const page = await demo({
    title: "All kinds",
    inputs: [
      "image",
      { type: "text", label: "Your name", value: "Ann" },
      { type: "slider", minimum: 0, maximum: 10, value: 3 },
      "checkbox",
      { type: "dropdown", choices: ["Coat", "Bag"] },
      "number",
      "json",
    ],
    outputs: ["text", "label", "image", "table", "plot", "json", "number"],
    examples: [[image, "Bob", 4, true, "Bag", 2, []]],
    fn: (photo, name, much, sure, kind, count, any) => [
      `${name} ${much} ${sure} ${kind} ${count} ${JSON.stringify(any)} ${photo.width}x${photo.height}`,
      { Coat: 0.25, Bag: 0.75 },
      { width: photo.width, height: photo.height, levels: photo.rgb.filter((_, i) => i % 3 === 0) },
      [{ a: 1 }, { a: 2, b: "x" }],
      { data: [], layout: { title: { text: "T" } } },
      { any },
      7,
    ],
  });
  try {
    const form = (await (await fetch(`${page.url}form`)).json()) as FormDescription;
    assert.deepEqual(form.inputs.map(({ name }) => name), ["image", "your_name", "slider", "checkbox", "dropdown", "number", "json"]); // prettier-ignore
    assert.match(String(form.examples[0][0]), /^data:image\/png;base64,/);
    const answer = await run(page, [form.examples[0][0], null, 4, true, "Bag", 2, [1]]);
    const [text, label, picture, table, plot, json, number] = answer.data as [string, object, { url: string }, object, { type: string }, object, number]; // prettier-ignore
    assert.equal(text, "Ann 4 true Bag 2 [1] 2x1");
    assert.deepEqual(label, { label: "Bag", confidences: [{ label: "Bag", confidence: 0.75 }, { label: "Coat", confidence: 0.25 }] }); // prettier-ignore
    assert.equal((await fetch(picture.url)).headers.get("content-type"), "image/png");
    assert.deepEqual(table, { headers: ["a", "b"], data: [[1, null], [2, "x"]], metadata: null }); // prettier-ignore
    assert.deepEqual([plot.type, json, number], ["plotly", { any: [1] }, 7]);
    const client = await Client.connect(page.url);
    const { data } = await client.predict<unknown[]>("/predict", { image: await (await fetch(picture.url)).blob(), your_name: "Eve", number: 1, json: null }); // prettier-ignore
    assert.equal(data[0], "Eve 3 false Coat 1 null 2x1");
    await leave(client);
  } finally {
    await page.close();
  }
});

test("demo() shows progress and what a generator yields, and refuses by RangeError, faults by any other", async () => {
  const told: string[] = [];
  const page = await demo({
    title: "Counting",
    name: "count",
    inputs: [{ type: "number", label: "To", whole: true }],
    outputs: ["number"],
    log: (line) => told.push(line),
    async *fn(to, { progress }) {
      if (to > 9) throw new RangeError(`${to} is too far; count to 9 at most.`);
      if (to === 0) throw new Error("broken");
      for (let i = 1; i <= to; i++) {
        progress(i, to, "counting");
        yield i;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  });
  try {
    const client = await Client.connect(page.url, { events: ["data", "status"] });
    const heard: unknown[] = [];
    for await (const event of client.submit("/count", [3])) if (event.type === "data") heard.push(...event.data);
    assert.deepEqual(heard, [1, 2, 3, 3]);
    await assert.rejects(client.predict("/count", [10]), { message: "10 is too far; count to 9 at most." });
    await assert.rejects(client.predict("/count", [0]), { message: "broken", title: "Error" });
    await assert.rejects(client.predict("/count", [1.5]), { message: "To is 1.5; it must be a whole number." });
    await leave(client);
  } finally {
    await page.close();
  }
  assert.equal(told.length, 1);
  assert.match(told[0], /^Fault: Error: broken/);
});

test("demo() gives way to the next one of its title, stops on Ctrl-C while somebody waits, and aborts what runs", async () => {
  let aborted = false;
  const start = () =>
    demo({
      title: "Slow",
      inputs: [],
      outputs: ["text"],
      fn: ({ signal }) =>
        new Promise<string>((resolve) => {
          signal.addEventListener("abort", () => {
            aborted = true;
            resolve("");
          });
        }),
    });
  const first = await start();
  const other = await demo({ title: "Other", inputs: [], outputs: ["text"], fn: () => "here" });
  const call = run(first, []).catch((error: Error) => error);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const second = await start();
  assert.ok(aborted);
  await call;
  await assert.rejects(fetch(first.url));
  assert.deepEqual((await run(other, [])).data, ["here"]);
  const listeners = process.listenerCount("SIGINT");
  const stopped = second.untilStopped();
  process.emit("SIGINT");
  await stopped;
  assert.equal(process.listenerCount("SIGINT"), listeners);
  await assert.rejects(fetch(second.url));
  await other.close();
});

test("demo() shows its page in a notebook only while it answers, its title escaped", async () => {
  const page = await demo({ title: "A <b> & c", inputs: [], outputs: ["text"], fn: () => "" });
  const show = (page as unknown as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")];
  assert.deepEqual(show(), page.bundle());
  const { "text/html": html, "text/plain": text, "application/vnd.atelier.served+json": served } = page.bundle();
  assert.deepEqual(Object.keys(served), ["title"], "no address: a static page goes by this");
  assert.equal(text, `A <b> & c: open ${page.url} while the kernel runs`);
  assert.doesNotMatch(html, /A <b>|<iframe/);
  assert.match(html, /fetch\(settings.url \+ "gradio_api\/app_id"/);
  const { headers } = await fetch(`${page.url}gradio_api/app_id`);
  assert.equal(headers.get("cross-origin-resource-policy"), "cross-origin"); // else a notebook's page may not ask
  await page.close();
});

test("demo() names its inputs as Python and its client can, and the calls that its page shows hold what it takes", async () => {
  const page = await demo({
    inputs: [
      { type: "text", label: "From", value: "it's" },
      { type: "number", label: "2nd number", minimum: 10 },
      { type: "json", label: "API name", value: { deep: [true, null], none: false } },
      { type: "text", label: "From!" },
    ],
    outputs: ["text"],
    fn: (from, number, any) => `${from} ${number} ${JSON.stringify(any)}`,
  });
  try {
    const form = (await (await fetch(`${page.url}form`)).json()) as FormDescription;
    assert.deepEqual(form.inputs.map(({ name }) => name), ["from_", "_2nd_number", "api_name_", "from_2"]); // prettier-ignore
    const html = await (await fetch(`${page.url}api`)).text();
    const [javascript, python, curl] = [...html.matchAll(/<code>([^<]*\n[^<]*)<\/code>/g)].map(([, code]) =>
      code.replace(/&#(\d+);/g, (_, number) => String.fromCharCode(Number(number))),
    );
    assert.match(
      javascript,
      /from_: "it's",\n {2}_2nd_number: 10,\n {2}api_name_: \{"deep":\[true,null\],"none":false\},\n/,
    );
    assert.match(
      python,
      /from_="it's",\n {4}_2nd_number=10,\n {4}api_name_=\{"deep": \[True, None\], "none": False\},\n/,
    );
    assert.match(curl, /-d '\{"data": \["it'\\''s", 10, \{"deep":\[true,null\],"none":false\}, ""\]\}'/);
  } finally {
    await page.close();
  }
});

test("demo() says which of its function's values is wrong, and what is wanted", async () => {
  const told: string[] = [];
  const answer = async (outputs: readonly ("label" | "image" | "table" | "text")[], result: unknown) => {
    const fn = () => result as never;
    const page = await demo({ title: "Wrong", inputs: [], outputs, fn, log: (line) => told.push(line) });
    const { status, error } = await run(page, []).finally(page.close);
    return `${status} ${error}`;
  };
  assert.equal(
    await answer(["table"], 5),
    "500 The function returned number for Table; a list of rows or a table is wanted.",
  );
  assert.equal(
    await answer(["image"], 5),
    "500 The picture has an unknown form; give { levels, width, height }, { rgb, width, height } or the bytes of an image file.",
  );
  assert.equal(await answer(["label"], 5), "500 The function returned number for Label; the name of a class, or a number for each class is wanted."); // prettier-ignore
  assert.equal(await answer(["text", "text"], ["one"]), "500 The function returned a list of 1; a list of 2 values is wanted, one for each output."); // prettier-ignore
  assert.equal(await answer(["text", "text"], "ab"), "500 The function returned string; a list of 2 values is wanted, one for each output."); // prettier-ignore
  assert.equal(told.length, 5);
});

test("demo() bears whatever its function throws, returns or yields, and answers on", async () => {
  const told: string[] = [];
  const circular: unknown[] = [];
  circular.push(circular);
  const throwing = (thrown: unknown) => () => {
    throw thrown;
  };
  const does: Record<string, () => unknown> = {
    bare: throwing(Object.create(null)),
    nothing: throwing(undefined),
    silent: throwing(new Error()),
    later: () => Promise.reject("a word"),
    circular: () => circular,
    large: () => 10n,
    *steps() {
      yield 1;
      yield 2;
    },
    async *none() {},
    async *endless() {
      for (;;) yield 1;
    },
    right: () => 1,
  };
  const page = await demo({
    title: "Whatever",
    inputs: ["text"],
    outputs: ["json"],
    limits: { callTime: 300, requests: 20 },
    log: (line) => void told.push(line),
    fn: (name) => does[name]() as never,
  });
  const call = async (name: string) => {
    const joined = await fetch(`${page.url}gradio_api/call/predict`, { method: "POST", body: `{"data": ["${name}"]}` });
    const { event_id: id } = (await joined.json()) as { event_id: string };
    return (await (await fetch(`${page.url}gradio_api/call/predict/${id}`)).text()).replace(/,"title".+/, "");
  };
  const said = async (name: string) => (await run(page, [name])).error;
  try {
    for (const [name, wanted] of [
      ["bare", /^\[Object: null prototype\] {} was thrown\.$/],
      ["nothing", /^undefined was thrown\.$/],
      ["silent", /^The server failed without a message; its log may say more\.$/],
      ["later", /^'a word' was thrown\.$/],
      ["circular", /^What the function returned cannot be sent as JSON: Converting circular structure/],
      ["large", /^What the function returned cannot be sent as JSON: Do not know how to serialize a BigInt$/],
      ["endless", /^The call took longer than 0\.3 s and was stopped\.$/],
    ] as const) {
      assert.match((await said(name)) ?? "", wanted, name);
      for (let time = 0; time < 3; time++) assert.match(await call(name), /^event: (generating\ndata: \[.+\n\nevent: )*error\ndata: {"error":".+/, name); // prettier-ignore
    }
    assert.match(await call("steps"), /event: complete\ndata: \[2\]\n\n$/);
    assert.equal(await call("none"), "event: complete\ndata: [null]\n\n");
    for (let time = 0; time < 30; time++) assert.equal(await call("right"), "event: complete\ndata: [1]\n\n");
  } finally {
    await page.close();
  }
  assert.ok(told.every((line) => /^Fault: /.test(line)));
});

test("demo() ignores progress that is told when the call is over", async () => {
  let tell = () => {};
  const page = await demo({
    title: "Late",
    inputs: [],
    outputs: ["text"],
    fn({ progress }) {
      tell = () => progress(1, 2, "late");
      return "done";
    },
  });
  try {
    const body = JSON.stringify({ data: [], fn_index: 0, session_hash: "late" });
    await fetch(`${page.url}gradio_api/queue/join`, { method: "POST", body });
    await new Promise((resolve) => setTimeout(resolve, 50));
    tell();
    const events = await (await fetch(`${page.url}gradio_api/queue/data?session_hash=late`)).text();
    assert.deepEqual(events.match(/"msg":"\w+"/g), ["estimation", "process_starts", "process_completed", "close_stream"].map((msg) => `"msg":"${msg}"`)); // prettier-ignore
  } finally {
    await page.close();
  }
});
