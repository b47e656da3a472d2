/** A widget's state: JSON values, and bytes as `Uint8Array`. */
export type State = Record<string, unknown>;

/** Where in a state something stands. */
export type Path = (string | number)[];

/** A state as it travels: the bytes apart, with their places. */
export interface Packed {
  state: State;
  buffer_paths: Path[];
  buffers: Uint8Array[];
}

/**
 * Takes the bytes out of a state (Jupyter's widget protocol 2.1): properties that hold them go, places in lists hold null.
 *
 * @internal
 */
export function packState(state: State): Packed {
  const packed: Packed = { state: {}, buffer_paths: [], buffers: [] };
  packed.state = withoutBytes(state, [], packed) as State;
  return packed;
}

/**
 * Puts bytes back to their places.
 *
 * @internal
 */
export function unpackState({ state, buffer_paths, buffers }: Packed): State {
  const whole = structuredClone(state);
  for (const [index, path] of buffer_paths.entries()) {
    const last = path[path.length - 1];
    const holder = path.slice(0, -1).reduce<unknown>((value, key) => own(value, key), whole);
    if (typeof holder !== "object" || holder === null || last === "__proto__") continue;
    (holder as Record<string | number, unknown>)[last] = buffers[index];
  }
  return whole;
}

function own(value: unknown, key: string | number): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string | number, unknown>)[key]
    : undefined;
}

function withoutBytes(value: unknown, path: Path, packed: Packed): unknown {
  if (value instanceof Uint8Array) {
    packed.buffer_paths.push(path);
    packed.buffers.push(value);
    return null;
  }
  if (Array.isArray(value)) return value.map((item, index) => withoutBytes(item, [...path, index], packed));
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).map(([key, item]) => [key, withoutBytes(item, [...path, key], packed), item]);
  return Object.fromEntries(kept.filter(([, , item]) => !(item instanceof Uint8Array)));
}
