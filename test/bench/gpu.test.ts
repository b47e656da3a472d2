import assert from "node:assert/strict";
import { test } from "node:test";
import { formatLessons, trainingRate } from "../../bench/gpu/lessons";
import { code, notebookOf } from "../runner/samples";

const printing = (text: string, duration: number) => ({
  ...code("await train(model)"),
  outputs: [{ output_type: "stream" as const, name: "stdout" as const, text }],
  metadata: { papermill: { duration } },
});

test("trainingRate() counts the images of all epochs, in the first cell that trains", () => {
  const epochs = "Epoch 1/2  100/100 - 8s - 80ms/step - loss: 1\nEpoch 2/2  100/100 - 2s - 20ms/step - loss: 1\n";
  const notebook = notebookOf(printing("3200 pictures\n", 5), printing(epochs, 10), printing(epochs, 1));
  assert.equal(trainingRate(notebook), 640);
  assert.equal(trainingRate(notebookOf(printing("Epoch 1/2  70/100 - 8s", 5))), null); // it was broken off
});

test("formatLessons() says what each lesson came to on each backend", () => {
  const row = { lesson: "02-net", backend: "webgpu", status: "ok", seconds: 61, imagesPerSecond: 4567.8, numbers: { testAccuracy: 0.9 } }; // prettier-ignore
  const [head, , first, second] = formatLessons([row, { ...row, status: "failed", imagesPerSecond: null, numbers: {} }]).split("\n"); // prettier-ignore
  assert.match(head, /^lesson +backend +status +images a second +time +numbers/);
  assert.match(first, /^02-net +webgpu +ok +4568 +1 min 01 s +testAccuracy 0\.9/);
  assert.match(second, /^02-net +webgpu +failed +- +1 min 01 s/);
});
