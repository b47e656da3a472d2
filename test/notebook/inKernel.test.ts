import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { type Kernel, startKernel } from "../../lib/runner/startKernel";

let kernel: Kernel | undefined;
after(() => kernel?.shutdown());

/** The outputs of a cell as the real kernel sends them: text as text, displays as their data. */
async function outputsOf(code: string): Promise<unknown[]> {
  kernel ??= await startKernel(join(__dirname, "../../notebooks"));
  const outputs: unknown[] = [];
  const { status } = await kernel.execute(code, ({ header, content }) => {
    if (header.msg_type === "stream") outputs.push(content.text);
    if (/display_data$|^execute_result$/.test(header.msg_type)) outputs.push(content.data);
  });
  assert.equal(status, "ok", JSON.stringify(outputs));
  return outputs;
}

test("show() as the last expression of a cell gives the four forms and no text", async () => {
  const [bundle, ...rest] = await outputsOf(`import { show } from "./lib/notebook/show";
import { probabilityBars } from "./lib/chart/probabilityBars";
show(probabilityBars([0.2, 0.8], ["Coat", "Bag"]))`);
  assert.deepEqual(rest, []);
  assert.equal(Object.keys(bundle as object).length, 4);
  assert.equal(typeof (bundle as Record<string, unknown>)["application/vnd.plotly.v1+json"], "object");
});

test("record(), table() and liveTraining() show in cells", async () => {
  const outputs = await outputsOf(`import { record } from "./lib/notebook/record";
import { table } from "./lib/notebook/table";
import { liveTraining } from "./lib/notebook/liveTraining";
record("answer", 42);
table([{ a: 1 }]);
const live = liveTraining();
const info = { epoch: 1, epochs: 1, batch: 1, batches: 1, loss: 1, accuracy: 0.5, msPerStep: 2 };
live.onBatch(info);
live.onEpoch(info);`);
  assert.deepEqual(outputs[0], {
    "application/vnd.atelier.record+json": { name: "answer", value: 42 },
    "text/plain": "answer = 42",
  });
  assert.deepEqual(outputs.slice(1).map((output) => (typeof output === "string" ? "text" : "display")), [
    "display",
    "display",
    "text",
    "display",
  ]); // prettier-ignore
});

test("the last expression of a cell shows itself, though the cell imports nothing of ours", async () => {
  const formsOf = async (code: string) => Object.keys((await outputsOf(code))[0] as object).sort();
  assert.deepEqual(await formsOf("Float32Array.of(1, 2)"), ["text/html", "text/plain"]);
  assert.deepEqual(await formsOf('import { table } from "arquero"; table({ a: [1] })'), [
    "application/vnd.dataresource+json",
    "text/html",
    "text/plain",
  ]);
  assert.deepEqual(
    await outputsOf(
      'import * as tf from "@tensorflow/tfjs-core"; const display: symbol = Symbol.for("Jupyter.display"); [tf.Tensor.prototype, table({ a: [1] }), Uint8Array.of(1)].map((value) => typeof (value as any)[display])',
    ),
    [{ "text/plain": "[ 'function', 'function', 'function' ]" }],
  );
});

test("show() shows in the middle of a cell what the last line would show", async () => {
  const outputs = await outputsOf(`import { show } from "./lib/notebook/show";
show({ images: new Uint8Array(784), labels: Uint8Array.of(3) });
show("<svg xmlns='http://www.w3.org/2000/svg'></svg>");
show(Uint8Array.of(1, 2));
show({ a: 1 });
const end: number = 1;`);
  assert.deepEqual(outputs.map((data) => Object.keys(data as object).length), [4, 2, 2, 1]); // prettier-ignore
});
