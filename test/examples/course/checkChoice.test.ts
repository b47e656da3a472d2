import { checkChoice } from "../../../lib/course/checkChoice";
import { example } from "../example";

example(checkChoice, () => {
  const options = { choices: ["pooling", "dropout"] };
  checkChoice("dropout", "layer-05:6f112c346d923943", options); // 0 of 1 point: this is not the right answer
  checkChoice("pooling", "layer-05:6f112c346d923943", options); // 1 of 1 point: right
});
