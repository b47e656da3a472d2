import { integer, normal, numpyRandom, permutation, pick, seededRandom, shuffle } from "../../lib/random";
import { example } from "./example";

example(seededRandom, () => {
  const random = seededRandom(42);
  console.log(random.uint32()); // 1264412219
  const saved = random.state();
  const next = random.uniform();
  console.log(next.toFixed(4)); // 0.4534
  console.log(seededRandom(42, saved).uniform() === next); // true
});

example(numpyRandom, () => {
  // As numpy.random.RandomState(42).random_sample() in Python.
  const random = numpyRandom(42);
  console.log(random.uniform().toFixed(8)); // 0.37454012
  console.log(random.uniform().toFixed(8)); // 0.95071431
});

example(integer, () => {
  const random = seededRandom(1);
  const dice = Array.from({ length: 5 }, () => integer(random, 1, 7));
  console.log(dice); // [ 5, 5, 4, 1, 2 ]
});

example(normal, () => {
  const random = seededRandom(1);
  const heights = Array.from({ length: 10_000 }, () => 170 + 10 * normal(random));
  const mean = heights.reduce((sum, height) => sum + height, 0) / heights.length;
  console.log(mean.toFixed(0)); // 170
  const near = heights.filter((height) => Math.abs(height - 170) < 10).length / heights.length;
  console.log(near.toFixed(1)); // 0.7
});

example(pick, () => {
  const random = seededRandom(1);
  const colours = ["red", "green", "blue"];
  console.log(pick(random, colours), pick(random, colours), pick(random, colours)); // red red blue
});

example(shuffle, () => {
  const cards = ["ace", "king", "queen", "jack"];
  shuffle(seededRandom(1), cards);
  console.log(cards); // [ 'queen', 'king', 'jack', 'ace' ]
});

example(permutation, () => {
  // As numpy.random.RandomState(0).permutation(10) in Python.
  const order = permutation(numpyRandom(0), 10);
  console.log([...order]); // [ 2, 8, 4, 9, 1, 6, 7, 3, 0, 5 ]
});
