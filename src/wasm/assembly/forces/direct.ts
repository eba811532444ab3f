// Direct sums of forces over all pairs in f64.
//
// Positions are structure of arrays, x, y, z apart by a stride (in particles); d = 2 has z = 0. Work is cut into tasks
// that do not depend on the number of threads, and totals are added in a fixed order: the bits never depend on it.
import {
  at, CLAMP, COEFFICIENT, COUNT, KIND, OUT, partners, PRIVATE, PRIVATE_BYTES, real, ROWS, SOURCES, STRIDE, T,
  TARGET_COUNT, TARGET_STRIDE, TARGETS, TASKS, TILES, useTables, WEIGHTS,
} from './directShared'
import { scratch } from './memory'
import { AnyPower, Cube, Cubic, Plummer, Radial, Smooth, Square, Truncated } from './profiles'
import { add64, madd, norm, sum2 } from './simd'

// ---------------------------------------------------------------------------------------------------------------
// f64: target-source rows. Sources jFrom..jTo (an even number, padded with weight 0) on targets iFrom..iTo.

function rowsOf<K>(
  x: usize, stride: usize, w: usize, jFrom: usize, jTo: usize,
  t: usize, targetStride: usize, iFrom: usize, iTo: usize, out: usize, outStride: usize, a: f64, b: f64,
): void {
  const va = f64x2.splat(a)
  const vb = f64x2.splat(b)
  const one = f64x2.splat(1)
  const y = x + (stride << 3)
  const z = y + (stride << 3)
  for (let i = iFrom; i < iTo; i++) {
    const ti = t + (i << 3)
    const xi = v128.load_splat<f64>(ti)
    const yi = v128.load_splat<f64>(ti + (targetStride << 3))
    const zi = v128.load_splat<f64>(ti + (targetStride << 4))
    let sx = f64x2.splat(0)
    let sy = f64x2.splat(0)
    let sz = f64x2.splat(0)
    for (let j = jFrom << 3, end = jTo << 3; j < end; j += 16) {
      const dx = f64x2.sub(xi, v128.load(x + j))
      const dy = f64x2.sub(yi, v128.load(y + j))
      const dz = f64x2.sub(zi, v128.load(z + j))
      const f = f64x2.mul(changetype<K>(0).phi<f64>(norm<f64>(dx, dy, dz), va, vb, one), v128.load(w + j))
      sx = madd<f64>(f, dx, sx)
      sy = madd<f64>(f, dy, sy)
      sz = madd<f64>(f, dz, sz)
    }
    const o = out + ((i - iFrom) << 3)
    add64(o, sum2(sx))
    add64(o + (outStride << 3), sum2(sy))
    add64(o + (outStride << 4), sum2(sz))
  }
}

function rows(
  kind: i32, x: usize, stride: usize, w: usize, jFrom: usize, jTo: usize,
  t: usize, targetStride: usize, iFrom: usize, iTo: usize, out: usize, outStride: usize, a: f64, b: f64,
): void {
  switch (kind) {
    case 0: return rowsOf<Truncated<Cube>>(x, stride, w, jFrom, jTo, t, targetStride, iFrom, iTo, out, outStride, a, b)
    case 1: return rowsOf<Truncated<Square>>(x, stride, w, jFrom, jTo, t, targetStride, iFrom, iTo, out, outStride, a, b)
    case 2: return rowsOf<Truncated<AnyPower>>(x, stride, w, jFrom, jTo, t, targetStride, iFrom, iTo, out, outStride, a, b)
    case 3: return rowsOf<Cubic<Cube>>(x, stride, w, jFrom, jTo, t, targetStride, iFrom, iTo, out, outStride, a, b)
    case 4: return rowsOf<Cubic<Square>>(x, stride, w, jFrom, jTo, t, targetStride, iFrom, iTo, out, outStride, a, b)
    case 5: return rowsOf<Cubic<AnyPower>>(x, stride, w, jFrom, jTo, t, targetStride, iFrom, iTo, out, outStride, a, b)
    case 6: return rowsOf<Plummer<Cube>>(x, stride, w, jFrom, jTo, t, targetStride, iFrom, iTo, out, outStride, a, b)
    case 7: return rowsOf<Plummer<Square>>(x, stride, w, jFrom, jTo, t, targetStride, iFrom, iTo, out, outStride, a, b)
    case 8: return rowsOf<Plummer<AnyPower>>(x, stride, w, jFrom, jTo, t, targetStride, iFrom, iTo, out, outStride, a, b)
    case 9: return rowsOf<Smooth<Cube>>(x, stride, w, jFrom, jTo, t, targetStride, iFrom, iTo, out, outStride, a, b)
    case 10: return rowsOf<Smooth<AnyPower>>(x, stride, w, jFrom, jTo, t, targetStride, iFrom, iTo, out, outStride, a, b)
    case 11: return rowsOf<Radial>(x, stride, w, jFrom, jTo, t, targetStride, iFrom, iTo, out, outStride, a, b)
  }
}

