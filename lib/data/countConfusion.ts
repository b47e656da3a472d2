/**
 * How often each class was taken for each: rows are the true classes, columns the predicted ones.
 *
 * @param actual - [examples] numbers of classes
 * @param predicted - [examples] numbers of classes
 * @returns the counts, and the share of examples that are right, 0 to 1, or NaN where there are no examples
 * @throws TypeError when the two differ in length; RangeError for a class that there is not
 */
export function countConfusion(actual: ArrayLike<number>, predicted: ArrayLike<number>, classes: number) {
  if (actual.length !== predicted.length)
    throw new TypeError(
      `countConfusion(): ${actual.length} answers and ${predicted.length} predictions; give one for each`,
    );
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  let right = 0;
  for (let i = 0; i < actual.length; i++) {
    for (const label of [actual[i], predicted[i]])
      if (!(label in matrix))
        throw new RangeError(
          `countConfusion(): class ${label} of example ${i}; there are ${classes} classes from 0 on`,
        );
    matrix[actual[i]][predicted[i]]++;
    right += Number(actual[i] === predicted[i]);
  }
  return { matrix, accuracy: right / actual.length };
}
