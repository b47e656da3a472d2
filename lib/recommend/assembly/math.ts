/** e to the power of a number: split off a power of two, then Taylor's series to the eleventh power, in doubles. */
export function exp(x: f64): f64 {
  if (x != x) return x;
  if (x > 709) return Infinity;
  if (x < -708) return 0;
  const power = nearest(x * 1.4426950408889634);
  const r = x - power * 0.6931471803691238 - power * 1.9082149292705877e-10;
  let sum: f64 = 1.0 / 39916800;
  sum = sum * r + 1.0 / 3628800;
  sum = sum * r + 1.0 / 362880;
  sum = sum * r + 1.0 / 40320;
  sum = sum * r + 1.0 / 5040;
  sum = sum * r + 1.0 / 720;
  sum = sum * r + 1.0 / 120;
  sum = sum * r + 1.0 / 24;
  sum = sum * r + 1.0 / 6;
  sum = sum * r + 0.5;
  sum = sum * r + 1;
  sum = sum * r + 1;
  return sum * reinterpret<f64>((<i64>power + 1023) << 52);
}

/** The logistic function, kept in 32 bits. */
export function sigmoid(x: f32): f32 {
  return <f32>(1 / (1 + exp(-<f64>x)));
}

/** The negative log-likelihood of an order that is told with this lead: log(1 + e^-lead), to nine digits. */
export function logisticLoss(lead: f64): f64 {
  // log(1 + y) is twice the area hyperbolic tangent of y / (2 + y), which is at most 1 / 3 here.
  const y = exp(-abs(lead));
  const s = y / (2 + y), q = s * s;
  let sum: f64 = 1.0 / 17;
  sum = sum * q + 1.0 / 15;
  sum = sum * q + 1.0 / 13;
  sum = sum * q + 1.0 / 11;
  sum = sum * q + 1.0 / 9;
  sum = sum * q + 1.0 / 7;
  sum = sum * q + 1.0 / 5;
  sum = sum * q + 1.0 / 3;
  sum = sum * q + 1;
  return max<f64>(0, -lead) + 2 * s * sum;
}
