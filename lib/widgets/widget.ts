import type { State } from "./buffers";
import type { Model } from "./model";
import { stillPicture } from "./stillPicture";

/** A control with a value that a person moves in a front end and code reads and sets. */
export interface Widget<Value> extends AsyncIterable<Value> {
  /** Where it stands. What is set moves it in every front end. */
  value: Value;
  /** Calls a listener with each new value, whoever has set it, until the signal is aborted, where one is given. */
  onChange(listener: (value: Value) => unknown, options?: { signal?: AbortSignal }): void;
  /** The next new value. `for await (const value of widget)` gives one after the other, the last one where many have come. */
  next(): Promise<Value>;
  /** Takes it away from every front end. */
  close(): void;
}

/** How a value stands in a model's state. */
export interface Codec<Value> {
  /** The value of a state; undefined where a front end has set something that is none. */
  read(state: Readonly<State>): Value | undefined;
  /** @throws RangeError or TypeError for what the control cannot show */
  write(value: Value): State;
}

/**
 * The control of a model.
 *
 * @internal
 */
export function newWidget<Value>(model: Model, { read, write }: Codec<Value>): Widget<Value> {
  const listeners = new Set<(value: Value) => unknown>();
  let value = read(model.state) as Value;

  const tell = (now: Value) => {
    value = now;
    for (const listener of [...listeners]) listener(now);
  };
  model.onChange(() => {
    const now = read(model.state);
    if (now === undefined) return model.set(write(value));
    if (now !== value) tell(now);
  });

  const listen = (listener: (value: Value) => unknown) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const next = () =>
    new Promise<Value>((resolve) => {
      const end = listen((now) => (end(), resolve(now)));
    });

  return {
    get value() {
      return value;
    },
    set value(wanted: Value) {
      model.set(write(wanted));
      if (wanted !== value) tell(wanted);
    },
    onChange: (listener, { signal } = {}) => {
      if (signal?.aborted) return;
      const end = listen(listener);
      signal?.addEventListener("abort", end, { once: true });
    },
    ...{ next, close: model.close },
    [Symbol.asyncIterator]: () => latest(listen),
    ...{ [Symbol.for("Jupyter.display")]: () => bundleOf(model) },
  };
}

/**
 * How a model is shown: as a living control, and as a picture of it where there is no kernel.
 *
 * @internal
 */
export function bundleOf(model: Model) {
  const { html = "", text = "" } = stillPicture(model.state) ?? {};
  const view = { version_major: 2, version_minor: 1, model_id: model.id };
  const living = model.open() ? { "application/vnd.jupyter.widget-view+json": view } : {};
  return { ...living, "text/html": html, "text/plain": text };
}

/** The values as they come; of those that come while one is worked on, the last. */
async function* latest<Value>(listen: (listener: (value: Value) => void) => () => void): AsyncGenerator<Value, void> {
  let waiting: { value: Value } | undefined;
  let wake = () => {};
  const end = listen((value) => {
    waiting = { value };
    wake();
  });
  try {
    for (;;) {
      if (!waiting) await new Promise<void>((resolve) => (wake = resolve));
      const { value } = waiting as unknown as { value: Value };
      waiting = undefined;
      yield value;
    }
  } finally {
    end();
  }
}
