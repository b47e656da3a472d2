import { warpDraws } from "../../../lib/chart/warpDraws";
import { example } from "../example";

example(warpDraws, () => {
  // The chosen item scores 0.7, so what scores more than -0.3 comes too close to it.
  const draws = [{ score: -0.8 }, { score: 0.4, own: true }, { score: -0.1 }];
  const figure = warpDraws(0.7, draws, { margin: 1 });
  const texts = figure.layout.annotations?.map(({ text }) => text);
  console.log(texts); // [ 'chosen', 'chosen − 1', 'far enough', 'bought already', '<b>violator</b>' ]
});
