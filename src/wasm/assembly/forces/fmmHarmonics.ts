// Expansions and particles: P2M, P2L, L2P, M2P.
//
// Real solid harmonics, Schmidt semi-normalised, without the Condon-Shortley phase:
//   R_lm = r^l sqrt((2 - [m = 0]) (l-m)!/(l+m)!) P_lm(cos theta) {cos, sin}(m phi),   I_lm = R_lm / r^(2l+1),
//   1/|x - y| = sum_lm R_lm(y) I_lm(x) for |y| < |x|.
// Since I_lm(x) = R_lm(x/r^2)/r, one recurrence serves both. Coefficients are stored by degree: R_lm cos at l^2 + m,
// sin at l^2 + l + m; the recurrence runs order by order ("sequential"): for every m all l, cos and sin together.
import {
  TOTALS, COUNT, DEPTH, E_COUNT, EVALUATION_ORDER, FINE, FINE_START, FIRST, HALO_ENTRIES, HALO_START, INDEX,
  IRREGULAR, LEAF, LEAF_INDEX, LINK, LINKS, LOCALS, MULTIPOLES, N, NEAR, ORDER, OUT, OUT_POTENTIAL, PLACES, RECURRENCE, REGULAR,
  SCALE, SINGLE, STRIDE, WEIGHTS, X, X_COUNT, Y, Z, cellAt, centre, int, num, ptr, side,
} from './fmmPlan'
import { madd, nmadd, splatAt, sum2, zero } from './simd'

/** Orders up to 31 have a place in the table of recurrence coefficients: [m][l], alpha and beta. */
export const ORDERS: usize = 32
const ROW: usize = ORDERS * 16

/** Particles are taken in blocks of this many. */
export const BLOCK: i32 = 512
const ARRAY: usize = 8 * (512 + 2)

// Scratch of this file, behind `scratch`.
const PX: usize = 0
const PY: usize = PX + ARRAY
const PZ: usize = PY + ARRAY
const PW: usize = PZ + ARRAY
const FX: usize = PW + ARRAY
const FY: usize = FX + ARRAY
const FZ: usize = FY + ARRAY
const FP: usize = FZ + ARRAY
const SUMS: usize = FP + ARRAY // one vector a harmonic
const FIELD: usize = SUMS + 16 * ORDERS * ORDERS // four numbers a harmonic
export const HARMONICS_SCRATCH: usize = FIELD + 32 * ORDERS * ORDERS

/**
 * Coordinates of particles relative to a centre in units of `unit` into the scratch arrays, an odd one out repeated
 * with weight 0. Inverted: x/r^2, and weights times 1/r.
 */
function gather(plan: usize, scratch: usize, first: i32, count: i32, cx: f64, cy: f64, cz: f64, unit: f64, inverted: bool): void {
  const s = 1.0 / unit
  const from = <usize>first << 3
  const x = ptr(plan, X) + from
  const y = ptr(plan, Y) + from
  const z = ptr(plan, Z) + from
  const w = ptr(plan, WEIGHTS)
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 3
    let px = (load<f64>(x + at) - cx) * s
    let py = (load<f64>(y + at) - cy) * s
    let pz = (load<f64>(z + at) - cz) * s
    let weight = w == 0 ? 1.0 : load<f64>(w + from + at)
    if (inverted) {
      const inverse = 1.0 / (px * px + py * py + pz * pz)
      px *= inverse
      py *= inverse
      pz *= inverse
      weight *= Math.sqrt(inverse)
    }
    store<f64>(scratch + at, px, PX)
    store<f64>(scratch + at, py, PY)
    store<f64>(scratch + at, pz, PZ)
    store<f64>(scratch + at, weight, PW)
  }
  const last = scratch + (<usize>(count - 1) << 3)
  store<f64>(last, load<f64>(last, PX), PX + 8)
  store<f64>(last, load<f64>(last, PY), PY + 8)
  store<f64>(last, load<f64>(last, PZ), PZ + 8)
  store<f64>(last, 0, PW + 8)
}

