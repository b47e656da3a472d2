import { firstImages, holdOutLast, takeImages, trainTestSplit } from "../../../lib/data/split";
import { example } from "../example";

example(trainTestSplit, () => {
  const { train, test } = trainTestSplit(6, { testSize: 0.3 });
  console.log(train); // Int32Array(4) [ 5, 2, 4, 3 ]
  console.log(test); // Int32Array(2) [ 0, 1 ]
});

example(holdOutLast, () => {
  const { train, test } = holdOutLast(["Mon", "Tue", "Wed", "Thu", "Fri"], 0.4);
  console.log(train); // Int32Array(3) [ 0, 1, 2 ]
  console.log(test); // Int32Array(2) [ 3, 4 ]
});

example(takeImages, () => {
  // Three pictures, one row of two pixels each.
  const images = Uint8Array.of(0, 1, 10, 11, 20, 21);
  const set = { images, labels: Uint8Array.of(9, 0, 3), count: 3, width: 2, height: 1 };
  const chosen = takeImages(set, [2, 0]);
  console.log(chosen.images); // Uint8Array(4) [ 20, 21, 0, 1 ]
  console.log(chosen.labels, chosen.count); // Uint8Array(2) [ 3, 9 ] 2
});

example(firstImages, () => {
  // Three pictures, one row of two pixels each.
  const images = Uint8Array.of(0, 1, 10, 11, 20, 21);
  const set = { images, labels: Uint8Array.of(9, 0, 3), count: 3, width: 2, height: 1 };
  const few = firstImages(set, 2);
  console.log(few.images); // Uint8Array(4) [ 0, 1, 10, 11 ]
  console.log(few.labels, few.count); // Uint8Array(2) [ 9, 0 ] 2
});
