// Translations of expansions: M2M, M2L, L2L.
//
// All translations of one displacement class are done together, as products of small matrices with panels: rows are
// coefficients, columns are (source, target) pairs, 32 bytes a row (8 pairs in f32, 4 in f64). A translation is a
// rotation about z, one about y (block diagonal in the degree l, cos and sin apart), a shift along z (block diagonal in
// the order m), and the two rotations back: O(P^3) a pair. Cells have unit side, so tables do not depend on the level.
import {
  CELLS, CHILD, CHILDREN, CLASSES, COLLEAGUES, FAR_CHUNK, LEVEL, LOCALS, MULTIPOLES, OCTANT, ORDER, PARENT,
  ROWS_IN_PLACE, ROWS_BY_DEGREE, ROWS_BY_ORDER, SINGLE, STRIDE, TABLES, cellAt, int, ptr,
} from './fmmPlan'
import { HARMONICS_SCRATCH, ORDERS, particlesToLocal } from './fmmHarmonics'
import { madd, nmadd, splatAt, zero } from './simd'

const PANEL: usize = 32 * (ORDERS * ORDERS + 4)
const MAX_CHUNK: usize = 128
const CLASS_COUNT: i32 = 343

// Scratch of this file, behind that of the harmonics.
const A: usize = HARMONICS_SCRATCH
const B: usize = A + PANEL
const SOURCES: usize = B + PANEL // addresses of the 8 sources of a panel
const TARGETS: usize = SOURCES + 32
const EMPTY: usize = TARGETS + 32 // coefficients 0: source of unused columns
const DUMP: usize = EMPTY + 8 * (ORDERS * ORDERS + 4) // target of unused columns
const ENDS: usize = DUMP + 8 * (ORDERS * ORDERS + 4)
const PAIRS: usize = ENDS + 4 * 352 // (class, source, target)
const SORTED: usize = PAIRS + 12 * 216 * MAX_CHUNK
export const TRANSLATE_SCRATCH: usize = SORTED + 8 * 216 * MAX_CHUNK

/** Square block (n x n, packed by groups of 4, 2, 1 rows) times a panel; row r of the result to out + rows[r]. */
@inline function multiply<T>(a: usize, n: i32, x: usize, rows: usize, out: usize): usize {
  const end = x + (<usize>n << 5)
  let r = n
  while (r >= 4) {
    let a0 = zero()
    let a1 = zero()
    let b0 = zero()
    let b1 = zero()
    let c0 = zero()
    let c1 = zero()
    let d0 = zero()
    let d1 = zero()
    let p = x
    do {
      const x0 = v128.load(p)
      const x1 = v128.load(p, 16)
      const s = splatAt<T>(a)
      a0 = madd<T>(s, x0, a0)
      a1 = madd<T>(s, x1, a1)
      const t = splatAt<T>(a, sizeof<T>())
      b0 = madd<T>(t, x0, b0)
      b1 = madd<T>(t, x1, b1)
      const u = splatAt<T>(a, 2 * sizeof<T>())
      c0 = madd<T>(u, x0, c0)
      c1 = madd<T>(u, x1, c1)
      const v = splatAt<T>(a, 3 * sizeof<T>())
      d0 = madd<T>(v, x0, d0)
      d1 = madd<T>(v, x1, d1)
      a += 4 * sizeof<T>()
      p += 32
    } while (p < end)
    let o = out + <usize>load<i32>(rows)
    v128.store(o, a0)
    v128.store(o, a1, 16)
    o = out + <usize>load<i32>(rows, 4)
    v128.store(o, b0)
    v128.store(o, b1, 16)
    o = out + <usize>load<i32>(rows, 8)
    v128.store(o, c0)
    v128.store(o, c1, 16)
    o = out + <usize>load<i32>(rows, 12)
    v128.store(o, d0)
    v128.store(o, d1, 16)
    rows += 16
    r -= 4
  }
  if (r >= 2) {
    let a0 = zero()
    let a1 = zero()
    let b0 = zero()
    let b1 = zero()
    let p = x
    do {
      const x0 = v128.load(p)
      const x1 = v128.load(p, 16)
      const s = splatAt<T>(a)
      a0 = madd<T>(s, x0, a0)
      a1 = madd<T>(s, x1, a1)
      const t = splatAt<T>(a, sizeof<T>())
      b0 = madd<T>(t, x0, b0)
      b1 = madd<T>(t, x1, b1)
      a += 2 * sizeof<T>()
      p += 32
    } while (p < end)
    let o = out + <usize>load<i32>(rows)
    v128.store(o, a0)
    v128.store(o, a1, 16)
    o = out + <usize>load<i32>(rows, 4)
    v128.store(o, b0)
    v128.store(o, b1, 16)
    rows += 8
    r -= 2
  }
  if (r > 0) {
    let a0 = zero()
    let a1 = zero()
    let p = x
    do {
      const s = splatAt<T>(a)
      a0 = madd<T>(s, v128.load(p), a0)
      a1 = madd<T>(s, v128.load(p, 16), a1)
      a += sizeof<T>()
      p += 32
    } while (p < end)
    const o = out + <usize>load<i32>(rows)
    v128.store(o, a0)
    v128.store(o, a1, 16)
  }
  return a
}

