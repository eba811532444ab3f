// The near field: pairs of particles of neighbouring leaves, each pair once (Newton's third law).
//
// A task owns a run of leaves. The particles of all partners of a leaf are packed into one long tile, relative to the
// leaf's centre; forces on the tile are kept beside it and added to f64 totals: the task's own, or, for leaves of other
// tasks, a halo that `finish` adds in a fixed order.
//
// Coordinates are in leaf sides, so nothing depends on the caller's units. f32: a distance r is wrong by up to 2^-22,
// so blocks with a pair closer than CLOSE are done again in f64. f32 with remainders: coordinates are pairs of f32,
// distances are right to 2^-23 of themselves, and only pairs closer than 1e-9 sides go to f64.
import {
  TOTALS, CLOSE, COUNT, FIRST, FORCE_TABLE, HALO, HALO_TASK, LEAF, N, NEAR, OUT_POTENTIAL, PAIRS, PARTNERS,
  PARTNER_BYTES, PARTNER_START, POTENTIAL_TABLE, PROFILE, RADIUS, WEIGHTS, X, Y, Z, cellAt, centre, int, num, ptr, side,
} from './fmmPlan'
import {
  Cube, Cubic, CubicPotential, PlummerPotential, Smooth, Truncated, TruncatedPotential, radial64, setTables,
} from './profiles'
import { add64, four, madd, sum2, sum4, zero } from './simd'

/** Rows of a block, and columns of a tile. */
const I: i32 = 64
const J: i32 = 512
const AI: usize = 8 * 64
const AJ: usize = 8 * (512 + 4)

// Scratch of this file. Arrays have room for f64.
const ROW: usize = 0 // x y z, remainders x y z, weights of the block
const SUM: usize = ROW + 7 * AI // forces (and potential) on the block, f64
const COLUMN: usize = SUM + 4 * AI // x y z, remainders x y z, weights of the tile
const FORCE: usize = COLUMN + 7 * AJ // forces (and potential) on the tile
const SEGMENT: usize = FORCE + 4 * AJ // where parts of the tile belong: place, count, totals, bytes between components
export const NEAR_SCRATCH: usize = SEGMENT + 16 * 520

// The cube of this distance overflows, so an f32 pad there exerts no force at all.
const FAR: f32 = 1e15
/** Coordinates beyond this many sides are left to f64: their cubes do not fit in f32. */
const WIDEST: f64 = 1073741824
/** Without cut-off |q|^2 is clamped here, in leaf sides: k(0) = 0 without a branch. */
const TINY: f64 = 1e-200

/**
 * count numbers of one axis relative to c, times s, as f32 and, if wanted, remainders. Four at a time, over the end.
 */
@inline function packAxis32<R>(q: usize, count: i32, c: f64, s: f64, out: usize, remainder: usize): void {
  const vc = f64x2.splat(c)
  const vs = f64x2.splat(s)
  for (let j = 0; j < count; j += 4) {
    const at = <usize>j << 3
    const u = f64x2.mul(f64x2.sub(v128.load(q + at), vc), vs)
    const v = f64x2.mul(f64x2.sub(v128.load(q + at, 16), vc), vs)
    const high = four(u, v)
    const o = out + (<usize>j << 2)
    v128.store(o, high)
    if (isInteger<R>()) {
      const ru = f64x2.sub(u, f64x2.promote_low_f32x4(high))
      const rv = f64x2.sub(v, f64x2.promote_low_f32x4(v128.shuffle<i64>(high, high, 1, 1)))
      v128.store(o + remainder, four(ru, rv))
    }
  }
}

/** Particles first ... first+count-1 into arrays of pitch `pitch` at `out`. */
function pack32<R>(plan: usize, first: i32, count: i32, cx: f64, cy: f64, cz: f64, s: f64, out: usize, pitch: usize): void {
  const from = <usize>first << 3
  packAxis32<R>(ptr(plan, X) + from, count, cx, s, out, 3 * pitch)
  packAxis32<R>(ptr(plan, Y) + from, count, cy, s, out + pitch, 3 * pitch)
  packAxis32<R>(ptr(plan, Z) + from, count, cz, s, out + 2 * pitch, 3 * pitch)
  const w = ptr(plan, WEIGHTS)
  if (w == 0) return
  for (let j: usize = 0; j < <usize>count; j++) {
    store<f32>(out + 6 * pitch + (j << 2), <f32>load<f64>(w + from + (j << 3)))
  }
}

