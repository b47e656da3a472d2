import { checkNumber } from "../../../lib/course/checkNumber";
import { example } from "../example";

example(checkNumber, async () => {
  const sales = [8, 12, 10];
  checkNumber(8.8, (8 + 12 + 10) / 3, { points: 2 }); // 0 of 2 points: your answer is 12 % too low
  await checkNumber(12, () => Math.max(...sales)); // 1 of 1 point: right
});
