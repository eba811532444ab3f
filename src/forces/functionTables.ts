/**
 * Tables from which compiled loops evaluate powers and arbitrary radial functions: polynomials of degree 7 on every
 * 64th of an octave of x = |q|^2. Made with functions whose bits do not depend on the engine, where the kernel allows.
 */
import { wasmCore } from '../wasm/core.js'

const PANELS = 64
const TERMS = 8
// Entries before the first coefficient of a radial table: index of its first panel, number of panels, f(0), padding.
const HEADER = 8

/**
 * The table of x -> x^-power for positive normal x: Taylor polynomials of the mantissa on 64 panels of [1, 2), then
 * 2^(-power e) for the biased exponents e = 0 ... 2047. Relative error below (4 + power |log2 x|) 2^-53: the truncated
 * series, ratio 1/129, leaves less than 2^-55 for power <= 2.5.
 */
export function powerTable(power: number): Float64Array {
  const { pow } = wasmCore()
  const table = new Float64Array(PANELS * TERMS + 2048)
  for (let panel = 0; panel < PANELS; panel++) {
    const half = 0.5 / PANELS
    const center = 1 + (2 * panel + 1) * half
    let coefficient = pow(center, -power)
    for (let k = 0; k < TERMS; k++) {
      table[panel * TERMS + k] = coefficient
      coefficient *= ((-power - k) / (k + 1)) * (half / center)
    }
  }
  for (let e = 1; e < 2047; e++) table[PANELS * TERMS + e] = pow(2, -power * (e - 1023))
  return table
}

/** A tabulated function, or undefined where the table would miss the function by more than the tolerance. */
export interface RadialTable {
  readonly data: Float64Array
  /** Largest error found at 3 points a panel, relative to the function's size nearby. */
  readonly error: number
}

const CHEBYSHEV = chebyshevNodes()

/**
 * Tabulates f(u) for low <= u < high, both powers of two, and f(0). Between 0 and `low` the table is constant, f(low).
 * @param tolerance largest relative error accepted at the test points
 */
export function radialTable(
  f: (u: number) => number,
  low: number,
  high: number,
  tolerance: number,
): RadialTable | undefined {
  const octaves = Math.round(Math.log2(high / low))
  const data = new Float64Array(HEADER + octaves * PANELS * TERMS)
  data[0] = (1023 + Math.round(Math.log2(low))) * PANELS
  data[1] = octaves * PANELS
  data[2] = f(0)
  const values = new Float64Array(TERMS)
  let error = 0
  for (let octave = 0; octave < octaves; octave++) {
    const start = low * 2 ** octave
    for (let panel = 0; panel < PANELS; panel++) {
      const half = (0.5 * start) / PANELS
      const center = start + (2 * panel + 1) * half
      let size = 0
      for (let k = 0; k < TERMS; k++) {
        values[k] = f(center + half * CHEBYSHEV[k]!)
        size = Math.max(size, Math.abs(values[k]!))
      }
      const at = HEADER + (octave * PANELS + panel) * TERMS
      monomials(values, data.subarray(at, at + TERMS))
      // Just inside the panel's ends, so that a jump at an edge is not held against it.
      for (const t of [-0.999, 0.05, 0.999]) {
        let y = 0
        for (let k = TERMS - 1; k >= 0; k--) y = y * t + data[at + k]!
        const miss = Math.abs(y - f(center + half * t))
        if (!(miss <= tolerance * size)) return undefined
        if (size > 0) error = Math.max(error, miss / size)
      }
    }
  }
  return { data, error }
}

/** Coefficients of the polynomial through the values at the Chebyshev nodes, by divided differences. */
function monomials(values: Float64Array, out: Float64Array): void {
  const divided = Float64Array.from(values)
  for (let order = 1; order < TERMS; order++) {
    for (let k = TERMS - 1; k >= order; k--) {
      divided[k] = (divided[k]! - divided[k - 1]!) / (CHEBYSHEV[k]! - CHEBYSHEV[k - order]!)
    }
  }
  out.fill(0)
  for (let k = TERMS - 1; k >= 0; k--) {
    // out = out * (t - node_k) + divided_k
    for (let m = TERMS - 1; m > 0; m--) out[m] = out[m - 1]! - CHEBYSHEV[k]! * out[m]!
    out[0] = divided[k]! - CHEBYSHEV[k]! * out[0]!
  }
}

/** cos((2k+1) pi/16), k = 0 ... 7, by square roots alone: the same bits everywhere. */
function chebyshevNodes(): Float64Array {
  const a = Math.sqrt(2 + Math.SQRT2)
  const b = Math.sqrt(2 - Math.SQRT2)
  const positive = [Math.sqrt(2 + a) / 2, Math.sqrt(2 + b) / 2, Math.sqrt(2 - b) / 2, Math.sqrt(2 - a) / 2]
  return Float64Array.from([...positive, ...positive.map(x => -x).reverse()])
}

/**
 * phi of the smooth profile in units of the cut-off, as a function of u = (r/r_c)^2 < 1: s^(-(alpha+1) h(s)), h(s) =
 * 1/(1 + exp(1/s - 1/(1-s))); the same formula as the kernel's, with engine-independent bits.
 */
export function smoothFactor(alpha: number): (u: number) => number {
  const { exp, log } = wasmCore()
  return u => {
    const s = Math.sqrt(u)
    if (s < 1 / 800) return 1
    if (s >= 1) return 1
    const h = 1 / (1 + exp(1 / s - 1 / (1 - s)))
    return exp(-(alpha + 1) * h * log(s))
  }
}
