/** The least and the largest of any number of values; Infinity and -Infinity of none. `Math.min(...values)` has a limit. */
export function extent(values: Iterable<number>): [least: number, largest: number] {
  let [least, largest] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > largest) largest = value;
  }
  return [least, largest];
}
