/**
 * The mean field of a steady state: exact for all times. And what the cut-off does to it, since a steady state of (1)
 * is not one of (10).
 */
import { requireNumber, requireOptions, requirePositive } from '../../base/errors.js'
import { type Estimate, estimated, exact } from '../../base/statistics/estimate.js'
import { type Kernel, requireKernel } from '../../interaction/kernel.js'
import { type Law, requireLaw } from '../../law/law.js'
import { meanField } from '../../law/meanField/meanField.js'
import type { EvolvingField } from './evolvingField.js'
import { type RadialField, radialField } from './radial/radialField.js'

/** What a stationary field is of. */
export interface StationaryFieldOptions {
  /** The Plummer law (any scale), or Kurth's law with momentumRadius = radius^{-1/2} and rate 0. */
  readonly law: Law
  /**
   * Newton's kernel: Coulomb's of R^3 with sigma = -1, no cut-off. With sigma = 0 nothing but uniform matter is steady:
   * refused.
   */
  readonly kernel: Kernel
  /** Last time, > 0. */
  readonly T: number
}

/**
 * The static field k*rho of a steady state of (1).
 * @returns a field without error but rounding, in closed form
 * @throws RangeError unless the law is a known steady state of the kernel
 * @example stationaryField({ law: plummerLaw(), kernel: coulombKernel({ sigma: -1 }), T: 4 })
 */
export function stationaryField(options: StationaryFieldOptions): EvolvingField {
  requireOptions<StationaryFieldOptions>('stationaryField', options, { law: true, kernel: true, T: true })
  const { law, kernel, T } = options
  requireLaw(law)
  requireKernel(kernel)
  requirePositive('T', T)
  requireSteadyState(law, kernel)
  const radial = law.radial!
  const method = 'steady state, closed form'
  const rounding = 1e-14
  const scale = radial.uniform === true ? 1 / radial.supportRadius ** 2 : plummerPeak(radial.scale)
  const energy = energyOf(law)
  const at = (t: number): void => {
    requireNumber('t', t, 0, T, `a time in [0, T] = [0, ${T}]`)
  }
  return {
    law,
    kernel,
    T,
    method,
    parameters: { T },
    error: { value: 0, low: 0, high: rounding * scale, kind: 'exact', method },
    scale,
    force: (t, q, out) => {
      at(t)
      const n = q.length / 3
      if (!Number.isInteger(n)) throw new RangeError(`q must have a length that is a multiple of 3, got ${q.length}`)
      const b2 = radial.scale * radial.scale
      for (let i = 0; i < n; i++) {
        const x = q[i]!
        const y = q[n + i]!
        const z = q[2 * n + i]!
        const r2 = x * x + y * y + z * z
        const w = radial.uniform === true ? 1 / Math.max(r2, b2) : 1 / (r2 + b2)
        const f = -w * Math.sqrt(w)
        out[i] = f * x
        out[n + i] = f * y
        out[2 * n + i] = f * z
      }
      return out
    },
    density: (t, q) => {
      at(t)
      return law.spatialDensity(q)
    },
    densitySup: t => {
      at(t)
      return exact(law.rhoSup, method)
    },
    momentumMoment: (t, m) => {
      at(t)
      return exact(law.momentumMoment(m), method, 1e-12)
    },
    energy: t => {
      at(t)
      return exact(energy, method, 1e-12)
    },
  }
}

/** @throws RangeError that says what the law and the kernel would have to be */
function requireSteadyState(law: Law, kernel: Kernel): void {
  const { d, alpha, sigma, cutoffRadius } = kernel
  if (!(d === 3 && alpha === 2 && sigma === -1 && cutoffRadius === 0)) {
    throw new RangeError(
      `kernel must be Newton's, q/|q|^3 with sigma = -1 and without cut-off, for a stationary field, ` +
        `got ${kernel.name} with d = ${d}, alpha = ${alpha}, sigma = ${sigma}, cut-off radius ${cutoffRadius}`,
    )
  }
  if (law.name === 'plummer') return
  if (law.name === 'kurth') {
    const { radius, momentumRadius, rate } = law.parameters as Record<string, number>
    const virial = momentumRadius! * momentumRadius! * radius!
    if (rate === 0 && Math.abs(virial - 1) <= 1e-12) return
    throw new RangeError(
      `a stationary Kurth law has rate 0 and momentumRadius^2 radius = 1, got rate ${rate} and ${virial}`,
    )
  }
  throw new RangeError(`law must be a known steady state, "plummer" or "kurth", got ${JSON.stringify(law.name)}`)
}

