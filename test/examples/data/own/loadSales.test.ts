import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSales } from "../../../../lib/data/own/loadSales";
import { example } from "../../example";

example(loadSales, async () => {
  const folder = mkdtempSync(join(tmpdir(), "sales-"));
  const file = join(folder, "shop.csv");
  writeFileSync(file, "date,sold\n2020-01-06,5\n2020-01-13,7\n2020-01-27,6\n");
  const sales = await loadSales(file, { gaps: "zero" });
  console.log(sales.dates); // [ '2020-01-06', '2020-01-13', '2020-01-20', '2020-01-27' ]
  console.log(sales.values, sales.period); // Float64Array(4) [ 5, 7, 0, 6 ] 52
  rmSync(folder, { recursive: true });
});
