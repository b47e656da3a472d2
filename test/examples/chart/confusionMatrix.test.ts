import { confusionMatrix } from "../../../lib/chart/confusionMatrix";
import { example } from "../example";

example(confusionMatrix, () => {
  // 8 of 10 coats were taken for coats, 9 of 10 shirts for shirts.
  const counts = [
    [8, 2],
    [1, 9],
  ];
  const figure = confusionMatrix(counts, ["Coat", "Shirt"], { title: "Coats and shirts" });
  console.log(figure.layout.title?.text); // Coats and shirts

  // The recall of each class.
  const texts = figure.layout.annotations?.map(({ text }) => text);
  console.log(texts?.filter((text) => text.includes("%"))); // [ '80.0 %', '90.0 %' ]
});