/** The blocks of a rotation about y: for every degree l, l+1 cosines and l sines. */
function rotate<T>(order: i32, a: usize, x: usize, rows: usize, out: usize): void {
  for (let l = 0; l < order; l++) {
    a = multiply<T>(a, l + 1, x, rows, out)
    x += <usize>(l + 1) << 5
    rows += <usize>(l + 1) << 2
    if (l > 0) {
      a = multiply<T>(a, l, x, rows, out)
      x += <usize>l << 5
      rows += <usize>l << 2
    }
  }
}

/** The blocks of a shift along z: for every order m, degrees m ... P-1, the same for cosines and sines. */
function shift<T>(order: i32, a: usize, x: usize, rows: usize, out: usize): void {
  for (let m = 0; m < order; m++) {
    const n = order - m
    const next = multiply<T>(a, n, x, rows, out)
    x += <usize>n << 5
    rows += <usize>n << 2
    if (m > 0) {
      multiply<T>(a, n, x, rows, out)
      x += <usize>n << 5
      rows += <usize>n << 2
    }
    a = next
  }
}

/** Rotation about z of a panel by degree: cosines and sines of m phi at `phi`; forwards or back. */
@inline function turn<T>(order: i32, phi: usize, panel: usize, back: bool): void {
  for (let l = 1; l < order; l++) {
    let c = panel + (<usize>(l * l + 1) << 5)
    let s = c + (<usize>l << 5)
    let p = phi + 2 * sizeof<T>()
    for (let m = 1; m <= l; m++) {
      const cos = splatAt<T>(p)
      let sin = splatAt<T>(p, sizeof<T>())
      if (back) sin = v128.neg<T>(sin)
      const c0 = v128.load(c)
      const c1 = v128.load(c, 16)
      const s0 = v128.load(s)
      const s1 = v128.load(s, 16)
      v128.store(c, madd<T>(sin, s0, v128.mul<T>(cos, c0)))
      v128.store(c, madd<T>(sin, s1, v128.mul<T>(cos, c1)), 16)
      v128.store(s, nmadd<T>(sin, c0, v128.mul<T>(cos, s0)))
      v128.store(s, nmadd<T>(sin, c1, v128.mul<T>(cos, s1)), 16)
      c += 32
      s += 32
      p += 2 * sizeof<T>()
    }
  }
}

/** Four coefficients (f32) or two (f64) of the panel's sources at once into rows. */
function load8(scratch: usize, stride: usize): void {
  const p0 = <usize>load<u32>(scratch, SOURCES)
  const p1 = <usize>load<u32>(scratch, SOURCES + 4)
  const p2 = <usize>load<u32>(scratch, SOURCES + 8)
  const p3 = <usize>load<u32>(scratch, SOURCES + 12)
  const p4 = <usize>load<u32>(scratch, SOURCES + 16)
  const p5 = <usize>load<u32>(scratch, SOURCES + 20)
  const p6 = <usize>load<u32>(scratch, SOURCES + 24)
  const p7 = <usize>load<u32>(scratch, SOURCES + 28)
  let row = scratch + A
  for (let k: usize = 0; k < stride; k += 16) {
    rows4(row, v128.load(p0 + k), v128.load(p1 + k), v128.load(p2 + k), v128.load(p3 + k))
    rows4(row + 16, v128.load(p4 + k), v128.load(p5 + k), v128.load(p6 + k), v128.load(p7 + k))
    row += 128
  }
}

