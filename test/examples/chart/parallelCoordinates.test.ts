import { parallelCoordinates } from "../../../lib/chart/parallelCoordinates";
import { example } from "../example";

example(parallelCoordinates, () => {
  // Three trainings, each with two settings and the accuracy that it reached.
  const figure = parallelCoordinates(
    [
      { name: "rate", values: [0.001, 0.01, 0.1] },
      { name: "kind", values: ["plain", "deep", "deep"] },
      { name: "accuracy", values: [0.8, 0.9, 0.7], isScore: true },
    ],
    { best: [1], bestName: "the best training" },
  );
  console.log(figure.data.map(({ name }) => name)); // [ undefined, 'other rows', 'the best training' ]
});
