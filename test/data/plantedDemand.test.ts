import assert from "node:assert/strict";
import { test } from "node:test";
import { MENTIONS_LEAD, plantedDemand } from "../../lib/data/plantedDemand";
import { seededRandom } from "../../lib/random";

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function correlation(a: number[], b: number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = (x: number[], mx: number, y: number[], my: number) => mean(x.map((v, i) => (v - mx) * (y[i] - my)));
  return product(a, meanA, b, meanB) / Math.sqrt(product(a, meanA, a, meanA) * product(b, meanB, b, meanB));
}

test("plantedDemand() gives six years of Sundays, the same for the same seed", () => {
  const { dates, values, mentions, promotions, period } = plantedDemand();
  assert.deepEqual([dates.length, dates[0], dates[311], period], [312, "2020-01-05", "2025-12-21", 52]);
  assert.ok([values, mentions, promotions].every(({ length }) => length === 312));
  assert.ok(values.every((sold) => Number.isInteger(sold) && sold >= 1));
  assert.deepEqual(plantedDemand().values, values);
  assert.notDeepEqual(plantedDemand({ random: seededRandom(1) }).values, values);
  assert.throws(() => plantedDemand({ weeks: 0 }), /plantedDemand\(\): weeks 0 is not an integer of 1 or more/);
});

test("plantedDemand() has what was planted: growth, a season, promotions, and luck with a memory", () => {
  const { values, expected, promotions } = plantedDemand({ weeks: 5200 });
  assert.ok(Math.abs(mean([...promotions]) - 0.1) < 0.02);
  const luck = Array.from(values, (sold, week) => Math.log(sold / expected[week]));
  assert.ok(Math.abs(mean(luck)) < 0.01);
  assert.ok(Math.abs(correlation(luck.slice(1), luck.slice(0, -1)) - 0.5) < 0.05);
  const six = plantedDemand();
  const logs = Array.from(six.expected, Math.log);
  const promoted = logs.filter((_, week) => six.promotions[week] === 1);
  const others = logs.filter((_, week) => six.promotions[week] === 0);
  assert.ok(Math.abs(mean(promoted) - mean(others) - 0.45) < 0.15);
  assert.ok(mean(logs.slice(260)) - mean(logs.slice(0, 52)) > 0.25);
});

test("plantedDemand() has mentions that lead sales by two weeks", () => {
  const { values, expected, mentions, promotions } = plantedDemand({ weeks: 3000 });
  const growth = 0.08 / (365.25 / 7);
  const season = (week: number) => 0.35 * Math.cos((2 * Math.PI * (week - 48)) / (365.25 / 7));
  const rest = Array.from(
    values,
    (sold, week) => Math.log(sold) - growth * week - season(week) - 0.45 * promotions[week],
  );
  const buzz = Array.from(mentions, Math.log);
  const lagged = (lead: number) => correlation(rest.slice(lead), buzz.slice(0, buzz.length - lead));
  const leads = [0, 1, 2, 3, 4].map(lagged);
  assert.equal(leads.indexOf(Math.max(...leads)), MENTIONS_LEAD, leads.join(", "));
  assert.equal(expected.length, values.length);
});
