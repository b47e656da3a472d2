import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { csvRows } from "../../../lib/data/own/csvRows";
import { loadSales, type LoadSalesOptions } from "../../../lib/data/own/loadSales";
import { parseDay } from "../../../lib/data/own/parseDay";

const folder = mkdtempSync(join(tmpdir(), "sales "));
after(() => rmSync(folder, { recursive: true }));

let files = 0;
const write = (content: string | Uint8Array, ending = "csv") => {
  const file = join(folder, `${++files}.${ending}`);
  writeFileSync(file, content);
  return file;
};
const load = (lines: string[], options?: LoadSalesOptions) => loadSales(write(lines.join("\n")), options);
/** The text of the error, without the folder. */
const refused = async (lines: string[], options?: LoadSalesOptions) => {
  const error = await load(lines, options).then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  assert.ok(error, "it was taken");
  return `${error.name}: ${error.message.replace(folder, "").replace(/[/\\]\d+\.csv/, "FILE")}`;
};

const HEAD_II = "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country";
const HEAD_I = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
const retail = [
  '489434,85048,"LIGHTS, 20",12,12/1/2009 7:45,2.5,13085.0,France', // a Tuesday: this week is in part only
  "489435,85048,LIGHTS,2,12/7/2009 7:45,2.5,13085.0,France",
  "489436,22423,CAKE STAND,4,12/8/2009 10:00,10,,France",
  "C489437,22423,CAKE STAND,-4,12/9/2009 10:00,10,13085.0,France",
  "489438,22423,missing,-100,12/9/2009 11:00,0,,France",
  "489439,22423,gift,3,12/9/2009 11:00,0,,France",
  "A489440,B,Adjust bad debt,1,12/9/2009 11:00,-5000,,France",
  "489441,22423,CAKE STAND,1,12/27/2009 10:00,10,,France", // a Sunday; the week before is empty
  "489442,22423,CAKE STAND,5,12/29/2009 10:00,10,,France", // in part only
];

test("loadSales() reads Online Retail II in both spellings: revenue by week, cancellations and part weeks left out", async () => {
  for (const head of [HEAD_II, HEAD_I]) {
    const sales = await load([head, ...retail]);
    assert.deepEqual(sales.dates, ["2009-12-07", "2009-12-14", "2009-12-21"]);
    assert.deepEqual([...sales.values], [45, 0, 10]);
    assert.deepEqual([sales.rows, sales.leftOut, sales.partial, sales.period], [5, 4, 2, 52]);
  }
});

test("loadSales() adds up units, one product, or dates as ISO and day first", async () => {
  const units = await load([HEAD_II, ...retail], { measure: "units", product: "22423" });
  assert.deepEqual([...units.values], [4, 0, 1]);
  assert.deepEqual([units.rows, units.leftOut], [3, 6]);
  const iso = retail.map((row) => row.replace(/12\/(\d+)\/2009/, "2009-12-$1"));
  assert.deepEqual([...(await load([HEAD_II, ...iso])).values], [45, 0, 10]);
  const dayFirst = retail.map((row) => row.replace(/12\/(\d+)\/2009/, "$1/12/2009"));
  assert.deepEqual([...(await load([HEAD_II, ...dayFirst], { dayFirst: true })).values], [45, 0, 10]);
});

test("loadSales() reads any file with a date and a value, whatever the delimiter, line ends and packing", async () => {
  const weekly = ["week,coats", "2020-01-05,10", "2020-01-12,12.5", "2020-01-19,0"];
  assert.deepEqual([...(await load(weekly)).values], [10, 12.5, 0]);
  const german = write("\uFEFFDatum;Umsatz\r\n6.1.2020;1,5\r\n13.1.2020;2\r\n");
  const columns = { date: "Datum", value: "Umsatz" };
  assert.deepEqual([...(await loadSales(german, columns)).values], [1.5, 2]);
  const unicode = write(Buffer.from("\uFEFFweek,coats\r\n2020-01-05,10\r\n2020-01-12,12.5\r\n", "utf16le"));
  assert.deepEqual([...(await loadSales(unicode)).values], [10, 12.5]);
  const packed = write(gzipSync("month\tsales\n2020-01\t3\n2020-02\t4"), "csv.gz");
  const months = await loadSales(packed, { every: "month" });
  assert.deepEqual([months.dates, [...months.values], months.period], [["2020-01-01", "2020-02-01"], [3, 4], 12]); // prettier-ignore
});

