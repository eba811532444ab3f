/**
 * l^N_delta * rho_t along a mean field of a spherically symmetric law: the term Lbar of Definitions 6.2 and 7.1.
 */

import { gaussLegendre } from '../../base/numerics/quadrature.js'
import { requireShape } from '../../base/shape.js'
import type { RadialMajorant } from '../../interaction/lipschitzMajorant.js'
import { type EvolvingField, requireField } from './evolvingField.js'

/** Radii at which l*rho_t is computed; between them a cubic through four neighbours. */
const RADII = 400
/** Nodes of the Gauss rule on each panel, and panels between two breaks. */
const NODES = 16
const PANELS = 8

/**
 * The function (t, q) -> l*rho_t(q_i), i = 1, ..., n, or undefined where rho_t is not known as a radial function.
 *
 * For radial rho, with H(x) = int_0^x l(s) s ds, l*rho(R) = (2 pi/R) int_0^infinity s rho(s) (H(R + s) - H(|R - s|))
 * ds, and at the centre 4 pi int l(s) s^2 rho(s) ds. H is in closed form, since l is constant inside its inner radius a
 * and c r^-3 outside; the integral is done by Gauss rules between the kinks s = R, |R - a|, R + a, up to twice the
 * largest |q_i|.
 * @returns values of length n, relative error below 1e-3 for densities that are smooth on the scale of a
 * @source Definition 6.2, (47)
 * @example majorantField(field, lipschitzMajorant({ N, delta }))?.(0, Z.q)
 */
export function majorantField(
  field: EvolvingField,
  majorant: RadialMajorant,
): ((t: number, q: Float64Array) => Float64Array) | undefined {
  requireField('field', field)
  requireShape<Pick<RadialMajorant, 'value' | 'breaks'>>('majorant', majorant, { value: 'function', breaks: 'numbers' })
  if (field.law.radial === undefined || field.density === undefined || field.kernel.d !== 3) return undefined
  const density = field.density.bind(field)
  const breaks = field.law.radial.breaks
  return (t, q) => {
    const n = q.length / 3
    const radius = new Float64Array(n)
    let largest = 0
    for (let i = 0; i < n; i++) {
      radius[i] = Math.sqrt(q[i]! * q[i]! + q[n + i]! * q[n + i]! + q[2 * n + i]! * q[2 * n + i]!)
      largest = Math.max(largest, radius[i]!)
    }
    const rho = (s: number): number => density(t, [s, 0, 0])
    const step = largest / (RADII - 1)
    // One more node than the cubic needs at the far end; the function is even, which gives the one before 0.
    const table = Float64Array.from({ length: RADII + 2 }, (_, k) =>
      radialConvolution(rho, majorant, k * step, 2 * largest, breaks),
    )
    const at = (k: number): number => table[Math.abs(k)]!
    return radius.map(r => {
      const x = step === 0 ? 0 : r / step
      const k = Math.min(Math.floor(x), RADII - 1)
      return cubic(at(k - 1), at(k), at(k + 1), at(k + 2), x - k)
    })
  }
}

/** l*rho(R) for rho radial, up to radius `end` of rho. */
export function radialConvolution(
  rho: (s: number) => number,
  majorant: RadialMajorant,
  R: number,
  end: number,
  breaks: readonly number[],
): number {
  const { innerRadius: a, innerValue: A, outerConstant: c } = majorant
  const H = (x: number): number => (x <= a ? 0.5 * A * x * x : 0.5 * A * a * a + c * (1 / a - 1 / x))
  const l = (x: number): number => (x < a ? A : c / (x * x * x))
  const weight = R === 0 ? (s: number) => 2 * s * s * l(s) : (s: number) => (s / R) * (H(R + s) - H(Math.abs(R - s)))
  const kinks = [R, Math.abs(R - a), R + a, a, ...breaks].filter(s => s > 0 && s < end).sort((x, y) => x - y)
  const { nodes, weights } = gaussLegendre(NODES)
  let sum = 0
  let from = 0
  for (const to of [...kinks, end]) {
    const width = (to - from) / PANELS
    for (let panel = 0; panel < PANELS && width > 0; panel++) {
      const middle = from + (panel + 0.5) * width
      for (let k = 0; k < NODES; k++) {
        const s = middle + 0.5 * width * nodes[k]!
        sum += 0.5 * width * weights[k]! * rho(s) * weight(s)
      }
    }
    from = to
  }
  return 2 * Math.PI * sum
}

/** The cubic through (-1, w), (0, x), (1, y), (2, z) at u in [0, 1]. */
function cubic(w: number, x: number, y: number, z: number, u: number): number {
  const c1 = y - z / 6 - w / 3 - x / 2
  const c2 = (w + y) / 2 - x
  const c3 = (z - w) / 6 + (x - y) / 2
  return x + u * (c1 + u * (c2 + u * c3))
}
