// Operations on one tensor of float32, number by number: see passes.ts.
import { choose } from "./lanes";
import { madd } from "./madd";
import { exp4, expm1x4, log1p4, log4, sigmoid4, softplus4, tanh4 } from "./math";
import { map, mapLong, Pass } from "./passes";

@unmanaged
class Relu extends Pass {
  @inline
  of(x: v128): v128 {
    return f32x4.add(f32x4.pmax(x, f32x4.splat(0)), f32x4.splat(0));
  }
}
export function mapRelu(p: usize, chunk: i32): void {
  map<Relu>(p, chunk);
}

@unmanaged
class Relu6 extends Pass {
  @inline
  of(x: v128): v128 {
    return f32x4.add(f32x4.pmin(f32x4.pmax(x, f32x4.splat(0)), f32x4.splat(6)), f32x4.splat(0));
  }
}
export function mapRelu6(p: usize, chunk: i32): void {
  map<Relu6>(p, chunk);
}

@unmanaged
class LeakyRelu extends Pass {
  @inline
  of(x: v128): v128 {
    return choose(f32x4.lt(x, f32x4.splat(0)), f32x4.mul(x, f32x4.splat(this.first)), x);
  }
}
export function mapLeakyRelu(p: usize, chunk: i32): void {
  map<LeakyRelu>(p, chunk);
}

@unmanaged
class Elu extends Pass {
  @inline
  of(x: v128, c: usize): v128 {
    return choose(f32x4.ge(x, f32x4.splat(0)), x, expm1x4(f32x4.pmin(x, f32x4.splat(0)), c));
  }
}
export function mapElu(p: usize, chunk: i32): void {
  mapLong<Elu>(p, chunk);
}

/** first: scale; second: scale * alpha */
@unmanaged
class Selu extends Pass {
  @inline
  of(x: v128, c: usize): v128 {
    return choose(
      f32x4.ge(x, f32x4.splat(0)),
      f32x4.mul(x, f32x4.splat(this.first)),
      f32x4.mul(expm1x4(f32x4.pmin(x, f32x4.splat(0)), c), f32x4.splat(this.second)),
    );
  }
}
export function mapSelu(p: usize, chunk: i32): void {
  mapLong<Selu>(p, chunk);
}

@unmanaged
class Step extends Pass {
  @inline
  of(x: v128): v128 {
    return v128.or(choose(f32x4.gt(x, f32x4.splat(0)), f32x4.splat(1), f32x4.splat(this.first)), f32x4.ne(x, x));
  }
}
export function mapStep(p: usize, chunk: i32): void {
  map<Step>(p, chunk);
}

@unmanaged
class ClipByValue extends Pass {
  @inline
  of(x: v128): v128 {
    return f32x4.pmin(f32x4.pmax(x, f32x4.splat(this.first)), f32x4.splat(this.second));
  }
}
export function mapClipByValue(p: usize, chunk: i32): void {
  map<ClipByValue>(p, chunk);
}

@unmanaged
class Neg extends Pass {
  @inline
  of(x: v128): v128 {
    return f32x4.neg(x);
  }
}
export function mapNeg(p: usize, chunk: i32): void {
  map<Neg>(p, chunk);
}

@unmanaged
class Abs extends Pass {
  @inline
  of(x: v128): v128 {
    return f32x4.abs(x);
  }
}
export function mapAbs(p: usize, chunk: i32): void {
  map<Abs>(p, chunk);
}

@unmanaged
class Square extends Pass {
  @inline
  of(x: v128): v128 {
    return f32x4.mul(x, x);
  }
}
export function mapSquare(p: usize, chunk: i32): void {
  map<Square>(p, chunk);
}

@unmanaged
class Sqrt extends Pass {
  @inline
  of(x: v128): v128 {
    return f32x4.sqrt(x);
  }
}
export function mapSqrt(p: usize, chunk: i32): void {
  map<Sqrt>(p, chunk);
}

@unmanaged
class Rsqrt extends Pass {
  @inline
  of(x: v128): v128 {
    return f32x4.div(f32x4.splat(1), f32x4.sqrt(x));
  }
}
export function mapRsqrt(p: usize, chunk: i32): void {
  map<Rsqrt>(p, chunk);
}

