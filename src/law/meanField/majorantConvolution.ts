/**
 * l*rho for a radial scalar l: the majorant of Def. 6.2 folded with the density, the left side of Lemma 6.1.
 */
import { quote, requireLength, requireNumber } from '../../base/errors.js'
import { type Estimate, estimated } from '../../base/statistics/estimate.js'
import { euclideanNorm } from '../../interaction/kernel.js'
import { radialSupremum } from '../../interaction/radialSupremum.js'
import { type Law, type RadialDensity, requireLaw } from '../law.js'
import { searchMaximum } from '../searchMaximum.js'
import { averageOverSpheres } from './radialConvolution.js'
import { sphericalCubature } from './sphericalCubature.js'

/** What is needed of a majorant: a bounded radial function; RadialMajorant has it. */
export interface RadialFunction {
  /** l(r), r >= 0. */
  value(r: number): number
  /** Radii > 0 where l or a derivative jumps. */
  readonly breaks: readonly number[]
}

/** The function l*rho on R^3. */
export interface MajorantConvolution {
  /** l*rho(q). @param q length 3 */
  at(q: ArrayLike<number>): Estimate
  /** l*rho at |q| = r >= 0, where rho is spherically symmetric about 0. */
  radial?(r: number): Estimate
  /** sup_q l*rho(q) and |q| where it was found. The interval covers the quadrature, not a missed maximum. */
  supremum(): { readonly estimate: Estimate; readonly radius: number; readonly point: Float64Array }
}

/**
 * l*rho(q) = int l(|q - y|) rho(y) dy: for rho radial int l(t) t^2 B(t, |q|) dt with the average B of rho over the
 * sphere of radius t around q; for a superposition of radial densities the sum; otherwise by `sphericalCubature`. The
 * supremum is searched over |q| on a fine grid if rho is radial, otherwise from the centres and the origin. At the
 * centre of a uniform ball of radius R > a = 3 N^{-delta}, for l^N_delta = A N^{3 delta} inside a and 54 r^{-3}
 * outside: rho_0 (36 pi A + 216 pi ln(R/a)).
 * @throws TypeError unless l has value and breaks; RangeError unless l(0) is finite (l*rho diverges for l = 54 r^{-3})
 *   and the law has a density
 * @source Lemma 6.1, Definition 6.2 (47)
 * @example majorantConvolution(uniformBallLaw(), lipschitzMajorant({ N: 1e6, delta: 0.3 })).supremum().estimate.value
 */
export function majorantConvolution(law: Law, majorant: RadialFunction): MajorantConvolution {
  requireLaw(law)
  if (typeof majorant?.value !== 'function' || !Array.isArray(majorant.breaks)) {
    throw new TypeError(`majorant must be {value(r), breaks}, got ${quote(majorant)}`)
  }
  if (!Number.isFinite(majorant.value(0))) {
    throw new RangeError(`majorant must be finite at r = 0 (N and delta finite), got ${majorant.value(0)}`)
  }
  if (law.atoms !== undefined) throw new RangeError(`law must have a density, got the samples ${quote(law.name)}`)
  const { radial, superposition } = law
  if (radial !== undefined) {
    const along = (r: number): Estimate => {
      requireNumber('r', r, 0, Number.MAX_VALUE, 'a finite number >= 0')
      return averaged(radial, majorant, r)
    }
    return {
      at: q => along(norm(q)),
      radial: along,
      supremum: () => {
        const { scale, supportRadius } = radial
        const high = Number.isFinite(supportRadius) ? 1.5 * supportRadius : 12 * scale
        // l*rho is continuous; the breaks only refine the grid near the centre.
        const found = radialSupremum(r => averaged(radial, majorant, r, 1e-9).value, 0, high, majorant.breaks)
        const r = averaged(radial, majorant, 0).value >= found.value * (1 - 1e-12) ? 0 : found.at
        return { estimate: along(r), radius: r, point: Float64Array.of(0, 0, r) }
      },
    }
  }
  const value = (q: ArrayLike<number>, maxOrder: number): Estimate => {
    if (superposition !== undefined) {
      let sum = 0
      let error = 0
      for (const term of superposition) {
        const part = averaged(term.radial, majorant, norm([0, 1, 2].map(a => q[a]! - term.center[a]!)))
        sum += term.weight * part.value
        error += term.weight * (part.high - part.value)
      }
      return estimated(sum, error, 'superposition of averages over spheres')
    }
    const combine = (t: number, shell: Float64Array, out: Float64Array): void => {
      out[0] = majorant.value(t) * shell[0]!
    }
    return sphericalCubature(law, q, 0, combine, { breaks: majorant.breaks, maxOrder })[0]!
  }
  return {
    at: q => {
      requireLength('q', q, 3)
      return value(q, 32)
    },
    supremum: () => {
      const starts = [new Float64Array(3), ...(law.modes ?? []).map(mode => Float64Array.from(mode))]
      const point = searchMaximum(q => value(q, 16).value, starts, 0.5 * law.rhoSup ** (-1 / 3))
      return { estimate: value(point, 32), radius: euclideanNorm(point), point }
    },
  }
}

function averaged(radial: RadialDensity, majorant: RadialFunction, r: number, tolerance: number = 1e-13): Estimate {
  return averageOverSpheres(radial, 'monopole', t => majorant.value(t) * t * t, r, majorant.breaks, { tolerance })
}

function norm(q: ArrayLike<number>): number {
  requireLength('q', q, 3)
  return euclideanNorm(q)
}
