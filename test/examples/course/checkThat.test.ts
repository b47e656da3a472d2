import { checkThat } from "../../../lib/course/checkThat";
import { example } from "../example";

example(checkThat, async () => {
  const double = (value: number) => value * 2; // what a student wrote
  await checkThat("twice 4 is 8", () => double(4) === 8); // 1 of 1 point: twice 4 is 8
});
