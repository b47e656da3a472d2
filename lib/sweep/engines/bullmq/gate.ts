/** Lets so many actions run at a time; the others wait for their turn, in order. */
export function gate(most: number): <T>(action: () => Promise<T>) => Promise<T> {
  const line: (() => void)[] = [];
  let free = most;
  return async (action) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => line.push(resolve));
    try {
      return await action();
    } finally {
      const next = line.shift();
      if (next) next();
      else free++;
    }
  };
}
