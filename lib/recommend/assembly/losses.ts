// One slice of an epoch for each loss: the loops of lib/recommend/losses, statement by statement.
import {
  begin, best, candidates, chosenIndices, chosenOffsets, countLoss, countVisit, draw, drawItem, end, first, isChosen, kth,
  last, lookUp, MARK, maxSampled, negativeVector, positiveVector, rankDraws, rankWeights, userVector, VISIT_BYTES, visits,
} from "./job";
import { logisticLoss, sigmoid } from "./math";
import { stepOne, stepPair } from "./steps";
import { dot, readItem, readUser } from "./vectors";

/** Draws after which "bpr" passes an interaction over. */
const MAX_DRAWS: i32 = 100;
const MAX_LOSS: f64 = 10;

// What findViolator leaves behind.
let violatorDraws: i32 = 0;
let violatorVector: usize = 0;
let violation: f64 = 0;

/** See lib/recommend/losses/warp.ts. */
export function warp(p: usize, chunk: i32): void {
  begin(p, chunk);
  for (let from = first; from < last; from += 64) {
    const to = lookUp(from);
    for (let visit = visits; visit < to; visit += VISIT_BYTES) warpVisit(<f64>load<f32>(visit), load<u32>(visit, 4), load<u32>(visit, 8));
  }
  end();
}

function warpVisit(weight: f64, user: u32, positive: u32): void {
  if (positive & MARK) return;
  const u = readUser(user, userVector), p = readItem(positive, positiveVector);
  countVisit();
  const negative = findViolator(user, u, <f64>dot(u, p) - 1);
  if (negative < 0) return;
  const slope = min<f64>(MAX_LOSS, weight * rankWeight());
  countLoss(1, slope * violation);
  stepPair(user, positive, <u32>negative, u, p, violatorVector, <f32>slope);
}

function findViolator(user: u32, u: usize, threshold: f64): i32 {
  const limit = maxSampled;
  for (let draws = 1; draws <= limit; draws++) {
    const item = drawItem();
    const n = readItem(item, negativeVector);
    const above = <f64>dot(u, n) - threshold;
    if (!(above > 0) || isChosen(user, item)) continue;
    violatorDraws = draws;
    violatorVector = n;
    violation = above;
    return <i32>item;
  }
  return -1;
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function rankWeight(): f64 {
  return load<f64>(rankWeights + (<usize>min<i32>(violatorDraws, rankDraws) << 3));
}

/** See lib/recommend/losses/bpr.ts. */
export function bpr(p: usize, chunk: i32): void {
  begin(p, chunk);
  for (let from = first; from < last; from += 64) {
    const to = lookUp(from);
    for (let visit = visits; visit < to; visit += VISIT_BYTES) bprVisit(<f64>load<f32>(visit), load<u32>(visit, 4), load<u32>(visit, 8));
  }
  end();
}

function bprVisit(weight: f64, user: u32, positive: u32): void {
  if (positive & MARK) return;
  const negative = drawUnchosen(user);
  if (negative < 0) return;
  const u = readUser(user, userVector), p = readItem(positive, positiveVector);
  const n = readItem(<u32>negative, negativeVector);
  const lead = dot(u, p) - dot(u, n);
  countVisit();
  countLoss(lead > 0 ? 0 : 1, weight * logisticLoss(lead));
  stepPair(user, positive, <u32>negative, u, p, n, <f32>(weight * (1 - <f64>sigmoid(lead))));
}

function drawUnchosen(user: u32): i32 {
  for (let attempt = 0; attempt < MAX_DRAWS; attempt++) {
    const item = drawItem();
    if (!isChosen(user, item)) return <i32>item;
  }
  return -1;
}

/** See lib/recommend/losses/logistic.ts. */
export function logistic(p: usize, chunk: i32): void {
  begin(p, chunk);
  for (let from = first; from < last; from += 64) {
    const to = lookUp(from);
    for (let visit = visits; visit < to; visit += VISIT_BYTES) logisticVisit(<f64>load<f32>(visit), load<u32>(visit, 4), load<u32>(visit, 8));
  }
  end();
}

function logisticVisit(weight: f64, user: u32, coded: u32): void {
  const item = coded & ~MARK, target: f64 = coded & MARK ? 0 : 1;
  const u = readUser(user, userVector), i = readItem(item, positiveVector);
  const total = dot(u, i);
  const lead = target > 0 ? <f64>total : -<f64>total;
  countVisit();
  countLoss(lead > 0 ? 0 : 1, weight * logisticLoss(lead));
  stepOne(user, item, u, i, <f32>(weight * (<f64>sigmoid(total) - target)));
}

/** See lib/recommend/losses/warpKos.ts. */
export function warpKos(p: usize, chunk: i32): void {
  begin(p, chunk);
  for (let from = first; from < last; from += 64) {
    const to = lookUp(from);
    for (let visit = visits; visit < to; visit += VISIT_BYTES) warpKosVisit(<f64>load<f32>(visit), load<u32>(visit, 4), load<u32>(visit, 8));
  }
  end();
}

function warpKosVisit(_weight: f64, user: u32, coded: u32): void {
  if (coded & MARK) return;
  const offsets = chosenOffsets + (<usize>user << 2);
  const start = load<u32>(offsets), size = load<u32>(offsets, 4) - start;
  if (size == 0) return;
  const u = readUser(user, userVector);
  countVisit();
  const positive = kthBest(u, chosenIndices + (<usize>start << 2), size);
  const p = readItem(positive, positiveVector);
  const negative = findViolator(user, u, <f64>dot(u, p) - 1);
  if (negative < 0) return;
  const slope = min<f64>(MAX_LOSS, rankWeight());
  countLoss(1, slope * violation);
  stepPair(user, positive, <u32>negative, u, p, violatorVector, <f32>slope);
}

/** The k-th best of some drawn items, kept in descending order; of equal ones the first drawn stands first. */
function kthBest(u: usize, own: usize, size: u32): u32 {
  const count = min<u32>(candidates, size);
  const bestEnd = best + (<usize>count << 3);
  for (let end = best; end < bestEnd; end += 8) {
    const item = load<u32>(own + (<usize>(draw() % size) << 2));
    const score = dot(u, readItem(item, positiveVector));
    let at = end;
    while (at > best && load<f32>(at - 8) < score) {
      store<u64>(at, load<u64>(at - 8));
      at -= 8;
    }
    store<f32>(at, score);
    store<u32>(at, item, 4);
  }
  return load<u32>(best + (<usize>(min<u32>(<u32>kth, count) - 1) << 3), 4);
}