@inline function packAxis64(q: usize, count: i32, c: f64, s: f64, out: usize): void {
  const vc = f64x2.splat(c)
  const vs = f64x2.splat(s)
  for (let j: usize = 0; j < <usize>count; j += 2) {
    v128.store(out + (j << 3), f64x2.mul(f64x2.sub(v128.load(q + (j << 3)), vc), vs))
  }
}

function pack64(plan: usize, first: i32, count: i32, cx: f64, cy: f64, cz: f64, s: f64, out: usize, pitch: usize): void {
  const from = <usize>first << 3
  packAxis64(ptr(plan, X) + from, count, cx, s, out)
  packAxis64(ptr(plan, Y) + from, count, cy, s, out + pitch)
  packAxis64(ptr(plan, Z) + from, count, cz, s, out + 2 * pitch)
  const w = ptr(plan, WEIGHTS)
  if (w == 0) return
  memory.copy(out + 6 * pitch, w + from, <usize>count << 3)
}

/** Forgets the tile's forces and fills it up to whole vectors. */
function close32(scratch: usize, count: i32): void {
  for (let j = count; j & 3; j++) {
    const at = scratch + COLUMN + (<usize>j << 2)
    store<f32>(at, FAR)
    store<f32>(at, FAR, AJ)
    store<f32>(at, FAR, 2 * AJ)
    store<f32>(at, 0, 3 * AJ)
    store<f32>(at, 0, 4 * AJ)
    store<f32>(at, 0, 5 * AJ)
    store<f32>(at, 0, 6 * AJ)
  }
  const bytes = <usize>((count + 3) & ~3) << 2
  memory.fill(scratch + FORCE, 0, bytes)
  memory.fill(scratch + FORCE + AJ, 0, bytes)
  memory.fill(scratch + FORCE + 2 * AJ, 0, bytes)
}
function close64(scratch: usize, count: i32): void {
  if (count & 1) {
    const at = scratch + COLUMN + (<usize>count << 3)
    // Beside the last one: any finite place does, its factor is masked.
    store<f64>(at, load<f64>(at - 8))
    store<f64>(at, load<f64>(at - 8, AJ), AJ)
    store<f64>(at, load<f64>(at - 8, 2 * AJ), 2 * AJ)
    store<f64>(at, 0, 6 * AJ)
  }
  const bytes = <usize>((count + 1) & ~1) << 3
  memory.fill(scratch + FORCE, 0, bytes)
  memory.fill(scratch + FORCE + AJ, 0, bytes)
  memory.fill(scratch + FORCE + 2 * AJ, 0, bytes)
  memory.fill(scratch + FORCE + 3 * AJ, 0, bytes)
}

/**
 * ni rows against nj columns in f32. R: i32 with remainders; V: i32 with weights; S: i32 if the columns are the rows
 * (then forces on the columns are left out). Sums in leaf sides into SUM and FORCE. Returns the least |q|^2, in a self
 * block that of different places.
 */
