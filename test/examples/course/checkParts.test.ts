import { checkParts } from "../../../lib/course/checkParts";
import { example } from "../example";

example(checkParts, async () => {
  const double = (value: number) => value ** 2; // what a student wrote
  const parts = [
    { is: "twice 2 is 4", when: () => double(2) === 4 },
    { is: "twice 4 is 8", when: () => double(4) === 8 },
  ];
  await checkParts(parts, { points: 3 }); // yes: twice 2 is 4 no: twice 4 is 8 1.5 of 3 points: 1 of 2 parts are right
});
