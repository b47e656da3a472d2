import assert from "node:assert/strict";
import { test } from "node:test";
import { classNames } from "../../lib/data/classNames";
import { plantedSales } from "../../lib/data/plantedSales";
import { seededRandom } from "../../lib/random";

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test("plantedSales() gives six years of Sundays for each class, the same for the same seed", () => {
  const { weeks, series } = plantedSales();
  assert.deepEqual([weeks.length, weeks[0], weeks[1], weeks[311]], [312, "2020-01-05", "2020-01-12", "2025-12-21"]);
  assert.deepEqual(series.map(({ category }) => category), [...classNames]); // prettier-ignore
  assert.ok(series.every(({ sales }) => sales.length === 312 && sales.every((sold) => sold >= 1)));
  assert.deepEqual(plantedSales().series[3].sales, series[3].sales);
  assert.notDeepEqual(plantedSales({ random: seededRandom(1) }).series[3].sales, series[3].sales);
});

test("plantedSales() sells coats in winter and sandals in summer", () => {
  const { series } = plantedSales();
  const monthOf = (category: string) => {
    const { sales } = series.find((one) => one.category === category)!;
    const byWeek = Array.from({ length: 52 }, (_, week) =>
      mean([0, 1, 2, 3, 4].map((year) => sales[year * 52 + week])),
    );
    return Math.floor(byWeek.indexOf(Math.max(...byWeek)) / 4.34);
  };
  assert.ok([9, 10, 11].includes(monthOf("Coat")), `${monthOf("Coat")}`);
  assert.ok([4, 5, 6].includes(monthOf("Sandal")), `${monthOf("Sandal")}`);
});

test("plantedSales() has luck with a memory of three fifths around what it expects", () => {
  const { series } = plantedSales({ weeks: 4000 });
  const luck = series.map(({ sales, expected }) => Array.from(sales, (sold, week) => Math.log(sold / expected[week])));
  const memories = luck.map((values) => {
    const products = values.slice(1).map((value, week) => value * values[week]);
    return mean(products) / mean(values.map((value) => value * value));
  });
  assert.ok(Math.abs(mean(memories) - 0.6) < 0.03, `${mean(memories)}`);
  assert.ok(Math.abs(mean(luck.flat())) < 0.02);
  assert.throws(() => plantedSales({ weeks: 0 }), /plantedSales\(\): weeks 0 is not an integer of 1 or more/);
});
