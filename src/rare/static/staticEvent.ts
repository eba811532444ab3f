/**
 * The static event of the law of large numbers: max_i |K_i - Kbar_i|_inf >= L for independent particles of the Gaussian
 * law.
 */
import { requireInteger, requireNumber } from '../../base/errors.js'
import { meanTable } from '../../concentration/pairSource.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import type { Kernel } from '../../interaction/kernel.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import { type Law, requireLaw } from '../../law/law.js'
import type { StaticProblem } from './tiltedSummand.js'

/** What the event is of. */
export interface StaticEventOptions {
  /** A Gaussian law, default `gaussianLaw()`. */
  readonly law?: Law
  /** Number of particles, 2 to 4096. */
  readonly N: number
  /** Cut-off exponent, in [0, 1]. */
  readonly delta: number
}

/** The event, with what it needs. */
export interface StaticEvent extends StaticProblem {
  readonly law: Law
  readonly N: number
  readonly delta: number
  readonly kernel: Kernel
  /** k*rho outwards, at the radius. */
  readonly mean: (r: number) => number
}

/**
 * Checks the options, and tabulates the mean field where it is first asked for. @throws TypeError, RangeError naming
 * the option
 */
export function staticEvent({ law = gaussianLaw(), N, delta }: StaticEventOptions): StaticEvent {
  requireLaw(law)
  if (law.name !== 'gaussian') throw new RangeError(`law must be a Gaussian law, got ${law.name}`)
  requireInteger('N', N, 2, 4096)
  requireNumber('delta', delta, 0, 1)
  const kernel = cutoffKernel({ N, delta })
  let table: ((r: number) => number) | undefined
  const mean = (r: number): number => {
    table ??= meanTable(law, kernel).at
    return table(r)
  }
  return { law, N, delta, kernel, mean, sigmaQ: Number(law.parameters.sigmaQ), cutoffRadius: kernel.cutoffRadius }
}

/** Requires a level of the event. */
export function requireForceLevel(name: string, L: unknown): number {
  return requireNumber(name, L, Number.MIN_VALUE, Number.MAX_VALUE, 'a finite number > 0')
}
