import { recipeOf } from "../../../lib/vision/recipes";
import { example } from "../example";

example(recipeOf, () => {
  const { stages, epochs, augment } = recipeOf("standard");
  console.log(stages.length, epochs, augment); // 3 20 { flip: true, crop: 1 }
});
