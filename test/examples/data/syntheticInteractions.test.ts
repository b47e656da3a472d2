import { syntheticInteractions } from "../../../lib/data/syntheticInteractions";
import { example } from "../example";

example(syntheticInteractions, () => {
  // 100 items of ten classes; user u likes the class u.
  const labels = Array.from({ length: 100 }, (_, item) => item % 10);
  const visits = syntheticInteractions({ users: 3, rows: 2, items: 100, preference: { labels, strength: 1 } });
  console.log(visits.columnNames()); // [ 'user_id', 'item_id', 'clicked', 'purchased' ]
  console.log(visits.array("user_id")); // [ 0, 0, 1, 1, 2, 2 ]
  console.log(Array.from(visits.array("item_id"), (item) => labels[item])); // [ 0, 0, 1, 1, 2, 2 ]
});
