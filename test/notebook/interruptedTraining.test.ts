import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type LiveKernel, startLiveKernel, until } from "../kernel/liveKernel";

let kernel: LiveKernel;
before(async () => {
  kernel = await startLiveKernel();
});
after(() => kernel.end());

test("a training in a cell is drawn while it runs; Interrupt ends it, keeps its best epoch, and the lesson goes on", async () => {
  const prepared = await kernel.run(`import { useBackend } from "./lib/compute/useBackend";
import { liveTraining } from "./lib/notebook/liveTraining";
import { buildSixLayerCnn } from "./lib/vision/cnn";
import { compile } from "./lib/vision/compile";
import { train } from "./lib/vision/train";
await useBackend({ log: () => {} });
const examples = { images: new Float32Array(64 * 784).fill(0.5), labels: new Uint8Array(64).fill(3) };
const settings = { epochs: 100_000, checkpoints: false, validation: examples } as const;
const model = compile(buildSixLayerCnn());`);
  assert.equal(prepared.content.status, "ok", JSON.stringify(prepared.of("error")));
  const code = "const history = await train(model, examples, { ...settings, ...liveTraining() });";
  let said = "";
  const drawn: { type: string; text: string; id: string }[] = [];
  const { reply, idle } = kernel.client.request("shell", "execute_request", { code }, ({ header, content }) => {
    if (header.msg_type === "stream") said += String(content.text);
    if (!/display_data$/.test(header.msg_type)) return;
    const { data, transient } = content as { data: Record<string, string>; transient: { display_id: string } };
    drawn.push({ type: header.msg_type, text: data["text/plain"], id: transient.display_id });
  });
  await until(() => said.includes("Epoch 2/") && drawn.length > 1, 60);
  await kernel.ask("interrupt_request", {}, "control");
  const [{ content }] = await Promise.all([reply, idle]);
  assert.equal(content.status, "ok");
  assert.match(said, /Training was stopped; the weights kept are those of epoch \d+, the best by validation loss/);
  assert.match(
    said,
    /^Epoch 1\/100000 {2}2\/2 - \d+s - \S+\/step - accuracy: \S+ - loss: \S+ - val_accuracy: \S+ - val_loss: \S+$/m,
  );
  assert.deepEqual(
    drawn.map(({ type }) => type),
    ["display_data", ...new Array(drawn.length - 1).fill("update_display_data")],
  );
  assert.equal(new Set(drawn.map(({ id }) => id)).size, 1);
  assert.match(
    drawn.at(-1)?.text ?? "",
    /^Training: stopped after \d+ of 100000 epochs in .*; the weights of epoch \d+ are kept$/,
  );
  const later = await kernel.run("[history.stopped, history.keptEpoch! <= history.loss.length]");
  assert.equal(later.of("execute_result")[0].data["text/plain"], "[ true, true ]");
});
