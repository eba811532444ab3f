// The full scan of a row: which columns have the least reduced costs c_ij + price_j. Columns are sorted in space
// (groups of eight leaves of 32); groups, leaves and columns that cannot matter are put aside in single precision.
//
// Why nothing is lost. Let tau be the present threshold, C and H centre and half widths of a group's box, b its base
// (all its prices are >= b), q_j = price_j - b >= 0, T = tau - b. A column matters only if |z|^p <= T - q_j, where
// z = x - y_j. u = 2^-24 is the unit roundoff of f32.
//  (1) Coordinates: x - C and y - C, rounded to f32, and their f32 difference miss z_a by at most
//      (1 + 2^-20) u (|x_a - C_a| + |y_a - C_a| + |z_a|) <= 2 (1 + 2^-20) u (|x_a - C_a| + H_a).
//      So the vector that is computed is at most eta = 2.1 u |(|x_a - C_a| + H_a)_a| longer than z.
//  (2) The f32 sum of d squares is at most (1 + gamma) times the exact one, gamma = 1.1 (d + 1) u, for d < 2^16.
//  (3) For a column that matters, therefore, s <= (D_j + eta)^2 (1 + gamma) for the computed square s, D_j^p = T - q_j.
//      p = 1: D_j + eta <= T + eta - q_j, tested as s <= t |t|, t = fl(T' - q'), T' = (T + eta)(1 + gamma) + tiny,
//        q' <= q_j. Since t >= (T + eta - q_j)(1 + gamma)(1 - u) and its square loses another 2 u at most,
//        (1 + gamma)^2 (1 - u)^3 >= 1 + gamma is enough, and gamma >= 2.2 u >= ... gives it: (1+g)(1-3u) >= 1 for g >=
//        3.1u; gamma is therefore taken as 1.1 (d + 4) u.
//      other p: D_j^2 = (T - q_j)^(2/p) <= A - B q_j with A = T^(2/p) and, by the tangent where t^(2/p) is concave
//        (p >= 2) B = (2/p) A/T, by the chord where it is convex (p < 2) B = A/T. Then (D_j + eta)^2 <=
//        (sqrt(A) + eta)^2 - B q_j, tested as fl(s + fl(B' q')) <= A', A' = (sqrt(A) + eta)^2 (1 + gamma) + tiny, B' <=
//        B: the two roundings cost 2.1 u, which the margin of gamma covers.
//      `tiny` (2^-62 for p = 1, else 2^-120) is more than every underflow of f32 can add: d 2^-149 in s (again d <
//      2^16), 2^-149 in q' with B' <= 2^20.
//  (4) Rounding of f64 (in T, in c_ij + price_j, in A by pow) is relative 2^-50 of tau, b and A at most: T is enlarged
//      by 2^-50 (|tau| + |b|), A by 2^-40.
//  (5) The box of a leaf is made of the very f32 coordinates of its columns, and its price is the least q' of a time
//      when prices were lower. Rounding is monotone, so a leaf's computed square and price are at most those of each of
//      its columns: whatever column passes, its leaf has passed. Groups are tested in f64 against the same enlarged
// radius. What passes is computed in f64.
import {
  addWork, bestColumn, bestValue, bound, boxBytes, boxes, columns, cost, countScan, d, groups, GROUP, hits, K, kind, LEAF,
  leafBoxBytes, leafBoxes, leafBytes, listColumn, listCost, listLow, n, power, price, relative, scanned, version, X, Y,
} from './state'

const UNIT: f64 = 1.0 / 16777216.0

let tau: f64 = 0
/** Number of columns found. */
let found: i32 = 0
/** Whether the K best are wanted (else every column below tau). */
let selecting: bool = true
let point: usize = 0

/** Writes the single-precision price of a column; rounded down (see q' above). */
// @ts-ignore: decorator
@inline
function storeRelativePrice(j: i32, value: f64): void {
  const group = <usize>(j / GROUP)
  const base = f64.load(boxes + group * boxBytes + (<usize>(2 * d) << 3))
  const at = columns + <usize>(j / LEAF) * leafBytes + (<usize>d << 7) + (<usize>(j & 31) << 2)
  f32.store(at, <f32>((value - base) * (1.0 - 4.0 * UNIT)))
}

export function setPrice(j: i32, value: f64): void {
  f64.store(price + (<usize>j << 3), value)
  storeRelativePrice(j, value)
}

/** Takes the present least prices as bases of groups and leaves: to be called now and then, for sharper tests. */
export function refreshPrices(): void {
  for (let g: i32 = 0; g < groups; g++) {
    let base = Infinity
    const end = min(n, (g + 1) * GROUP)
    for (let j = g * GROUP; j < end; j++) base = min(base, f64.load(price + (<usize>j << 3)))
    f64.store(boxes + <usize>g * boxBytes + (<usize>(2 * d) << 3), base)
    for (let l: i32 = 0; l < 8; l++) {
      let least: f32 = Infinity
      const first = g * GROUP + l * LEAF
      for (let j = first; j < min(end, first + LEAF); j++) {
        storeRelativePrice(j, f64.load(price + (<usize>j << 3)))
        least = min(least, f32.load(columns + <usize>(j / LEAF) * leafBytes + (<usize>d << 7) + (<usize>(j & 31) << 2)))
      }
      f32.store(leafBoxes + <usize>g * leafBoxBytes + (<usize>d << 6) + (<usize>l << 2), least)
    }
  }
}

