import assert from "node:assert/strict";
import { test } from "node:test";
import sharp from "sharp";
import type { Classification, ExplainedClassification, Recommendations, SimilarItems } from "../../lib/demo/api";
import { type AppOptions, buildApp } from "../../lib/demo/app";
import { type Heard, plantedServices } from "./plantedServices";

const page = {
  html: "<h1>page</h1>",
  files: new Map([["/assets/page.js", { type: "text/javascript", body: "go()" }]]),
};

const newApp = (options: Partial<AppOptions> = {}, services = plantedServices()) => {
  const app = buildApp(services, { page, ...options });
  return (path: string, init: RequestInit = {}) =>
    app.fetch(
      new Request(`http://localhost${path}`, { ...init, headers: { host: "localhost", ...(init.headers as object) } }),
    );
};

const ask = newApp();

const refusal = async (answer: Promise<Response> | Response) => {
  const response = await answer;
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  return [response.status, error.code, error.message];
};

/** A grey square of one level, on a dark ground of the same form. */
const picture = (format: "png" | "jpeg" | "webp" | "gif") =>
  sharp({ create: { width: 28, height: 28, channels: 3, background: "#000" } })
    .composite([{ input: { create: { width: 14, height: 28, channels: 3, background: "#fff" } }, left: 7, top: 0 }])
    .toFormat(format)
    .toBuffer();

const classify = async (body: BodyInit, headers: Record<string, string> = {}) =>
  (await (await ask("/api/classify?steps=true", { method: "POST", body, headers })).json()) as ExplainedClassification;

test("/api/classify takes a picture as a body, a form's field and JSON, in four formats", async () => {
  const answers: ExplainedClassification[] = [];
  for (const format of ["png", "jpeg", "webp", "gif"] as const)
    answers.push(await classify(await picture(format), { "content-type": `image/${format}` }));
  const file = await picture("png");
  const form = new FormData();
  form.set("image", new Blob([file]), "a.png");
  answers.push(await classify(form));
  const image = `data:image/png;base64,${file.toString("base64")}`;
  answers.push(await classify(JSON.stringify({ image }), { "content-type": "application/json" }));
  for (const { label, confidences, picture: seen, steps, milliseconds } of answers) {
    assert.equal(label, confidences[0].label);
    assert.deepEqual(confidences.map(({ confidence }) => Number(confidence.toFixed(1))), [0.5, 0.5]); // prettier-ignore
    assert.match(seen, /^data:image\/png;base64,iVBOR/);
    assert.deepEqual(steps.map(({ name }) => name), ["Grey", "Not inverted"]); // prettier-ignore
    assert.ok(milliseconds > 0);
  }
});

test("/api/classify?example= classifies a picture of the test set as it is; /api/examples lists them", async () => {
  const examples = (await (await ask("/api/examples")).json()) as { id: number; label: string }[];
  assert.deepEqual(examples.map(({ id, label }) => [id, label]), [[0, "empty"], [1, "full"]]); // prettier-ignore
  const answer = (await (await ask("/api/classify?example=1", { method: "POST" })).json()) as Classification;
  assert.equal(answer.label, "full");
  assert.deepEqual(answer.confidences.map(({ confidence }) => confidence.toFixed(2)), ["0.80", "0.20"]); // prettier-ignore
  assert.deepEqual(Object.keys(answer), ["label", "confidences", "milliseconds"]);
  const explained = await (await ask("/api/classify?example=1&steps=true", { method: "POST" })).json();
  assert.deepEqual((explained as ExplainedClassification).steps, []);
  const wrong = await refusal(ask("/api/classify?example=1&steps=maybe", { method: "POST" }));
  assert.deepEqual(wrong, [400, "wrong_value", '"steps" is "maybe"; it must be true or false.']);
});

test("/api/classify answers pictures that come together by one call of the model", async () => {
  const heard: Heard = { batches: [] };
  const askHeard = newApp({}, plantedServices({ heard, delay: 20 }));
  const one = () => askHeard("/api/classify?example=1", { method: "POST" });
  const answers = await Promise.all(Array.from({ length: 20 }, one));
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
  assert.equal(heard.batches.reduce((sum, count) => sum + count, 0), 20); // prettier-ignore
  assert.ok(heard.batches.length <= 3, heard.batches.join());
});