test("loadSales() adds days up to whole weeks and months, in any order", async () => {
  const days = Array.from(
    { length: 60 },
    (_, i) => `${new Date(Date.UTC(2020, 0, 3 + i)).toISOString().slice(0, 10)},1`,
  );
  const weeks = await load(["date,sold", ...days.reverse()]);
  assert.deepEqual([weeks.dates[0], weeks.dates.at(-1), weeks.partial], ["2020-01-06", "2020-02-24", 2]);
  assert.deepEqual(new Set(weeks.values), new Set([7]));
  const months = await load(["date,sold", ...days], { every: "month" });
  assert.deepEqual([months.dates, [...months.values]], [["2020-02-01"], [29]]); // prettier-ignore
  assert.equal((await load(["date,sold", ...days], { every: "day" })).values.length, 60);
});

test("loadSales() refuses gaps, or fills them as it is asked to", async () => {
  const gaps = ["date,sold", "2020-01-06,5", "2020-01-27,7"];
  assert.equal(
    await refused(gaps),
    'RangeError: loadSales(): FILE has no row for 2 of 4 weeks, the first from 2020-01-13; pass { gaps: "zero" } where nothing was sold, { gaps: "previous" } where it is not known',
  );
  assert.deepEqual([...(await load(gaps, { gaps: "zero" })).values], [5, 0, 0, 7]);
  assert.deepEqual([...(await load(gaps, { gaps: "previous" })).values], [5, 5, 5, 7]);
});

test("loadSales() names the place of what it cannot read", async () => {
  assert.equal(
    await refused(["date,sold", "2020-01-06,5", "2020-01-13,many"]),
    'SyntaxError: loadSales(): FILE, line 3, column "sold": got "many", wanted a number such as 12.5',
  );
  assert.equal(
    await refused(["date,sold", "2020-02-30,5"]),
    'SyntaxError: loadSales(): FILE, line 2, column "date": got "2020-02-30", wanted a date; write dates as in 2020-01-05',
  );
  assert.equal(
    await refused(["date,sold", "13/01/2020,5"]),
    'SyntaxError: loadSales(): FILE, line 2, column "date": got "13/01/2020", wanted a date; pass { dayFirst: true }',
  );
  assert.equal(
    await refused(["when,a,b", "2020-01-06,5,6"]),
    'RangeError: loadSales(): FILE has no column that is clearly the date; its columns are when, a, b; pass { date: "NAME" } with one of them',
  );
  assert.equal(
    await refused(["date,a,b"], { value: "c" }),
    'RangeError: loadSales(): FILE has no column "c"; its columns are date, a, b; pass { value: "NAME" } with one of them',
  );
  assert.match(await refused(["date,sold"]), /has no row to add up; give a file with sales/);
  assert.match(await refused(["date,sold", "2020-01-06"]), /column "sold": got nothing, wanted a number/);
  assert.match(
    await refused(["date,sold", "2020-01-07,1", "2020-01-08,1"]),
    /has no whole week; give data of a longer/,
  );
  assert.match(
    await refused(["date,sold", "1901-01-06,5", "2099-01-06,5"], { every: "day" }),
    /from 1901-01-06 to 2099-01-06, more than 40000 days; mend the dates/,
  );
  await assert.rejects(loadSales(join(folder, "none.csv")), {
    name: "RangeError",
    message: `loadSales(): there is no file ${join(folder, "none.csv")}; paths begin at the notebook's folder`,
  });
});

test("csvRows() keeps quotes together over pieces of the file and lines, and counts lines", async () => {
  const long = "x".repeat(300_000);
  const file = write(`a,b\n1,"two\nlines, ""quoted"""\n\n2,${long}\n3,"${"y\n".repeat(200_000)}"\n4,é\n`);
  const rows = [];
  for await (const part of csvRows(file)) rows.push(...part.rows);
  assert.deepEqual(rows.map(({ line }) => line), [1, 2, 5, 6, 200_007]); // prettier-ignore
  assert.deepEqual(rows[1].fields, ["1", 'two\nlines, "quoted"']);
  assert.deepEqual([rows[2].fields[1].length, rows[3].fields[1].length, rows[4].fields[1]], [300_000, 400_000, "é"]);
});

test("loadSales() stops at a quote that is left open, before the file is in memory", async () => {
  assert.match(await refused(["date,sold", '"2020-01-06,5', "2020-01-13,6"]), /line 2: the row has \d+ characters and no end; close its quote/); // prettier-ignore
  const endless = write(`date,sold\n"${"2020-01-06,5\n".repeat(200_000)}`);
  await assert.rejects(loadSales(endless), /line 2: the row has 1048\d{3} characters and no end; close its quote/);
});

test("parseDay() takes the usual forms, and no day that is none", () => {
  const day = parseDay("2009-12-01")!;
  for (const text of ["2009-12-01T07:45:00Z", " 2009-12-1 07:45", "12/1/2009 7:45", "1.12.2009", "2009-12"])
    assert.equal(parseDay(text), day, text);
  assert.equal(parseDay("1/12/2009", true), day);
  for (const text of ["", "2009", "2009-13-01", "2009-02-29", "1/12/09", "0009-12-01", "soon"])
    assert.equal(parseDay(text), undefined, text);
});