/** Target-source form: task = tile of targets. `out` must be zero. */
export function directRows(task: i32, p: usize): void {
  useTables(p)
  const kind = <i32>at(p, KIND)
  const iFrom = <usize>task * T
  const iTo = min<usize>(iFrom + T, at(p, TARGET_COUNT))
  const stride = at(p, STRIDE)
  for (let j: usize = 0; j < stride; j += T) {
    rows(
      kind, at(p, SOURCES), stride, at(p, WEIGHTS), j, min<usize>(j + T, stride), at(p, TARGETS),
      at(p, TARGET_STRIDE), iFrom, iTo, at(p, OUT) + (iFrom << 3), at(p, TARGET_STRIDE), real(p, CLAMP),
      real(p, COEFFICIENT),
    )
  }
}

// ---------------------------------------------------------------------------------------------------------------
// f64: two different tiles of the self form. Newton's third law: each pair once, forces on j kept beside the tile.
// Layout of the tile buffer: x y z, then fx fy fz, T each.

function pairOf<K>(
  x: usize, stride: usize, iFrom: usize, iTo: usize, tile: usize, nj: usize, oi: usize, outStride: usize, a: f64, b: f64,
): void {
  const va = f64x2.splat(a)
  const vb = f64x2.splat(b)
  const one = f64x2.splat(1)
  const four = tile + ((nj & ~3) << 3)
  const full = tile + ((nj & ~1) << 3)
  const tail = nj & 1 ? i64x2(-1, 0) : i64x2(0, 0)
  for (let i = iFrom; i < iTo; i++) {
    const ti = x + (i << 3)
    const xi = v128.load_splat<f64>(ti)
    const yi = v128.load_splat<f64>(ti + (stride << 3))
    const zi = v128.load_splat<f64>(ti + (stride << 4))
    let sx = f64x2.splat(0)
    let sy = f64x2.splat(0)
    let sz = f64x2.splat(0)
    let j = tile
    if (ASC_FEATURE_RELAXED_SIMD) {
      // Four partners a round, the two vectors adjacent and independent and all loads before the stores: an engine that
      // can joins them to one of 256 bits. (With 16 registers of 128 bits this shape is slower.)
      let ux = f64x2.splat(0)
      let uy = f64x2.splat(0)
      let uz = f64x2.splat(0)
      for (; j < four; j += 32) {
        let dx = f64x2.sub(xi, v128.load(j))
        let ex = f64x2.sub(xi, v128.load(j, 16))
        let dy = f64x2.sub(yi, v128.load(j, 8 * T))
        let ey = f64x2.sub(yi, v128.load(j, 8 * T + 16))
        let dz = f64x2.sub(zi, v128.load(j, 16 * T))
        let ez = f64x2.sub(zi, v128.load(j, 16 * T + 16))
        const f = changetype<K>(0).phi<f64>(norm<f64>(dx, dy, dz), va, vb, one)
        const g = changetype<K>(0).phi<f64>(norm<f64>(ex, ey, ez), va, vb, one)
        dx = f64x2.mul(f, dx)
        ex = f64x2.mul(g, ex)
        dy = f64x2.mul(f, dy)
        ey = f64x2.mul(g, ey)
        dz = f64x2.mul(f, dz)
        ez = f64x2.mul(g, ez)
        sx = f64x2.add(sx, dx)
        ux = f64x2.add(ux, ex)
        sy = f64x2.add(sy, dy)
        uy = f64x2.add(uy, ey)
        sz = f64x2.add(sz, dz)
        uz = f64x2.add(uz, ez)
        dx = f64x2.sub(v128.load(j, 24 * T), dx)
        ex = f64x2.sub(v128.load(j, 24 * T + 16), ex)
        dy = f64x2.sub(v128.load(j, 32 * T), dy)
        ey = f64x2.sub(v128.load(j, 32 * T + 16), ey)
        dz = f64x2.sub(v128.load(j, 40 * T), dz)
        ez = f64x2.sub(v128.load(j, 40 * T + 16), ez)
        v128.store(j, dx, 24 * T)
        v128.store(j, ex, 24 * T + 16)
        v128.store(j, dy, 32 * T)
        v128.store(j, ey, 32 * T + 16)
        v128.store(j, dz, 40 * T)
        v128.store(j, ez, 40 * T + 16)
      }
      sx = f64x2.add(sx, ux)
      sy = f64x2.add(sy, uy)
      sz = f64x2.add(sz, uz)
    }
    // Two passes over one loop: all whole vectors, then the vector that is partly padding.
    let mask = i64x2(-1, -1)
    let end = full
    while (true) {
      for (; j < end; j += 16) {
        const dx = f64x2.sub(xi, v128.load(j))
        const dy = f64x2.sub(yi, v128.load(j, 8 * T))
        const dz = f64x2.sub(zi, v128.load(j, 16 * T))
        const f = v128.and(changetype<K>(0).phi<f64>(norm<f64>(dx, dy, dz), va, vb, one), mask)
        const gx = f64x2.mul(f, dx)
        const gy = f64x2.mul(f, dy)
        const gz = f64x2.mul(f, dz)
        sx = f64x2.add(sx, gx)
        sy = f64x2.add(sy, gy)
        sz = f64x2.add(sz, gz)
        v128.store(j, f64x2.sub(v128.load(j, 24 * T), gx), 24 * T)
        v128.store(j, f64x2.sub(v128.load(j, 32 * T), gy), 32 * T)
        v128.store(j, f64x2.sub(v128.load(j, 40 * T), gz), 40 * T)
      }
      if (end !== full || (nj & 1) === 0) break
      mask = tail
      end = full + 16
    }
    const o = oi + ((i - iFrom) << 3)
    add64(o, sum2(sx))
    add64(o + (outStride << 3), sum2(sy))
    add64(o + (outStride << 4), sum2(sz))
  }
}

