// Direct sums of forces with pairs in f32 and totals in f64.
//
// For every pair of tiles the positions are taken relative to the centre of both, scaled by a power of two into
// [-2, 2], and rounded to f32. Where distances and cut-off may be small against the tiles, the rounding remainder is
// carried as a second f32, so that the displacement of every pair is right to a few units of 2^-24 of itself.
// At most 64 terms are added in f32 before a total in f64 takes them. The error bound is derived in mixedError.ts.
import {
  ALPHA, at, BOXES, COUNT, KIND, OUT, partners, PRIVATE, PRIVATE_BYTES, RADIUS, real, ROWS, SOURCES, STRIDE, T,
  TARGET_BOXES, TARGET_COUNT, TARGET_STRIDE, TARGETS, TILES, WEIGHTS,
} from './directShared'
import { scratch } from './memory'
import { Cube, Cubic, Plummer, Square, Truncated } from './profiles'
import { add64, four, madd, norm, sum4 } from './simd'

/** Rows after which the f32 forces on a tile are added to their f64 totals. */
const FLUSH: usize = 64
/** Bytes of one array of a tile in f32. */
const A: usize = 4 * T

// Scratch: x y z and their remainders of tile I, then of tile J, then weights of J, then forces on J.
const TILE_J: usize = 6 * A
const WEIGHT: usize = 12 * A
const FORCE: usize = 13 * A
/** Constants of the loop over pairs of tiles, where the weights of the one-sided form are. */
const CONSTANTS: usize = WEIGHT

/** Bounding boxes of tiles: task = tile of `count` points; min x y z, max x y z. */
function boxOf(x: usize, stride: usize, from: usize, to: usize, box: usize): void {
  for (let c: usize = 0; c < 3; c++) {
    const q = x + (c * stride << 3)
    let low = f64.load(q + (from << 3))
    let high = low
    for (let j = from + 1; j < to; j++) {
      const v = f64.load(q + (j << 3))
      low = min(low, v)
      high = max(high, v)
    }
    f64.store(box + (c << 3), low)
    f64.store(box + (c << 3), high, 24)
  }
}
export function directBoxes(task: i32, p: usize): void {
  const from = <usize>task * T
  boxOf(at(p, SOURCES), at(p, STRIDE), from, min<usize>(from + T, at(p, COUNT)), at(p, BOXES) + 48 * <usize>task)
}
export function directTargetBoxes(task: i32, p: usize): void {
  const from = <usize>task * T
  const to = min<usize>(from + T, at(p, TARGET_COUNT))
  boxOf(at(p, TARGETS), at(p, TARGET_STRIDE), from, to, at(p, TARGET_BOXES) + 48 * <usize>task)
}

// The common frame of two tiles, set by `frame`.
let centreX: f64 = 0
let centreY: f64 = 0
let centreZ: f64 = 0
let scale: f64 = 1
let near: bool = true

function frame(u: usize, v: usize, radius: f64): void {
  let half = 0.0
  let gap = 0.0
  for (let c: usize = 0; c < 24; c += 8) {
    const lowU = f64.load(u + c)
    const highU = f64.load(u + c, 24)
    const lowV = f64.load(v + c)
    const highV = f64.load(v + c, 24)
    const low = min(lowU, lowV)
    const high = max(highU, highV)
    const middle = 0.5 * low + 0.5 * high
    if (c == 0) centreX = middle
    else if (c == 8) centreY = middle
    else centreZ = middle
    half = max(half, 0.5 * high - 0.5 * low)
    const apart = max(0.0, max(lowU - highV, lowV - highU))
    gap = max(gap, apart)
  }
  // The remainder is needed where rounding the coordinates (half 2^-24) could matter against every distance there, or
  // against the cut-off, below which an error of the displacement counts no more.
  near = max(gap, radius) < 0.0625 * half
  // A power of two that brings the larger of extent and cut-off into [1, 2), within reach of its square.
  const exponent = min<u64>(max<u64>((reinterpret<u64>(max(half, radius)) >> 52) & 0x7ff, 623), 1423)
  scale = reinterpret<f64>((2046 - exponent) << 52)
}