/** Boxes and single-precision columns, from Y and the prices. */
export function prepareColumns(): void {
  for (let g: i32 = 0; g < groups; g++) {
    const first = g * GROUP
    const end = min(n, first + GROUP)
    const box = boxes + <usize>g * boxBytes
    for (let a: i32 = 0; a < d; a++) {
      let low = Infinity
      let high = -Infinity
      for (let j = first; j < end; j++) {
        const v = f64.load(Y + (<usize>(j * d + a) << 3))
        low = min(low, v)
        high = max(high, v)
      }
      const centre = 0.5 * low + 0.5 * high
      f64.store(box + (<usize>a << 3), centre)
      // Rounded outwards: |y - C| <= H for every y of the group.
      f64.store(box + (<usize>(d + a) << 3), max(high - centre, centre - low) * (1.0 + 1e-15))
      for (let l: i32 = 0; l < 8; l++) {
        let leafLow: f32 = Infinity
        let leafHigh: f32 = -Infinity
        const leaf = columns + <usize>(g * 8 + l) * leafBytes
        for (let k: i32 = 0; k < LEAF; k++) {
          const j = first + l * LEAF + k
          const at = leaf + (<usize>a << 7) + (<usize>k << 2)
          if (j >= n) {
            f32.store(at, 0)
            f32.store(leaf + (<usize>d << 7) + (<usize>k << 2), Infinity)
            continue
          }
          const v = <f32>(f64.load(Y + (<usize>(j * d + a) << 3)) - centre)
          f32.store(at, v)
          leafLow = min(leafLow, v)
          leafHigh = max(leafHigh, v)
        }
        const at = leafBoxes + <usize>g * leafBoxBytes + (<usize>a << 6) + (<usize>l << 2)
        f32.store(at, leafLow)
        f32.store(at, leafHigh, 32)
      }
    }
  }
  refreshPrices()
}

/** A column that has passed: its reduced cost in f64, and its place among the best. */
function consider(j: i32): void {
  if (j >= n) return
  const value = cost(point, Y + (<usize>(j * d) << 3)) + f64.load(price + (<usize>j << 3))
  if (!selecting) {
    if (value < tau) i32.store(hits + (<usize>(found++) << 2), j)
    return
  }
  // While fewer than K are held, tau is a value that at least K columns do not exceed.
  if (found < K ? value > tau : value >= tau) return
  let k = found < K ? found++ : K - 1
  for (; k > 0; k--) {
    const before = f64.load(bestValue + (<usize>(k - 1) << 3))
    if (before <= value) break
    f64.store(bestValue + (<usize>k << 3), before)
    i32.store(bestColumn + (<usize>k << 2), i32.load(bestColumn + (<usize>(k - 1) << 2)))
  }
  f64.store(bestValue + (<usize>k << 3), value)
  i32.store(bestColumn + (<usize>k << 2), j)
  if (found == K) tau = f64.load(bestValue + (<usize>(K - 1) << 3))
}

// The test of a group, as set by `prepareTest`.
let radiusF: v128 = f32x4.splat(0) // T' (p = 1)
let squareF: v128 = f32x4.splat(0) // A'
let slopeF: v128 = f32x4.splat(0) // B'

// @ts-ignore: decorator
@inline
function passes(s: v128, q: v128, cone: bool): i32 {
  if (cone) {
    const t = f32x4.sub(radiusF, q)
    return i32x4.bitmask(f32x4.le(s, f32x4.mul(t, f32x4.abs(t))))
  }
  return i32x4.bitmask(f32x4.le(f32x4.add(s, f32x4.mul(slopeF, q)), squareF))
}

// @ts-ignore: decorator
@inline
function far(sum: v128, x: v128, y: usize): v128 {
  const t = f32x4.sub(x, v128.load(y))
  return f32x4.add(sum, f32x4.mul(t, t))
}

function scanLeaf(leaf: i32, cone: bool): void {
  let y = columns + <usize>leaf * leafBytes
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0
  for (let a = relative, end = a + (<usize>d << 2); a < end; a += 4, y += 128) {
    const x = v128.load32_splat(a)
    s0 = far(s0, x, y)
    s1 = far(s1, x, y + 16)
    s2 = far(s2, x, y + 32)
    s3 = far(s3, x, y + 48)
    s4 = far(s4, x, y + 64)
    s5 = far(s5, x, y + 80)
    s6 = far(s6, x, y + 96)
    s7 = far(s7, x, y + 112)
  }
  let mask =
    passes(s0, v128.load(y), cone) |
    (passes(s1, v128.load(y, 16), cone) << 4) |
    (passes(s2, v128.load(y, 32), cone) << 8) |
    (passes(s3, v128.load(y, 48), cone) << 12) |
    (passes(s4, v128.load(y, 64), cone) << 16) |
    (passes(s5, v128.load(y, 80), cone) << 20) |
    (passes(s6, v128.load(y, 96), cone) << 24) |
    (passes(s7, v128.load(y, 112), cone) << 28)
  while (mask != 0) {
    consider(leaf * LEAF + ctz(mask))
    mask &= mask - 1
  }
}