function pairs32<K, R, V, S>(scratch: usize, ni: i32, nj: i32, a: f32, b: f32): f32 {
  const va = f32x4.splat(a)
  const vb = f32x4.splat(b)
  const one = f32x4.splat(1)
  const tile = scratch + COLUMN
  const end = tile + (<usize>((nj + 3) & ~3) << 2)
  const large = f32x4.splat(1e30)
  let least = large
  for (let i = 0; i < ni; i++) {
    const ti = scratch + ROW + (<usize>i << 2)
    const xi = v128.load_splat<f32>(ti)
    const yi = v128.load_splat<f32>(ti, AI)
    const zi = v128.load_splat<f32>(ti, 2 * AI)
    let ui = zero()
    let vi = zero()
    let wi = zero()
    if (isInteger<R>()) {
      ui = v128.load_splat<f32>(ti, 3 * AI)
      vi = v128.load_splat<f32>(ti, 4 * AI)
      wi = v128.load_splat<f32>(ti, 5 * AI)
    }
    let weight = zero()
    if (isInteger<V>()) weight = v128.load_splat<f32>(ti, 6 * AI)
    let sx = zero()
    let sy = zero()
    let sz = zero()
    for (let j = tile; j < end; j += 16) {
      let dx = f32x4.sub(xi, v128.load(j))
      let dy = f32x4.sub(yi, v128.load(j, AJ))
      let dz = f32x4.sub(zi, v128.load(j, 2 * AJ))
      if (isInteger<R>()) {
        dx = f32x4.add(dx, f32x4.sub(ui, v128.load(j, 3 * AJ)))
        dy = f32x4.add(dy, f32x4.sub(vi, v128.load(j, 4 * AJ)))
        dz = f32x4.add(dz, f32x4.sub(wi, v128.load(j, 5 * AJ)))
      }
      const r2 = madd<f32>(dx, dx, madd<f32>(dy, dy, f32x4.mul(dz, dz)))
      if (isInteger<S>()) least = f32x4.pmin(least, v128.bitselect(large, r2, f32x4.eq(r2, zero())))
      else least = f32x4.pmin(least, r2)
      const f = changetype<K>(0).phi<f32>(r2, va, vb, one)
      if (isInteger<S>()) {
        const g = isInteger<V>() ? f32x4.mul(f, v128.load(j, 6 * AJ)) : f
        sx = madd<f32>(g, dx, sx)
        sy = madd<f32>(g, dy, sy)
        sz = madd<f32>(g, dz, sz)
      } else if (isInteger<V>()) {
        const g = f32x4.mul(f, v128.load(j, 6 * AJ))
        const h = f32x4.mul(f, weight)
        sx = madd<f32>(g, dx, sx)
        sy = madd<f32>(g, dy, sy)
        sz = madd<f32>(g, dz, sz)
        v128.store(j, f32x4.sub(v128.load(j, 7 * AJ), f32x4.mul(h, dx)), 7 * AJ)
        v128.store(j, f32x4.sub(v128.load(j, 8 * AJ), f32x4.mul(h, dy)), 8 * AJ)
        v128.store(j, f32x4.sub(v128.load(j, 9 * AJ), f32x4.mul(h, dz)), 9 * AJ)
      } else {
        const gx = f32x4.mul(f, dx)
        const gy = f32x4.mul(f, dy)
        const gz = f32x4.mul(f, dz)
        sx = f32x4.add(sx, gx)
        sy = f32x4.add(sy, gy)
        sz = f32x4.add(sz, gz)
        v128.store(j, f32x4.sub(v128.load(j, 7 * AJ), gx), 7 * AJ)
        v128.store(j, f32x4.sub(v128.load(j, 8 * AJ), gy), 8 * AJ)
        v128.store(j, f32x4.sub(v128.load(j, 9 * AJ), gz), 9 * AJ)
      }
    }
    const o = scratch + SUM + (<usize>i << 3)
    store<f64>(o, sum4(sx))
    store<f64>(o, sum4(sy), AI)
    store<f64>(o, sum4(sz), 2 * AI)
  }
  least = f32x4.pmin(least, v128.shuffle<f32>(least, least, 2, 3, 0, 1))
  return min(f32x4.extract_lane(least, 0), f32x4.extract_lane(least, 1))
}

