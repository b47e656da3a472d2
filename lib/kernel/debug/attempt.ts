/** What a look at a value gives; undefined where the value's own code throws, as a getter or a trap of a proxy may. */
export function attempt<Result>(look: () => Result): Result | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
