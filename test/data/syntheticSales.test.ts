import assert from "node:assert/strict";
import { test } from "node:test";
import { classNames } from "../../lib/data/classNames";
import { syntheticSales, toDay, weeksAfter } from "../../lib/data/syntheticSales";
import { numpyRandom, seededRandom } from "../../lib/random";
import numpy from "../fixtures/numpy.json";

test("syntheticSales() draws what NumPy draws from the same generator", () => {
  const { seed, category, sales_volume, social_mentions } = numpy.sales;
  const sales = syntheticSales({ random: numpyRandom(seed) });
  assert.deepEqual(
    sales.array("category"),
    category.map((label) => classNames[label]),
  );
  assert.deepEqual(sales.array("sales_volume"), sales_volume);
  assert.deepEqual(sales.array("social_mentions"), social_mentions);
});

test("syntheticSales() gives 100 Sundays from 5 January 2020", () => {
  const dates = syntheticSales().array("date") as Date[];
  assert.equal(dates.length, 100);
  assert.equal(dates[0].toISOString(), "2020-01-05T00:00:00.000Z");
  assert.equal(dates[99].toISOString(), "2021-11-28T00:00:00.000Z");
  assert.ok(dates.every((date) => date.getUTCDay() === 0));
});

test("syntheticSales() stays in its ranges and reaches their ends, in typed columns", () => {
  const sales = syntheticSales({ weeks: 20_000 });
  const ends = (name: string) => [Math.min(...sales.array(name)), Math.max(...sales.array(name))];
  assert.deepEqual(
    [ends("sales_volume"), ends("social_mentions")],
    [
      [100, 999],
      [0, 499],
    ],
  );
  assert.deepEqual(new Set(sales.array("category")), new Set(classNames));
  assert.ok(
    sales.column("sales_volume") instanceof Int32Array && sales.column("social_mentions") instanceof Int32Array,
  );
});

test("syntheticSales() is the same for the same seed alone", () => {
  const rows = (seed: number) => syntheticSales({ random: seededRandom(seed) }).objects();
  assert.deepEqual(rows(42), syntheticSales().objects());
  assert.notDeepEqual(rows(42), rows(43));
});

test("syntheticSales() refuses a number of weeks that is none", () => {
  for (const weeks of [0, -1, 1.5])
    assert.throws(() => syntheticSales({ weeks }), {
      name: "RangeError",
      message: `syntheticSales(): weeks ${weeks} is not an integer of 1 or more`,
    });
});

test("toDay() writes the day in UTC, whatever the hour and the zone", () => {
  assert.equal(toDay(new Date(Date.UTC(2020, 0, 5))), "2020-01-05");
  assert.equal(toDay(new Date("2020-03-01T00:30:00+01:00")), "2020-02-29");
  const days = Array.from(syntheticSales({ weeks: 3 }).array("date") as Date[], toDay);
  assert.deepEqual(days, ["2020-01-05", "2020-01-12", "2020-01-19"]);
});

test("weeksAfter() goes on where syntheticSales() ends, over months, leap days and clock changes", () => {
  const days = Array.from(syntheticSales({ weeks: 104 }).array("date") as Date[], toDay);
  assert.deepEqual(weeksAfter(days[99], 4), days.slice(100));
  assert.deepEqual(weeksAfter(days[0], 103), days.slice(1));
  assert.deepEqual(weeksAfter("2020-02-23", 2), ["2020-03-01", "2020-03-08"]);
  assert.deepEqual(weeksAfter("2020-01-05", 0), []);
  assert.throws(() => weeksAfter("soon", 1), { name: "RangeError", message: "Invalid time value" });
});
