import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type LiveKernel, startLiveKernel, until } from "../kernel/liveKernel";

let kernel: LiveKernel;
before(async () => {
  kernel = await startLiveKernel();
  const prepared = await kernel.run(`import * as tf from "@tensorflow/tfjs";
import { useBackend } from "./lib/compute/useBackend";
import { liveCallback } from "./lib/notebook/liveCallback";
await useBackend({ log: () => {} });
const x = tf.ones([256, 8]);
const y = tf.ones([256, 1]);
const net = tf.sequential();
net.add(tf.layers.dense({ units: 4, activation: "relu", inputShape: [8] }));
net.add(tf.layers.dense({ units: 1 }));
net.compile({ loss: "meanSquaredError", optimizer: "adam", metrics: ["mae"] });`);
  assert.equal(prepared.content.status, "ok", JSON.stringify(prepared.of("error")));
});
after(() => kernel.end());

/** What a cell shows and prints by now, and its end. */
function follow(code: string) {
  const seen = { said: "", drawn: [] as { type: string; forms: string[]; text: string; id: string }[] };
  const { reply, idle } = kernel.client.request("shell", "execute_request", { code }, ({ header, content }) => {
    if (header.msg_type === "stream") seen.said += String(content.text);
    if (!/display_data$/.test(header.msg_type)) return;
    const { data, transient } = content as { data: Record<string, string>; transient: { display_id: string } };
    const forms = Object.keys(data).sort();
    seen.drawn.push({ type: header.msg_type, forms, text: data["text/plain"], id: transient.display_id });
  });
  const ended = Promise.all([reply, idle]).then(([{ content }]) => content);
  return { seen, ended };
}

test("model.fit in a cell is drawn in one display and ends as a figure", async () => {
  const { seen, ended } = follow(
    "const told = await net.fit(x, y, { epochs: 2, validationSplit: 0.5, callbacks: liveCallback({ label: 'My net' }) });",
  );
  assert.equal((await ended).status, "ok");
  assert.match(seen.said, /^Epoch 1\/2 {2}4\/4 - 0s - \S+\/step - loss: \S+ - mae: \S+ - val_loss: \S+ - val_mae: \S+$/m); // prettier-ignore
  assert.equal(seen.said.trimEnd().split("\n").length, 2);
  assert.equal(new Set(seen.drawn.map(({ id }) => id)).size, 1);
  assert.deepEqual(seen.drawn.at(-1)?.forms, ["application/vnd.atelier.record+json", "application/vnd.plotly.v1+json", "image/svg+xml", "text/html", "text/plain"]); // prettier-ignore
  assert.match(seen.drawn.at(-1)?.text ?? "", /^My net: 2 of 2 epochs in /);
});

test("model.fit in a cell is drawn while it runs; Interrupt ends it, and the lesson goes on", async () => {
  const { seen, ended } = follow(
    "const cut = await net.fit(x, y, { epochs: 100_000, callbacks: [liveCallback(), tf.callbacks.earlyStopping({ monitor: 'loss', patience: 1e9 })] });",
  );
  await until(() => seen.said.includes("Epoch 2/") && seen.drawn.length > 2, 60);
  await kernel.ask("interrupt_request", {}, "control");
  assert.equal((await ended).status, "ok");
  assert.match(seen.said, /\nTraining was stopped; the weights kept are those of the last step\.\n$/);
  assert.deepEqual(
    seen.drawn.map(({ type }) => type),
    ["display_data", ...new Array(seen.drawn.length - 1).fill("update_display_data")],
  );
  assert.match(seen.drawn.at(-1)?.text ?? "", /^Training: stopped after \d+ of 100000 epochs in .* s; the weights of the last step are kept$/); // prettier-ignore
  const later = await kernel.run("[cut.epoch.length > 1, net.predict(x).dataSync()[0] > -1e9]".replace("net.predict(x)", "(net.predict(x) as tf.Tensor)")); // prettier-ignore
  assert.equal(later.of("execute_result")[0].data["text/plain"], "[ true, true ]");
});

test("after a fit that throws, Interrupt breaks off an endless loop at once, as nobody listens any more", async () => {
  const thrown = await kernel.run(
    "await net.fit(x, y, { callbacks: [liveCallback(), new tf.CustomCallback({ onBatchEnd: () => { throw new Error('no paper') } })] });",
  );
  assert.equal(thrown.content.evalue, "no paper");
  assert.match(thrown.of("update_display_data").at(-1)?.data["text/plain"] ?? "", /^Training: broken off after 0 of 1 epochs/); // prettier-ignore
  const { ended } = follow("while (true) {}");
  await new Promise((resolve) => setTimeout(resolve, 300));
  const start = performance.now();
  await kernel.ask("interrupt_request", {}, "control");
  assert.equal((await ended).status, "error");
  assert.ok(performance.now() - start < 2500);
});
