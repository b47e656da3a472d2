import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { LoadProgress } from "../../../lib/demo/models/loadSettings";
import { loadServices } from "../../../lib/demo/models/loadServices";

const folder = mkdtempSync(join(tmpdir(), "atelier-demo-"));
after(() => rmSync(folder, { recursive: true }));

test("loadServices() trains what is missing, tells how far it is, keeps it, and finds it again", async () => {
  const [lines, told, again]: string[][] = [[], [], []];
  const first = await loadServices({
    ...{ folder, quick: true, log: (line) => lines.push(line) },
    onProgress: ({ what, done, total }) => told.push(`${what} ${done}/${total}`),
  });
  assert.ok(lines.some((line) => line.startsWith("Training the classifier, as there is none in ")));
  assert.deepEqual(told.slice(0, 2), ["Training the classifier 1/20", "Training the classifier 2/20"]);
  assert.deepEqual(told.slice(-2), ["Training the recommender 3/3", "Training the forecaster 1/1"]);
  const kept = readdirSync(folder);
  assert.equal(kept.length, 3, String(kept));

  const second = await loadServices({
    folder,
    quick: true,
    log: (line) => again.push(line),
    onProgress: () => assert.fail("trains"),
  });
  assert.ok(again.every((line) => !line.startsWith("Training")));
  assert.deepEqual(second.shop.recommend("7", 5), first.shop.recommend("7", 5));
  assert.deepEqual(second.forecaster.forecast("Bag", 6), first.forecaster.forecast("Bag", 6));
  const { examples, names } = first.classifier;
  assert.deepEqual([examples.length, names.length], [20, 10]);
  assert.deepEqual(examples.map(({ label }) => label), [...Array(20).keys()].map((place) => place % 10)); // prettier-ignore
  const images = Float32Array.from(
    examples.flatMap(({ pixels }) => [...pixels]),
    (pixel) => pixel / 255,
  );
  const probabilities = await first.classifier.classify(images);
  assert.deepEqual(await second.classifier.classify(images), probabilities);
  assert.equal(probabilities.length, 200);
  assert.ok(Math.abs(probabilities.subarray(0, 10).reduce((sum, value) => sum + value) - 1) < 1e-5);
});

test("loadServices() makes anew what is kept and cannot be read, and says so", async () => {
  const files: Record<string, string> = { network: "model.json", forecaster: "errors.json", shop: "" };
  for (const name of readdirSync(folder).filter((kept) => kept.startsWith("demo-")))
    writeFileSync(join(folder, name, files[name.split("-")[1]]), "{");
  const lines: string[] = [];
  const load = () => loadServices({ folder, quick: true, log: (line) => lines.push(line) });
  await load();
  const passedOver = lines.filter((line) => line.startsWith("What is kept in "));
  assert.deepEqual(passedOver.map((line) => /demo-(network|shop|forecaster)-.* cannot be read and is passed over: \S/.exec(line)?.[1]), ["network", "shop", "forecaster"]); // prettier-ignore
  lines.length = 0;
  await load();
  assert.deepEqual(lines.filter((line) => !line.startsWith("TensorFlow.js")), []); // prettier-ignore
});

test("loadServices() ends with its signal, and keeps nothing half trained", async () => {
  const own = join(folder, "stopped");
  const stoppedIn = async (training: string) => {
    const stop = new AbortController();
    const onProgress = ({ what }: LoadProgress) => what === training && stop.abort("SIGINT");
    await loadServices({ ...{ folder: own, quick: true, log: () => {} }, signal: stop.signal, onProgress });
  };
  const kept = () => (existsSync(own) ? readdirSync(own).map((name) => name.split("-")[1]) : []);
  await assert.rejects(stoppedIn("Training the classifier"), {
    message: "The training of the classifier was stopped; start again to go on with it.",
  });
  assert.deepEqual(kept(), []);
  await assert.rejects(stoppedIn("Training the recommender"), {
    message: "The training of the recommender was stopped; start again.",
  });
  assert.deepEqual(kept(), ["network"]);
  await assert.rejects(stoppedIn("Training the forecaster"), {
    message: "The training of the forecaster was stopped; start again.",
  });
  assert.deepEqual(kept(), ["network", "shop"]);
});
