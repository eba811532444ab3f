/**
 * The automatic step: scheme and number of steps for a wanted error, by step doubling on a pilot of few particles.
 */
import type { Configuration } from '../../base/configuration.js'
import { quote, requireInteger, requireOptions, requirePositive } from '../../base/errors.js'
import { turns, withInterrupts } from '../../base/interrupt.js'
import { requireAffordable, type WorkLimits } from '../../base/limits.js'
import { type BarOption, type Report, reporting } from '../../base/progress.js'
import { type Kernel, requireKernel } from '../../interaction/kernel.js'
import { maximumDifference } from '../micro/invariants.js'
import { type ExternalForce, pairAcceleration } from '../micro/pairAcceleration.js'
import type { ChosenStep, StepTrial } from './chosenStep.js'
import type { MagneticField } from './gyration.js'
import { langevinNoise, requireNoise } from './langevinNoise.js'
import { particleStepper } from './particleStepper.js'
import { requireState } from './requireState.js'
import { fromDeviation } from './stepError.js'
import { type SchemeName, symplecticScheme } from './symplecticScheme.js'

/** Options of {@link chooseStep}. */
export interface ChooseStepOptions extends BarOption {
  readonly T: number
  /** Wanted: largest deviation of a coordinate of q or p at time T, > 0. */
  readonly tolerance: number
  /** Candidates; default 'leapfrog' and 'suzuki4', whose stages stay inside the step; with noise 'leapfrog'. */
  readonly schemes?: readonly SchemeName[]
  /** Particles of the pilot, evenly spaced among those of Z. Default 512. */
  readonly pilot?: number
  /** Most steps that are tried. Default 65536. */
  readonly maxSteps?: number
  readonly external?: ExternalForce
  readonly magnetic?: MagneticField
  /** Noise of this strength, on paths of its own. */
  readonly noise?: { readonly key: string; readonly diffusion: number; readonly friction?: number }
  /** What the call may take: {@link WorkLimits}. */
  readonly limits?: WorkLimits
  readonly signal?: AbortSignal
}

/**
 * A step for (5), chosen by a fixed rule:
 * 1. The pilot is n = min(N, 512) particles of Z with the same kernel, so with the same cut-off radius, over the whole
 *    of [0, T], with exact forces. Its pair forces are N/n times larger than those of the run, so that what a pair does
 *    to the step error, at the corner |q| = N^-delta of (4) above all, is exaggerated; the mean field is the same.
 * 2. The coarsest run has so many steps that h 2 v <= r_c, with v the root mean square speed: pairs do not jump over
 *    the cut-off, and the pilot sees the corner.
 * 3. For each scheme the steps are doubled until the deviation D between two runs is <= tolerance. The finer step is
 *    taken: its error is D/3 at order 2, which is all that the corner leaves of any scheme, and <= D for every order
 *    >= 1.
 * 4. Of the schemes that get there the one with the fewest force sums; what would take more than the best so far is not
 *    tried.
 * A run with more particles has more chances of a rare close encounter: check it by {@link stepError}.
 * @param Z the initial state of the run, or a sample of its law
 * @returns deterministic in its arguments
 * @throws TypeError, RangeError naming the argument
 * @example await chooseStep(Z, kernel, { T: 1, tolerance: 1e-4 }) // { scheme: 'leapfrog', steps: 128, ... }
 */
export async function chooseStep(Z: Configuration, kernel: Kernel, options: ChooseStepOptions): Promise<ChosenStep> {
  requireOptions<ChooseStepOptions>('chooseStep', options, {
    bar: true,
    T: true,
    tolerance: true,
    schemes: true,
    pilot: true,
    maxSteps: true,
    external: 'function',
    magnetic: true,
    noise: true,
    limits: true,
    signal: 'signal',
  })
  requireKernel(kernel)
  requireNoise(options.noise)
  return withInterrupts(options, heeding =>
    reporting('chooseStep', heeding, report => chosenStep(Z, kernel, heeding, report)),
  )
}

