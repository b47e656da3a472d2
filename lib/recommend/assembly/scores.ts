// The scores of all items for four users at a time: lib/recommend/representation.ts's `score`, digit for digit, since
// each lane adds up one item's products in the same order, every one of them rounded.

/**
 * Parameters: the addresses of the users' numbers (for each place of a vector, the bias first, four users), of the items'
 * (for each eight items the same) and of the scores; how many eights of items; numbers of a vector; bytes from one user's
 * scores to the next.
 */
export function scores(p: usize, _chunk: i32): void {
  const users = load<usize>(p), usersEnd = users + (load<usize>(p, 16) << 4), stride = load<usize>(p, 20);
  let item = load<usize>(p, 4), to = load<usize>(p, 8);
  for (let eights = load<u32>(p, 12); eights > 0; eights--) {
    let i0 = v128.load(item), i1 = v128.load(item, 16);
    let u = v128.load32_splat(users);
    let a0 = f32x4.add(u, i0), a1 = f32x4.add(u, i1);
    u = v128.load32_splat(users, 4);
    let b0 = f32x4.add(u, i0), b1 = f32x4.add(u, i1);
    u = v128.load32_splat(users, 8);
    let c0 = f32x4.add(u, i0), c1 = f32x4.add(u, i1);
    u = v128.load32_splat(users, 12);
    let d0 = f32x4.add(u, i0), d1 = f32x4.add(u, i1);
    item += 32;
    for (let user = users + 16; user < usersEnd; user += 16) {
      i0 = v128.load(item);
      i1 = v128.load(item, 16);
      u = v128.load32_splat(user);
      a0 = f32x4.add(a0, f32x4.mul(u, i0));
      a1 = f32x4.add(a1, f32x4.mul(u, i1));
      u = v128.load32_splat(user, 4);
      b0 = f32x4.add(b0, f32x4.mul(u, i0));
      b1 = f32x4.add(b1, f32x4.mul(u, i1));
      u = v128.load32_splat(user, 8);
      c0 = f32x4.add(c0, f32x4.mul(u, i0));
      c1 = f32x4.add(c1, f32x4.mul(u, i1));
      u = v128.load32_splat(user, 12);
      d0 = f32x4.add(d0, f32x4.mul(u, i0));
      d1 = f32x4.add(d1, f32x4.mul(u, i1));
      item += 32;
    }
    v128.store(to, a0);
    v128.store(to, a1, 16);
    v128.store(to + stride, b0);
    v128.store(to + stride, b1, 16);
    v128.store(to + 2 * stride, c0);
    v128.store(to + 2 * stride, c1, 16);
    v128.store(to + 3 * stride, d0);
    v128.store(to + 3 * stride, d1, 16);
    to += 32;
  }
}