/** The same in f64. */
function pairs64<K, V, S>(scratch: usize, ni: i32, nj: i32, a: f64, b: f64): void {
  const va = f64x2.splat(a)
  const vb = f64x2.splat(b)
  const one = f64x2.splat(1)
  const tile = scratch + COLUMN
  const full = tile + (<usize>(nj & ~1) << 3)
  const lane = i64x2(-1, 0)
  for (let i = 0; i < ni; i++) {
    const ti = scratch + ROW + (<usize>i << 3)
    const xi = v128.load_splat<f64>(ti)
    const yi = v128.load_splat<f64>(ti, AI)
    const zi = v128.load_splat<f64>(ti, 2 * AI)
    let weight = zero()
    if (isInteger<V>()) weight = v128.load_splat<f64>(ti, 6 * AI)
    let sx = zero()
    let sy = zero()
    let sz = zero()
    let mask = i64x2.splat(-1)
    let j = tile
    let end = full
    while (true) {
      for (; j < end; j += 16) {
        const dx = f64x2.sub(xi, v128.load(j))
        const dy = f64x2.sub(yi, v128.load(j, AJ))
        const dz = f64x2.sub(zi, v128.load(j, 2 * AJ))
        const r2 = madd<f64>(dx, dx, madd<f64>(dy, dy, f64x2.mul(dz, dz)))
        const f = v128.and(changetype<K>(0).phi<f64>(r2, va, vb, one), mask)
        const g = isInteger<V>() ? f64x2.mul(f, v128.load(j, 6 * AJ)) : f
        sx = madd<f64>(g, dx, sx)
        sy = madd<f64>(g, dy, sy)
        sz = madd<f64>(g, dz, sz)
        if (!isInteger<S>()) {
          const h = isInteger<V>() ? f64x2.mul(f, weight) : f
          v128.store(j, f64x2.sub(v128.load(j, 7 * AJ), f64x2.mul(h, dx)), 7 * AJ)
          v128.store(j, f64x2.sub(v128.load(j, 8 * AJ), f64x2.mul(h, dy)), 8 * AJ)
          v128.store(j, f64x2.sub(v128.load(j, 9 * AJ), f64x2.mul(h, dz)), 9 * AJ)
        }
      }
      if (end != full || (nj & 1) == 0) break
      mask = lane
      end = full + 16
    }
    const o = scratch + SUM + (<usize>i << 3)
    store<f64>(o, sum2(sx))
    store<f64>(o, sum2(sy), AI)
    store<f64>(o, sum2(sz), 2 * AI)
  }
}

/** Potentials, in f64: of the columns at the rows into SUM[3], and back into FORCE[3] unless they are the same. */
function potentials64<K, S>(scratch: usize, ni: i32, nj: i32, a: f64, b: f64, weighted: bool): void {
  const va = f64x2.splat(a)
  const vb = f64x2.splat(b)
  const tile = scratch + COLUMN
  const one = f64x2.splat(1)
  for (let i = 0; i < ni; i++) {
    const ti = scratch + ROW + (<usize>i << 3)
    const xi = v128.load_splat<f64>(ti)
    const yi = v128.load_splat<f64>(ti, AI)
    const zi = v128.load_splat<f64>(ti, 2 * AI)
    const weight = weighted ? v128.load_splat<f64>(ti, 6 * AI) : one
    let sum = zero()
    for (let k = 0; k < nj; k += 2) {
      const j = tile + (<usize>k << 3)
      const dx = f64x2.sub(xi, v128.load(j))
      const dy = f64x2.sub(yi, v128.load(j, AJ))
      const dz = f64x2.sub(zi, v128.load(j, 2 * AJ))
      const r2 = madd<f64>(dx, dx, madd<f64>(dy, dy, f64x2.mul(dz, dz)))
      // Neither the padding nor, in a self block, the particle itself.
      let keep = i64x2.replace_lane(i64x2.splat(-1), 1, k + 1 < nj ? -1 : 0)
      if (isInteger<S>()) {
        if (k == i) keep = i64x2.replace_lane(keep, 0, 0)
        if (k + 1 == i) keep = i64x2.replace_lane(keep, 1, 0)
      }
      const f = v128.and(changetype<K>(0).phi<f64>(r2, va, vb, one), keep)
      sum = f64x2.add(sum, weighted ? f64x2.mul(f, v128.load(j, 6 * AJ)) : f)
      if (!isInteger<S>()) v128.store(j, madd<f64>(f, weight, v128.load(j, 10 * AJ)), 10 * AJ)
    }
    store<f64>(scratch + SUM + (<usize>i << 3), sum2(sum), 3 * AI)
  }
}

/** V tabulated inside the cut-off radius, 1/r outside. */
@final @unmanaged class TabulatedPotential {
  @inline phi<T>(r2: v128, a: v128, b: v128, one: v128): v128 {
    const inside = f64x2.lt(r2, a)
    let f = f64x2.div(one, f64x2.sqrt(f64x2.pmax(r2, a)))
    if (v128.any_true(inside)) f = v128.bitselect(radial64(r2), f, inside)
    return f
  }
}

