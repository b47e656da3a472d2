// The vectors of users and items. Where every row is its own one feature the record itself is the vector; otherwise it
// is summed up, in a place on the desk, from the records of the row's features.
import {
  itemIndices, itemMask, itemOffsets, itemRecords, itemStride, itemWeights, userIndices, userMask, userOffsets,
  userRecords, userStride, userWeights, vectorBytes,
} from "./job";
import { madd } from "./madd";

/** Where a user's vector lies. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function readUser(row: u32, place: usize): usize {
  if (!userOffsets) return userRecords + <usize>row * userStride;
  return sumRow(userOffsets + (<usize>row << 2), userIndices, userWeights, userRecords, userStride, userMask, place);
}

/** Where an item's vector lies. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function readItem(row: u32, place: usize): usize {
  if (!itemOffsets) return itemRecords + <usize>row * itemStride;
  return sumRow(itemOffsets + (<usize>row << 2), itemIndices, itemWeights, itemRecords, itemStride, itemMask, place);
}

/** The sum of the records of a row's features by their weights; numbers that are not learned are those of the record. */
function sumRow(offsets: usize, indices: usize, weights: usize, records: usize, stride: usize, mask: usize, place: usize): usize {
  const from = <usize>load<u32>(offsets) << 2, to = <usize>load<u32>(offsets, 4) << 2;
  const bytes = vectorBytes;
  // The mask is followed by the numbers of a record that are not learned, in their places.
  const ones = mask + bytes, blocks = bytes & ~63;
  let at: usize = 0;
  for (; at < blocks; at += 64) {
    let sum0 = f32x4.splat(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    for (let entry = from; entry < to; entry += 4) {
      const record = records + <usize>load<u32>(indices + entry) * stride + at;
      const weight = v128.load_splat<f32>(weights + entry);
      sum0 = madd(weight, v128.load(record), sum0);
      sum1 = madd(weight, v128.load(record, 16), sum1);
      sum2 = madd(weight, v128.load(record, 32), sum2);
      sum3 = madd(weight, v128.load(record, 48), sum3);
    }
    v128.store(place + at, v128.bitselect(sum0, v128.load(ones + at), v128.load(mask + at)));
    v128.store(place + at, v128.bitselect(sum1, v128.load(ones + at, 16), v128.load(mask + at, 16)), 16);
    v128.store(place + at, v128.bitselect(sum2, v128.load(ones + at, 32), v128.load(mask + at, 32)), 32);
    v128.store(place + at, v128.bitselect(sum3, v128.load(ones + at, 48), v128.load(mask + at, 48)), 48);
  }
  for (; at < bytes; at += 16) {
    let sum = f32x4.splat(0);
    for (let entry = from; entry < to; entry += 4) {
      const record = records + <usize>load<u32>(indices + entry) * stride;
      sum = madd(v128.load_splat<f32>(weights + entry), v128.load(record + at), sum);
    }
    v128.store(place + at, v128.bitselect(sum, v128.load(ones + at), v128.load(mask + at)));
  }
  return place;
}

/** The score of a user and an item. */
export function dot(user: usize, item: usize): f32 {
  let sum0 = f32x4.splat(0), sum1 = sum0;
  const end = user + vectorBytes;
  const pairsEnd = user + (vectorBytes & ~31);
  while (user < pairsEnd) {
    sum0 = madd(v128.load(user), v128.load(item), sum0);
    sum1 = madd(v128.load(user, 16), v128.load(item, 16), sum1);
    user += 32;
    item += 32;
  }
  if (user < end) sum0 = madd(v128.load(user), v128.load(item), sum0);
  return sumOf(f32x4.add(sum0, sum1));
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function sumOf(numbers: v128): f32 {
  const halves = f32x4.add(numbers, v128.shuffle<u32>(numbers, numbers, 2, 3, 0, 1));
  return f32x4.extract_lane(halves, 0) + f32x4.extract_lane(halves, 1);
}