test("/api/classify refuses with 503 and a time when too many wait, and a call that takes too long with 504", async () => {
  const askBusy = newApp({ limits: { waiting: 2 } }, plantedServices({ delay: 50 }));
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => askBusy("/api/classify?example=1", { method: "POST" })),
  );
  const refused = answers.filter(({ status }) => status === 503);
  assert.equal(refused.length, 6); // 32 run, 2 wait
  assert.equal(refused[0].headers.get("retry-after"), "1");
  assert.deepEqual(await refusal(refused[0]), [503, "queue_full", "The queue is full: 2 calls are waiting. Try again in 1 s."]); // prettier-ignore
  const askSlow = newApp({ limits: { callTime: 10 } }, plantedServices({ delay: 200 }));
  const slow = [504, "time_limit", "The call took longer than 0.01 s and was stopped."];
  assert.deepEqual(await refusal(askSlow("/api/classify?example=1", { method: "POST" })), slow);
});

test("/api/recommend knows users and newcomers, /api/similar items, and each refuses what it does not know", async () => {
  const known = (await (await ask("/api/recommend?user=1&count=1")).json()) as Recommendations;
  assert.deepEqual([known.user, known.history[0].title, known.items.map(({ title }) => title)], ["1", "Bag 1", ["Bag 2"]]); // prettier-ignore
  assert.deepEqual(known.items[0].reasons, [{ name: "liked by everybody", value: 1 }]);
  const post = (body: object) => ask("/api/recommend", { method: "POST", body: JSON.stringify(body) });
  const fresh = (await (await post({ liked: [1] })).json()) as Recommendations;
  assert.deepEqual([fresh.user, fresh.history[0].id, fresh.items.map(({ id }) => id)], [undefined, 1, [0, 2]]);
  const similar = (await (await ask("/api/similar?item=2&count=1")).json()) as SimilarItems;
  assert.deepEqual([similar.item.id, similar.items.map(({ id }) => id)], [2, [0]]);

  const noUser = 'There is no user "nobody". The user ids run from 0 to 1.';
  assert.deepEqual(await refusal(ask("/api/recommend?user=nobody")), [404, "unknown_user", noUser]);
  assert.deepEqual(await refusal(ask("/api/recommend")), [400, "no_user", "No user was named; add ?user=0."]);
  assert.deepEqual(await refusal(post({ liked: [7] })), [404, "unknown_item", "There is no item 7. The items run from 0 to 2."]); // prettier-ignore
  assert.deepEqual(await refusal(post({ liked: "all" })), [400, "wrong_value", '"liked" must be a list of item ids, 100 at most.']); // prettier-ignore
  assert.deepEqual(await refusal(ask("/api/similar")), [400, "wrong_value", '"item" is missing; it must be a whole number.']); // prettier-ignore
  assert.deepEqual(await refusal(ask("/api/recommend?user=1&count=0")), [400, "wrong_value", '"count" is 0; it must be a whole number from 1 to 100.']); // prettier-ignore
});

test("/api/forecast gives an outlook, /api/categories what there is", async () => {
  const outlook = (await (await ask("/api/forecast?category=Bag&horizon=2")).json()) as { forecast: unknown[] };
  assert.deepEqual(outlook.forecast[1], { week: "2026-01-11", sales: 11, low: 10, high: 12 });
  assert.deepEqual(await (await ask("/api/categories")).json(), { categories: ["Coat", "Bag"], longest: 52 });
  const [status, code] = await refusal(ask("/api/forecast?category=Hat&horizon=2"));
  assert.deepEqual([status, code], [404, "no_forecast"]);
});

test("buildApp() serves its page and nothing else, and tells a fault without its stack", async () => {
  assert.equal(await (await ask("/")).text(), page.html);
  const script = await ask("/assets/page.js");
  assert.deepEqual([script.headers.get("content-type"), await script.text()], ["text/javascript", "go()"]);
  for (const path of ["/assets/../../package.json", "/package.json", "/assets/%2e%2e/page.js", "/api/unknown"])
    assert.equal((await ask(path)).status, 404, path);
  assert.deepEqual(await refusal(ask("/etc/passwd")), [404, "not_found", "There is no /etc/passwd here."]);
  const services = plantedServices();
  services.forecaster.forecast = () => {
    throw new Error("the model is gone");
  };
  const told: string[] = [];
  const askFaulty = newApp({ log: (line) => told.push(line) }, services);
  assert.deepEqual(await refusal(askFaulty("/api/forecast")), [500, "fault", "the model is gone"]);
  assert.match(told.join(), /^Fault: Error: the model is gone\n +at /);
});