function dispatch32<R, V, S>(profile: i32, scratch: usize, ni: i32, nj: i32, a: f32, b: f32): f32 {
  if (profile == 0) return pairs32<Truncated<Cube>, R, V, S>(scratch, ni, nj, a, b)
  return pairs32<Cubic<Cube>, R, V, S>(scratch, ni, nj, a, b)
}
function block32<S>(scratch: usize, remainders: bool, weighted: bool, profile: i32, ni: i32, nj: i32, a: f32, b: f32): f32 {
  if (remainders) {
    if (weighted) return dispatch32<i32, i32, S>(profile, scratch, ni, nj, a, b)
    return dispatch32<i32, f32, S>(profile, scratch, ni, nj, a, b)
  }
  if (weighted) return dispatch32<f32, i32, S>(profile, scratch, ni, nj, a, b)
  return dispatch32<f32, f32, S>(profile, scratch, ni, nj, a, b)
}

function dispatch64<V, S>(profile: i32, scratch: usize, ni: i32, nj: i32, a: f64, b: f64): void {
  if (profile == 0) pairs64<Truncated<Cube>, V, S>(scratch, ni, nj, a, b)
  else if (profile == 1) pairs64<Cubic<Cube>, V, S>(scratch, ni, nj, a, b)
  else pairs64<Smooth<Cube>, V, S>(scratch, ni, nj, a, b)
}
function block64<S>(plan: usize, scratch: usize, ni: i32, nj: i32, unit: f64): void {
  const weighted = ptr(plan, WEIGHTS) != 0
  const profile = int(plan, PROFILE)
  const radius = num(plan, RADIUS) / unit
  const a = radius == 0 ? TINY : radius * radius
  const b = radius == 0 ? 0.0 : 1.5 / a
  if (profile == 2) setTables(0, ptr(plan, FORCE_TABLE), 1.0 / a, 1.0 / (a * radius))
  if (weighted) dispatch64<i32, S>(profile, scratch, ni, nj, a, b)
  else dispatch64<f32, S>(profile, scratch, ni, nj, a, b)
}
function potential64<S>(plan: usize, scratch: usize, ni: i32, nj: i32, unit: f64): void {
  const weighted = ptr(plan, WEIGHTS) != 0
  const profile = int(plan, PROFILE)
  const radius = num(plan, RADIUS) / unit
  if (radius == 0) return potentials64<PlummerPotential, S>(scratch, ni, nj, 0, 0, weighted)
  const a = radius * radius
  if (profile == 0) return potentials64<TruncatedPotential, S>(scratch, ni, nj, a, 0, weighted)
  if (profile == 1) return potentials64<CubicPotential, S>(scratch, ni, nj, a, 0, weighted)
  setTables(0, ptr(plan, POTENTIAL_TABLE), 1.0 / a, 1.0 / radius)
  potentials64<TabulatedPotential, S>(scratch, ni, nj, a, 0, weighted)
}

/** SUM -> totals of the block's particles. */
function flushRows(plan: usize, scratch: usize, first: i32, ni: i32, factor: f64, from: usize, to: usize): void {
  const stride = <usize>int(plan, N) << 3
  for (let c = from; c < to; c++) {
    const total = ptr(plan, TOTALS) + c * stride + (<usize>first << 3)
    const sum = scratch + SUM + c * AI
    for (let i: usize = 0; i < <usize>ni << 3; i += 8) add64(total + i, factor * load<f64>(sum + i))
  }
}

