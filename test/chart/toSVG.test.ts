import assert from "node:assert/strict";
import { test } from "node:test";
import { probabilityBars } from "../../lib/chart/probabilityBars";
import { salesForecast } from "../../lib/chart/salesForecast";
import { dateTicks, linearTicks } from "../../lib/chart/svg/ticks";
import { themed } from "../../lib/chart/theme";
import { toSVG } from "../../lib/chart/toSVG";
import { elementsOf, figures, names, sundays } from "./samples";

test("toSVG() is self-contained: no scripts, ids, styles of its own or addresses but pictures", () => {
  for (const figure of Object.values(figures)) {
    const svg = toSVG(figure).replace('xmlns="http://www.w3.org/2000/svg"', "");
    assert.doesNotMatch(svg, /<script|<style|\sid=|https?:|url\(|NaN|undefined|Infinity/);
    for (const [, address] of svg.matchAll(/href="([^"]*)"/g)) assert.match(address, /^data:image\/png;base64,/);
  }
});

test("toSVG() escapes what names may hold", () => {
  const wild = ['</script><b>&"', "\u0000\u0007Bag", "Ankle boot"];
  const svg = toSVG(probabilityBars([0.2, 0.3, 0.5], wild, { title: "<i> & co" }));
  elementsOf(svg);
  assert.ok(svg.includes("&lt;/script&gt;"));
  assert.ok(svg.includes(">Bag<"));
});

test("toSVG() names title, axes and legend", () => {
  const columns = { dates: sundays(60), sales: sundays(60).map((_, i) => i), mentions: sundays(60).map(() => 5) };
  const ahead = { forecastDates: sundays(2, 60), forecastSales: [1, 2], forecastMentions: [1, 2] };
  const svg = toSVG(salesForecast({ ...columns, ...ahead }));
  for (const text of [
    "Sales and mentions: the next 2 weeks",
    "Historical Sales",
    "Forecast Mentions",
    " 2020<",
    "a week",
  ])
    assert.ok(svg.includes(text), text);
});

test("toSVG() takes the width asked for, and more than its own where captions need it", () => {
  assert.match(toSVG(figures.salesHistory, { width: 420 }), /^<svg [^>]*width="420"/);
  const wide = { ...figures.imageRow, layout: { ...figures.imageRow.layout, meta: { minWidth: 1234 } } };
  assert.match(toSVG(wide), /^<svg [^>]*width="1234"/);
});

test("toSVG() lifts the pen over missing values", () => {
  const line = { type: "scatter" as const, mode: "lines" as const, x: [0, 1, 2, 3], y: [0, 1, null, 3] };
  assert.match(toSVG(themed([line], "", { height: 200 })), /d="M[\d. ]+L[\d. ]+M[\d. ]+"/);
});

test("toSVG() stands bars on a category axis", () => {
  const bars = { type: "bar" as const, x: ["a", "b"], y: [1, 2], marker: { color: "#123456" } };
  const svg = toSVG(themed([bars], "", { height: 200, xaxis: { type: "category" } }));
  assert.equal(svg.match(/<rect [^>]*#123456/g)?.length, 2);
  assert.ok(svg.includes(">a<") && svg.includes(">b<"));
});

test("toSVG() draws a figure without any points", () => {
  const empty = { type: "scatter" as const, mode: "lines" as const, x: [], y: [] };
  assert.doesNotMatch(toSVG(themed([empty], "Nothing", { height: 200 })), /NaN/);
});

test("toSVG() keeps the tick labels of narrow charts apart", () => {
  const labels = (width: number) => [...toSVG(figures.salesHistory, { width }).matchAll(/>(\w+ 2020)</g)].length;
  assert.ok(labels(260) < labels(820), `${labels(260)} labels in 260 pixels, ${labels(820)} in 820`);
});

const texts = (ticks: { text: string }[]) => ticks.map(({ text }) => text);

test("linearTicks() steps by 1, 2 or 5 times a power of ten", () => {
  assert.deepEqual(texts(linearTicks(0, 1000, { count: 5 })), ["0", "200", "400", "600", "800", "1000"]);
  assert.deepEqual(texts(linearTicks(-0.1, 0.11, { count: 4 })), ["−0.1", "0.0", "0.1"]);
  assert.deepEqual(texts(linearTicks(0, 30_000, { count: 3 })), ["0", "10k", "20k", "30k"]);
  assert.deepEqual(texts(linearTicks(0, 2.1e12, { count: 3 })), ["0", "1e12", "2e12"]);
  assert.deepEqual(texts(linearTicks(-1e-7, 1e-7, { count: 2 })), ["−1e−7", "0", "1e−7"]);
});

test("linearTicks() keeps to a start and step that are given", () => {
  assert.deepEqual(texts(linearTicks(0.7, 10.3, { count: 9, start: 1, step: 3 })), ["1", "4", "7", "10"]);
});

test("dateTicks() stands on first days of months, or on days within two months", () => {
  const times = (...dates: string[]) => dates.map((date) => Date.parse(date)) as [number, number];
  const year = times("2020-01-05", "2020-12-27");
  assert.deepEqual(texts(dateTicks(...year, 4)), ["Apr 2020", "Jul 2020", "Oct 2020"]);
  assert.deepEqual(texts(dateTicks(...times("2020-01-05", "2028-06-01"), 4)), ["2022", "2024", "2026", "2028"]);
  assert.deepEqual(texts(dateTicks(...times("2020-01-05", "2020-01-08"), 4)), ["5 Jan", "6 Jan", "7 Jan", "8 Jan"]);
});

test("toSVG() writes all class names of a confusion matrix", () => {
  const svg = toSVG(figures.confusionMatrix);
  for (const name of names) assert.equal(svg.split(`>${name}<`).length - 1, 2);
});