@inline function rows4(row: usize, a: v128, b: v128, c: v128, d: v128): void {
  const e = v128.shuffle<f32>(a, b, 0, 4, 1, 5)
  const f = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
  const g = v128.shuffle<f32>(a, b, 2, 6, 3, 7)
  const h = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
  v128.store(row, v128.shuffle<f32>(e, f, 0, 1, 4, 5))
  v128.store(row, v128.shuffle<f32>(e, f, 2, 3, 6, 7), 32)
  v128.store(row, v128.shuffle<f32>(g, h, 0, 1, 4, 5), 64)
  v128.store(row, v128.shuffle<f32>(g, h, 2, 3, 6, 7), 96)
}

function load4(scratch: usize, stride: usize): void {
  const p0 = <usize>load<u32>(scratch, SOURCES)
  const p1 = <usize>load<u32>(scratch, SOURCES + 4)
  const p2 = <usize>load<u32>(scratch, SOURCES + 8)
  const p3 = <usize>load<u32>(scratch, SOURCES + 12)
  let row = scratch + A
  for (let k: usize = 0; k < stride; k += 16) {
    const a = v128.load(p0 + k)
    const b = v128.load(p1 + k)
    const c = v128.load(p2 + k)
    const d = v128.load(p3 + k)
    v128.store(row, v128.shuffle<f64>(a, b, 0, 2))
    v128.store(row, v128.shuffle<f64>(c, d, 0, 2), 16)
    v128.store(row, v128.shuffle<f64>(a, b, 1, 3), 32)
    v128.store(row, v128.shuffle<f64>(c, d, 1, 3), 48)
    row += 64
  }
}

@inline function plus4(k: usize, t: usize, scratch: usize, v: v128): void {
  const p = <usize>load<u32>(scratch + t, TARGETS) + k
  v128.store(p, f32x4.add(v128.load(p), v))
}

function add8(scratch: usize, stride: usize): void {
  let row = scratch + B
  for (let k: usize = 0; k < stride; k += 16) {
    for (let half: usize = 0; half < 32; half += 16) {
      const a = v128.load(row + half)
      const b = v128.load(row + half, 32)
      const c = v128.load(row + half, 64)
      const d = v128.load(row + half, 96)
      const e = v128.shuffle<f32>(a, b, 0, 4, 1, 5)
      const f = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
      const g = v128.shuffle<f32>(a, b, 2, 6, 3, 7)
      const h = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
      plus4(k, half, scratch, v128.shuffle<f32>(e, f, 0, 1, 4, 5))
      plus4(k, half + 4, scratch, v128.shuffle<f32>(e, f, 2, 3, 6, 7))
      plus4(k, half + 8, scratch, v128.shuffle<f32>(g, h, 0, 1, 4, 5))
      plus4(k, half + 12, scratch, v128.shuffle<f32>(g, h, 2, 3, 6, 7))
    }
    row += 128
  }
}

@inline function plus2(k: usize, t: usize, scratch: usize, v: v128): void {
  const p = <usize>load<u32>(scratch + t, TARGETS) + k
  v128.store(p, f64x2.add(v128.load(p), v))
}

function add4(scratch: usize, stride: usize): void {
  let row = scratch + B
  for (let k: usize = 0; k < stride; k += 16) {
    const a = v128.load(row)
    const b = v128.load(row, 32)
    const c = v128.load(row, 16)
    const d = v128.load(row, 48)
    plus2(k, 0, scratch, v128.shuffle<f64>(a, b, 0, 2))
    plus2(k, 4, scratch, v128.shuffle<f64>(a, b, 1, 3))
    plus2(k, 8, scratch, v128.shuffle<f64>(c, d, 0, 2))
    plus2(k, 12, scratch, v128.shuffle<f64>(c, d, 1, 3))
    row += 64
  }
}