/** FORCE (f32 or f64) -> totals of the tile's particles. */
function flushColumns<T>(scratch: usize, segments: i32, factor: f64, from: usize, to: usize): void {
  const f = f64x2.splat(factor)
  for (let k = 0; k < segments; k++) {
    const segment = scratch + SEGMENT + (<usize>k << 4)
    const place = <usize>load<i32>(segment)
    const count = <usize>load<i32>(segment, 4)
    for (let c = from; c < to; c++) {
      const total = <usize>load<u32>(segment, 8) + c * <usize>load<i32>(segment, 12)
      const force = scratch + FORCE + c * AJ + place * sizeof<T>()
      let j: usize = 0
      if (sizeof<T>() == 8) {
        for (; j < count; j++) add64(total + (j << 3), factor * load<f64>(force + (j << 3)))
      } else {
        for (; j + 2 <= count; j += 2) {
          const o = total + (j << 3)
          v128.store(o, madd<f64>(f, f64x2.promote_low_f32x4(v128.load64_zero(force + (j << 2))), v128.load(o)))
        }
        if (j < count) add64(total + (j << 3), factor * <f64>load<f32>(force + (j << 2)))
      }
    }
  }
}

function pack64All(plan: usize, scratch: usize, first: i32, ni: i32, segments: i32, cx: f64, cy: f64, cz: f64, s: f64): void {
  pack64(plan, first, ni, cx, cy, cz, s, scratch + ROW, AI)
  for (let k = 0; k < segments; k++) {
    const segment = scratch + SEGMENT + (<usize>k << 4)
    const place = load<i32>(segment)
    pack64(plan, load<i32>(scratch + SOURCE + (<usize>k << 2)), load<i32>(segment, 4), cx, cy, cz, s, scratch + COLUMN + (<usize>place << 3), AJ)
  }
}
const SOURCE: usize = NEAR_SCRATCH // first particle of every segment
export const NEAR_SCRATCH_ALL: usize = NEAR_SCRATCH + 4 * 520

/** One block of rows against one tile (S: against itself), in the wanted precision, into the totals. */
function block<S>(plan: usize, scratch: usize, first: i32, ni: i32, segments: i32, nj: i32, cx: f64, cy: f64, cz: f64, unit: f64, wide: bool): void {
  let precision = int(plan, PAIRS)
  if (wide) precision = 2
  const s = 1.0 / unit
  if (precision < 2) {
    const remainders = precision == 1
    const weighted = ptr(plan, WEIGHTS) != 0
    if (remainders) pack32<i32>(plan, first, ni, cx, cy, cz, s, scratch + ROW, AI)
    else pack32<f32>(plan, first, ni, cx, cy, cz, s, scratch + ROW, AI)
    for (let k = 0; k < segments; k++) {
      const segment = scratch + SEGMENT + (<usize>k << 4)
      const from = load<i32>(scratch + SOURCE + (<usize>k << 2))
      const out = scratch + COLUMN + (<usize>load<i32>(segment) << 2)
      if (remainders) pack32<i32>(plan, from, load<i32>(segment, 4), cx, cy, cz, s, out, AJ)
      else pack32<f32>(plan, from, load<i32>(segment, 4), cx, cy, cz, s, out, AJ)
    }
    close32(scratch, nj)
    const radius = num(plan, RADIUS) * s
    const a: f32 = radius == 0 ? 1e-24 : <f32>(radius * radius)
    const b: f32 = radius == 0 ? 0 : <f32>(1.5 / (radius * radius))
    const least = block32<S>(scratch, remainders, weighted, int(plan, PROFILE), ni, nj, a, b)
    const close = remainders ? 1e-9 : num(plan, CLOSE)
    if (<f64>least >= close * close) {
      flushRows(plan, scratch, first, ni, s * s, 0, 3)
      if (!isInteger<S>()) flushColumns<f32>(scratch, segments, s * s, 0, 3)
    } else precision = 2
  }
  const potential = ptr(plan, OUT_POTENTIAL) != 0
  if (precision < 2 && !potential) return
  pack64All(plan, scratch, first, ni, segments, cx, cy, cz, s)
  close64(scratch, nj)
  if (precision == 2) {
    block64<S>(plan, scratch, ni, nj, unit)
    flushRows(plan, scratch, first, ni, s * s, 0, 3)
    if (!isInteger<S>()) flushColumns<f64>(scratch, segments, s * s, 0, 3)
  }
  if (potential) {
    potential64<S>(plan, scratch, ni, nj, unit)
    flushRows(plan, scratch, first, ni, s, 3, 4)
    if (!isInteger<S>()) flushColumns<f64>(scratch, segments, s, 3, 4)
  }
}