@unmanaged
class Reciprocal extends Pass {
  @inline
  of(x: v128): v128 {
    return f32x4.div(f32x4.splat(1), x);
  }
}
export function mapReciprocal(p: usize, chunk: i32): void {
  map<Reciprocal>(p, chunk);
}

@unmanaged
class Floor extends Pass {
  @inline
  of(x: v128): v128 {
    return f32x4.floor(x);
  }
}
export function mapFloor(p: usize, chunk: i32): void {
  map<Floor>(p, chunk);
}

@unmanaged
class Ceil extends Pass {
  @inline
  of(x: v128): v128 {
    return f32x4.ceil(x);
  }
}
export function mapCeil(p: usize, chunk: i32): void {
  map<Ceil>(p, chunk);
}

@unmanaged
class Round extends Pass {
  @inline
  of(x: v128): v128 {
    return f32x4.nearest(x);
  }
}
export function mapRound(p: usize, chunk: i32): void {
  map<Round>(p, chunk);
}

@unmanaged
class Exp extends Pass {
  @inline
  of(x: v128, c: usize): v128 {
    return exp4(x, c);
  }
}
export function mapExp(p: usize, chunk: i32): void {
  mapLong<Exp>(p, chunk);
}

@unmanaged
class Expm1 extends Pass {
  @inline
  of(x: v128, c: usize): v128 {
    return expm1x4(x, c);
  }
}
export function mapExpm1(p: usize, chunk: i32): void {
  mapLong<Expm1>(p, chunk);
}

@unmanaged
class Log extends Pass {
  @inline
  of(x: v128, c: usize): v128 {
    return log4(x, c);
  }
}
export function mapLog(p: usize, chunk: i32): void {
  mapLong<Log>(p, chunk);
}

@unmanaged
class Log1p extends Pass {
  @inline
  of(x: v128, c: usize): v128 {
    return log1p4(x, c);
  }
}
export function mapLog1p(p: usize, chunk: i32): void {
  mapLong<Log1p>(p, chunk);
}

@unmanaged
class Sigmoid extends Pass {
  @inline
  of(x: v128, c: usize): v128 {
    return sigmoid4(x, c);
  }
}
export function mapSigmoid(p: usize, chunk: i32): void {
  mapLong<Sigmoid>(p, chunk);
}

@unmanaged
class Tanh extends Pass {
  @inline
  of(x: v128, c: usize): v128 {
    return tanh4(x, c);
  }
}
export function mapTanh(p: usize, chunk: i32): void {
  mapLong<Tanh>(p, chunk);
}

@unmanaged
class Softplus extends Pass {
  @inline
  of(x: v128, c: usize): v128 {
    return softplus4(x, c);
  }
}
export function mapSoftplus(p: usize, chunk: i32): void {
  mapLong<Softplus>(p, chunk);
}

/** A rational function of x, cut off where the result is 1 in float32: the coefficients are those of Eigen's `erf`. */
@unmanaged
class Erf extends Pass {
  @inline
  of(x: v128, c: usize): v128 {
    const four = f32x4.splat(4);
    const near = f32x4.max(f32x4.min(x, four), f32x4.neg(four));
    const square = f32x4.mul(near, near);
    let top = madd(square, f32x4.splat(-2.72614225801306e-10), f32x4.splat(2.77068142495902e-8));
    top = madd(square, top, f32x4.splat(-2.10102402082508e-6));
    top = madd(square, top, f32x4.splat(-5.69250639462346e-5));
    top = madd(square, top, f32x4.splat(-7.34990630326855e-4));
    top = madd(square, top, f32x4.splat(-2.954599808540250e-3));
    top = madd(square, top, f32x4.splat(-1.60960333262415e-2));
    let bottom = madd(square, f32x4.splat(-1.45660718464996e-5), f32x4.splat(-2.13374055278905e-4));
    bottom = madd(square, bottom, f32x4.splat(-1.68282697438203e-3));
    bottom = madd(square, bottom, f32x4.splat(-7.37332916720468e-3));
    bottom = madd(square, bottom, f32x4.splat(-1.42647390514189e-2));
    const one = f32x4.splat(1);
    const ratio = f32x4.div(f32x4.mul(near, top), bottom);
    return f32x4.max(f32x4.min(ratio, one), f32x4.neg(one));
  }
}
export function mapErf(p: usize, chunk: i32): void {
  mapLong<Erf>(p, chunk);
}