// Coordinates from..to of one axis relative to the centre, scaled, as f32 and (if near) the remainder as f32.
// Four at a time: reads up to three numbers behind the end, whose values do not matter but must be numbers.
function packAxis(q: usize, from: usize, to: usize, centre: f64, out: usize): void {
  const c = f64x2.splat(centre)
  const s = f64x2.splat(scale)
  for (let j = from; j < to; j += 4) {
    const u = f64x2.mul(f64x2.sub(v128.load(q + (j << 3)), c), s)
    const v = f64x2.mul(f64x2.sub(v128.load(q + (j << 3), 16), c), s)
    const high = four(u, v)
    const o = out + ((j - from) << 2)
    v128.store(o, high)
    if (near) {
      const ru = f64x2.sub(u, f64x2.promote_low_f32x4(high))
      const rv = f64x2.sub(v, f64x2.promote_low_f32x4(v128.shuffle<i64>(high, high, 1, 1)))
      v128.store(o, four(ru, rv), 3 * A)
    }
  }
}
function pack(x: usize, stride: usize, from: usize, to: usize, out: usize): void {
  packAxis(x, from, to, centreX, out)
  packAxis(x + (stride << 3), from, to, centreY, out + A)
  packAxis(x + (stride << 4), from, to, centreZ, out + 2 * A)
}

// One-sided: weighted sources of tile J (nj of them, padded with weight 0) on the ni points of tile I.
function mixedRowsOf<K>(ni: usize, nj: usize, out: usize, outStride: usize, a: f32, b: f32, factor: f64): void {
  const va = f32x4.splat(a)
  const vb = f32x4.splat(b)
  const one = f32x4.splat(1)
  const tile = scratch + TILE_J
  for (let i: usize = 0; i < ni; i++) {
    const ti = scratch + (i << 2)
    const xi = v128.load_splat<f32>(ti)
    const yi = v128.load_splat<f32>(ti, A)
    const zi = v128.load_splat<f32>(ti, 2 * A)
    const ui = v128.load_splat<f32>(ti, 3 * A)
    const vi = v128.load_splat<f32>(ti, 4 * A)
    const wi = v128.load_splat<f32>(ti, 5 * A)
    let sx = f32x4.splat(0)
    let sy = f32x4.splat(0)
    let sz = f32x4.splat(0)
    for (let j = tile, end = tile + (nj << 2); j < end; j += 16) {
      const dx = f32x4.add(f32x4.sub(xi, v128.load(j)), f32x4.sub(ui, v128.load(j, 3 * A)))
      const dy = f32x4.add(f32x4.sub(yi, v128.load(j, A)), f32x4.sub(vi, v128.load(j, 4 * A)))
      const dz = f32x4.add(f32x4.sub(zi, v128.load(j, 2 * A)), f32x4.sub(wi, v128.load(j, 5 * A)))
      const f = f32x4.mul(changetype<K>(0).phi<f32>(norm<f32>(dx, dy, dz), va, vb, one), v128.load(j, 6 * A))
      sx = madd<f32>(f, dx, sx)
      sy = madd<f32>(f, dy, sy)
      sz = madd<f32>(f, dz, sz)
    }
    const o = out + (i << 3)
    add64(o, factor * sum4(sx))
    add64(o + (outStride << 3), factor * sum4(sy))
    add64(o + (outStride << 4), factor * sum4(sz))
  }
}

