const sleep = (milliseconds?: number, value?: unknown) =>
  new Promise((resolve) => setTimeout(() => resolve(value), milliseconds));

/** Node's `timers/promises`: waits, then gives the value. */
export = { setTimeout: sleep };