/** SUMS[k] += w_j R_k(x_j) over the gathered particles, k sequential, lanes = two particles. */
function accumulate(plan: usize, scratch: usize, count: i32, order: i32): void {
  const table = ptr(plan, RECURRENCE)
  for (let j = 0; j < count; j += 2) {
    const at = scratch + (<usize>j << 3)
    const x = v128.load(at, PX)
    const y = v128.load(at, PY)
    const z = v128.load(at, PZ)
    const r2 = madd<f64>(x, x, madd<f64>(y, y, f64x2.mul(z, z)))
    let cos = v128.load(at, PW)
    let sin = zero()
    let sum = scratch + SUMS
    let c0 = cos
    let c1 = zero()
    v128.store(sum, f64x2.add(v128.load(sum), c0))
    sum += 16
    let row = table + 16
    for (let l = 1; l < order; l++) {
      const c2 = c1
      c1 = c0
      c0 = nmadd<f64>(f64x2.mul(splatAt<f64>(row, 8), r2), c2, f64x2.mul(f64x2.mul(splatAt<f64>(row), z), c1))
      row += 16
      v128.store(sum, f64x2.add(v128.load(sum), c0))
      sum += 16
    }
    for (let m = 1; m < order; m++) {
      row = table + <usize>m * ROW + (<usize>m << 4)
      const scale = splatAt<f64>(row)
      const next = f64x2.mul(scale, nmadd<f64>(y, sin, f64x2.mul(x, cos)))
      sin = f64x2.mul(scale, madd<f64>(x, sin, f64x2.mul(y, cos)))
      cos = next
      c0 = cos
      c1 = zero()
      let s0 = sin
      let s1 = zero()
      v128.store(sum, f64x2.add(v128.load(sum), c0))
      v128.store(sum, f64x2.add(v128.load(sum, 16), s0), 16)
      sum += 32
      for (let l = m + 1; l < order; l++) {
        row += 16
        const a = f64x2.mul(splatAt<f64>(row), z)
        const b = f64x2.mul(splatAt<f64>(row, 8), r2)
        const c2 = c1
        c1 = c0
        c0 = nmadd<f64>(b, c2, f64x2.mul(a, c1))
        const s2 = s1
        s1 = s0
        s0 = nmadd<f64>(b, s2, f64x2.mul(a, s1))
        v128.store(sum, f64x2.add(v128.load(sum), c0))
        v128.store(sum, f64x2.add(v128.load(sum, 16), s0), 16)
        sum += 32
      }
    }
  }
}

/** F[a] += sum_k FIELD[k][a] R_k(x_j), a = x, y, z and the potential, times PW_j; lanes = two particles. */
function evaluate(plan: usize, scratch: usize, count: i32, order: i32): void {
  const table = ptr(plan, RECURRENCE)
  for (let j = 0; j < count; j += 2) {
    const at = scratch + (<usize>j << 3)
    const x = v128.load(at, PX)
    const y = v128.load(at, PY)
    const z = v128.load(at, PZ)
    const r2 = madd<f64>(x, x, madd<f64>(y, y, f64x2.mul(z, z)))
    let cos = v128.load(at, PW)
    let sin = zero()
    let field = scratch + FIELD
    let fx = v128.load(at, FX)
    let fy = v128.load(at, FY)
    let fz = v128.load(at, FZ)
    let fp = v128.load(at, FP)
    for (let m = 0; m < order; m++) {
      let row = table + <usize>m * ROW + (<usize>m << 4)
      if (m > 0) {
        const scale = splatAt<f64>(row)
        const next = f64x2.mul(scale, nmadd<f64>(y, sin, f64x2.mul(x, cos)))
        sin = f64x2.mul(scale, madd<f64>(x, sin, f64x2.mul(y, cos)))
        cos = next
      }
      let c0 = cos
      let c1 = zero()
      let s0 = sin
      let s1 = zero()
      for (let l = m; ; ) {
        fx = madd<f64>(splatAt<f64>(field), c0, fx)
        fy = madd<f64>(splatAt<f64>(field, 8), c0, fy)
        fz = madd<f64>(splatAt<f64>(field, 16), c0, fz)
        fp = madd<f64>(splatAt<f64>(field, 24), c0, fp)
        field += 32
        if (m > 0) {
          fx = madd<f64>(splatAt<f64>(field), s0, fx)
          fy = madd<f64>(splatAt<f64>(field, 8), s0, fy)
          fz = madd<f64>(splatAt<f64>(field, 16), s0, fz)
          fp = madd<f64>(splatAt<f64>(field, 24), s0, fp)
          field += 32
        }
        if (++l == order) break
        row += 16
        const a = f64x2.mul(splatAt<f64>(row), z)
        const b = f64x2.mul(splatAt<f64>(row, 8), r2)
        const c2 = c1
        c1 = c0
        c0 = nmadd<f64>(b, c2, f64x2.mul(a, c1))
        const s2 = s1
        s1 = s0
        s0 = nmadd<f64>(b, s2, f64x2.mul(a, s1))
      }
    }
    v128.store(at, fx, FX)
    v128.store(at, fy, FY)
    v128.store(at, fz, FZ)
    v128.store(at, fp, FP)
  }
}