// Newton's third law between the tiles I (rows from..to) and J. M: i32 if near (remainders are used), f32 if far.
function mixedPairOf<K, M>(
  from: usize, to: usize, nj: usize, oi: usize, outStride: usize, a: f32, b: f32, factor: f64,
): void {
  // What is loaded stays in a register, where an engine may make a splat of a constant anew on every round.
  f32.store(scratch, 1, CONSTANTS)
  f32.store(scratch, a, CONSTANTS + 4)
  f32.store(scratch, b, CONSTANTS + 8)
  const ones = v128.load_splat<f32>(scratch, CONSTANTS)
  const va = v128.load_splat<f32>(scratch, CONSTANTS + 4)
  const vb = v128.load_splat<f32>(scratch, CONSTANTS + 8)
  const tile = scratch + TILE_J
  const rest = nj & 3
  const full = tile + ((nj - rest) << 2)
  const even = tile + ((nj & ~7) << 2)
  const tail = i32x4.gt_s(i32x4.splat(<i32>rest), i32x4(0, 1, 2, 3))
  for (let i = from; i < to; i++) {
    const ti = scratch + (i << 2)
    const xi = v128.load_splat<f32>(ti)
    const yi = v128.load_splat<f32>(ti, A)
    const zi = v128.load_splat<f32>(ti, 2 * A)
    const ui = v128.load_splat<f32>(ti, 3 * A)
    const vi = v128.load_splat<f32>(ti, 4 * A)
    const wi = v128.load_splat<f32>(ti, 5 * A)
    let sx = f32x4.splat(0)
    let sy = f32x4.splat(0)
    let sz = f32x4.splat(0)
    let j = tile
    if (ASC_FEATURE_RELAXED_SIMD) {
      // The two vectors side by side, for engines that can join them to one of 256 bits, as in `direct.ts`.
      let tx = f32x4.splat(0)
      let ty = f32x4.splat(0)
      let tz = f32x4.splat(0)
      for (; j < even; j += 32) {
        let dx = f32x4.sub(xi, v128.load(j))
        let ex = f32x4.sub(xi, v128.load(j, 16))
        let dy = f32x4.sub(yi, v128.load(j, A))
        let ey = f32x4.sub(yi, v128.load(j, A + 16))
        let dz = f32x4.sub(zi, v128.load(j, 2 * A))
        let ez = f32x4.sub(zi, v128.load(j, 2 * A + 16))
        if (isInteger<M>()) {
          dx = f32x4.add(dx, f32x4.sub(ui, v128.load(j, 3 * A)))
          ex = f32x4.add(ex, f32x4.sub(ui, v128.load(j, 3 * A + 16)))
          dy = f32x4.add(dy, f32x4.sub(vi, v128.load(j, 4 * A)))
          ey = f32x4.add(ey, f32x4.sub(vi, v128.load(j, 4 * A + 16)))
          dz = f32x4.add(dz, f32x4.sub(wi, v128.load(j, 5 * A)))
          ez = f32x4.add(ez, f32x4.sub(wi, v128.load(j, 5 * A + 16)))
        }
        const f = changetype<K>(0).phi<f32>(norm<f32>(dx, dy, dz), va, vb, ones)
        const g = changetype<K>(0).phi<f32>(norm<f32>(ex, ey, ez), va, vb, ones)
        dx = f32x4.mul(f, dx)
        ex = f32x4.mul(g, ex)
        dy = f32x4.mul(f, dy)
        ey = f32x4.mul(g, ey)
        dz = f32x4.mul(f, dz)
        ez = f32x4.mul(g, ez)
        sx = f32x4.add(sx, dx)
        tx = f32x4.add(tx, ex)
        sy = f32x4.add(sy, dy)
        ty = f32x4.add(ty, ey)
        sz = f32x4.add(sz, dz)
        tz = f32x4.add(tz, ez)
        dx = f32x4.sub(v128.load(j, 7 * A), dx)
        ex = f32x4.sub(v128.load(j, 7 * A + 16), ex)
        dy = f32x4.sub(v128.load(j, 8 * A), dy)
        ey = f32x4.sub(v128.load(j, 8 * A + 16), ey)
        dz = f32x4.sub(v128.load(j, 9 * A), dz)
        ez = f32x4.sub(v128.load(j, 9 * A + 16), ez)
        v128.store(j, dx, 7 * A)
        v128.store(j, ex, 7 * A + 16)
        v128.store(j, dy, 8 * A)
        v128.store(j, ey, 8 * A + 16)
        v128.store(j, dz, 9 * A)
        v128.store(j, ez, 9 * A + 16)
      }
      sx = f32x4.add(sx, tx)
      sy = f32x4.add(sy, ty)
      sz = f32x4.add(sz, tz)
    }
    // Two passes over one loop: all whole vectors, then the vector that is partly padding, whose factor becomes 0.
    let one = ones
    let end = full
    while (true) {
      for (; j < end; j += 16) {
        let dx = f32x4.sub(xi, v128.load(j))
        let dy = f32x4.sub(yi, v128.load(j, A))
        let dz = f32x4.sub(zi, v128.load(j, 2 * A))
        if (isInteger<M>()) {
          dx = f32x4.add(dx, f32x4.sub(ui, v128.load(j, 3 * A)))
          dy = f32x4.add(dy, f32x4.sub(vi, v128.load(j, 4 * A)))
          dz = f32x4.add(dz, f32x4.sub(wi, v128.load(j, 5 * A)))
        }
        const f = changetype<K>(0).phi<f32>(norm<f32>(dx, dy, dz), va, vb, one)
        dx = f32x4.mul(f, dx)
        dy = f32x4.mul(f, dy)
        dz = f32x4.mul(f, dz)
        sx = f32x4.add(sx, dx)
        sy = f32x4.add(sy, dy)
        sz = f32x4.add(sz, dz)
        v128.store(j, f32x4.sub(v128.load(j, 7 * A), dx), 7 * A)
        v128.store(j, f32x4.sub(v128.load(j, 8 * A), dy), 8 * A)
        v128.store(j, f32x4.sub(v128.load(j, 9 * A), dz), 9 * A)
      }
      if (end !== full || rest === 0) break
      one = v128.and(ones, tail)
      end = full + 16
    }
    const o = oi + (i << 3)
    add64(o, factor * sum4(sx))
    add64(o + (outStride << 3), factor * sum4(sy))
    add64(o + (outStride << 4), factor * sum4(sz))
  }
}

