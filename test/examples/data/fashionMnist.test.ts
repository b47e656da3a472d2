import { classNames } from "../../../lib/data/classNames";
import { loadFashionMnist, loadTestImages } from "../../../lib/data/fashionMnist";
import { example } from "../example";

example(loadFashionMnist, async () => {
  const { train, test } = await loadFashionMnist();
  console.log(train.count, test.count); // 60000 10000
  console.log(classNames[train.labels[0]]); // Ankle boot
  const few = await loadFashionMnist({ trainLimit: 4000, testLimit: 1000 });
  console.log(few.train.count, few.test.count); // 4000 1000
});

example(loadTestImages, async () => {
  const { images, labels, count, width, height } = await loadTestImages();
  console.log(images.length === count * width * height); // true
  const firstClasses = Array.from(labels.subarray(0, 3), (label) => classNames[label]);
  console.log(firstClasses); // [ 'Ankle boot', 'Pullover', 'Trouser' ]
});