/** SUMS -> coefficients += , from sequential order to order by degree. */
function addSums<T>(plan: usize, scratch: usize, order: i32, coefficients: usize): void {
  const places = ptr(plan, PLACES)
  const n = order * order
  for (let k = 0; k < n; k++) {
    const at = coefficients + <usize>load<i32>(places + (<usize>k << 2)) * sizeof<T>()
    store<T>(at, <T>(<f64>load<T>(at) + sum2(v128.load(scratch + SUMS + (<usize>k << 4)))))
  }
}

function expand<T>(plan: usize, scratch: usize, first: i32, count: i32, cell: usize, coefficients: usize, inverted: bool): void {
  const order = int(plan, ORDER)
  memory.fill(scratch + SUMS, 0, <usize>(order * order) << 4)
  const cx = centre(plan, cell, 0)
  const cy = centre(plan, cell, 1)
  const cz = centre(plan, cell, 2)
  const unit = side(plan, cell)
  for (let i = 0; i < count; i += BLOCK) {
    const size = min(BLOCK, count - i)
    gather(plan, scratch, first + i, size, cx, cy, cz, unit, inverted)
    accumulate(plan, scratch, size, order)
  }
  addSums<T>(plan, scratch, order, coefficients)
}

/** Multipole expansion of a leaf. */
export function particlesToMultipole(plan: usize, scratch: usize, leaf: i32): void {
  const c = load<i32>(ptr(plan, LEAF) + (<usize>leaf << 2))
  const cell = cellAt(plan, c)
  const at = ptr(plan, MULTIPOLES) + <usize>c * ptr(plan, STRIDE)
  memory.fill(at, 0, ptr(plan, STRIDE))
  if (int(plan, SINGLE)) expand<f32>(plan, scratch, load<i32>(cell, FIRST), load<i32>(cell, COUNT), cell, at, false)
  else expand<f64>(plan, scratch, load<i32>(cell, FIRST), load<i32>(cell, COUNT), cell, at, false)
}

/** Adds the local expansions of the coarser leaves of the X list to a cell. */
export function particlesToLocal(plan: usize, scratch: usize, c: i32): void {
  const cell = cellAt(plan, c)
  const count = load<i32>(cell, X_COUNT)
  if (count == 0) return
  const at = ptr(plan, LOCALS) + <usize>c * ptr(plan, STRIDE)
  let link = ptr(plan, LINKS) + (<usize>(load<i32>(cell, LINK) + load<i32>(cell, E_COUNT)) << 2)
  for (let k = 0; k < count; k++) {
    const leaf = cellAt(plan, load<i32>(link))
    if (int(plan, SINGLE)) expand<f32>(plan, scratch, load<i32>(leaf, FIRST), load<i32>(leaf, COUNT), cell, at, true)
    else expand<f64>(plan, scratch, load<i32>(leaf, FIRST), load<i32>(leaf, COUNT), cell, at, true)
    link += 4
  }
}

@inline function term<T>(coefficients: usize, at: usize): f64 {
  return load<f64>(at, 8) * <f64>load<T>(coefficients + <usize>load<i32>(at) * sizeof<T>())
}

/**
 * The field (minus the gradient) and potential of an expansion as four harmonic series: FIELD, times `unit`^-2 and ^-1.
 */
function differentiate<T>(scratch: usize, coefficients: usize, terms: usize, order: i32, unit: f64): void {
  const n = order * order
  const f = 1.0 / (unit * unit)
  const p = 1.0 / unit
  let field = scratch + FIELD
  for (let k = 0; k < n; k++) {
    store<f64>(field, f * (term<T>(coefficients, terms) + term<T>(coefficients, terms + 16)))
    store<f64>(field, f * (term<T>(coefficients, terms + 32) + term<T>(coefficients, terms + 48)), 8)
    store<f64>(field, f * term<T>(coefficients, terms + 64), 16)
    store<f64>(field, p * term<T>(coefficients, terms + 80), 24)
    field += 32
    terms += 96
  }
}

