// Steps along the gradient: Adagrad and Adadelta, for the records of all features of a row.
import {
  adadelta, bodyBytes, epsilon, itemAlpha, itemFrozen, itemGradient, itemIndices, itemMask, itemMemory, itemMomentum,
  itemOffsets, itemRecords, itemStride, itemWeights, learningRate, news, plainSteps, rho, userAlpha, userFrozen,
  userGradient, userIndices, userMask, userMemory, userMomentum, userOffsets, userRecords, userStride, userWeights,
  vectorBytes,
} from "./job";
import { madd, subtract } from "./madd";

/**
 * Moves a user and two items along the gradient of the difference of their scores (negative less positive) times
 * `slope`. The vectors are as they were read.
 */
export function stepPair(
  user: u32, positive: u32, negative: u32, userVector: usize, positiveVector: usize, negativeVector: usize, slope: f32,
): void {
  if (plainSteps) {
    stepPlainPair(userVector, positiveVector, negativeVector, slope);
    return;
  }
  const slopes = f32x4.splat(slope);
  for (let at: usize = 0; at < vectorBytes; at += 16) {
    const ofItem = f32x4.mul(slopes, v128.load(userVector + at));
    const apart = f32x4.sub(v128.load(negativeVector + at), v128.load(positiveVector + at));
    v128.store(itemGradient + at, v128.and(f32x4.neg(ofItem), v128.load(itemMask + at)));
    v128.store(userGradient + at, v128.and(f32x4.mul(slopes, apart), v128.load(userMask + at)));
  }
  stepItem(positive);
  for (let at: usize = 0; at < vectorBytes; at += 16)
    v128.store(itemGradient + at, f32x4.neg(v128.load(itemGradient + at)));
  stepItem(negative);
  stepUser(user);
}

/** Moves a user and an item along the gradient of their score times `slope`. */
export function stepOne(user: u32, item: u32, userVector: usize, itemVector: usize, slope: f32): void {
  const slopes = f32x4.splat(slope);
  for (let at: usize = 0; at < vectorBytes; at += 16) {
    const ofItem = f32x4.mul(slopes, v128.load(userVector + at)), ofUser = f32x4.mul(slopes, v128.load(itemVector + at));
    v128.store(itemGradient + at, v128.and(ofItem, v128.load(itemMask + at)));
    v128.store(userGradient + at, v128.and(ofUser, v128.load(userMask + at)));
  }
  stepItem(item);
  stepUser(user);
}

