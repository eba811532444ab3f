/**
 * The radial density as a series of orthogonal polynomials in x = r^2 w, whose coefficients are plain moments of the
 * particles: c_n = sum_j m_j P_n(2 x_j - 1). Used by the radial solver only.
 *
 * With x in [0, 1] and P_n = P_n^{(0, beta)}, beta = d/2 - 1, the Jacobi polynomials,
 *   dM/dx = x^beta sum_n (2n + beta + 1) c_n P_n(2x - 1):
 * even in r, so that each mode is a smooth function on R^d, and moments along a smooth flow are integrals of smooth
 * functions, for which Gauss rules converge faster than any power.
 */

/** The coefficients of P_{n+1} = (slope_n x + shift_n) P_n - back_n P_{n-1} in x, n < K. */
export interface ModeRecurrence {
  readonly K: number
  readonly beta: number
  readonly slope: Float64Array
  readonly shift: Float64Array
  readonly back: Float64Array
}

/** The recurrence of P_n^{(0, d/2 - 1)}(2x - 1). @param K number of modes */
export function modeRecurrence(K: number, d: number): ModeRecurrence {
  const b = d / 2 - 1
  const slope = new Float64Array(K)
  const shift = new Float64Array(K)
  const back = new Float64Array(K)
  for (let n = 0; n < K; n++) {
    // In z = 2x - 1; the general formula is 0/0 at n = 0, b = 0.
    const bottom = 2 * (n + 1) * (n + b + 1) * (2 * n + b)
    const z = n === 0 ? (b + 2) / 2 : ((2 * n + b + 1) * (2 * n + b + 2) * (2 * n + b)) / bottom
    const one = n === 0 ? -b / 2 : (-(2 * n + b + 1) * b * b) / bottom
    slope[n] = 2 * z
    shift[n] = one - z
    back[n] = n === 0 ? 0 : (2 * n * (n + b) * (2 * n + b + 2)) / bottom
  }
  return { K, beta: b, slope, shift, back }
}

/** Writes P_0(2x - 1), ..., P_{K-1}(2x - 1). @param out length K */
export function modesAt({ K, slope, shift, back }: ModeRecurrence, x: number, out: Float64Array): Float64Array {
  let previous = 0
  let current = 1
  for (let n = 0; n < K; n++) {
    out[n] = current
    const next = (slope[n]! * x + shift[n]!) * current - back[n]! * previous
    previous = current
    current = next
  }
  return out
}

/** sum_n (2n + beta + 1) c_n P_n(2x - 1), that is x^{-beta} dM/dx. */
export function modeSeries(modes: ModeRecurrence, c: ArrayLike<number>, x: number): number {
  const { K, beta, slope, shift, back } = modes
  let previous = 0
  let current = 1
  let sum = 0
  for (let n = 0; n < K; n++) {
    sum += (2 * n + beta + 1) * c[n]! * current
    const next = (slope[n]! * x + shift[n]!) * current - back[n]! * previous
    previous = current
    current = next
  }
  return sum
}

/**
 * Writes the moments c_n = sum_j m_j P_n(2 x_j - 1). Four particles at a time: their recurrences are independent, which
 * is what the processor can overlap.
 * @param out length K
 */
export function modeMoments(modes: ModeRecurrence, x: Float64Array, mass: Float64Array, out: Float64Array): void {
  const { K, slope, shift, back } = modes
  out.fill(0)
  const count = x.length
  const whole = count - (count % 4)
  for (let j = 0; j < whole; j += 4) {
    const x0 = x[j]!
    const x1 = x[j + 1]!
    const x2 = x[j + 2]!
    const x3 = x[j + 3]!
    // The mass multiplies the start of the recurrence, which is linear.
    let a0 = mass[j]!
    let a1 = mass[j + 1]!
    let a2 = mass[j + 2]!
    let a3 = mass[j + 3]!
    let b0 = 0
    let b1 = 0
    let b2 = 0
    let b3 = 0
    for (let n = 0; n < K; n++) {
      out[n] = out[n]! + (a0 + a1 + (a2 + a3))
      const s = slope[n]!
      const h = shift[n]!
      const k = back[n]!
      const c0 = (s * x0 + h) * a0 - k * b0
      const c1 = (s * x1 + h) * a1 - k * b1
      const c2 = (s * x2 + h) * a2 - k * b2
      const c3 = (s * x3 + h) * a3 - k * b3
      b0 = a0
      b1 = a1
      b2 = a2
      b3 = a3
      a0 = c0
      a1 = c1
      a2 = c2
      a3 = c3
    }
  }
  for (let j = whole; j < count; j++) {
    let a = mass[j]!
    let b = 0
    for (let n = 0; n < K; n++) {
      out[n] = out[n]! + a
      const next = (slope[n]! * x[j]! + shift[n]!) * a - back[n]! * b
      b = a
      a = next
    }
  }
}

/** Writes the time derivatives sum_j m_j P_n'(x_j) x_j' of the moments. @param velocity x_j' @param out length K */
export function modeVelocities(
  { K, slope, shift, back }: ModeRecurrence,
  x: Float64Array,
  velocity: Float64Array,
  mass: Float64Array,
  out: Float64Array,
): void {
  out.fill(0)
  for (let j = 0; j < x.length; j++) {
    const at = x[j]!
    let b = 0
    let a = mass[j]! * velocity[j]!
    let db = 0
    let da = 0
    for (let n = 0; n < K; n++) {
      out[n] = out[n]! + da
      const s = slope[n]!
      const line = s * at + shift[n]!
      const k = back[n]!
      const dc = s * a + line * da - k * db
      const c = line * a - k * b
      db = da
      da = dc
      b = a
      a = c
    }
  }
}