/** Translates and adds `count` pairs (source cell, target cell) of one class. */
function translate<T>(plan: usize, scratch: usize, kind: i32, pairs: usize, count: i32, sources: usize, targets: usize): void {
  const order = int(plan, ORDER)
  const stride = ptr(plan, STRIDE)
  const record = ptr(plan, CLASSES) + (<usize>kind << 4)
  const tables = ptr(plan, TABLES)
  const phi = tables + <usize>load<u32>(record)
  const there = tables + <usize>load<u32>(record, 4)
  const back = tables + <usize>load<u32>(record, 8)
  const along = tables + <usize>load<u32>(record, 12)
  const width: i32 = 32 / sizeof<T>()
  const a = scratch + A
  const b = scratch + B
  for (let i = 0; i < count; i += width) {
    for (let k = 0; k < width; k++) {
      const slot = scratch + (<usize>k << 2)
      if (i + k < count) {
        const pair = pairs + (<usize>(i + k) << 3)
        store<u32>(slot, <u32>(sources + <usize>load<i32>(pair) * stride), SOURCES)
        store<u32>(slot, <u32>(targets + <usize>load<i32>(pair, 4) * stride), TARGETS)
      } else {
        store<u32>(slot, <u32>(scratch + EMPTY), SOURCES)
        store<u32>(slot, <u32>(scratch + DUMP), TARGETS)
      }
    }
    if (sizeof<T>() == 4) load8(scratch, stride)
    else load4(scratch, stride)
    turn<T>(order, phi, a, false)
    rotate<T>(order, there, a, ptr(plan, ROWS_BY_ORDER), b)
    shift<T>(order, along, b, ptr(plan, ROWS_BY_DEGREE), a)
    rotate<T>(order, back, a, ptr(plan, ROWS_IN_PLACE), b)
    turn<T>(order, phi, b, true)
    if (sizeof<T>() == 4) add8(scratch, stride)
    else add4(scratch, stride)
  }
}

function translateAny(plan: usize, scratch: usize, kind: i32, pairs: usize, count: i32, sources: usize, targets: usize): void {
  if (count == 0) return
  if (int(plan, SINGLE)) translate<f32>(plan, scratch, kind, pairs, count, sources, targets)
  else translate<f64>(plan, scratch, kind, pairs, count, sources, targets)
}

function clear(plan: usize, scratch: usize): void {
  memory.fill(scratch + EMPTY, 0, ptr(plan, STRIDE))
  memory.fill(scratch + DUMP, 0, ptr(plan, STRIDE))
}

/** M2M: multipoles of the cells [from, to) with children, from those of their children. Classes 343 + octant. */
export function childrenToParents(plan: usize, scratch: usize, from: i32, to: i32): void {
  const stride = ptr(plan, STRIDE)
  const multipoles = ptr(plan, MULTIPOLES)
  clear(plan, scratch)
  for (let c = from; c < to; c++) {
    if (load<i32>(cellAt(plan, c), CHILD) != 0) memory.fill(multipoles + <usize>c * stride, 0, stride)
  }
  for (let octant = 0; octant < 8; octant++) {
    let count = 0
    for (let c = from; c < to; c++) {
      const cell = cellAt(plan, c)
      const child = load<i32>(cell, CHILD)
      if (child == 0) continue
      const end = child + load<i32>(cell, CHILDREN)
      for (let k = child; k < end; k++) {
        if (load<i32>(cellAt(plan, k), OCTANT) != octant) continue
        const pair = scratch + SORTED + (<usize>(count++) << 3)
        store<i32>(pair, k)
        store<i32>(pair, c, 4)
      }
    }
    translateAny(plan, scratch, CLASS_COUNT + octant, scratch + SORTED, count, multipoles, multipoles)
  }
}

/** L2L: adds the parents' local expansions to the cells [from, to). Classes 351 + octant. */
export function parentsToChildren(plan: usize, scratch: usize, from: i32, to: i32): void {
  const locals = ptr(plan, LOCALS)
  clear(plan, scratch)
  for (let octant = 0; octant < 8; octant++) {
    let count = 0
    for (let c = from; c < to; c++) {
      const cell = cellAt(plan, c)
      if (load<i32>(cell, OCTANT) != octant) continue
      const pair = scratch + SORTED + (<usize>(count++) << 3)
      store<i32>(pair, load<i32>(cell, PARENT))
      store<i32>(pair, c, 4)
    }
    translateAny(plan, scratch, CLASS_COUNT + 8 + octant, scratch + SORTED, count, locals, locals)
  }
}