function pair(
  kind: i32, x: usize, stride: usize, iFrom: usize, iTo: usize, tile: usize, nj: usize, oi: usize, outStride: usize,
  a: f64, b: f64,
): void {
  switch (kind) {
    case 0: return pairOf<Truncated<Cube>>(x, stride, iFrom, iTo, tile, nj, oi, outStride, a, b)
    case 1: return pairOf<Truncated<Square>>(x, stride, iFrom, iTo, tile, nj, oi, outStride, a, b)
    case 2: return pairOf<Truncated<AnyPower>>(x, stride, iFrom, iTo, tile, nj, oi, outStride, a, b)
    case 3: return pairOf<Cubic<Cube>>(x, stride, iFrom, iTo, tile, nj, oi, outStride, a, b)
    case 4: return pairOf<Cubic<Square>>(x, stride, iFrom, iTo, tile, nj, oi, outStride, a, b)
    case 5: return pairOf<Cubic<AnyPower>>(x, stride, iFrom, iTo, tile, nj, oi, outStride, a, b)
    case 6: return pairOf<Plummer<Cube>>(x, stride, iFrom, iTo, tile, nj, oi, outStride, a, b)
    case 7: return pairOf<Plummer<Square>>(x, stride, iFrom, iTo, tile, nj, oi, outStride, a, b)
    case 8: return pairOf<Plummer<AnyPower>>(x, stride, iFrom, iTo, tile, nj, oi, outStride, a, b)
    case 9: return pairOf<Smooth<Cube>>(x, stride, iFrom, iTo, tile, nj, oi, outStride, a, b)
    case 10: return pairOf<Smooth<AnyPower>>(x, stride, iFrom, iTo, tile, nj, oi, outStride, a, b)
    case 11: return pairOf<Radial>(x, stride, iFrom, iTo, tile, nj, oi, outStride, a, b)
  }
}