@inline function segmentOf(scratch: usize, k: i32, place: i32, first: i32, count: i32, total: usize, stride: i32): void {
  const segment = scratch + SEGMENT + (<usize>k << 4)
  store<i32>(segment, place)
  store<i32>(segment, count, 4)
  store<u32>(segment, <u32>total, 8)
  store<i32>(segment, stride, 12)
  store<i32>(scratch + SOURCE + (<usize>k << 2), first)
}

/** All pairs of one leaf: within it, and with its partners. */
function leafPairs(plan: usize, scratch: usize, leaf: i32): void {
  const cell = cellAt(plan, load<i32>(ptr(plan, LEAF) + (<usize>leaf << 2)))
  const cx = centre(plan, cell, 0)
  const cy = centre(plan, cell, 1)
  const cz = centre(plan, cell, 2)
  const unit = side(plan, cell)
  const first = load<i32>(cell, FIRST)
  const count = load<i32>(cell, COUNT)
  const stride = int(plan, N) << 3
  const start = ptr(plan, PARTNER_START) + (<usize>leaf << 2)
  const last = load<i32>(start, 4)
  const wideRadius = num(plan, RADIUS) > 32768.0 * unit
  for (let row = 0; row < count; row += I) {
    const ni = min(I, count - row)
    const at = first + row
    segmentOf(scratch, 0, 0, at, ni, 0, 0)
    block<i32>(plan, scratch, at, ni, 1, ni, cx, cy, cz, unit, wideRadius)
    // The rest of the leaf, then its partners, cut into tiles.
    let k = load<i32>(start) - 1
    let from = at + ni
    let left = count - row - ni
    let total = ptr(plan, TOTALS) + (<usize>from << 3)
    let pitch = stride
    while (true) {
      let nj = 0
      let segments = 0
      let wide = wideRadius
      while (nj < J) {
        if (left == 0) {
          if (++k >= last) break
          const record = ptr(plan, PARTNERS) + <usize>k * PARTNER_BYTES
          from = load<i32>(record)
          left = load<i32>(record, 4)
          total = <usize>load<u32>(record, 8)
          pitch = load<i32>(record, 12)
        }
        const size = min(left, J - nj)
        const q = <usize>from << 3
        const reach = max(
          Math.abs(load<f64>(ptr(plan, X) + q) - cx),
          max(Math.abs(load<f64>(ptr(plan, Y) + q) - cy), Math.abs(load<f64>(ptr(plan, Z) + q) - cz)),
        )
        if (reach > WIDEST * unit) wide = true
        segmentOf(scratch, segments++, nj, from, size, total, pitch)
        nj += size
        from += size
        total += <usize>size << 3
        left -= size
      }
      if (nj == 0) break
      block<f32>(plan, scratch, at, ni, segments, nj, cx, cy, cz, unit, wide)
    }
  }
}

/** The near field of one task's leaves, into its own totals and its halo. */
export function nearField(plan: usize, scratch: usize, task: i32): void {
  const near = ptr(plan, NEAR) + (<usize>task << 2)
  const from = load<i32>(near)
  const to = load<i32>(near, 4)
  const halo = ptr(plan, HALO_TASK) + (<usize>task << 2)
  const haloFrom = <usize>load<u32>(halo)
  memory.fill(ptr(plan, HALO) + haloFrom, 0, <usize>load<u32>(halo, 4) - haloFrom)
  if (from == to) return
  const begin = <usize>load<i32>(cellAt(plan, load<i32>(ptr(plan, LEAF) + (<usize>from << 2))), FIRST) << 3
  const lastLeaf = cellAt(plan, load<i32>(ptr(plan, LEAF) + (<usize>(to - 1) << 2)))
  const end = <usize>(load<i32>(lastLeaf, FIRST) + load<i32>(lastLeaf, COUNT)) << 3
  const stride = <usize>int(plan, N) << 3
  const components: usize = ptr(plan, OUT_POTENTIAL) != 0 ? 4 : 3
  for (let c: usize = 0; c < components; c++) memory.fill(ptr(plan, TOTALS) + c * stride + begin, 0, end - begin)
  for (let leaf = from; leaf < to; leaf++) leafPairs(plan, scratch, leaf)
}