/** M2L and P2L for the cells [from, to) of level 2 or deeper: sets their local expansions. */
export function farToLocals(plan: usize, scratch: usize, from: i32, to: i32): void {
  const stride = ptr(plan, STRIDE)
  const locals = ptr(plan, LOCALS)
  const ends = scratch + ENDS
  clear(plan, scratch)
  memory.fill(locals + <usize>from * stride, 0, <usize>(to - from) * stride)
  memory.fill(ends, 0, 4 * CLASS_COUNT)
  let total = 0
  for (let t = from; t < to; t++) {
    const cell = cellAt(plan, t)
    const parent = cellAt(plan, load<i32>(cell, PARENT))
    const octant = load<i32>(cell, OCTANT)
    for (let code = 0; code < 27; code++) {
      const q = load<i32>(parent + COLLEAGUES + (<usize>code << 2))
      if (q < 0) continue
      const colleague = cellAt(plan, q)
      const child = load<i32>(colleague, CHILD)
      if (child == 0) continue
      const bx = 2 * (code % 3 - 1) - (octant & 1) + 3
      const by = 2 * ((code / 3) % 3 - 1) - ((octant >> 1) & 1) + 3
      const bz = 2 * (code / 9 - 1) - (octant >> 2) + 3
      const end = child + load<i32>(colleague, CHILDREN)
      for (let c = child; c < end; c++) {
        const o = load<i32>(cellAt(plan, c), OCTANT)
        const ix = bx + (o & 1)
        const iy = by + ((o >> 1) & 1)
        const iz = bz + (o >> 2)
        if (<u32>(ix - 2) < 3 && <u32>(iy - 2) < 3 && <u32>(iz - 2) < 3) continue
        const kind = ix + 7 * iy + 49 * iz
        const slot = ends + (<usize>kind << 2)
        store<i32>(slot, load<i32>(slot) + 1)
        const pair = scratch + PAIRS + <usize>total * 12
        store<i32>(pair, kind)
        store<i32>(pair, c, 4)
        store<i32>(pair, t, 8)
        total++
      }
    }
  }
  let sum = 0
  for (let kind = 0; kind < CLASS_COUNT; kind++) {
    const slot = ends + (<usize>kind << 2)
    const n = load<i32>(slot)
    store<i32>(slot, sum)
    sum += n
  }
  for (let k = 0; k < total; k++) {
    const pair = scratch + PAIRS + <usize>k * 12
    const slot = ends + (<usize>load<i32>(pair) << 2)
    const place = load<i32>(slot)
    store<i32>(slot, place + 1)
    store<u64>(scratch + SORTED + (<usize>place << 3), load<u64>(pair, 4))
  }
  let begin = 0
  for (let kind = 0; kind < CLASS_COUNT; kind++) {
    const end = load<i32>(ends + (<usize>kind << 2))
    translateAny(plan, scratch, kind, scratch + SORTED + (<usize>begin << 3), end - begin, ptr(plan, MULTIPOLES), locals)
    begin = end
  }
  for (let t = from; t < to; t++) particlesToLocal(plan, scratch, t)
}

/** The cells of part `task` of a level, 128 a part. */
@inline export function chunkFrom(plan: usize, level: i32, task: i32): i32 {
  return load<i32>(ptr(plan, LEVEL) + (<usize>level << 2)) + task * <i32>MAX_CHUNK
}
@inline export function chunkTo(plan: usize, level: i32, task: i32): i32 {
  return min(load<i32>(ptr(plan, LEVEL) + (<usize>(level + 1) << 2)), chunkFrom(plan, level, task + 1))
}
@inline export function farFrom(plan: usize, task: i32): i32 {
  return load<i32>(ptr(plan, LEVEL), 8) + task * int(plan, FAR_CHUNK)
}
@inline export function farTo(plan: usize, task: i32): i32 {
  return min(int(plan, CELLS), farFrom(plan, task + 1))
}
