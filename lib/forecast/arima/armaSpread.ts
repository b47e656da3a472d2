/** An ARMA process in Harvey's form: each value the sum of its own past and of shocks past. */
interface Process {
  /** [size], the share of a value that each later one keeps. */
  phi: Float64Array;
  /** [size], the share of a shock that each later value has. */
  shock: Float64Array;
}

/**
 * One step of the state's covariance in the Kalman filter, in units of the shock's variance: what the value just seen
 * has made known is taken off, then the process goes on.
 *
 * @param spread - [size, size], changed in place
 * @param process - the process, and the share of a forecast's error that each entry of the state takes on
 * @returns the greatest change of an entry
 * @internal
 */
export function stepSpread(spread: Float64Array, { phi, shock, gain }: Process & { gain: Float64Array }): number {
  const size = phi.length;
  const known = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) known[i * size + j] = spread[i * size + j] - gain[i] * spread[j];
  let change = 0;
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      const value = shock[i] * shock[j] + moved(known, phi, i, j);
      change = Math.max(change, Math.abs(value - spread[i * size + j]));
      spread[i * size + j] = value;
    }
  return change;
}

/** Entry (i, j) of T known T', where T has phi in its first column and ones above its diagonal. */
function moved(known: Float64Array, phi: Float64Array, i: number, j: number): number {
  const size = phi.length;
  const inner = (row: number, column: number) => (row < size && column < size ? known[row * size + column] : 0);
  return phi[i] * phi[j] * known[0] + phi[i] * inner(0, j + 1) + phi[j] * inner(i + 1, 0) + inner(i + 1, j + 1);
}

/**
 * The covariance of the state of a process that has always run: the sum of all past shocks' shares, by doubling.
 *
 * @returns [size, size], in units of the shock's variance
 * @internal
 */
export function startSpread(phi: Float64Array, shock: Float64Array): Float64Array {
  const size = phi.length;
  let power: Float64Array = Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    return (j === 0 ? phi[i] : 0) + Number(j === i + 1);
  });
  const sum = Float64Array.from({ length: size * size }, (_, at) => shock[Math.floor(at / size)] * shock[at % size]);
  for (let round = 0; round < DOUBLINGS; round++) {
    const more = times(times(power, sum, size), transposed(power, size), size);
    sum.forEach((value, at) => (sum[at] = value + more[at]));
    if (Math.abs(more[0]) <= 1e-14 * sum[0]) break;
    power = times(power, power, size);
  }
  return sum;
}

/** 2 to this power steps: enough where a shock fades by as little as a millionth a step. */
const DOUBLINGS = 26;

function times(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let k = 0; k < size; k++)
      for (let j = 0; j < size; j++) product[i * size + j] += a[i * size + k] * b[k * size + j];
  return product;
}

function transposed(a: Float64Array, size: number): Float64Array {
  return a.map((_, at) => a[(at % size) * size + Math.floor(at / size)]);
}
