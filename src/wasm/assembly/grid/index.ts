// The hot loops of the 3-D mean field: markers against a uniform grid through quintic B-splines (order 6), and the
// motion of the markers. Addresses are byte offsets into the imported memory; coordinate a of point i is at
// (a * stride + i); the grid is n0 x n1 x n2, last index fastest; node 0 is at the origin (o0, o1, o2).

/** Byte address behind the module's static data. */
export function heapBase(): usize { return __heap_base }

const W0 = memory.data(48, 16)
const W1 = memory.data(48, 16)
const W2 = memory.data(48, 16)
const D0 = memory.data(48, 16)
const D1 = memory.data(48, 16)
const D2 = memory.data(48, 16)

/**
 * The six values B(u + 2 - j), j = 0..5, of the centred quintic B-spline, by the recursion over the order, and its
 * derivatives, which are differences of the values of order 5.
 */
@inline function spline(u: f64, w: usize, d: usize): void {
  const v: f64 = 1.0 - u
  // Orders 2, 3, 4.
  let a0 = 0.5 * v * v
  let a2 = 0.5 * u * u
  let a1 = 1.0 - a0 - a2
  const third: f64 = 1.0 / 3.0
  let b0 = third * v * a0
  let b1 = third * ((u + 2.0) * a0 + (2.0 - u) * a1)
  let b2 = third * ((u + 1.0) * a1 + (3.0 - u) * a2)
  let b3 = third * u * a2
  // Order 5.
  const c0 = 0.25 * v * b0
  const c1 = 0.25 * ((u + 3.0) * b0 + (2.0 - u) * b1)
  const c2 = 0.25 * ((u + 2.0) * b1 + (3.0 - u) * b2)
  const c3 = 0.25 * ((u + 1.0) * b2 + (4.0 - u) * b3)
  const c4 = 0.25 * u * b3
  f64.store(d, -c0)
  f64.store(d, c0 - c1, 8)
  f64.store(d, c1 - c2, 16)
  f64.store(d, c2 - c3, 24)
  f64.store(d, c3 - c4, 32)
  f64.store(d, c4, 40)
  f64.store(w, 0.2 * v * c0)
  f64.store(w, 0.2 * ((u + 4.0) * c0 + (2.0 - u) * c1), 8)
  f64.store(w, 0.2 * ((u + 3.0) * c1 + (3.0 - u) * c2), 16)
  f64.store(w, 0.2 * ((u + 2.0) * c2 + (4.0 - u) * c3), 24)
  f64.store(w, 0.2 * ((u + 1.0) * c3 + (5.0 - u) * c4), 32)
  f64.store(w, 0.2 * u * c4, 40)
}

/** Whether the six nodes around cell i lie on the grid. */
@inline function inside(i: f64, n: i32): bool { return i >= 2.0 && i <= <f64>(n - 4) }

/** Spreads `weight` over the nodes around a point; false where it is outside. */
@inline function spread(
  grid: usize, n0: i32, n1: i32, n2: i32, x0: f64, x1: f64, x2: f64, weight: f64,
): bool {
  const f0 = Math.floor(x0)
  const f1 = Math.floor(x1)
  const f2 = Math.floor(x2)
  if (!(inside(f0, n0) && inside(f1, n1) && inside(f2, n2))) return false
  spline(x0 - f0, W0, D0)
  spline(x1 - f1, W1, D1)
  spline(x2 - f2, W2, D2)
  const va = v128.load(W2)
  const vb = v128.load(W2, 16)
  const vc = v128.load(W2, 32)
  let plane = grid + (<usize>(((<i32>f0 - 2) * n1 + (<i32>f1 - 2)) * n2 + (<i32>f2 - 2)) << 3)
  for (let a: usize = 0; a < 48; a += 8) {
    const wa = weight * f64.load(W0 + a)
    let row = plane
    for (let b: usize = 0; b < 48; b += 8) {
      const s = f64x2.splat(wa * f64.load(W1 + b))
      v128.store(row, f64x2.add(v128.load(row), f64x2.mul(s, va)))
      v128.store(row, f64x2.add(v128.load(row, 16), f64x2.mul(s, vb)), 16)
      v128.store(row, f64x2.add(v128.load(row, 32), f64x2.mul(s, vc)), 32)
      row += <usize>n2 << 3
    }
    plane += <usize>(n1 * n2) << 3
  }
  return true
}

/** Adds `weight` per point to the grid; returns the number of points that were left out because they are outside. */
export function deposit(
  q: usize, count: i32, stride: i32, grid: usize, n0: i32, n1: i32, n2: i32,
  o0: f64, o1: f64, o2: f64, inverse: f64, weight: f64,
): i32 {
  let missed = 0
  const step = <usize>stride << 3
  for (let i = 0; i < count; i++) {
    const at = q + (<usize>i << 3)
    const x0 = (f64.load(at) - o0) * inverse
    const x1 = (f64.load(at + step) - o1) * inverse
    const x2 = (f64.load(at + step + step) - o2) * inverse
    if (!spread(grid, n0, n1, n2, x0, x1, x2, weight)) missed++
  }
  return missed
}

