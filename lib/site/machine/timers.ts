/// <reference lib="dom" />

type Work = (...given: unknown[]) => void;
type Start = (work: Work, milliseconds?: number, ...given: unknown[]) => unknown;

/** A timer as Node gives it: `clearTimeout` takes it for its number. */
class Timer {
  constructor(
    private readonly id: number,
    private readonly start: () => number,
  ) {}
  ref = () => this;
  unref = () => this;
  hasRef = () => true;
  refresh() {
    clearTimeout(this.id);
    return new Timer(this.start(), this.start);
  }
  close = () => clearTimeout(this.id);
  [Symbol.toPrimitive] = () => this.id;
}

/** Node's `setTimeout` or `setInterval`, from that of the browser. */
export function setTimer(browsers: unknown): Start {
  const begin = browsers as (work: Work, milliseconds?: number) => number;
  return (work, milliseconds, ...given) => {
    const start = () => begin(() => work(...given), milliseconds);
    return new Timer(start(), start);
  };
}

const waiting = new Map<number, () => void>();
const { port1, port2 } = new MessageChannel();
let last = 0;
port2.onmessage = ({ data }) => {
  const work = waiting.get(data);
  waiting.delete(data);
  work?.();
};

/** Runs something on the next event. */
export const setImmediate = (work: Work, ...given: unknown[]): number => {
  waiting.set(++last, () => work(...given));
  port1.postMessage(last);
  return last;
};

/** Takes back what `setImmediate` was to run. */
export const clearImmediate = (id: number): void => void waiting.delete(id);
