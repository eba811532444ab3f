/**
 * The density f^N_t in phase space, at points: (10) carries it along the characteristics (12) unchanged, so that its
 * value at (q, p) is that of f_0 where the particle at (q, p) came from. Read by the figure of the phase plane and by
 * notebooks.
 */
import type { Configuration } from '../../base/configuration.js'
import { quote, requireInteger, requireNumber, requireOneOf, requireOptions } from '../../base/errors.js'
import { maximum } from '../../base/extent.js'
import { withInterrupts } from '../../base/interrupt.js'
import { requireAffordable, type WorkLimits } from '../../base/limits.js'
import { type BarOption, type Report, reporting } from '../../base/progress.js'
import type { Estimate } from '../../base/statistics/estimate.js'
import type { Law } from '../../law/law.js'
import { meanFieldFlowAsync } from '../coupled/meanFieldFlow.js'
import { type EvolvingField, requireField } from '../field/evolvingField.js'
import type { ParticleField } from '../field/particleField.js'
import { type MagneticField, requireMagneticField } from '../step/gyration.js'
import { requireState } from '../step/requireState.js'
import type { SchemeName } from '../step/symplecticScheme.js'
import { gradientAlongFlow } from './gradientAlongFlow.js'

/** Options of {@link phaseSpaceDensity}. */
export interface PhaseSpaceDensityOptions extends BarOption {
  /** The time, in [0, field.T]. Default: the field's last time. */
  readonly t?: number
  /** Number of steps from t back to 0, even, >= 2. */
  readonly steps: number
  /** 'leapfrog' (default) or 'suzuki4'. */
  readonly scheme?: Extract<SchemeName, 'leapfrog' | 'suzuki4'>
  /**
   * A uniform magnetic field Omega: dp/dt = ... + p x Omega; the field is then to know it, as that of particleField.
   */
  readonly magnetic?: MagneticField
  /** 'error' (default), or 'nothing': a quarter of the work, and no word about the error. */
  readonly measure?: 'error' | 'nothing'
  /** What the call may take: {@link WorkLimits}. */
  readonly limits?: WorkLimits
  readonly signal?: AbortSignal
  /** Called with the part that is done, in [0, 1]. */
  readonly onProgress?: (part: number) => void
}

/** The density at points, with what is known about its error. */
export interface PhaseSpaceDensity {
  readonly t: number
  /** f^N_t(z_i), length N. */
  readonly values: Float64Array
  /** phi_{0,t}(z_i): where the particles that are at z_i came from. */
  readonly origins: Configuration
  /** sup f^N_t = sup f_0, which no value exceeds. */
  readonly sup: number
  /** What the error at the points was measured to be; absent with measure: 'nothing'. */
  readonly errors?: PhaseDensityErrors
}

/** Errors of a density in phase space. */
export interface PhaseDensityErrors {
  /** Largest error over the points: of the step and, by its upper end, of the field. */
  readonly largest: Estimate
  /** |f with this step - f with twice the step| at every point: above the error of the step for every order >= 1. */
  readonly step: Float64Array
  /** (the field's stated error) times int_0^t |grad_p f_s(phi_{s,t}(z_i))| ds, to first order in it. */
  readonly field: Float64Array
  /** grad f^N_t(z_i): by q and by p, to the second order in the step; structure of arrays. */
  readonly gradient: { readonly q: Float64Array; readonly p: Float64Array }
}

/**
 * f^N_t(z_i) = f_0(phi_{0,t}(z_i)) at many points: the solution of the Vlasov equation (10) is the initial density,
 * carried by the flow of (12), which preserves volume. By this form it is positive, its supremum is that of f_0, and
 * int G(f_t) d^6z is conserved for every G: mass, L^p norms, entropy.
 *
 * The error has two parts at every point. That of the step, by doubling it. That of the field: a force that is wrong by
 * dF changes f_t by -int_0^t dF(s, q_s).grad_p f_s(q_s, p_s) ds along the characteristic, to first order; grad f_s is
 * carried by the transposed linearised flow. For an f_0 with jumps both are what they are unless the characteristic
 * starts near one.
 * @param Z the points, in R^3; structure of arrays, left unchanged
 * @param field the mean field of (10), any; its law gives f_0
 * @returns values in units of mass/(length momentum)^3, with errors
 * @throws TypeError, RangeError naming the argument: a time outside [0, field.T], odd steps, an empirical law, a field
 * with noise, another magnetic field than the field's own; NonFiniteStateError; the signal's reason (all as rejections)
 * @source (1), (10), (12); the change of f by Duhamel's formula
 * @example
 * const field = stationaryField({ law: plummerLaw(), kernel: coulombKernel({ sigma: -1 }), T: 1 })
 * const Z = { N: 1, d: 3, q: Float64Array.of(0.5, 0, 0), p: Float64Array.of(0, 0.3, 0) }
 * const { values } = await phaseSpaceDensity(Z, field, { steps: 64 })
 * Math.abs(values[0] / field.law.density(Z.q, Z.p) - 1) < 1e-4 // true
 */