/** Adagrad without a pull, where every row is its own one feature: one pass over the three records. */
function stepPlainPair(user: usize, positive: usize, negative: usize, slope: f32): void {
  const slopes = f32x4.splat(slope), rates = f32x4.splat(learningRate);
  const end = user + vectorBytes, bodyEnd = user + bodyBytes;
  const ofItem = itemMemory, ofUser = userMemory;
  while (user < bodyEnd) {
    const u = v128.load(user), p = v128.load(positive), n = v128.load(negative);
    const itemSlope = f32x4.mul(slopes, u), userSlope = f32x4.mul(slopes, f32x4.sub(n, p));
    descend(positive, ofItem, p, f32x4.neg(itemSlope), rates);
    descend(negative, ofItem, n, itemSlope, rates);
    descend(user, ofUser, u, userSlope, rates);
    user += 16;
    positive += 16;
    negative += 16;
  }
  let mask = bodyBytes;
  while (user < end) {
    const u = v128.load(user), p = v128.load(positive), n = v128.load(negative);
    const itemSlope = v128.and(f32x4.mul(slopes, u), v128.load(itemMask + mask));
    const userSlope = v128.and(f32x4.mul(slopes, f32x4.sub(n, p)), v128.load(userMask + mask));
    descend(positive, ofItem, p, f32x4.neg(itemSlope), rates);
    descend(negative, ofItem, n, itemSlope, rates);
    descend(user, ofUser, u, userSlope, rates);
    user += 16;
    positive += 16;
    negative += 16;
    mask += 16;
  }
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function descend(record: usize, memory: usize, values: v128, slopes: v128, rates: v128): void {
  const squares = v128.load(record + memory);
  v128.store(record, subtract(f32x4.div(rates, f32x4.sqrt(squares)), slopes, values));
  v128.store(record + memory, madd(slopes, slopes, squares));
}

function stepItem(row: u32): void {
  if (itemFrozen) return;
  stepRow(
    row, itemRecords, itemStride, itemMemory, itemMomentum, itemOffsets, itemIndices, itemWeights, itemGradient,
    itemAlpha, itemMask,
  );
}

function stepUser(row: u32): void {
  if (userFrozen) return;
  stepRow(
    row, userRecords, userStride, userMemory, userMomentum, userOffsets, userIndices, userWeights, userGradient,
    userAlpha, userMask,
  );
}

/** Moves the records of all features of a row; without offsets it has one, its own. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function stepRow(
  row: u32, records: usize, stride: usize, memory: usize, momentum: usize, offsets: usize, indices: usize,
  weights: usize, gradient: usize, alpha: f32, mask: usize,
): void {
  if (!offsets) {
    stepRecord(records + <usize>row * stride, memory, momentum, gradient, 1, alpha, mask);
    return;
  }
  const entries = offsets + (<usize>row << 2);
  const end = <usize>load<u32>(entries, 4) << 2;
  for (let entry = <usize>load<u32>(entries) << 2; entry < end; entry += 4) {
    const record = records + <usize>load<u32>(indices + entry) * stride;
    stepRecord(record, memory, momentum, gradient, load<f32>(weights + entry), alpha, mask);
  }
}

function stepRecord(
  record: usize, memory: usize, momentum: usize, gradient: usize, weight: f32, alpha: f32, mask: usize,
): void {
  if (adadelta) stepAdadelta(record, memory, momentum, gradient, weight, alpha, mask);
  else stepAdagrad(record, memory, gradient, weight, alpha, mask);
}

/** values / (1 + strength), without the digits that 1 + strength would lose. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function pull(values: v128, strength: v128): v128 {
  return subtract(values, f32x4.div(strength, f32x4.add(f32x4.splat(1), strength)), values);
}

function stepAdagrad(record: usize, memory: usize, gradient: usize, weight: f32, alpha: f32, mask: usize): void {
  const ofFeature = f32x4.splat(weight), rates = f32x4.splat(learningRate), alphas = f32x4.splat(alpha);
  const end = record + vectorBytes;
  while (record < end) {
    const slopes = f32x4.mul(ofFeature, v128.load(gradient));
    const squares = v128.load(record + memory);
    const rate = f32x4.div(rates, f32x4.sqrt(squares));
    let values = subtract(rate, slopes, v128.load(record));
    if (alpha != 0) values = pull(values, v128.and(f32x4.mul(alphas, rate), v128.load(mask)));
    v128.store(record, values);
    v128.store(record + memory, madd(slopes, slopes, squares));
    record += 16;
    gradient += 16;
    mask += 16;
  }
}

function stepAdadelta(
  record: usize, memory: usize, momentum: usize, gradient: usize, weight: f32, alpha: f32, mask: usize,
): void {
  const ofFeature = f32x4.splat(weight), alphas = f32x4.splat(alpha);
  const olds = f32x4.splat(rho), fresh = f32x4.splat(news), epsilons = f32x4.splat(epsilon);
  const end = record + vectorBytes;
  while (record < end) {
    const slopes = f32x4.mul(ofFeature, v128.load(gradient));
    const steps = v128.load(record + momentum);
    const squares = f32x4.add(f32x4.mul(olds, v128.load(record + memory)), f32x4.mul(fresh, f32x4.mul(slopes, slopes)));
    const rate = f32x4.div(f32x4.sqrt(f32x4.add(steps, epsilons)), f32x4.sqrt(f32x4.add(squares, epsilons)));
    const learned = v128.load(mask);
    const change = v128.and(f32x4.mul(rate, slopes), learned);
    let values = f32x4.sub(v128.load(record), change);
    if (alpha != 0) values = pull(values, v128.and(f32x4.mul(alphas, rate), learned));
    v128.store(record, values);
    v128.store(record + memory, squares);
    v128.store(record + momentum, f32x4.add(f32x4.mul(olds, steps), f32x4.mul(fresh, f32x4.mul(change, change))));
    record += 16;
    gradient += 16;
    mask += 16;
  }
}
