import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { callMLflow } from "../../../lib/sweep/export/callMLflow";
import { sendToMLflow } from "../../../lib/sweep/export/sendToMLflow";
import type { RowResult } from "../../../lib/sweep/rowResult";
import type { ScoredSweep } from "../../../lib/sweep/scoredSweep";
import { rowsOf } from "../samples";
import { type Answer, type Asked, type MLflowServer, startServer } from "./mlflowServer";

const started = Date.UTC(2026, 0, 2);
const rows = rowsOf(3);
const ok = { status: "ok", started, seconds: 2 } as const;
const results: RowResult[] = [
  { ...ok, metrics: { "score (%)": 0.5, kind: "deep", isGood: true } },
  { ...ok, metrics: { "score (%)": 0.75 } },
  { ...ok, status: "failed", metrics: { "score (%)": 1 } },
];
const sweep = { name: "mine", notebook: "n.ipynb", varied: ["seed"], rows };
const scored: ScoredSweep = { sweep, results, metric: "score (%)", isLeastBest: false, ranked: [] };

/** The runs of a small MLflow: it knows what it was sent, in pages of one run. */
let runs: { info: { run_id: string; status: string }; data: { tags?: unknown } }[] = [];
let experiment: { experiment_id: string; lifecycle_stage: string } | undefined;
let broken = "";

const answers: Record<string, (content: Record<string, unknown>) => Answer> = {
  "experiments/get-by-name": () =>
    experiment ? { body: { experiment } } : { status: 404, body: { error_code: "RESOURCE_DOES_NOT_EXIST" } },
  "experiments/create": () => {
    experiment = { experiment_id: "7", lifecycle_stage: "active" };
    return { body: { experiment_id: "7" } };
  },
  "runs/search": ({ page_token = "0" }) => {
    const at = Number(page_token);
    const next = at + 1 < runs.length ? { next_page_token: String(at + 1) } : {};
    return { body: runs.length > 0 ? { runs: [runs[at]], ...next } : {} };
  },
  "runs/create": ({ tags }) => {
    const run = { info: { run_id: `run-${runs.length}`, status: "RUNNING" }, data: { tags } };
    runs.push(run);
    return { body: { run } };
  },
  "runs/log-batch": () => ({ body: {} }),
  "runs/update": ({ run_id, status }) => {
    runs.find(({ info }) => info.run_id === run_id)!.info.status = String(status);
    return { body: {} };
  },
};

const nameOf = ({ method }: Asked) => method.replace(/^\w+ \/api\/2\.0\/mlflow\/|\?.*/g, "");
let server: MLflowServer;
const starting = startServer((asked) => {
  const name = nameOf(asked);
  return name === broken ? { status: 500, body: { error_code: "INTERNAL_ERROR" } } : answers[name](asked.content);
});
after(() => server.close());
beforeEach(async () => {
  server = await starting;
  server.asked.length = 0;
  [runs, experiment, broken] = [[], undefined, ""];
});
const send = () => sendToMLflow(scored, callMLflow(server.url));

test("sendToMLflow() sends the numbers of each epoch at their own step, a hundred in a call", async () => {
  const losses = Array.from({ length: 120 }, (_, epoch) => 1 / (1 + epoch));
  const [first] = results;
  const curved = { ...scored, results: [{ ...first, metrics: { best: 1 }, curves: { loss: losses } }] };
  await sendToMLflow(curved, callMLflow(server.url));
  const batches = server.asked.flatMap(({ content }) => (content.metrics ? [content.metrics as object[]] : []));
  assert.deepEqual(batches.map(({ length }) => length), [100, 21]); // prettier-ignore
  const sent = batches.flat();
  assert.deepEqual(sent[0], { key: "best", value: 1, timestamp: started + 2000, step: 0 });
  assert.deepEqual(sent[120], { key: "epochs/loss", value: 1 / 120, timestamp: started + 2000, step: 120 });
});

test("sendToMLflow() makes an experiment and a finished run for each row that ended well", async () => {
  assert.deepEqual(await send(), { sent: 2, kept: 0 });
  const names = ["runs/create", "runs/log-batch", "runs/log-batch"];
  assert.deepEqual(server.asked.map(nameOf), [
    ...["experiments/get-by-name", "experiments/create", "runs/search"],
    ...[...names, "runs/log-batch", "runs/update", ...names, "runs/update"],
  ]);
  const [, create, search, run, params, metrics, tags, update] = server.asked.map(({ content }) => content);
  assert.deepEqual(create, { name: "mine" });
  assert.deepEqual(search, { experiment_ids: ["7"], max_results: 1000 });
  const tag = { key: "atelier.row", value: "row-1" };
  assert.deepEqual(run, { experiment_id: "7", run_name: "seed=1", start_time: started, tags: [tag] });
  assert.deepEqual(params, { run_id: "run-0", params: [{ key: "seed", value: "1" }] });
  const score = { key: "score ___", value: 0.5, timestamp: started + 2000, step: 0 };
  assert.deepEqual(metrics, { run_id: "run-0", metrics: [score] });
  const words = [
    { key: "kind", value: "deep" },
    { key: "isGood", value: "true" },
  ];
  assert.deepEqual(tags, { run_id: "run-0", tags: words });
  assert.deepEqual(update, { run_id: "run-0", status: "FINISHED", end_time: started + 2000 });
});

test("sendToMLflow() sends no row twice, also where the server answers in pages", async () => {
  await send();
  server.asked.length = 0;
  assert.deepEqual(await send(), { sent: 0, kept: 2 });
  assert.deepEqual(server.asked.map(nameOf), ["experiments/get-by-name", "runs/search", "runs/search"]);
});

test("sendToMLflow() completes the run of an export that broke off", async () => {
  broken = "runs/log-batch";
  await assert.rejects(send(), { code: "ERR_MLFLOW", reason: "INTERNAL_ERROR" });
  broken = "";
  assert.deepEqual(await send(), { sent: 2, kept: 0 });
  assert.deepEqual(
    runs.map(({ info }) => info),
    ["run-0", "run-1"].map((run_id) => ({ run_id, status: "FINISHED" })),
  );
});

test("sendToMLflow() sends many parameters in batches that MLflow takes", async () => {
  const parameters = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`p${index}`, index]));
  const many = { ...scored, sweep: { ...sweep, varied: ["p0"], rows: [{ id: "wide", parameters }] } };
  await sendToMLflow(many, callMLflow(server.url));
  const sizes = server.asked.flatMap(({ content: { params } }) => (Array.isArray(params) ? [params.length] : []));
  assert.deepEqual(sizes, [100, 50]);
});

test("sendToMLflow() refuses an experiment that is deleted on the server", async () => {
  experiment = { experiment_id: "7", lifecycle_stage: "deleted" };
  const message = 'MLflow\'s experiment "mine" is deleted there; restore it, or remove it for good';
  await assert.rejects(send(), { message });
});
