import { explore } from "../../../lib/widgets/explore";
import { example } from "../example";

example(explore, () => {
  const sales = explore([
    { item: "coat", sold: 3 },
    { item: "shirt", sold: 8 },
  ]);
  sales.value = { sort: 1, descending: true, filters: ["", "> 2"], page: 0 }; // as a person does with the mouse
  console.log(sales.value.sort, sales.value.filters); // 1 [ '', '> 2' ]
});
