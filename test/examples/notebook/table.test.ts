import { table } from "../../../lib/notebook/table";
import { example } from "../example";

example(table, () => {
  const sales = [8, 5, 9].map((coats, week) => ({ week: week + 1, coats }));
  table(sales); // week coats 1 8 2 5 3 9 3 rows × 2 columns
});
