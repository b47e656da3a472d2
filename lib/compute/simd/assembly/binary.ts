// Operations on two tensors, number by number. An operation is a class whose `of` takes four numbers of each; a task is
// the pass of pairs.ts with that operation.
import { choose } from "./lanes";
import { AXES, AXIS, compare, zip } from "./pairs";

@unmanaged
class Add {
  @inline
  of(a: v128, b: v128): v128 {
    return f32x4.add(a, b);
  }
}
export function zipAdd(p: usize, chunk: i32): void {
  zip<Add>(p, chunk);
}

@unmanaged
class Sub {
  @inline
  of(a: v128, b: v128): v128 {
    return f32x4.sub(a, b);
  }
}
export function zipSub(p: usize, chunk: i32): void {
  zip<Sub>(p, chunk);
}

@unmanaged
class Multiply {
  @inline
  of(a: v128, b: v128): v128 {
    return f32x4.mul(a, b);
  }
}
export function zipMultiply(p: usize, chunk: i32): void {
  zip<Multiply>(p, chunk);
}

@unmanaged
class RealDiv {
  @inline
  of(a: v128, b: v128): v128 {
    return f32x4.div(a, b);
  }
}
export function zipRealDiv(p: usize, chunk: i32): void {
  zip<RealDiv>(p, chunk);
}

@unmanaged
class Maximum {
  @inline
  of(a: v128, b: v128): v128 {
    return f32x4.max(a, b);
  }
}
export function zipMaximum(p: usize, chunk: i32): void {
  zip<Maximum>(p, chunk);
}

@unmanaged
class Minimum {
  @inline
  of(a: v128, b: v128): v128 {
    return f32x4.min(a, b);
  }
}
export function zipMinimum(p: usize, chunk: i32): void {
  zip<Minimum>(p, chunk);
}

@unmanaged
class SquaredDifference {
  @inline
  of(a: v128, b: v128): v128 {
    return f32x4.mul(f32x4.sub(a, b), f32x4.sub(a, b));
  }
}
export function zipSquaredDifference(p: usize, chunk: i32): void {
  zip<SquaredDifference>(p, chunk);
}

/** a is x, b is alpha. */
@unmanaged
class Prelu {
  @inline
  of(a: v128, b: v128): v128 {
    return choose(f32x4.lt(a, f32x4.splat(0)), f32x4.mul(a, b), a);
  }
}
export function zipPrelu(p: usize, chunk: i32): void {
  zip<Prelu>(p, chunk);
}

/** a is dy, b is y. */
@unmanaged
class EluGrad {
  @inline
  of(a: v128, b: v128): v128 {
    return f32x4.mul(a, choose(f32x4.ge(b, f32x4.splat(0)), f32x4.splat(1), f32x4.add(b, f32x4.splat(1))));
  }
}
export function zipEluGrad(p: usize, chunk: i32): void {
  zip<EluGrad>(p, chunk);
}

/** a is dy, b is x: dy * step(x), so that NaN and Infinity come out as that product has them. */
@unmanaged
class ReluGrad {
  @inline
  of(a: v128, b: v128): v128 {
    return f32x4.mul(a, v128.or(v128.and(f32x4.gt(b, f32x4.splat(0)), f32x4.splat(1)), f32x4.ne(b, b)));
  }
}
export function zipReluGrad(p: usize, chunk: i32): void {
  zip<ReluGrad>(p, chunk);
}

/** a is dy, b is x. */
@unmanaged
class Relu6Grad {
  @inline
  of(a: v128, b: v128): v128 {
    return f32x4.mul(
      a,
      v128.or(
        v128.and(v128.and(f32x4.gt(b, f32x4.splat(0)), f32x4.le(b, f32x4.splat(6))), f32x4.splat(1)),
        f32x4.ne(b, b),
      ),
    );
  }
}
export function zipRelu6Grad(p: usize, chunk: i32): void {
  zip<Relu6Grad>(p, chunk);
}

/** The number an operation needs. */
let alpha: f32 = 0;

/** a is dy, b is x; the slope below 0 stands after the one axis of the parameters. */
@unmanaged
class LeakyReluGrad {
  @inline
  of(a: v128, b: v128): v128 {
    return choose(f32x4.gt(b, f32x4.splat(0)), a, f32x4.mul(a, f32x4.splat(alpha)));
  }
}
export function zipLeakyReluGrad(p: usize, chunk: i32): void {
  alpha = load<f32>(p, AXES + AXIS);
  zip<LeakyReluGrad>(p, chunk);
}

let lowest: f32 = 0;
let highest: f32 = 0;

/** a is dy, b is x; the bounds stand after the one axis of the parameters. */
@unmanaged
class ClipByValueGrad {
  @inline
  of(a: v128, b: v128): v128 {
    return v128.and(a, v128.and(f32x4.ge(b, f32x4.splat(lowest)), f32x4.le(b, f32x4.splat(highest))));
  }
}
export function zipClipByValueGrad(p: usize, chunk: i32): void {
  lowest = load<f32>(p, AXES + AXIS);
  highest = load<f32>(p, AXES + AXIS + 4);
  zip<ClipByValueGrad>(p, chunk);
}

/** a is dy, b is y. */
@unmanaged
class SigmoidGrad {
  @inline
  of(a: v128, b: v128): v128 {
    return f32x4.mul(a, f32x4.mul(b, f32x4.sub(f32x4.splat(1), b)));
  }
}
export function zipSigmoidGrad(p: usize, chunk: i32): void {
  zip<SigmoidGrad>(p, chunk);
}

/** a is dy, b is y. */
@unmanaged
class TanhGrad {
  @inline
  of(a: v128, b: v128): v128 {
    return f32x4.mul(f32x4.sub(f32x4.splat(1), f32x4.mul(b, b)), a);
  }
}
export function zipTanhGrad(p: usize, chunk: i32): void {
  zip<TanhGrad>(p, chunk);
}

@unmanaged
class Greater {
  @inline
  of(a: v128, b: v128): v128 {
    return f32x4.gt(a, b);
  }
}
export function compareGreater(p: usize, chunk: i32): void {
  compare<Greater>(p, chunk);
}

@unmanaged
class GreaterEqual {
  @inline
  of(a: v128, b: v128): v128 {
    return f32x4.ge(a, b);
  }
}
export function compareGreaterEqual(p: usize, chunk: i32): void {
  compare<GreaterEqual>(p, chunk);
}

@unmanaged
class Less {
  @inline
  of(a: v128, b: v128): v128 {
    return f32x4.lt(a, b);
  }
}
export function compareLess(p: usize, chunk: i32): void {
  compare<Less>(p, chunk);
}

@unmanaged
class LessEqual {
  @inline
  of(a: v128, b: v128): v128 {
    return f32x4.le(a, b);
  }
}
export function compareLessEqual(p: usize, chunk: i32): void {
  compare<LessEqual>(p, chunk);
}

@unmanaged
class Equal {
  @inline
  of(a: v128, b: v128): v128 {
    return f32x4.eq(a, b);
  }
}
export function compareEqual(p: usize, chunk: i32): void {
  compare<Equal>(p, chunk);
}

@unmanaged
class NotEqual {
  @inline
  of(a: v128, b: v128): v128 {
    return f32x4.ne(a, b);
  }
}
export function compareNotEqual(p: usize, chunk: i32): void {
  compare<NotEqual>(p, chunk);
}