/** Visits every column whose reduced cost can be at most tau. */
function scan(): void {
  const cone = kind == 1
  const gamma = 1.0 + 1.1 * (<f64>d + 4.0) * UNIT
  const width = <usize>d << 3
  let visited: i32 = 0
  for (let g: i32 = 0; g < groups; g++) {
    const box = boxes + <usize>g * boxBytes
    const base = f64.load(box + 2 * width)
    const T = tau - base + (abs(tau) + abs(base)) * 8.881784197001252e-16
    if (!(T >= 0)) continue
    let near = 0.0
    let reach = 0.0
    for (let a: usize = 0; a < width; a += 8) {
      const t = f64.load(point + a) - f64.load(box + a)
      const h = f64.load(box + width + a)
      const gap = max(abs(t) - h, 0.0)
      const span = abs(t) + h
      near += gap * gap
      reach += span * span
      f32.store(relative + (a >> 1), <f32>t)
    }
    const eta = 2.1 * UNIT * Math.sqrt(reach)
    let root = T
    if (!cone) {
      if (kind == 2) root = Math.sqrt(T)
      else root = T > 0 ? NativeMath.pow(T, 1.0 / power) : 0
      root *= 1.0 + 9.094947017729282e-13
    }
    const enlarged = root + eta
    const square = enlarged * enlarged * gamma
    if (near > square) continue
    if (cone) radiusF = f32x4.splat(<f32>(enlarged * gamma * (1.0 + 2.0 * UNIT) + 2.168404344971009e-19))
    else {
      squareF = f32x4.splat(<f32>(square * (1.0 + 2.0 * UNIT) + 7.52316384526264e-37))
      let slope = ((power >= 2 ? 2.0 / power : 1.0) * root * root * (1.0 - 1e-6)) / T
      if (!(slope <= 1048576.0)) slope = 0
      slopeF = f32x4.splat(<f32>slope)
    }
    const leaves = leafBoxes + <usize>g * leafBoxBytes
    const prices = leaves + (<usize>d << 6)
    let mask = boxMask(leaves, prices, cone) | (boxMask(leaves + 16, prices + 16, cone) << 4)
    while (mask != 0) {
      scanLeaf(g * 8 + ctz(mask), cone)
      visited++
      mask &= mask - 1
    }
  }
  addWork(<f64>(visited * LEAF + groups * 8))
}

// @ts-ignore: decorator
@inline
function boxMask(at: usize, prices: usize, cone: bool): i32 {
  let s = f32x4.splat(0)
  for (let a = relative, end = a + (<usize>d << 2); a < end; a += 4, at += 64) {
    const x = v128.load32_splat(a)
    const t = f32x4.max(f32x4.max(f32x4.sub(v128.load(at), x), f32x4.sub(x, v128.load(at, 32))), f32x4.splat(0))
    s = f32x4.add(s, f32x4.mul(t, t))
  }
  return passes(s, v128.load(prices), cone)
}

/** Makes the list of a row afresh: the K columns of least reduced cost, in order, and the bound of all others. */
export function refreshList(i: i32): void {
  countScan()
  point = X + (<usize>(i * d) << 3)
  selecting = true
  found = 0
  tau = Infinity
  // K columns that are known: the old list of the row or of its neighbour in space.
  const seed = f64.load(bound + (<usize>i << 3)) > -Infinity ? i : i - 1
  if (seed >= 0 && f64.load(bound + (<usize>seed << 3)) > -Infinity) {
    tau = -Infinity
    const list = listColumn + (<usize>(seed * K) << 2)
    for (let k: i32 = 0; k < K; k++) {
      const j = i32.load(list + (<usize>k << 2))
      tau = max(tau, cost(point, Y + (<usize>(j * d) << 3)) + f64.load(price + (<usize>j << 3)))
    }
  }
  scan()
  const at = <usize>(i * K)
  for (let k: usize = 0; k < <usize>K; k++) {
    const j = i32.load(bestColumn + (k << 2))
    i32.store(listColumn + ((at + k) << 2), j)
    f64.store(listLow + ((at + k) << 3), f64.load(bestValue + (k << 3)))
    f64.store(listCost + ((at + k) << 3), cost(point, Y + (<usize>(j * d) << 3)))
  }
  f64.store(bound + (<usize>i << 3), K == n ? Infinity : f64.load(bestValue + (<usize>(K - 1) << 3)))
  i64.store(scanned + (<usize>i << 3), version)
}

/** Columns whose reduced cost is below a threshold, into `hits`; returns their number. */
export function columnsBelow(i: i32, threshold: f64): i32 {
  countScan()
  point = X + (<usize>(i * d) << 3)
  selecting = false
  found = 0
  tau = threshold
  scan()
  return found
}
