/**
 * The order of points along Morton's curve: neighbours in the list are mostly neighbours in space.
 */

const BITS = 10

/**
 * Permutation that sorts N points in structure of arrays by their position on Morton's curve of 2^10 cells a side of
 * the smallest cube around them. Points of one cell keep their order.
 * @param q length d*N, d = 2 or 3
 * @returns order, length N: the k-th point of the curve is order[k]
 */
export function mortonOrder(q: Float64Array, N: number, d: number): Int32Array {
  const low = new Float64Array(3)
  let extent = 0
  for (let a = 0; a < d; a++) {
    let least = q[a * N]!
    let most = least
    for (let i = a * N; i < (a + 1) * N; i++) {
      if (q[i]! < least) least = q[i]!
      if (q[i]! > most) most = q[i]!
    }
    low[a] = least
    extent = Math.max(extent, most - least)
  }
  const cells = 1 << BITS
  // Infinite for coincident points or an overflowing extent: then NaN or 0 below, which is cell 0 for all.
  const scale = extent > 0 ? cells / extent : 0
  let keys = new Int32Array(N)
  for (let a = 0; a < d; a++) {
    for (let i = 0; i < N; i++) {
      const cell = Math.min(cells - 1, Math.max(0, Math.floor((q[a * N + i]! - low[a]!) * scale) | 0))
      keys[i] = keys[i]! | (spread(cell, d) << a)
    }
  }
  // Radix sort, 10 bits a pass.
  let order: Int32Array = Int32Array.from({ length: N }, (_, i) => i)
  for (let shift = 0; shift < d * BITS; shift += BITS) {
    const start = new Int32Array(cells + 1)
    for (let i = 0; i < N; i++) start[((keys[i]! >>> shift) & (cells - 1)) + 1]!++
    for (let k = 0; k < cells; k++) start[k + 1]! += start[k]!
    const nextKeys = new Int32Array(N)
    const nextOrder = new Int32Array(N)
    for (let i = 0; i < N; i++) {
      const to = start[(keys[i]! >>> shift) & (cells - 1)]!++
      nextKeys[to] = keys[i]!
      nextOrder[to] = order[i]!
    }
    keys = nextKeys
    order = nextOrder
  }
  return order
}

/** Puts d-1 zero bits between the bits of a 10-bit number. */
function spread(x: number, d: number): number {
  let y = 0
  for (let bit = 0; bit < BITS; bit++) y |= ((x >> bit) & 1) << (bit * d)
  return y
}
