/**
 * W_1 of small clouds by trying every permutation, and the best g of (28). Used by the claim on (28) and its figure.
 */

/** A distance between two points. */
export type Cost = (x: ArrayLike<number>, y: ArrayLike<number>) => number

export const EUCLIDEAN: Cost = (x, y) => Math.hypot(...Array.from(x, (value, a) => value - y[a]!))

export const SUM: Cost = (x, y) =>
  Array.from(x, (value, a) => Math.abs(value - y[a]!)).reduce((total, a) => total + a, 0)

/** W_1 of two clouds, and what the best g attains. */
export interface Duality {
  readonly primal: number
  readonly dual: number
  /** Largest quotient |g(z) - g(z')| / |z - z'| over pairs of the points given. */
  readonly lipschitz: number
}

/**
 * W_1 of two clouds of equally many points by trying every permutation, and the g of the derivation.
 * @param X at most 8 points, as lists of coordinates
 * @param Y likewise
 * @param cost a norm of the difference, default the Euclidean one
 */
export function dualityOf(X: readonly Float64Array[], Y: readonly Float64Array[], cost: Cost = EUCLIDEAN): Duality {
  const n = X.length
  const c = X.map(x => Y.map(y => cost(x, y)))
  let best = Number.POSITIVE_INFINITY
  let optimal: readonly number[] = []
  const extend = (chosen: readonly number[], total: number): void => {
    if (total >= best) return
    if (chosen.length === n) {
      best = total
      optimal = chosen
      return
    }
    for (let j = 0; j < n; j++) if (!chosen.includes(j)) extend([...chosen, j], total + c[chosen.length]![j]!)
  }
  extend([], 0)
  // Bellman-Ford on u_i - v_j <= c_ij with equality on the matching: n rounds suffice, as no cycle is negative.
  const v = new Float64Array(n)
  for (let round = 0; round <= n; round++) {
    for (let i = 0; i < n; i++) {
      const u = v.reduce((least, vj, j) => Math.min(least, vj + c[i]![j]!), Number.POSITIVE_INFINITY)
      v[optimal[i]!] = Math.min(v[optimal[i]!]!, u - c[i]![optimal[i]!]!)
    }
  }
  const g = (z: ArrayLike<number>): number =>
    v.reduce((least, vj, j) => Math.min(least, vj + cost(z, Y[j]!)), Number.POSITIVE_INFINITY)
  const mean = (points: readonly Float64Array[]): number => points.reduce((sum, z) => sum + g(z), 0) / n
  const all = [...X, ...Y]
  const lipschitz = all.reduce(
    (most, z, i) => all.slice(0, i).reduce((m, w) => Math.max(m, Math.abs(g(z) - g(w)) / cost(z, w)), most),
    0,
  )
  return { primal: best / n, dual: mean(X) - mean(Y), lipschitz }
}
