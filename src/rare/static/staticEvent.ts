/**
 * The static events of the law of large numbers for independent particles of the Gaussian law: that of the force,
 * max_i |K_i - Kbar_i|_inf >= L, and that of the majorant, max_i |L_i - Lbar_i| >= L.
 */
import { requireInteger, requireNumber } from '../../base/errors.js'
import { meanTable, type PairSource } from '../../concentration/pairSource.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { lipschitzMajorant } from '../../interaction/lipschitzMajorant.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import { type Law, requireLaw } from '../../law/law.js'
import { forcePair, type StaticProblem } from './forcePair.js'
import { majorantPair } from './majorantPair.js'
import type { TiltedPair } from './tiltedPair.js'

/** What the event is of. */
export interface StaticEventOptions {
  /** A Gaussian law, default `gaussianLaw()`. */
  readonly law?: Law
  /** Number of particles, 2 to 4096. */
  readonly N: number
  /** Cut-off exponent, in [0, 1]. */
  readonly delta: number
}

/** One way in which particle 1 can be off: sum_j h(q_1 - q_j)/N is at least L above the mean of h. */
export interface Side {
  readonly pair: TiltedPair
  /** h*rho at a place. @param along its first coordinate @param R its distance from the origin */
  mean(along: number, R: number): number
}

/** The event, with what it needs. */
export interface StaticEvent extends StaticProblem {
  readonly law: Law
  readonly N: number
  readonly delta: number
  readonly source: PairSource
  /** h*rho at the radius; for the force its component outwards. */
  readonly mean: (r: number) => number
  /** Those that no symmetry gives. */
  readonly sides: readonly Side[]
  /** How many (particle, component, sign) each side stands for. */
  readonly factor: number
  /** What the law of q_1 has beside the symmetry about the first axis. */
  readonly symmetry: 'axis' | 'sphere'
}

/**
 * Checks the options, and tabulates the mean field where it is first asked for. By the symmetry of the cube one
 * component and one sign of the force stand for all. @throws TypeError, RangeError naming the option
 */
export function staticEvent(options: StaticEventOptions): StaticEvent {
  const { law, N, delta } = requireEvent(options)
  const kernel = cutoffKernel({ N, delta })
  const mean = tabulated(law, kernel)
  const problem = { sigmaQ: Number(law.parameters.sigmaQ), cutoffRadius: kernel.cutoffRadius }
  const along = (x: number, R: number): number => (R === 0 ? 0 : (mean(R) * x) / R)
  const sides = [{ pair: forcePair(problem), mean: along }]
  return { law, N, delta, source: kernel, mean, ...problem, sides, factor: 6 * N, symmetry: 'axis' }
}

/** The same for the majorant (47): no symmetry joins what is too large and what is too small. */
export function majorantEvent(options: StaticEventOptions, version: 'printed' | 'repaired'): StaticEvent {
  const { law, N, delta } = requireEvent(options)
  const majorant = lipschitzMajorant({ N, delta, version })
  const mean = tabulated(law, majorant)
  const problem = { sigmaQ: Number(law.parameters.sigmaQ), cutoffRadius: N ** -delta }
  const sides = ([1, -1] as const).map(sign => ({
    pair: majorantPair(majorant, problem.sigmaQ, sign),
    mean: (_: number, R: number): number => sign * mean(R),
  }))
  return { law, N, delta, source: majorant, mean, ...problem, sides, factor: N, symmetry: 'sphere' }
}

function requireEvent({ law = gaussianLaw(), N, delta }: StaticEventOptions): Required<StaticEventOptions> {
  requireLaw(law)
  if (law.name !== 'gaussian') throw new RangeError(`law must be a Gaussian law, got ${law.name}`)
  requireInteger('N', N, 2, 4096)
  requireNumber('delta', delta, 0, 1)
  return { law, N, delta }
}

function tabulated(law: Law, source: PairSource): (r: number) => number {
  let table: ((r: number) => number) | undefined
  return r => {
    table ??= meanTable(law, source).at
    return table(r)
  }
}

/** Requires a level of the event. */
export function requireForceLevel(name: string, L: unknown): number {
  return requireNumber(name, L, Number.MIN_VALUE, Number.MAX_VALUE, 'a finite number > 0')
}
