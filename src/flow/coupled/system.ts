/**
 * The system that everything is asked of: a law, a kernel, N particles, a final time, and the names of the throw of Z.
 */

import type { Configuration } from '../../base/configuration.js'
import {
  type OptionKind,
  quote,
  requireDelta,
  requireInteger,
  requireN,
  requireOptions,
  requirePositive,
  requireSigma,
  type Sigma,
} from '../../base/errors.js'
import { randomStream, requireSeed, type StreamName } from '../../base/random.js'
import { requireShape } from '../../base/shape.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { type Kernel, requireKernel } from '../../interaction/kernel.js'
import type { ProfileName } from '../../interaction/profiles.generated.js'
import { dimensionOf, type Law, requireLaw, requireSameDimension } from '../../law/law.js'
import { identityOf } from '../field/fieldKey.js'

/** What a {@link system} is made from. */
export interface SystemOptions {
  readonly law: Law
  /** Number of particles, >= 2. Default: that of the kernel, where it knows one. */
  readonly N?: number
  /** Cut-off exponent of (4), >= 0; Infinity: no cut-off. Default: that of the kernel, where it knows one. */
  readonly delta?: number
  /** 1 repulsive, -1 attractive, 0 free. Default: that of the kernel, and 1 without one. */
  readonly sigma?: Sigma
  /** Shape inside the cut-off, default 'truncated', which is (4). */
  readonly profile?: ProfileName
  /** A kernel of the law's dimension in place of {@link cutoffKernel} of all that; what it was made from must agree. */
  readonly kernel?: Kernel
  /** Final time, > 0. */
  readonly T: number
  readonly seed: number | string
  /** Number of the replicate, default 0. */
  readonly replica?: number
}

/** The options of a system, as `requireOptions` checks them. */
export const SYSTEM_OPTIONS: Readonly<Record<keyof SystemOptions, OptionKind>> = {
  law: true,
  N: true,
  delta: true,
  sigma: true,
  profile: true,
  kernel: true,
  T: true,
  seed: true,
  replica: true,
}

/** N particles with a law and a kernel: frozen. */
export interface System {
  readonly law: Law
  readonly kernel: Kernel
  readonly N: number
  readonly delta: number
  readonly sigma: Sigma
  readonly T: number
  readonly seed: number | string
  readonly replica: number
  /**
   * Systems with the same key are the same: JSON of everything above, laws and kernels by names, parameters and values.
   */
  readonly key: string
}

/**
 * A system, checked once. What the kernel was made from stands for N, delta and sigma where they are left out.
 * @throws TypeError, RangeError naming the argument: a value out of range, a kernel of another dimension than the law,
 * or one that was made with another N, delta, sigma or profile
 * @source (5)-(8), (10)
 * @example system({ law: gaussianLaw(), N: 1000, delta: 0.25, T: 1, seed: 1 }).kernel.cutoffRadius // 0.178
 */
export function system(options: SystemOptions): System {
  requireOptions<SystemOptions>('system', options, SYSTEM_OPTIONS)
  const { law, T, seed, replica = 0, profile = 'truncated' } = options
  if (options.kernel !== undefined) requireKernel(options.kernel)
  const made = options.kernel?.parameters ?? {}
  const { N = made.N as number, delta = made.delta as number, sigma = options.kernel?.sigma ?? 1 } = options
  requireN(N)
  if (N < 2) throw new RangeError(`N must be at least 2, got ${N}`)
  requireDelta(delta)
  requireSigma(sigma)
  requirePositive('T', T)
  requireSeed(seed)
  requireInteger('replica', replica, 0)
  requireLaw(law, [2, 3])
  const kernel = options.kernel ?? cutoffKernel({ N, delta, sigma, d: dimensionOf(law), profile })
  requireSameDimension(law, kernel)
  const known = { N: made.N, delta: made.delta, sigma: kernel.sigma, profile: made.profile }
  for (const [name, value] of Object.entries({ N, delta, sigma, profile: options.profile })) {
    const ofKernel = known[name as keyof typeof known]
    if (value === undefined || ofKernel === undefined || ofKernel === value) continue
    throw new RangeError(`${name} must be that of the kernel, ${quote(ofKernel)}, got ${quote(value)}`)
  }
  const named = { N, delta: `${delta}`, sigma, T, seed, replica }
  const key = JSON.stringify({ ...named, ...identityOf(law, kernel) })
  return Object.freeze({ law, kernel, N, delta, sigma, T, seed, replica, key })
}

/** The name of the stream that Z is drawn from: delta, sigma and T are no part of it. */
export function streamOf({ seed, law, N, replica }: Pick<System, 'seed' | 'law' | 'N' | 'replica'>): StreamName {
  return { seed, law: law.name, N, replica }
}

/**
 * Z = (z_1, ..., z_N), N independent draws from f0. It depends on (seed, law, N, replica) alone: systems that differ in
 * delta, sigma or T share it.
 * @example initialConfiguration(system({ law: gaussianLaw(), N: 1000, delta: 0.25, T: 1, seed: 1 })).q.length // 3000
 */
export function initialConfiguration(system: System): Configuration {
  requireSystem('system', system)
  return system.law.sample(system.N, randomStream(streamOf(system)))
}

/** Requires a system. @throws TypeError */
export function requireSystem(name: string, value: unknown): void {
  requireShape<Pick<System, 'N' | 'delta' | 'T' | 'replica'>>(name, value, {
    N: 'number',
    delta: 'number',
    T: 'number',
    replica: 'number',
  })
  const { law, kernel } = value as System
  requireLaw(law, [2, 3])
  requireKernel(kernel)
}
