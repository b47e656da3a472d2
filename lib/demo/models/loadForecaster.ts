import { readFileSync } from "node:fs";
import * as path from "node:path";
import { plantedSales } from "../../data/plantedSales";
import { codeVersion, replaceFile } from "../../files";
import { loadModel, saveModel } from "../../vision/store";
import type { ForecasterSource } from "./forecaster";
import type { LoadSettings } from "./loadSettings";
import { readKept } from "./readKept";
import { trainSeasonal } from "./seasonalForecaster";

const ERRORS_FILE = "errors.json";

/** Weeks kept from training: two years. */
const HELD = 104;
const COVERAGE = 0.8;

/** The forecaster of planted sales; it is trained when there is none yet, and kept. */
export async function loadForecaster(settings: LoadSettings): Promise<ForecasterSource> {
  const [epochs, ahead] = settings.quick ? [1, 13] : [20, 52];
  const code = codeVersion(["forecast", "data/plantedSales.ts", "demo/models/seasonalForecaster.ts"]);
  const folder = path.join(settings.folder, `demo-forecaster-epochs-${epochs}-${code}`);
  const errors = path.join(folder, ERRORS_FILE);
  const read = async () => ({ ...JSON.parse(readFileSync(errors, "utf8")), model: await loadModel(folder) });
  const kept = await readKept(errors, read, settings.log);
  if (!kept) await teach(folder, { ...settings, epochs, ahead });
  return kept ?? read();
}

/** The errors are written last: where they are, the network is. */
async function teach(
  folder: string,
  { epochs, ahead, signal, log, onProgress }: LoadSettings & { epochs: number; ahead: number },
): Promise<void> {
  const what = "Training the forecaster";
  log(`${what}, as there is none yet.`);
  const { model, ...rest } = await trainSeasonal(
    plantedSales().series.map(({ sales }) => sales),
    {
      ...{ epochs, ahead, held: HELD, coverage: COVERAGE },
      onEpoch: (epoch) => {
        onProgress({ what, done: epoch, total: epochs });
        if (signal?.aborted) throw new Error("The training of the forecaster was stopped; start again.");
      },
    },
  );
  await saveModel(model, folder);
  replaceFile(path.join(folder, ERRORS_FILE), JSON.stringify({ ...rest, held: HELD, coverage: COVERAGE }));
}
