// Direct sums of scalar functions of the distance in f64: potentials and majorants. Target-source rows; in the self
// form the term j = i is masked out.
import {
  at, CLAMP, COEFFICIENT, KIND, OUT, real, SELF, SOURCES, STRIDE, T, TARGET_COUNT, TARGET_STRIDE, TARGETS, useTables,
  WEIGHTS,
} from './directShared'
import { CubicPotential, Majorant, PlummerPotential, Radial, TruncatedPotential } from './profiles'
import { add64, norm, sum2 } from './simd'

function scalarRowsOf<K>(
  x: usize, stride: usize, w: usize, jFrom: usize, jTo: usize,
  t: usize, targetStride: usize, iFrom: usize, iTo: usize, out: usize, self: bool, a: f64, b: f64,
): void {
  const va = f64x2.splat(a)
  const vb = f64x2.splat(b)
  const one = f64x2.splat(1)
  const y = x + (stride << 3)
  const z = y + (stride << 3)
  const two = i64x2.splat(16)
  const zero = f64x2.splat(0)
  for (let i = iFrom; i < iTo; i++) {
    const ti = t + (i << 3)
    const xi = v128.load_splat<f64>(ti)
    const yi = v128.load_splat<f64>(ti + (targetStride << 3))
    const zi = v128.load_splat<f64>(ti + (targetStride << 4))
    let s = zero
    // Byte offsets of the two lanes, to be compared with that of i.
    let index = i64x2.add(i64x2(0, 8), i64x2.splat(jFrom << 3))
    const own = i64x2.splat(self ? i << 3 : -1)
    for (let j = jFrom << 3, end = jTo << 3; j < end; j += 16) {
      const dx = f64x2.sub(xi, v128.load(x + j))
      const dy = f64x2.sub(yi, v128.load(y + j))
      const dz = f64x2.sub(zi, v128.load(z + j))
      const weight = v128.load(w + j)
      // Masking the product, not the factor: a singular potential is infinite at padding and at i.
      const skip = v128.or(i64x2.eq(index, own), f64x2.eq(weight, zero))
      const f = f64x2.mul(changetype<K>(0).phi<f64>(norm<f64>(dx, dy, dz), va, vb, one), weight)
      s = f64x2.add(s, v128.andnot(f, skip))
      index = i64x2.add(index, two)
    }
    add64(out + ((i - iFrom) << 3), sum2(s))
  }
}

function scalarRows(
  kind: i32, x: usize, stride: usize, w: usize, jFrom: usize, jTo: usize,
  t: usize, targetStride: usize, iFrom: usize, iTo: usize, out: usize, self: bool, a: f64, b: f64,
): void {
  switch (kind) {
    case 0: return scalarRowsOf<TruncatedPotential>(x, stride, w, jFrom, jTo, t, targetStride, iFrom, iTo, out, self, a, b)
    case 1: return scalarRowsOf<CubicPotential>(x, stride, w, jFrom, jTo, t, targetStride, iFrom, iTo, out, self, a, b)
    case 2: return scalarRowsOf<PlummerPotential>(x, stride, w, jFrom, jTo, t, targetStride, iFrom, iTo, out, self, a, b)
    case 3: return scalarRowsOf<Majorant>(x, stride, w, jFrom, jTo, t, targetStride, iFrom, iTo, out, self, a, b)
    case 4: return scalarRowsOf<Radial>(x, stride, w, jFrom, jTo, t, targetStride, iFrom, iTo, out, self, a, b)
  }
}

/** Task = tile of targets. `out` must be zero. */
export function directScalar(task: i32, p: usize): void {
  useTables(p)
  const kind = <i32>at(p, KIND)
  const iFrom = <usize>task * T
  const iTo = min<usize>(iFrom + T, at(p, TARGET_COUNT))
  const stride = at(p, STRIDE)
  const out = at(p, OUT) + (iFrom << 3)
  for (let j: usize = 0; j < stride; j += T) {
    scalarRows(
      kind, at(p, SOURCES), stride, at(p, WEIGHTS), j, min<usize>(j + T, stride), at(p, TARGETS),
      at(p, TARGET_STRIDE), iFrom, iTo, out, at(p, SELF) !== 0, real(p, CLAMP), real(p, COEFFICIENT),
    )
  }
}