function mixedPair<M>(
  kind: i32, from: usize, to: usize, nj: usize, oi: usize, outStride: usize, a: f32, b: f32, factor: f64,
): void {
  switch (kind) {
    case 0: return mixedPairOf<Truncated<Cube>, M>(from, to, nj, oi, outStride, a, b, factor)
    case 1: return mixedPairOf<Truncated<Square>, M>(from, to, nj, oi, outStride, a, b, factor)
    case 3: return mixedPairOf<Cubic<Cube>, M>(from, to, nj, oi, outStride, a, b, factor)
    case 4: return mixedPairOf<Cubic<Square>, M>(from, to, nj, oi, outStride, a, b, factor)
    case 6: return mixedPairOf<Plummer<Cube>, M>(from, to, nj, oi, outStride, a, b, factor)
    case 7: return mixedPairOf<Plummer<Square>, M>(from, to, nj, oi, outStride, a, b, factor)
  }
}
function mixedRows(kind: i32, ni: usize, nj: usize, out: usize, outStride: usize, a: f32, b: f32, factor: f64): void {
  switch (kind) {
    case 0: return mixedRowsOf<Truncated<Cube>>(ni, nj, out, outStride, a, b, factor)
    case 1: return mixedRowsOf<Truncated<Square>>(ni, nj, out, outStride, a, b, factor)
    case 3: return mixedRowsOf<Cubic<Cube>>(ni, nj, out, outStride, a, b, factor)
    case 4: return mixedRowsOf<Cubic<Square>>(ni, nj, out, outStride, a, b, factor)
    case 6: return mixedRowsOf<Plummer<Cube>>(ni, nj, out, outStride, a, b, factor)
    case 7: return mixedRowsOf<Plummer<Square>>(ni, nj, out, outStride, a, b, factor)
  }
}

// Without cut-off: pairs nearer than 2^-40 of the extent of their tiles feel the kernel truncated there.
const TINY: f64 = 8.271806125530277e-25

@inline function clampOf(radius: f64): f32 {
  const scaled = radius * scale
  return <f32>(radius === 0 ? TINY : scaled * scaled)
}
@inline function coefficientOf(radius: f64, alpha: f64): f32 {
  const scaled = radius * scale
  return <f32>(radius === 0 ? 0.0 : (0.5 * (alpha + 1.0)) / (scaled * scaled))
}
/** scale^alpha for alpha = 1, 2: k(q) = scale^alpha k'(scale q). */
@inline function forceFactor(alpha: f64): f64 { return alpha === 2 ? scale * scale : scale }

function packWeights(w: usize, from: usize, to: usize): void {
  for (let j = from; j < to; j++) f32.store(scratch + ((j - from) << 2), <f32>f64.load(w + (j << 3)), WEIGHT)
  for (let j = to - from; j & 3; j++) f32.store(scratch + (j << 2), 0, WEIGHT)
}