export async function phaseSpaceDensity(
  Z: Configuration,
  field: EvolvingField,
  options: PhaseSpaceDensityOptions,
): Promise<PhaseSpaceDensity> {
  requireOptions<PhaseSpaceDensityOptions>('phaseSpaceDensity', options, {
    bar: true,
    t: true,
    steps: true,
    scheme: true,
    magnetic: true,
    measure: true,
    limits: true,
    signal: 'signal',
    onProgress: 'function',
  })
  check(Z, field, options)
  return withInterrupts(options, heeding =>
    reporting('phaseSpaceDensity', heeding, report => carried(Z, field, heeding, report)),
  )
}

function check(Z: Configuration, field: EvolvingField, options: PhaseSpaceDensityOptions): void {
  requireState(Z)
  if (Z.d !== 3) throw new RangeError(`Z.d must be 3, as laws are on R^3, got ${Z.d}`)
  requireField('field', field)
  if (field.kernel.d !== 3) throw new RangeError(`field.kernel.d must be 3, as laws are on R^3, got ${field.kernel.d}`)
  if (field.law.atoms !== undefined) throw new RangeError('field.law must have a density, got an empirical measure')
  const { diffusion, magnetic: known } = field.parameters ?? {}
  if (diffusion !== undefined) {
    throw new RangeError(
      `field must be without noise, which moves f across characteristics, got one with diffusion ${diffusion}`,
    )
  }
  const { t = field.T, steps, scheme = 'leapfrog', magnetic, measure = 'error' } = options
  requireNumber('t', t, 0, field.T, `a number in [0, ${field.T}], where the field is known`)
  requireInteger('steps', steps, 2)
  if (steps % 2 !== 0) throw new RangeError(`steps must be even, so that the step can be doubled, got ${steps}`)
  requireOneOf('scheme', scheme, ['leapfrog', 'suzuki4'])
  requireOneOf('measure', measure, ['error', 'nothing'])
  requireMagneticField(magnetic)
  if (known !== undefined && known !== magnetic?.join(', ')) {
    throw new RangeError(`magnetic must be that of the field, ${known}, got ${magnetic?.join(', ') ?? quote(magnetic)}`)
  }
  requireAffordable({ N: Z.N, steps }, options.limits)
}

/** Force evaluations of a step: back, back with twice the step, and forward again with the gradient. */
const COST = { fine: 1, coarse: 0.5, gradient: 3 }

async function carried(
  Z: Configuration,
  field: EvolvingField,
  options: PhaseSpaceDensityOptions,
  report: Report,
): Promise<PhaseSpaceDensity> {
  const { t = field.T, steps, scheme = 'leapfrog', magnetic, measure = 'error', limits, signal, onProgress } = options
  const { law } = field
  let [done, all] = [0, steps * COST.fine]
  if (measure === 'error') all += steps * (COST.coarse + COST.gradient)
  const moved = (cost: number) => () => {
    done += cost
    onProgress?.(Math.min(1, done / all))
  }
  const shared = {
    ...{ bar: 'show' as const, scheme },
    ...(magnetic === undefined ? {} : { magnetic }),
    ...(limits === undefined ? {} : { limits }),
    ...(signal === undefined ? {} : { signal }),
  }
  const back = (count: number): Promise<Configuration> =>
    meanFieldFlowAsync(Z, field, { ...shared, from: t, to: 0, steps: count, onProgress: moved(1) })

  const later = measure === 'error' ? COST.coarse + COST.gradient : 0
  const origins = await report.stage('characteristics', COST.fine, later, () => back(steps))
  const values = densityAt(law, origins)
  const result = { t, values, origins, sup: law.densitySup }
  if (measure === 'nothing') return result

  const coarse = await report.stage('twice the step', COST.coarse, COST.gradient, () => back(steps / 2))
  const step = densityAt(law, coarse).map((value, i) => (value === values[i] ? 0 : Math.abs(value - values[i]!)))
  const { gradient, along } = await report.stage('gradient', COST.gradient, 0, part =>
    gradientAlongFlow(origins, field, {
      ...{ t, steps },
      ...(magnetic === undefined ? {} : { magnetic }),
      ...(signal === undefined ? {} : { signal }),
      onStep: n => {
        part(n / steps)
        moved(COST.gradient)()
      },
    }),
  )
  const { error, interpolationError } = field as EvolvingField & Partial<ParticleField>
  const stated = error.high + (interpolationError?.high ?? 0)
  const fromField = along.map(x => stated * x)
  const largest: Estimate = {
    // Order 2 is what a corner of the kernel leaves of any scheme.
    value: maximum(step) / 3,
    low: 0,
    high: maximum(step.map((x, i) => x + fromField[i]!)),
    kind: 'estimated',
    method: `step doubled: ${steps} against ${steps / 2} steps; the field's stated error along the characteristics`,
  }
  return { ...result, errors: { largest, step, field: fromField, gradient } }
}

/** f_0 at every point. */
function densityAt(law: Law, { N, q, p }: Configuration): Float64Array {
  const [x, v] = [new Float64Array(3), new Float64Array(3)]
  return Float64Array.from({ length: N }, (_, i) => {
    for (let a = 0; a < 3; a++) {
      x[a] = q[a * N + i]!
      v[a] = p[a * N + i]!
    }
    return law.density(x, v)
  })
}
