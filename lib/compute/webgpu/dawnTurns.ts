/** The part of a class of WebGPU's buffers that is used here. */
interface BufferClass {
  prototype: { mapAsync(...parameters: unknown[]): Promise<undefined> };
}

/** What Dawn does when it is its turn: it sees what the GPU has finished. */
type Turn = () => void;

/** The turns that Dawn has asked for and not yet had. */
const due = new Set<Turn>();

/**
 * Remembers the turns that Dawn asks the event loop for while it waits for a buffer. It asks by the global `setImmediate`.
 * They come as before, or earlier by `giveTurn`.
 */
export function rememberTurns({ prototype }: BufferClass): void {
  const { mapAsync } = prototype;
  prototype.mapAsync = function (...parameters) {
    return remembering(() => mapAsync.apply(this, parameters));
  };
}

/**
 * Lets Dawn see what the GPU has finished, while JavaScript waits.
 *
 * @returns false where Dawn has not asked for a turn
 */
export function giveTurn(): boolean {
  const turns = [...due];
  for (const turn of turns) take(turn);
  return turns.length > 0;
}

function remembering<Result>(call: () => Result): Result {
  const own = globalThis.setImmediate;
  const ask = (turn: Turn) => {
    due.add(turn);
    return own(take, turn);
  };
  globalThis.setImmediate = ask as typeof setImmediate;
  try {
    return call();
  } finally {
    globalThis.setImmediate = own;
  }
}

/** Each turn is taken once; in it Dawn may ask for the next. */
function take(turn: Turn): void {
  if (due.delete(turn)) remembering(turn);
}
