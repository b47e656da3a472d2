/** Waits until a place in the memory of both threads holds another value, or some milliseconds have passed. */
export function waitAt(state: Int32Array, place: number, { value, most }: { value: number; most: number }): void {
  Atomics.wait(state, place, value, most);
}