/** sup r/(r^2 + b^2)^{3/2} = 2/(3 sqrt 3 b^2), at r = b/sqrt 2. */
function plummerPeak(b: number): number {
  return 2 / (3 * Math.sqrt(3) * b * b)
}

/** By the virial theorem minus the kinetic energy. */
function energyOf(law: Law): number {
  return -0.5 * law.momentumMoment(2)
}

/** Options of {@link stationaryDrift}. */
export interface StationaryDriftOptions {
  readonly law: Law
  /** The kernel with cut-off, sigma = -1, d = 3. */
  readonly kernel: Kernel
  /** Last time, > 0. */
  readonly T: number
  /** Of the radial solver, default 1e-6. */
  readonly tolerance?: number
}

/** What the cut-off does to a steady state. */
export interface StationaryDrift {
  /** sup_q |k^N_delta*rho_0 - k*rho_0| for the stationary rho_0: how far the law is from steady, O(N^{-2 delta}). */
  readonly initial: Estimate
  /** N^{-2 delta}, the square of the cut-off radius. */
  readonly rate: number
  /** Output times. */
  readonly times: Float64Array
  /** sup_q |k^N_delta*rho^N_t - k*rho_0| at these times. */
  readonly force: readonly Estimate[]
  /** sup_q |rho^N_t - rho_0| at these times. */
  readonly density: readonly Estimate[]
  /** The solution of (10). */
  readonly field: RadialField
}

const DRIFT_TIMES = 9

/**
 * How a steady state of (1) moves under (10): the difference of the fields at t = 0, and the drift of force and density
 * under the radial solver. For small r_c = N^{-delta} and smooth rho,
 *   k^N_delta*rho - k*rho = (2 pi/5) sigma r_c^2 grad rho + O(r_c^4),
 * since k^N_delta = k*chi, chi*rho = rho + (r_c^2/10) Laplace rho + ..., and k*Laplace rho = 4 pi sigma grad rho.
 * @throws RangeError unless the law is a steady state of the kernel without cut-off
 * @example stationaryDrift({ law: plummerLaw(), kernel: cutoffKernel({ N: 1e4, delta: 0.25, sigma: -1 }), T: 2 }).initial
 */
export function stationaryDrift(options: StationaryDriftOptions): StationaryDrift {
  requireOptions<StationaryDriftOptions>('stationaryDrift', options, {
    law: true,
    kernel: true,
    T: true,
    tolerance: true,
  })
  const { law, kernel, T, tolerance = 1e-6 } = options
  requireLaw(law)
  requireKernel(kernel)
  requirePositive('T', T)
  requireNumber('tolerance', tolerance, 1e-12, 0.1)
  const newton = { ...kernel, cutoffRadius: 0 }
  requireSteadyState(law, newton)
  const radial = law.radial!
  const radii = Array.from({ length: 129 }, (_, i) => radial.scale * 0.01 * 2 ** (i / 11))
  const exactForce = (r: number): number => -radial.enclosedMass(r) / (r * r)
  const initialField = meanField(law, kernel)
  let initial = 0
  let initialError = 0
  for (const r of radii) {
    const { value, high } = initialField.radialEstimate!(r)
    initial = Math.max(initial, Math.abs(value - exactForce(r)))
    initialError = Math.max(initialError, high - value)
  }
  const field = radialField({ law, kernel, T, tolerance })
  const times = Float64Array.from({ length: DRIFT_TIMES }, (_, k) => (k / (DRIFT_TIMES - 1)) * T)
  const over = (f: (r: number) => number): number => radii.reduce((sup, r) => Math.max(sup, Math.abs(f(r))), 0)
  const method = 'radial solver against the steady state, maximum over 129 radii'
  return {
    initial: estimated(initial, initialError, 'mean field at t = 0, maximum over 129 radii'),
    rate: kernel.cutoffRadius * kernel.cutoffRadius,
    times,
    force: Array.from(times, t =>
      estimated(
        over(r => field.radial(t, r) - exactForce(r)),
        field.error.high,
        method,
      ),
    ),
    density: Array.from(times, t =>
      estimated(
        over(r => field.density(t, [r, 0, 0]) - radial.density(r)),
        field.errors.density,
        method,
      ),
    ),
    field,
  }
}
