import { syntheticSales, toDay, weeksAfter } from "../../../lib/data/syntheticSales";
import { example } from "../example";

example(syntheticSales, () => {
  const sales = syntheticSales({ weeks: 3 });
  console.log(sales.columnNames()); // [ 'date', 'category', 'sales_volume', 'social_mentions' ]
  const last = sales.numRows() - 1;
  console.log(toDay(sales.get("date", last)), sales.get("sales_volume", last)); // 2020-01-19 646
});

example(toDay, () => {
  console.log(toDay(new Date("2024-02-29T23:30:00Z"))); // 2024-02-29
  console.log(toDay(new Date("2024-02-29T23:30:00-05:00"))); // 2024-03-01
});

example(weeksAfter, () => {
  console.log(weeksAfter("2023-12-17", 3)); // [ '2023-12-24', '2023-12-31', '2024-01-07' ]
});
