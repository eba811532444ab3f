/**
 * The mean field flow: characteristics (12) of a mean field in time, and their lift Phi (14) to N particles, none of
 * which feels another. Coupled runs use the stepper below it, on the grid of the microscopic flow.
 */
import type { Configuration } from '../../base/configuration.js'
import { requireInteger, requireNumber, requireOptions } from '../../base/errors.js'
import { turns, withInterrupts } from '../../base/interrupt.js'
import { requireAffordable, type WorkLimits } from '../../base/limits.js'
import { type BarOption, reporting } from '../../base/progress.js'
import { type EvolvingField, fieldForce, requireField } from '../field/evolvingField.js'
import { type MagneticField, requireMagneticField } from '../step/gyration.js'
import { type Acceleration, type ParticleStepper, particleStepper } from '../step/particleStepper.js'
import { requireState } from '../step/requireState.js'
import type { SchemeName } from '../step/symplecticScheme.js'

/** Options of {@link meanFieldFlow}. */
export interface MeanFieldFlowOptions {
  /** s, where Z is given, default 0. */
  readonly from?: number
  /** t, where the particles are wanted; before `from`: backwards. Default: the field's last time. */
  readonly to?: number
  /** Number of steps, >= 1. */
  readonly steps: number
  /** 'leapfrog' (default) or 'suzuki4', whose stages stay between `from` and `to`. */
  readonly scheme?: Extract<SchemeName, 'leapfrog' | 'suzuki4'>
  /**
   * A uniform magnetic field Omega: dp/dt = ... + p x Omega; the field is then to know it, as that of particleField.
   */
  readonly magnetic?: MagneticField
  /** What the call may take: {@link WorkLimits}. */
  readonly limits?: WorkLimits
}

/**
 * Phi_{t,s}(Z) = (phi^N_{t,s}(z_1), ..., phi^N_{t,s}(z_N)), where dq/dt = p, dp/dt = k^N_delta * rho^N_t(q). The
 * push-forward of the empirical measure is that of the moved points (17): mu_0[Phi(Z)] = phi # mu_0[Z]. Up to rounding
 * and the step error, of order 2 or 4 in the step for smooth fields, phi_{t,s'} o phi_{s',s} = phi_{t,s}.
 * @param Z particles at time `from`; left unchanged
 * @returns the particles at time `to`
 * @throws RangeError for times outside [0, field.T] or steps < 1; NonFiniteStateError
 * @source (11)-(17)
 * @example meanFieldFlow(law.sample(100, stream), field, { to: 1, steps: 50 })
 */
export function meanFieldFlow(Z: Configuration, field: EvolvingField, options: MeanFieldFlowOptions): Configuration {
  requireOptions<MeanFieldFlowOptions>('meanFieldFlow', options, {
    from: true,
    to: true,
    steps: true,
    scheme: true,
    magnetic: true,
    limits: true,
  })
  const { stepper, steps, result } = motion(Z, field, options, (t, q, out) => void field.force(t, q, out))
  stepper?.advanceSync(steps)
  return result()
}

/** Options of {@link meanFieldFlowAsync}. */
export interface MeanFieldFlowAsyncOptions extends MeanFieldFlowOptions, BarOption {
  readonly signal?: AbortSignal
  /** Called after each step. */
  readonly onProgress?: (done: number, total: number) => void
}

/**
 * {@link meanFieldFlow} with turns of the event loop, a progress bar and a signal: the same numbers.
 * @throws as meanFieldFlow; the signal's reason (all as rejections)
 * @example await meanFieldFlowAsync(law.sample(1e6, stream), field, { to: 1, steps: 50 })
 */
export async function meanFieldFlowAsync(
  Z: Configuration,
  field: EvolvingField,
  options: MeanFieldFlowAsyncOptions,
): Promise<Configuration> {
  requireOptions<MeanFieldFlowAsyncOptions>('meanFieldFlowAsync', options, {
    bar: true,
    signal: 'signal',
    onProgress: 'function',
    from: true,
    to: true,
    steps: true,
    scheme: true,
    magnetic: true,
    limits: true,
  })
  return withInterrupts(options, heeding =>
    reporting('meanFieldFlow', heeding, async report => {
      const { signal, onProgress } = heeding
      signal?.throwIfAborted()
      const { stepper, steps, result } = motion(Z, field, heeding, (t, q, out) => fieldForce(field, t, q, out))
      const turn = turns(signal)
      for (let n = 1; stepper !== undefined && n <= steps; n++) {
        await turn()
        await stepper.advance()
        onProgress?.(n, steps)
        report(n / steps, `step ${n} of ${steps}`)
      }
      return result()
    }),
  )
}

interface Motion {
  /** undefined: nowhere to go. */
  readonly stepper: ParticleStepper | undefined
  readonly steps: number
  readonly result: () => Configuration
}

/** The stepper from one time to another, and what it leaves. */
function motion(Z: Configuration, field: EvolvingField, options: MeanFieldFlowOptions, force: Acceleration): Motion {
  requireField('field', field)
  requireState(Z)
  const { from = 0, to = field.T, steps, scheme = 'leapfrog', magnetic } = options
  const range = `a number in [0, ${field.T}], where the field is known`
  requireNumber('from', from, 0, field.T, range)
  requireNumber('to', to, 0, field.T, range)
  requireInteger('steps', steps, 1)
  requireAffordable({ N: Z?.N, steps }, options.limits)
  if (from === to) return { stepper: undefined, steps, result: () => ({ ...Z, q: Z.q.slice(), p: Z.p.slice() }) }
  const low = Math.min(from, to)
  const high = Math.max(from, to)
  // The stepper goes forward for a time T; backwards in time is forward with reversed momenta, and with the magnetic
  // field reversed.
  const forward = to > from
  const clock = (t: number): number => Math.min(high, Math.max(low, forward ? from + t : from - t))
  const start = forward ? Z : { ...Z, p: Z.p.map(x => -x) }
  const stepper = particleStepper(start, {
    acceleration: (t, q, out) => force(clock(t), q, out),
    T: high - low,
    steps,
    scheme,
    ...(magnetic === undefined ? {} : { magnetic: forward ? magnetic : reversed(magnetic) }),
  })
  const { N, d, q, p } = stepper.Z
  return { stepper, steps, result: () => ({ N, d, q, p: forward ? p : p.map(x => -x) }) }
}

function reversed(magnetic: MagneticField): MagneticField {
  requireMagneticField(magnetic)
  return [-magnetic[0], -magnetic[1], -magnetic[2]]
}
