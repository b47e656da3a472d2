import assert from "node:assert/strict";
import { test } from "node:test";
import { forecastInterval } from "../../lib/chart/forecastInterval";
import type { ScatterTrace } from "../../lib/chart/figure";
import { salesHistory } from "../../lib/chart/salesHistory";
import { toSVG } from "../../lib/chart/toSVG";
import { sundays } from "./samples";

const dates = sundays(3).map((date) => date.slice(0, 10));
const columns = { dates, actual: [10, 30, 5], forecast: [12, 14, 13], low: [8, 9, 9], high: [15, 17, 16] };

test("forecastInterval() draws the interval as one filled shape, and marks what lies outside", () => {
  const { data, layout } = forecastInterval(columns, { title: "Coats", interval: "80 % interval" });
  const [band, , , outside] = data as ScatterTrace[];
  assert.deepEqual(
    data.map(({ name }) => name),
    ["80 % interval", "Forecast", "Sold", "Outside"],
  );
  assert.deepEqual(band.x, [...dates, ...[...dates].reverse()]);
  assert.deepEqual([band.y, band.fill], [[8, 9, 9, 16, 17, 15], "toself"]); // prettier-ignore
  assert.deepEqual([outside.x, outside.y], [dates.slice(1), [30, 5]]); // prettier-ignore
  assert.equal(layout.title?.text, "Coats");
  assert.match(toSVG(forecastInterval(columns)), /<path [^>]*fill="rgba\(31, 128, 192, 0\.2\)"/);
});

test("forecastInterval() refuses columns of unequal length", () => {
  assert.throws(() => forecastInterval({ ...columns, low: [1] }), {
    name: "TypeError",
    message: "interval: 1 values for 3 dates; give one value for each date",
  });
});

test("salesHistory() marks promotions on the line of sales, and only these", () => {
  const figure = salesHistory({ dates, sales: [10, 30, 5], mentions: [1, 2, 3], promotions: [0, 1, 0] });
  const marks = figure.data[2] as ScatterTrace;
  assert.deepEqual([marks.name, marks.mode, marks.x, marks.y], ["Promotion", "markers", [dates[1]], [30]]); // prettier-ignore
  assert.equal(salesHistory({ dates, sales: [1, 2, 3], mentions: [1, 2, 3] }).data.length, 2);
  assert.throws(() => salesHistory({ dates, sales: [1, 2, 3], mentions: [1, 2, 3], promotions: [1] }), {
    message: "Promotion: 1 values for 3 dates; give one value for each date",
  });
});
