import { dotRows } from "../../../lib/chart/dotRows";
import { example } from "../example";

example(dotRows, () => {
  const figure = dotRows([
    { name: "Bag", values: { people: 0.997, net: 0.985 } },
    { name: "Shirt", values: { people: 0.279, net: 0.79 }, note: "hard" },
  ]);
  const people = figure.data.find(({ name }) => name === "people");
  console.log(people && "x" in people && people.x); // [ 0.997, 0.279 ]
});
