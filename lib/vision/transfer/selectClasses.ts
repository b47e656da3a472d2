import { permutation, type Random } from "../../random";
import { takeExamples, type Examples, type Pixels } from "../examples";

/**
 * The examples of some classes, in their order, with labels that count these classes: the first class named is 0.
 *
 * @throws RangeError when there is no example of a class
 */
export function selectClasses<Images extends Pixels>(
  examples: Examples<Images>,
  classes: readonly number[],
): Examples<Images> {
  const missing = classes.find((label) => !examples.labels.includes(label));
  if (missing !== undefined)
    throw new RangeError(`selectClasses(): there is no example of class ${missing}; name classes that are there`);
  const rows = examples.labels.keys();
  const wanted = Int32Array.from([...rows].filter((row) => classes.includes(examples.labels[row])));
  const { images, labels } = takeExamples(examples, wanted);
  return { images, labels: labels.map((label) => classes.indexOf(label)) };
}

/**
 * So many examples of each class, drawn at random: [count * classes], the classes in order.
 *
 * @param count - examples of each class, 1 or more
 * @throws RangeError when a class has fewer
 */
export function takePerClass<Images extends Pixels>(
  examples: Examples<Images>,
  count: number,
  random: Random,
): Examples<Images> {
  const order = permutation(random, examples.labels.length);
  const classes = [...new Set(examples.labels)].sort((a, b) => a - b);
  const drawn = classes.flatMap((label) => {
    const own = [...order].filter((row) => examples.labels[row] === label);
    if (!(count >= 1 && count <= own.length))
      throw new RangeError(`takePerClass(): ${count} examples of class ${label}, which has ${own.length}; give 1 to ${own.length}`); // prettier-ignore
    return own.slice(0, count);
  });
  return takeExamples(examples, Int32Array.from(drawn));
}
