import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { useBackend } from "../../lib/compute/useBackend";
import { trainingFacts } from "../../lib/runner/trainingFacts";
import { buildCnn } from "../../lib/vision/cnn";
import { compile } from "../../lib/vision/compile";
import { train } from "../../lib/vision/train";
import { code, notebookOf } from "./samples";

const checkpoints = mkdtempSync(join(tmpdir(), "atelier-test-"));
after(() => rmSync(checkpoints, { recursive: true }));

test("trainingFacts() reads the backend and the epochs that were not trained off what the library prints", async () => {
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const { name } = await useBackend({ log });
  const examples = { images: new Float32Array(4 * 784), labels: Uint8Array.of(0, 1, 2, 3) };
  const options = { batchSize: 4, checkpoints, log, onEpoch: () => {} };
  for (const epochs of [2, 2, 1]) await train(compile(buildCnn({ seed: 1 })), examples, { ...options, epochs });
  const told = (text: string) =>
    trainingFacts(notebookOf({ ...code(""), outputs: [{ output_type: "stream", name: "stdout", text }] }));
  assert.deepEqual(told(lines.join("\n")), { backend: name, reusedEpochs: 3 });
  assert.deepEqual(trainingFacts(notebookOf(code("1"))), { reusedEpochs: 0 });
});