async function chosenStep(
  Z: Configuration,
  kernel: Kernel,
  options: ChooseStepOptions,
  report: Report,
): Promise<ChosenStep> {
  const { T, tolerance, noise, external, magnetic, signal, maxSteps = 65536, limits } = options
  const { schemes = noise === undefined ? ['leapfrog', 'suzuki4'] : ['leapfrog'] } = options
  requireState(Z)
  requirePositive('T', T)
  requirePositive('tolerance', tolerance)
  requireInteger('maxSteps', maxSteps, 4)
  const { pilot: wanted = 512 } = options
  requireInteger('pilot', wanted, 1)
  requireAffordable({ N: Math.min(Z.N, wanted), T, steps: maxSteps, names: { steps: 'maxSteps' } }, limits)
  if (!Array.isArray(schemes) || schemes.length === 0) {
    throw new TypeError(`schemes must be a list of at least one scheme, got ${quote(schemes)}`)
  }
  const pilot = someParticles(Z, Math.min(Z.N, wanted))
  const coarsest = Math.min(coarsestSteps(pilot, kernel, T), 2 * Math.floor(maxSteps / 4))
  const trials: StepTrial[] = []
  const turn = turns(signal)
  let progress = 0
  const run = async (scheme: SchemeName, steps: number, resolution: number): Promise<Configuration> => {
    const { acceleration, hint } = pairAcceleration(pilot.N, kernel, {
      tolerance: 1e-12,
      threads: 1,
      ...(signal === undefined ? {} : { signal }),
      ...(external === undefined ? {} : { external }),
    })
    const { N, d } = pilot
    const path = noise === undefined ? {} : { noise: langevinNoise({ ...noise, N, d, T, resolution }) }
    const stepper = particleStepper(pilot, {
      ...{ acceleration, T, steps, scheme, forceHint: hint },
      ...path,
      ...(magnetic === undefined ? {} : { magnetic }),
    })
    // Doubling: the next run takes twice as long, and mostly there are two more.
    const from = progress
    for (let n = 0; n < steps; n++) {
      await stepper.advance()
      progress = from + 0.3 * (1 - from) * ((n + 1) / steps)
      report(progress, `${scheme}, ${steps} steps`)
      const pause = turn()
      if (pause !== undefined) await pause
    }
    return stepper.Z
  }
  const cost = ({ scheme, steps }: Pick<StepTrial, 'scheme' | 'steps'>): number =>
    steps * symplecticScheme(scheme).drifts.length + 1
  const search = async (scheme: SchemeName, most: number): Promise<StepTrial | undefined> => {
    let steps = coarsest
    if (cost({ scheme, steps: 2 * steps }) >= most) return undefined
    let before = await run(scheme, steps, 2 * steps)
    for (;;) {
      steps *= 2
      const after = await run(scheme, steps, steps)
      const deviation = Math.max(maximumDifference(before.q, after.q), maximumDifference(before.p, after.p))
      const trial = { scheme, steps, deviation }
      trials.push(trial)
      if (deviation <= tolerance || 2 * steps > maxSteps || cost({ scheme, steps: 2 * steps }) >= most) return trial
      // With noise the next pair of runs needs a path of twice the resolution, which is another path.
      before = noise === undefined ? after : await run(scheme, steps, 2 * steps)
    }
  }

  const better = (x: StepTrial, y: StepTrial): boolean => {
    const [xIn, yIn] = [x.deviation <= tolerance, y.deviation <= tolerance]
    return xIn !== yIn ? xIn : xIn ? cost(x) < cost(y) : x.deviation < y.deviation
  }
  let best: StepTrial | undefined
  for (const scheme of schemes) {
    const enough = best !== undefined && best.deviation <= tolerance
    const trial = await search(scheme, enough ? cost(best!) : Number.POSITIVE_INFINITY)
    if (trial !== undefined && (best === undefined || better(trial, best))) best = trial
  }
  const { scheme, steps, deviation } = best!
  return {
    ...{ scheme, steps, step: T / steps, trials, evaluations: cost(best!), reached: deviation <= tolerance },
    error: fromDeviation(deviation, `step doubled on ${pilot.N} particles: ${steps} against ${steps / 2} steps`),
  }
}

/** n particles with evenly spaced indices, should neighbours in the list be neighbours in space. */
function someParticles({ N, d, q, p }: Configuration, n: number): Configuration {
  const part = (x: Float64Array): Float64Array =>
    Float64Array.from({ length: d * n }, (_, k) => x[Math.floor(k / n) * N + Math.floor(((k % n) * N) / n)]!)
  return { N: n, d, q: part(q), p: part(p) }
}

/** An even number of steps >= 8 such that no pair of typical speed moves further than the cut-off radius in one. */
function coarsestSteps({ N, q, p }: Configuration, kernel: Kernel, T: number): number {
  const rms = (x: Float64Array): number => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / N)
  const { cutoffRadius } = kernel
  const size = rms(q)
  // Without a cut-off there is no length to resolve but the size of the cloud.
  const length = cutoffRadius > 0 && cutoffRadius < size ? cutoffRadius : size
  const steps = length > 0 ? Math.ceil((T * 2 * rms(p)) / length) : 8
  return 2 * Math.ceil(Math.max(8, steps) / 2)
}
