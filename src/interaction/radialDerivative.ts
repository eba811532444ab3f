/**
 * The derivative of a function of the radius that is only given by its values.
 */

const NODES = 13
// First-kind Chebyshev points: none at the ends, so a function is never evaluated on a break.
const points = Array.from({ length: NODES }, (_, j) => Math.cos((Math.PI * (j + 0.5)) / NODES))
const cosines = Array.from({ length: NODES }, (_, k) =>
  points.map((_, j) => Math.cos((Math.PI * k * (j + 0.5)) / NODES) / NODES),
)

/**
 * f'(r) as the derivative of the Chebyshev interpolant of degree 12 on a window of half-width r/8 around r that crosses
 * no break: one-sided near a break, and at a break the value from outside. The window shrinks (to r/8 4^-8 at least)
 * until the last coefficients are below 1e-12 of the largest. Error: about 1e-12 max|f|/r where f is analytic on the
 * scale of r between breaks; at r = 0, with the first break (1 if there is none) in place of r.
 * @param f function of the radius, r > 0
 * @param r radius >= 0
 * @param breaks radii where f or a derivative jumps, increasing
 * @returns f'(r); NaN where no window gives a convergent interpolant
 * @example radialDerivative(r => r ** 3, 2, []) // 12
 */
export function radialDerivative(f: (r: number) => number, r: number, breaks: readonly number[]): number {
  let floor = 0
  let ceiling = Number.POSITIVE_INFINITY
  for (const edge of breaks) {
    if (edge <= r) floor = Math.max(floor, edge)
    else ceiling = Math.min(ceiling, edge)
  }
  let half = (r > 0 ? r : Number.isFinite(ceiling) ? ceiling : 1) / 8
  let best = { slope: Number.NaN, error: Number.POSITIVE_INFINITY }
  for (let shrink = 0; shrink <= 8; shrink++, half /= 4) {
    const a = Math.max(floor, r - half)
    const b = Math.min(ceiling, r + half)
    const { slope, last, largest } = interpolantSlope(f, a, b, r)
    if (last <= 1e-12 * largest) return slope
    // |T_k'| <= k^2.
    const error = (last * NODES * NODES * 2) / (b - a)
    if (error < best.error) best = { slope, error }
  }
  // With fewer than four digits of the slope (or of f/r) there is no derivative to speak of.
  const scale = Math.max(Math.abs(best.slope), r > 0 ? Math.abs(f(r)) / r : 0)
  return best.error <= 1e-4 * scale ? best.slope : Number.NaN
}

/** Slope at r of the interpolant on [a, b], and the sizes of its last two and of its largest coefficient. */
function interpolantSlope(
  f: (r: number) => number,
  a: number,
  b: number,
  r: number,
): { slope: number; last: number; largest: number } {
  const half = 0.5 * (b - a)
  const middle = 0.5 * (a + b)
  const values = points.map(x => f(middle + half * x))
  const x = (r - middle) / half
  let slope = 0
  let largest = 0
  let last = 0
  // T_k' = k U_(k-1), with U_k = 2 x U_(k-1) - U_(k-2).
  let [older, current] = [0, 1]
  for (let k = 0; k < NODES; k++) {
    let coefficient = 0
    for (let j = 0; j < NODES; j++) coefficient += cosines[k]![j]! * values[j]!
    if (k > 0) {
      coefficient *= 2
      slope += coefficient * k * current
      ;[older, current] = [current, 2 * x * current - older]
    }
    largest = Math.max(largest, Math.abs(coefficient))
    if (k >= NODES - 2) last = Math.max(last, Math.abs(coefficient))
  }
  return { slope: slope / half, last, largest }
}
