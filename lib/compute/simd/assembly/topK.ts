// The largest numbers of each row, in their order, and where they stand; of equal ones the first. NaN is below all others.

/** Parameters: from, values, indices, rows, columns, how many, rows of a chunk. */
export function topK(p: usize, chunk: i32): void {
  const columns = load<i32>(p, 16), count = load<i32>(p, 20), share = load<i32>(p, 24);
  const last = min((chunk + 1) * share, load<i32>(p, 12));
  for (let row = chunk * share; row < last; row++) {
    const place = <usize>row * <usize>count << 2;
    topOfRow(load<usize>(p) + (<usize>row * <usize>columns << 2), load<usize>(p, 4) + place, load<usize>(p, 8) + place, columns, count); // prettier-ignore
  }
}

/** The list so far is in its order at `values`; what is no more than its last is passed over four at a time. */
function topOfRow(from: usize, values: usize, indices: usize, columns: i32, count: i32): void {
  for (let i = 0; i < count; i++) insert(values, indices, i, load<f32>(from + (<usize>i << 2)), i);
  const least = values + (<usize>(count - 1) << 2);
  for (let i = count; i < columns; ) {
    const at = from + (<usize>i << 2);
    if (i + 4 <= columns && !v128.any_true(isBefore(v128.load(at), v128.load32_splat(least)))) {
      i += 4;
      continue;
    }
    for (const end = min(i + 4, columns); i < end; i++) {
      const number = load<f32>(from + (<usize>i << 2));
      if (goesBefore(number, load<f32>(least))) insert(values, indices, count - 1, number, i);
    }
  }
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function isBefore(numbers: v128, others: v128): v128 {
  const isNumber = f32x4.eq(numbers, numbers), isNone = f32x4.ne(others, others);
  return v128.or(f32x4.gt(numbers, others), v128.and(isNumber, isNone));
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function goesBefore(number: f32, other: f32): bool {
  return number > other || (other != other && number == number);
}

/** Brings a number to its place in a list whose place `free` may be overwritten. */
function insert(values: usize, indices: usize, free: i32, number: f32, index: i32): void {
  let place = <usize>free << 2;
  for (; place > 0; place -= 4) {
    const before = load<f32>(values + place - 4);
    if (!goesBefore(number, before)) break;
    store<f32>(values + place, before);
    store<i32>(indices + place, load<i32>(indices + place - 4));
  }
  store<f32>(values + place, number);
  store<i32>(indices + place, index);
}
