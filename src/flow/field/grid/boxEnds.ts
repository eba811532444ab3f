/** Boxes along the axes of space as six numbers: low0, high0, low1, high1, low2, high2. */

/** The smallest box around some points: their extents along each axis. @param q structure of arrays */
export function extents(q: Float64Array, count: number, stride: number): Float64Array {
  const ends = new Float64Array(6)
  for (let a = 0; a < 3; a++) {
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    for (let i = a * stride; i < a * stride + count; i++) {
      const value = q[i]!
      if (value < low) low = value
      if (value > high) high = value
    }
    ends[2 * a] = low
    ends[2 * a + 1] = high
  }
  return ends
}

/** The smallest box around both. */
export function union(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((x, k) => (k % 2 === 0 ? Math.min(x, b[k]!) : Math.max(x, b[k]!)))
}

/** Whether `inner` lies in `outer`. */
export function contains(outer: ArrayLike<number>, inner: Float64Array): boolean {
  return inner.every((x, k) => (k % 2 === 0 ? x >= outer[k]! : x <= outer[k]!))
}

/** The box with every side `factor` times as long. */
export function stretched(ends: Float64Array, factor: number): Float64Array {
  return ends.map((x, k) => {
    const other = ends[k % 2 === 0 ? k + 1 : k - 1]!
    return 0.5 * (x + other) + 0.5 * factor * (x - other)
  })
}
