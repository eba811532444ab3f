/**
 * Pairs of paths for a picture of Theorem 4.2: the same particles among ever more others, how far each is from its path
 * in the mean field, and the tube of radius N^-delta that the theorem allows it.
 */
import type { Configuration } from '../../base/configuration.js'
import { requireInteger, requireNumber, requireOptions, type Sigma } from '../../base/errors.js'
import { maximum } from '../../base/extent.js'
import { withInterrupts } from '../../base/interrupt.js'
import { type BarOption, reporting } from '../../base/progress.js'
import { randomStream } from '../../base/random.js'
import { requireNumbers } from '../../base/shape.js'
import type { TurnOptions } from '../../base/steps.js'
import { type Law, requireLaw } from '../../law/law.js'
import { type CoupledRun, coupledFlow } from './coupledFlow.js'
import { streamOf } from './system.js'

/** What {@link measureTubes} runs. */
export interface TubesOptions extends TurnOptions, BarOption {
  readonly law: Law
  /** Ascending. The points of a smaller cloud are the first ones of every larger. */
  readonly N: readonly number[]
  readonly delta: readonly number[]
  /** Default 1. */
  readonly sigma?: Sigma
  readonly T: number
  readonly seed: number | string
  /** How many particles, the same in all runs; at most the smallest N, default 64. */
  readonly particles?: number
  /** Output times after 0, default 20. */
  readonly outputs?: number
  /** Of each run; by default chosen by it. */
  readonly steps?: number
}

/** One run: deviations at its output times. */
export interface Tube {
  readonly N: number
  readonly delta: number
  /** N^-delta. */
  readonly radius: number
  /** |Psi^1 - Phi^1|_inf over all N particles. */
  readonly largest: readonly number[]
  /** Of each particle, the coordinate of Psi^1 - Phi^1 that gets largest, with its sign. */
  readonly paths: readonly (readonly number[])[]
  /** Number of the particle that attains the largest deviation of all times, and its path. */
  readonly worst: number
  readonly worstPath: readonly number[]
  /** Numerical error as a share of the deviation, by the run's budget. */
  readonly error: number
}

/** What was run, and what it gave: plain JSON. */
export interface Tubes {
  readonly law: string
  readonly sigma: Sigma
  readonly T: number
  readonly seed: string
  readonly times: readonly number[]
  /** For each delta all N. */
  readonly runs: readonly Tube[]
}

/** To so many digits deviations are kept: more than a picture shows. */
const DIGITS = 4

/** A delta above this one cuts nothing off. */
const STEEPEST = 10

const short = (x: number): number => Number(x.toPrecision(DIGITS))

/**
 * Coupled runs for all N and delta from one throw: the cloud of N particles is the first N of the largest.
 * @returns deviations to four digits
 * @throws TypeError, RangeError naming the argument; what `coupledFlow` throws
 * @source Theorem 4.2
 * @example
 * const some = await measureTubes({ law: gaussianLaw(), N: [8, 16], delta: [0.2], T: 0.5, seed: 1, particles: 8, steps: 40 })
 * some.runs.map(({ N }) => N) // [8, 16]
 */
export async function measureTubes(options: TubesOptions): Promise<Tubes> {
  requireOptions<TubesOptions>('measureTubes', options, {
    ...{ law: true, N: true, delta: true, sigma: true, T: true, seed: true, particles: true, outputs: true },
    ...{ steps: true, bar: true, signal: 'signal', onProgress: 'function' },
  })
  const { law, N, delta, sigma = 1, T, seed, particles = 64, outputs = 20, steps } = options
  requireLaw(law)
  requireNumbers('N', N)
  requireNumbers('delta', delta)
  if (N.length === 0) throw new RangeError('N must hold at least one number, got none')
  for (const [k, n] of N.entries()) requireInteger(`N[${k}]`, n, k === 0 ? 2 : N[k - 1]! + 1)
  if (delta.length === 0) throw new RangeError('delta must hold at least one number, got none')
  for (const [k, one] of delta.entries()) requireNumber(`delta[${k}]`, one, 0, STEEPEST)
  requireInteger('particles', particles, 1, N[0])
  requireInteger('outputs', outputs, 1)
  const nested = nestedLaw(law, seed, N.at(-1)!)
  const cells = delta.flatMap(one => N.map(n => ({ N: n, delta: one })))
  return withInterrupts(options, heeding =>
    reporting('measureTubes', heeding, async report => {
      const runs: Tube[] = []
      let times: readonly number[] = []
      for (const [k, cell] of cells.entries()) {
        report(k / cells.length, `N = ${cell.N}, delta = ${cell.delta}`)
        const run = await coupledFlow({
          ...{
            law: nested,
            ...cell,
            sigma,
            T,
            seed,
            outputs,
            paths: cell.N,
            majorant: 'omit',
            notes: 'hide',
            bar: 'hide',
          },
          ...(steps === undefined ? {} : { steps }),
          ...(heeding.signal === undefined ? {} : { signal: heeding.signal }),
        })
        times = Array.from(run.times)
        runs.push(tubeOf(run, cell, particles))
      }
      return { law: law.name, sigma, T, seed: String(seed), times, runs }
    }),
  )
}

/** The law whose sample of N is the first N of one throw of the largest. */
function nestedLaw(law: Law, seed: number | string, largest: number): Law {
  const all = law.sample(largest, randomStream(streamOf({ seed, law, N: largest, replica: 0 })))
  const first = (x: Float64Array, N: number): Float64Array =>
    Float64Array.from({ length: 3 * N }, (_, k) => x[Math.floor(k / N) * largest + (k % N)]!)
  const sample = (N: number): Configuration => ({ N, d: 3, q: first(all.q, N), p: first(all.p, N) })
  return { ...law, sample }
}

function tubeOf(run: CoupledRun, { N, delta }: { readonly N: number; readonly delta: number }, count: number): Tube {
  const { Psi, Phi } = run.paths!
  const along = (k: number): number[] => Psi.map((q, n) => q[k]! - Phi[n]![k]!)
  const size = (path: readonly number[]): number => maximum(path.map(Math.abs))
  const pathOf = (i: number): number[] => {
    const three = [along(i), along(N + i), along(2 * N + i)]
    return three.reduce((best, path) => (size(path) > size(best) ? path : best))
  }
  const sizes = Array.from({ length: N }, (_, i) => size(pathOf(i)))
  const worst = sizes.indexOf(maximum(sizes))
  return {
    ...{ N, delta, radius: short(N ** -delta), largest: Array.from(run.columns.position!, short) },
    paths: Array.from({ length: count }, (_, i) => pathOf(i).map(short)),
    ...{ worst, worstPath: pathOf(worst).map(short), error: short(run.budget.total) },
  }
}