/** Self form, first stage: task = group of tile rows. Writes its private totals. */
export function directSelf(task: i32, p: usize): void {
  useTables(p)
  const kind = <i32>at(p, KIND)
  const N = at(p, COUNT)
  const tiles = at(p, TILES)
  const perTask = at(p, ROWS)
  const x = at(p, SOURCES)
  const stride = at(p, STRIDE)
  const a = real(p, CLAMP)
  const b = real(p, COEFFICIENT)
  const ones = at(p, WEIGHTS)
  const bytes = at(p, PRIVATE_BYTES)
  const own = at(p, PRIVATE) + <usize>task * bytes
  const ownStride = bytes / 24
  memory.fill(own, 0, bytes)
  const rowFrom = <usize>task * perTask
  const rowTo = min<usize>(rowFrom + perTask, tiles)
  const tile = scratch
  for (let I = rowFrom; I < rowTo; I++) {
    const iFrom = I * T
    const iTo = min<usize>(iFrom + T, N)
    const oi = own + ((I - rowFrom) * T << 3)
    // Within the tile: every ordered pair, the weights 1 and, behind the last particle, 0.
    rows(kind, x, stride, ones, iFrom, min<usize>(iFrom + T, stride), x, stride, iFrom, iTo, oi, ownStride, a, b)
    const last = partners(I, tiles)
    for (let k: usize = 1; k <= last; k++) {
      const J = (I + k) % tiles
      const jFrom = J * T
      const nj = min<usize>(T, N - jFrom)
      for (let c: usize = 0; c < 3; c++) memory.copy(tile + c * 8 * T, x + ((c * stride + jFrom) << 3), nj << 3)
      // The lane behind an odd last particle is masked, but must be a number.
      if (nj & 1) for (let c: usize = 0; c < 3; c++) f64.store(tile + c * 8 * T + (nj << 3), 0)
      memory.fill(tile + 24 * T, 0, 24 * T)
      pair(kind, x, stride, iFrom, iTo, tile, nj, oi, ownStride, a, b)
      const oj = own + ((I - rowFrom + k) * T << 3)
      for (let c: usize = 0; c < 3; c++) {
        const to = oj + c * (ownStride << 3)
        const from = tile + (24 + 8 * c) * T
        for (let j: usize = 0; j < nj << 3; j += 8) add64(to + j, f64.load(from + j))
      }
    }
  }
}

/** Self form, second stage: task = tile. Adds the private totals of all tasks, in their order. */
export function directReduce(task: i32, p: usize): void {
  const J = <usize>task
  const tiles = at(p, TILES)
  const tasks = at(p, TASKS)
  const perTask = at(p, ROWS)
  const bytes = at(p, PRIVATE_BYTES)
  const ownStride = bytes / 24
  const window = ownStride / T
  const stride = at(p, STRIDE)
  const n = min<usize>(T, at(p, COUNT) - J * T)
  const out = at(p, OUT) + (J * T << 3)
  for (let c: usize = 0; c < 3; c++) memory.fill(out + c * (stride << 3), 0, n << 3)
  for (let t: usize = 0; t < tasks; t++) {
    // The window may wrap around once, and reach the same tile again as a partner of a later row.
    for (let slot = (J + tiles - (t * perTask) % tiles) % tiles; slot < window; slot += tiles) {
      const from = at(p, PRIVATE) + t * bytes + (slot * T << 3)
      for (let c: usize = 0; c < 3; c++) {
        const to = out + c * (stride << 3)
        for (let j: usize = 0; j < n << 3; j += 8) add64(to + j, f64.load(from + c * (ownStride << 3) + j))
      }
    }
  }
}