/** Far field of a block of a leaf's particles: their cell's local expansion, and multipoles of finer cells. */
function farField(plan: usize, scratch: usize, c: i32, first: i32, count: i32): void {
  const cell = cellAt(plan, c)
  memory.fill(scratch + FX, 0, 4 * ARRAY)
  const stride = ptr(plan, STRIDE)
  const single = int(plan, SINGLE)
  if (load<i32>(cell, DEPTH) >= 2) {
    const unit = side(plan, cell)
    gather(plan, scratch, first, count, centre(plan, cell, 0), centre(plan, cell, 1), centre(plan, cell, 2), unit, false)
    const local = ptr(plan, LOCALS) + <usize>c * stride
    const order = int(plan, EVALUATION_ORDER)
    if (single) differentiate<f32>(scratch, local, ptr(plan, REGULAR), order, unit)
    else differentiate<f64>(scratch, local, ptr(plan, REGULAR), order, unit)
    unweight(scratch, count)
    evaluate(plan, scratch, count, order)
  }
  const start = ptr(plan, FINE_START) + (<usize>load<i32>(cell, LEAF_INDEX) << 2)
  const end = load<i32>(start, 4)
  for (let k = load<i32>(start); k < end; k++) {
    const t = load<i32>(ptr(plan, FINE) + (<usize>k << 2))
    const fine = cellAt(plan, t)
    const unit = side(plan, fine)
    const order = int(plan, ORDER) + 1
    gather(plan, scratch, first, count, centre(plan, fine, 0), centre(plan, fine, 1), centre(plan, fine, 2), unit, false)
    invert(scratch, count)
    const multipole = ptr(plan, MULTIPOLES) + <usize>t * stride
    if (single) differentiate<f32>(scratch, multipole, ptr(plan, IRREGULAR), order, unit)
    else differentiate<f64>(scratch, multipole, ptr(plan, IRREGULAR), order, unit)
    evaluate(plan, scratch, count, order)
  }
}

/** Weights 1: targets. */
function unweight(scratch: usize, count: i32): void {
  for (let i = 0; i < count; i += 2) v128.store(scratch + (<usize>i << 3), f64x2.splat(1), PW)
}

/** x -> x/r^2, weights 1/r. */
function invert(scratch: usize, count: i32): void {
  for (let i = 0; i < count; i += 2) {
    const at = scratch + (<usize>i << 3)
    const x = v128.load(at, PX)
    const y = v128.load(at, PY)
    const z = v128.load(at, PZ)
    const inverse = f64x2.div(f64x2.splat(1), madd<f64>(x, x, madd<f64>(y, y, f64x2.mul(z, z))))
    v128.store(at, f64x2.mul(x, inverse), PX)
    v128.store(at, f64x2.mul(y, inverse), PY)
    v128.store(at, f64x2.mul(z, inverse), PZ)
    v128.store(at, f64x2.sqrt(inverse), PW)
  }
}

/** Far field plus the near fields of all tasks, in a fixed order, into the caller's order: leaves of one near task. */
export function finish(plan: usize, scratch: usize, task: i32): void {
  const n = <usize>int(plan, N) << 3
  const near = ptr(plan, NEAR) + (<usize>task << 2)
  const to = load<i32>(near, 4)
  const acc = ptr(plan, TOTALS)
  const out = ptr(plan, OUT)
  const potential = ptr(plan, OUT_POTENTIAL)
  const scale = num(plan, SCALE)
  for (let leaf = load<i32>(near); leaf < to; leaf++) {
    const c = load<i32>(ptr(plan, LEAF) + (<usize>leaf << 2))
    const cell = cellAt(plan, c)
    const first = load<i32>(cell, FIRST)
    const count = load<i32>(cell, COUNT)
    const halo = ptr(plan, HALO_START) + (<usize>leaf << 2)
    const haloEnd = load<i32>(halo, 4)
    const component = <usize>count << 3
    for (let block = 0; block < count; block += BLOCK) {
      const size = min(BLOCK, count - block)
      farField(plan, scratch, c, first + block, size)
      for (let i = 0; i < size; i++) {
        const at = scratch + (<usize>i << 3)
        const own = acc + (<usize>(first + block + i) << 3)
        let fx = load<f64>(own)
        let fy = load<f64>(own + n)
        let fz = load<f64>(own + 2 * n)
        let fp = potential == 0 ? 0.0 : load<f64>(own + 3 * n)
        for (let k = load<i32>(halo); k < haloEnd; k++) {
          const other = <usize>load<u32>(ptr(plan, HALO_ENTRIES) + (<usize>k << 2)) + (<usize>(block + i) << 3)
          fx += load<f64>(other)
          fy += load<f64>(other + component)
          fz += load<f64>(other + 2 * component)
          if (potential != 0) fp += load<f64>(other + 3 * component)
        }
        const target = <usize>load<i32>(ptr(plan, INDEX) + (<usize>(first + block + i) << 2)) << 3
        store<f64>(out + target, scale * (fx + load<f64>(at, FX)))
        store<f64>(out + n + target, scale * (fy + load<f64>(at, FY)))
        store<f64>(out + 2 * n + target, scale * (fz + load<f64>(at, FZ)))
        if (potential != 0) store<f64>(potential + target, scale * (fp + load<f64>(at, FP)))
      }
    }
  }
}
