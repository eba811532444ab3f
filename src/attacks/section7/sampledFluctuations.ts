/**
 * Samples of sums over independent particles, with their exact second moments: what the claims of section 7 measure and
 * their figure shows.
 */
import { requireDelta, requireN, requireOneOf } from '../../base/errors.js'
import type { Estimate } from '../../base/statistics/estimate.js'
import { meanAndStandardError } from '../../base/statistics/statistics.js'
import { type Fluctuations, measureFluctuations } from '../../concentration/fluctuations.js'
import type { PairSource } from '../../concentration/pairSource.js'
import { secondMoments } from '../../concentration/secondMoments.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { lipschitzMajorant } from '../../interaction/lipschitzMajorant.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import type { Law } from '../../law/law.js'
import { uniformBallLaw } from '../../law/uniformBallLaw.js'

/** Laws by name; the densities of 'collapsing-ball', uniform on a ball of radius N^(-1/4), are not bounded in N. */
export type SampledLawName = 'uniform-ball' | 'gaussian' | 'collapsing-ball'

/** 'copies': every independent particle is there ten times, the independence broken on purpose. */
export type ParticleModel = 'independent' | 'copies'

/** How often each draw is repeated by the model 'copies'. */
const COPIES = 10

/** ||rho||_inf of the law, or of the unit ball for 'collapsing-ball': what a bounded family would have. */
export function assumedSup(name: SampledLawName): number {
  return name === 'gaussian' ? gaussianLaw().rhoSup : uniformBallLaw().rhoSup
}

/** @throws RangeError for an unknown name */
function sampledLaw(name: SampledLawName, N: number): Law {
  requireOneOf('law', name, ['uniform-ball', 'gaussian', 'collapsing-ball'])
  if (name === 'gaussian') return gaussianLaw()
  return uniformBallLaw(name === 'collapsing-ball' ? { radius: N ** -0.25 } : {})
}

/** N, delta and the model of a spec, checked. */
export interface SampledSpec {
  readonly N: number
  readonly delta: number
  readonly law: SampledLawName
  readonly particles: ParticleModel
}

/** @throws TypeError, RangeError naming the argument */
export function requireSampled({ N, delta, law, particles }: SampledSpec): void {
  requireN(N)
  if (requireDelta(delta) === Number.POSITIVE_INFINITY) {
    throw new RangeError('delta must be a finite number >= 0, got Infinity')
  }
  requireOneOf('law', law, ['uniform-ball', 'gaussian', 'collapsing-ball'])
  requireOneOf('particles', particles, ['independent', 'copies'])
}

/** Fluctuations with their root mean square, measured and exact. */
export interface Sampled extends Fluctuations {
  readonly rms: Estimate
  readonly exact: Estimate
}

/**
 * Half width of the intervals of means, in standard errors: Student's t with 9 or more degrees of freedom exceeds it
 * with probability < 1e-3.
 */
const SIGMAS = 5

/** Samples one pair function. @param replicates at least 10 */
export function sampledFluctuations(spec: SampledSpec, source: PairSource, replicates: number, seed: string): Sampled {
  const { N, law, particles } = spec
  const model = sampledLaw(law, N)
  const copies = particles === 'copies' ? Math.min(COPIES, N) : 1
  const found = measureFluctuations(model, source, { N, replicates, seed, copies })
  const { mean, standardError } = meanAndStandardError(found.meanSquare)
  const root = (x: number): number => Math.sqrt(Math.max(0, x))
  const rms: Estimate = {
    value: root(mean),
    low: root(mean - SIGMAS * standardError),
    high: root(mean + SIGMAS * standardError),
    kind: 'confidence',
    level: 0.999,
    method: `${replicates} samples, ${SIGMAS} standard errors`,
    seed,
  }
  const { value, low, high, method } = secondMoments(model, source, 1e-7).deviation(N)
  return { ...found, rms, exact: { value: root(value), low: root(low), high: root(high), kind: 'estimated', method } }
}

/** h of a set at one N. */
export function sourceOf(set: 'B' | 'C', N: number, delta: number): PairSource {
  return set === 'B' ? cutoffKernel({ N, delta }) : lipschitzMajorant({ N, delta, version: 'printed' })
}