/** The same for the points from `from` to `to`, with a mass for every point, at `masses`. */
export function depositMasses(
  q: usize, from: i32, to: i32, stride: i32, grid: usize, n0: i32, n1: i32, n2: i32,
  o0: f64, o1: f64, o2: f64, inverse: f64, masses: usize,
): i32 {
  let missed = 0
  const step = <usize>stride << 3
  for (let i = from; i < to; i++) {
    const at = q + (<usize>i << 3)
    const x0 = (f64.load(at) - o0) * inverse
    const x1 = (f64.load(at + step) - o1) * inverse
    const x2 = (f64.load(at + step + step) - o2) * inverse
    if (!spread(grid, n0, n1, n2, x0, x1, x2, f64.load(masses + (<usize>i << 3)))) missed++
  }
  return missed
}

let g0: f64 = 0
let g1: f64 = 0
let g2: f64 = 0

/** The gradient, in units of 1/h, of the spline with the given coefficients; false where the point is outside. */
@inline function gradient(grid: usize, n0: i32, n1: i32, n2: i32, x0: f64, x1: f64, x2: f64): bool {
  const f0 = Math.floor(x0)
  const f1 = Math.floor(x1)
  const f2 = Math.floor(x2)
  if (!(inside(f0, n0) && inside(f1, n1) && inside(f2, n2))) return false
  spline(x0 - f0, W0, D0)
  spline(x1 - f1, W1, D1)
  spline(x2 - f2, W2, D2)
  const wa = v128.load(W2)
  const wb = v128.load(W2, 16)
  const wc = v128.load(W2, 32)
  const da = v128.load(D2)
  const db = v128.load(D2, 16)
  const dc = v128.load(D2, 32)
  let plane = grid + (<usize>(((<i32>f0 - 2) * n1 + (<i32>f1 - 2)) * n2 + (<i32>f2 - 2)) << 3)
  let s0 = f64x2.splat(0)
  let s1 = f64x2.splat(0)
  let s2 = f64x2.splat(0)
  for (let a: usize = 0; a < 48; a += 8) {
    let row = plane
    let r0 = f64x2.splat(0)
    let r1 = f64x2.splat(0)
    let r2 = f64x2.splat(0)
    for (let b: usize = 0; b < 48; b += 8) {
      const ca = v128.load(row)
      const cb = v128.load(row, 16)
      const cc = v128.load(row, 32)
      const value = f64x2.add(f64x2.add(f64x2.mul(ca, wa), f64x2.mul(cb, wb)), f64x2.mul(cc, wc))
      const slope = f64x2.add(f64x2.add(f64x2.mul(ca, da), f64x2.mul(cb, db)), f64x2.mul(cc, dc))
      const w1 = v128.load64_splat(W1 + b)
      r0 = f64x2.add(r0, f64x2.mul(w1, value))
      r1 = f64x2.add(r1, f64x2.mul(v128.load64_splat(D1 + b), value))
      r2 = f64x2.add(r2, f64x2.mul(w1, slope))
      row += <usize>n2 << 3
    }
    const w0 = v128.load64_splat(W0 + a)
    s0 = f64x2.add(s0, f64x2.mul(v128.load64_splat(D0 + a), r0))
    s1 = f64x2.add(s1, f64x2.mul(w0, r1))
    s2 = f64x2.add(s2, f64x2.mul(w0, r2))
    plane += <usize>(n1 * n2) << 3
  }
  g0 = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1)
  g1 = f64x2.extract_lane(s1, 0) + f64x2.extract_lane(s1, 1)
  g2 = f64x2.extract_lane(s2, 0) + f64x2.extract_lane(s2, 1)
  return true
}

/**
 * out += factor * gradient at every point; returns the number of points outside, whose indices go to `missed`
 * (i32 each) and whose `out` stays as it is.
 */
export function addGradient(
  q: usize, count: i32, stride: i32, grid: usize, n0: i32, n1: i32, n2: i32,
  o0: f64, o1: f64, o2: f64, inverse: f64, factor: f64, out: usize, missed: usize,
): i32 {
  let outside = 0
  const step = <usize>stride << 3
  const scale = factor * inverse
  for (let i = 0; i < count; i++) {
    const at = q + (<usize>i << 3)
    const x0 = (f64.load(at) - o0) * inverse
    const x1 = (f64.load(at + step) - o1) * inverse
    const x2 = (f64.load(at + step + step) - o2) * inverse
    if (!gradient(grid, n0, n1, n2, x0, x1, x2)) {
      i32.store(missed + (<usize>outside << 2), i)
      outside++
      continue
    }
    const to = out + (<usize>i << 3)
    f64.store(to, f64.load(to) + scale * g0)
    f64.store(to + step, f64.load(to + step) + scale * g1)
    f64.store(to + step + step, f64.load(to + step + step) + scale * g2)
  }
  return outside
}

/** q += dt p on `length` numbers, an even number. */
export function drift(q: usize, p: usize, length: i32, dt: f64): void {
  const t = f64x2.splat(dt)
  const end = q + (<usize>length << 3)
  while (q < end) {
    v128.store(q, f64x2.add(v128.load(q), f64x2.mul(t, v128.load(p))))
    q += 16
    p += 16
  }
}
