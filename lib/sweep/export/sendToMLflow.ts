import { isRecord } from "../../runner/notebook";
import type { ScoredSweep } from "../scoredSweep";
import type { MLflowCall } from "./callMLflow";
import { type FinishedRow, finishedRows } from "./finishedRows";
import { MLflowError } from "./mlflowError";

/** How many rows were sent, and how many were there. */
export interface Sent {
  sent: number;
  kept: number;
}

/** The tag by which a row is found again. */
const ROW_TAG = "atelier.row";

const PAGE = 1000; // runs in an answer of a search
const BATCH = 100; // values in a call: the most parameters or tags that MLflow takes

/**
 * Sends the rows of a sweep that ended well to an MLflow server, into the experiment of the sweep's name. Parameters become
 * params, recorded numbers metrics at step 0, those of curves at the number of their epoch, recorded words tags. A row that is there stays as it is; one whose export
 * broke off is completed.
 *
 * @throws MLflowError where the server cannot be reached or refuses
 */
export async function sendToMLflow(scored: ScoredSweep, call: MLflowCall): Promise<Sent> {
  const rows = finishedRows(scored);
  const experiment = await experimentOf(scored.sweep.name, call);
  const there = await runsThere(experiment, call);
  const missing = rows.filter(({ id }) => !there.get(id)?.isFinished);
  for (const row of missing) {
    const run = there.get(row.id)?.run ?? (await createRun(experiment, row, call));
    for (const batch of batches(row)) await call("runs/log-batch", { run_id: run, ...batch });
    await call("runs/update", { run_id: run, status: "FINISHED", end_time: row.ended });
  }
  return { sent: missing.length, kept: rows.length - missing.length };
}

async function experimentOf(name: string, call: MLflowCall): Promise<string> {
  try {
    const { experiment } = await call("experiments/get-by-name", { experiment_name: name });
    if (isRecord(experiment) && experiment.lifecycle_stage !== "deleted") return String(experiment.experiment_id);
  } catch (error) {
    if (!(error instanceof MLflowError) || error.reason !== "RESOURCE_DOES_NOT_EXIST") throw error;
    return String((await call("experiments/create", { name })).experiment_id);
  }
  throw new MLflowError(`MLflow's experiment "${name}" is deleted there; restore it, or remove it for good`);
}

/** The runs of an experiment by the row they are of. */
async function runsThere(
  experiment: string,
  call: MLflowCall,
): Promise<Map<string, { run: string; isFinished: boolean }>> {
  const there = new Map<string, { run: string; isFinished: boolean }>();
  let token: unknown;
  do {
    const page = token ? { page_token: token } : {};
    const found = await call("runs/search", { experiment_ids: [experiment], max_results: PAGE, ...page });
    for (const { info, data } of (found.runs ?? []) as FoundRun[]) {
      const row = data.tags?.find(({ key }) => key === ROW_TAG)?.value;
      if (row !== undefined && !there.get(row)?.isFinished)
        there.set(row, { run: info.run_id, isFinished: info.status === "FINISHED" });
    }
    token = found.next_page_token;
  } while (token);
  return there;
}

interface FoundRun {
  info: { run_id: string; status: string };
  data: { tags?: { key: string; value: string }[] };
}

async function createRun(experiment: string, { id, title, started }: FinishedRow, call: MLflowCall): Promise<string> {
  const tags = [{ key: ROW_TAG, value: id }];
  const { run } = await call("runs/create", { experiment_id: experiment, run_name: title, start_time: started, tags });
  return (run as FoundRun).info.run_id;
}

/** What a row's calls of `log-batch` hold. */
function batches({ parameters, metrics, curves, ended }: FinishedRow): Record<string, object[]>[] {
  const recorded = Object.entries(metrics).map(([name, value]) => ({ key: keyOf(name), value }));
  const numbers = recorded.filter(({ value }) => typeof value === "number").map((one) => ({ ...one, step: 0 }));
  const epochs = Object.entries(curves).flatMap(([name, values]) =>
    values.map((value, index) => ({ key: keyOf(name), value, step: index + 1 })),
  );
  const words = recorded.filter(({ value }) => typeof value !== "number");
  const params = Object.entries(parameters).map(([name, value]) => ({ key: keyOf(name), value: textOf(value) }));
  return [
    ...inBatches(params).map((batch) => ({ params: batch })),
    ...inBatches([...numbers, ...epochs]).map((batch) => ({
      metrics: batch.map((one) => ({ ...one, timestamp: ended })),
    })),
    ...inBatches(words).map((batch) => ({ tags: batch.map(({ key, value }) => ({ key, value: textOf(value) })) })),
  ];
}

function inBatches<T>(values: T[]): T[][] {
  return Array.from({ length: Math.ceil(values.length / BATCH) }, (_, index) =>
    values.slice(index * BATCH, (index + 1) * BATCH),
  );
}

/** A name in the characters that MLflow takes. */
function keyOf(name: string): string {
  return name.replace(/[^\p{L}\p{N}_\-. /]/gu, "_");
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