/** Target-source form, after both stages of boxes: task = tile of targets. `out` must be zero. */
export function mixedRowsTask(task: i32, p: usize): void {
  const kind = <i32>at(p, KIND)
  const N = at(p, COUNT)
  const radius = real(p, RADIUS)
  const alpha = real(p, ALPHA)
  const iFrom = <usize>task * T
  const iTo = min<usize>(iFrom + T, at(p, TARGET_COUNT))
  const box = at(p, TARGET_BOXES) + 48 * <usize>task
  const outStride = at(p, TARGET_STRIDE)
  for (let J: usize = 0, tiles = at(p, TILES); J < tiles; J++) {
    const jFrom = J * T
    const jTo = min<usize>(jFrom + T, N)
    frame(box, at(p, BOXES) + 48 * J, radius)
    near = true
    pack(at(p, TARGETS), outStride, iFrom, iTo, scratch)
    pack(at(p, SOURCES), at(p, STRIDE), jFrom, jTo, scratch + TILE_J)
    packWeights(at(p, WEIGHTS), jFrom, jTo)
    mixedRows(
      kind, iTo - iFrom, jTo - jFrom, at(p, OUT) + (iFrom << 3), outStride, clampOf(radius),
      coefficientOf(radius, alpha), forceFactor(alpha),
    )
  }
}

/** Self form, after the boxes: task = group of tile rows. Writes its private totals (then `directReduce`). */
export function mixedSelf(task: i32, p: usize): void {
  const kind = <i32>at(p, KIND)
  const N = at(p, COUNT)
  const tiles = at(p, TILES)
  const perTask = at(p, ROWS)
  const x = at(p, SOURCES)
  const stride = at(p, STRIDE)
  const radius = real(p, RADIUS)
  const alpha = real(p, ALPHA)
  const boxes = at(p, BOXES)
  const bytes = at(p, PRIVATE_BYTES)
  const own = at(p, PRIVATE) + <usize>task * bytes
  const ownStride = bytes / 24
  memory.fill(own, 0, bytes)
  const rowFrom = <usize>task * perTask
  const rowTo = min<usize>(rowFrom + perTask, tiles)
  for (let I = rowFrom; I < rowTo; I++) {
    const iFrom = I * T
    const iTo = min<usize>(iFrom + T, N)
    const ni = iTo - iFrom
    const oi = own + ((I - rowFrom) * T << 3)
    frame(boxes + 48 * I, boxes + 48 * I, radius)
    near = true
    pack(x, stride, iFrom, iTo, scratch)
    pack(x, stride, iFrom, iTo, scratch + TILE_J)
    packWeights(at(p, WEIGHTS), iFrom, iTo)
    mixedRows(kind, ni, ni, oi, ownStride, clampOf(radius), coefficientOf(radius, alpha), forceFactor(alpha))
    const last = partners(I, tiles)
    for (let k: usize = 1; k <= last; k++) {
      const J = (I + k) % tiles
      const jFrom = J * T
      const nj = min<usize>(T, N - jFrom)
      frame(boxes + 48 * I, boxes + 48 * J, radius)
      pack(x, stride, iFrom, iTo, scratch)
      pack(x, stride, jFrom, jFrom + nj, scratch + TILE_J)
      const factor = forceFactor(alpha)
      const oj = own + ((I - rowFrom + k) * T << 3)
      for (let from: usize = 0; from < ni; from += FLUSH) {
        const to = min<usize>(from + FLUSH, ni)
        memory.fill(scratch + FORCE, 0, 3 * A)
        if (near) mixedPair<i32>(kind, from, to, nj, oi, ownStride, clampOf(radius), coefficientOf(radius, alpha), factor)
        else mixedPair<f32>(kind, from, to, nj, oi, ownStride, clampOf(radius), coefficientOf(radius, alpha), factor)
        flush(nj, oj, ownStride, factor)
      }
    }
  }
}

// Adds the f32 forces on tile J to their f64 totals, four at a time (the totals are padded to whole tiles).
function flush(nj: usize, oj: usize, outStride: usize, factor: f64): void {
  const s = f64x2.splat(factor)
  for (let c: usize = 0; c < 3; c++) {
    const from = scratch + FORCE + c * A
    const to = oj + (c * outStride << 3)
    for (let j: usize = 0; j < nj; j += 4) {
      const v = v128.load(from + (j << 2))
      const o = to + (j << 3)
      v128.store(o, f64x2.add(v128.load(o), f64x2.mul(s, f64x2.promote_low_f32x4(v))))
      const high = f64x2.promote_low_f32x4(v128.shuffle<i64>(v, v, 1, 1))
      v128.store(o, f64x2.add(v128.load(o, 16), f64x2.mul(s, high)), 16)
    }
  }
}
