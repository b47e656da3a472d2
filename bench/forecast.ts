import { readArguments } from "../lib/commands/usage";
import { useBackend } from "../lib/compute/useBackend";
import { loadSales } from "../lib/data/own/loadSales";
import { plantedDemand } from "../lib/data/plantedDemand";
import type { SalesSeries } from "../lib/data/salesSeries";
import { classicalMethods, usualMethod } from "../lib/forecast/classicalMethods";
import { linearMethod } from "../lib/forecast/linearMethod";
import { lstmMethod } from "../lib/forecast/lstmMethod";
import { scoreTrials, type ForecastScores } from "../lib/forecast/scoreTrials";
import { walkForward, type FitMethod, type WalkOptions } from "../lib/forecast/walkForward";
import { seededRandom } from "../lib/random";
import { readSeeds, wholeNumber } from "./options";
import { meanAndRange } from "./statistics";

const HELP = `Usage: npm run bench -- forecast [--seeds 42,43,44] [--file sales.csv] [--test 104] [--every 1]

  The methods of lesson 4, walked forward over the last weeks: MASE, RMSSE and sMAPE; of the networks mean and range over
  the seeds. Without a file the lesson's made-up sales of eight years.`;

const OPTIONS = {
  seeds: { type: "string", default: "42,43,44" },
  file: { type: "string" },
  test: { type: "string", default: "104" },
  every: { type: "string", default: "1" },
} as const;

/** `npm run bench -- forecast`: the forecasts of lesson 4 over several seeds. */
export async function benchForecast(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const seeds = readSeeds(values.seeds);
  const [test, every] = [wholeNumber("test", values.test, 99_999), wholeNumber("every", values.every, 999)];
  await useBackend();
  const sales = values.file ? await loadSales(values.file) : plantedDemand({ weeks: 416, random: seededRandom(42) });
  const walk = { from: sales.values.length - test, ahead: 4, every, refit: 13 };
  console.log(`${sales.values.length} weeks, the last ${test} for the test`);
  for (const [name, fits] of Object.entries(methodsOf(sales, walk.from, seeds))) await score(name, fits, sales, walk);
  return 0;
}

/** Each method, as often as it is worth fitting. */
function methodsOf(sales: SalesSeries, from: number, seeds: number[]): Record<string, FitMethod[]> {
  const networks = (kind: "direct" | "iterated") => seeds.map((seed) => lstmMethod({ kind, seed }));
  const classical = Object.entries(classicalMethods(sales.period, from)).map(([name, fit]) => [name, [fit]] as const);
  return {
    ...Object.fromEntries(classical),
    regression: [usualMethod()],
    linear: [linearMethod()],
    "LSTM, direct": networks("direct"),
    "LSTM, iterated": networks("iterated"),
  };
}

async function score(name: string, fits: FitMethod[], sales: SalesSeries, walk: WalkOptions): Promise<void> {
  const scores: ForecastScores[] = [];
  for (const fit of fits) scores.push(scoreTrials(await walkForward(sales, fit, walk)));
  const columns = (["MASE", "RMSSE", "sMAPE"] as const).map((key) => {
    const own = scores.map((row) => row[key]);
    return `${key} ${own.length > 1 ? meanAndRange(own, 3) : own[0].toFixed(3)}`;
  });
  console.log(`${name}: ${columns.join("; ")}`);
}
