/**
 * A job: everything that one replicate's numbers are a function of, as plain JSON, with its hash for a name. Jobs are
 * what plans consist of, executors carry and the store counts.
 */
import { quote, requireInteger, requireObject, requireOneOf } from '../../base/errors.js'
import { canonicalHash, type Json } from '../../files/canonicalJson.js'
import type { SchemeName } from '../../flow/step/symplecticScheme.js'
import type { ProfileName } from '../../interaction/profiles.generated.js'

/**
 * The version of each kind's measurement. It is part of every job's name and of no random stream: raise it with every
 * change of the code that may change a stored number, and stored replicates are no longer taken for results of the new
 * code, while the initial data stay the same. The test that repeats stored replicates fails when that was forgotten.
 */
export const MEASURE_VERSION: Readonly<Record<Job['kind'], number>> = { coupled: 1, claim: 1 }

/** A built-in law: its name and the parameters that differ from the defaults. */
export type LawSpec = {
  readonly name: string
  readonly parameters: Readonly<Record<string, number | string>>
}

/** JSON has no Infinity: delta = 'Infinity' is no cut-off. */
export type DeltaSpec = number | 'Infinity'

/** Groups of columns of a coupled run, see `runCoupledJob`. */
export type Quantity = 'deviation' | 'chaos' | 'fluctuation' | 'majorant' | 'conservation' | 'budget' | 'distances'

/** One replicate of the coupled run. */
export type CoupledJob = {
  readonly kind: 'coupled'
  readonly version: number
  readonly seed: string
  readonly law: LawSpec
  readonly N: number
  readonly delta: DeltaSpec
  readonly sigma: -1 | 0 | 1
  /** Exponent of the singularity: 2 is Coulomb. */
  readonly alpha: number
  readonly profile: ProfileName
  /** Times in (0, T], increasing; the last is T. */
  readonly times: readonly number[]
  readonly replica: number
  /** In the order of `QUANTITIES`. */
  readonly quantities: readonly Quantity[]
  readonly scheme?: SchemeName
  readonly steps?: number
}

/** One measurement of a claim. */
export type ClaimJob = {
  readonly kind: 'claim'
  readonly version: number
  readonly seed: string
  readonly claim: string
  readonly spec: Readonly<Record<string, number | string>>
  readonly replica: number
}

/** Everything that the numbers of one replicate are a function of, as plain JSON. */
export type Job = CoupledJob | ClaimJob

/** A job with its {@link jobName}, a hash that takes longer than a look into a map. */
export interface NamedJob {
  readonly name: string
  readonly job: Job
}

/** All quantities, in the order in which a job lists them. */
export const QUANTITIES: readonly Quantity[] = [
  'deviation',
  'chaos',
  'fluctuation',
  'majorant',
  'conservation',
  'budget',
  'distances',
]

const names = new WeakMap<Job, string>()

/** The job's name: the SHA-256 of its canonical JSON, 64 hexadecimal digits. */
export function jobName(job: Job): string {
  requireJob(job)
  const known = names.get(job)
  if (known !== undefined) return known
  const name = canonicalHash(job as unknown as Json)
  names.set(job, name)
  return name
}

/** A job in a few words, for messages. @example jobTitle(job) // 'gaussian, N = 100, delta = 0.25, replica 3' */
export function jobTitle(job: Job): string {
  if (job.kind === 'claim') {
    const spec = Object.entries(job.spec).map(([key, value]) => `${key} = ${value}`)
    return [`claim ${job.claim}`, ...spec, `replica ${job.replica}`].join(', ')
  }
  const { law, N, delta, sigma, replica } = job
  return `${law.name}, N = ${N}, delta = ${delta}, sigma = ${sigma}, replica ${replica}`
}

/**
 * The seed of a claim's replicate: the plan's own for replica 0, so that it is what `mfl claims --seed` measures.
 * @example replicaSeed('7', 2) // '7/2'
 */
export function replicaSeed(seed: string, replica: number): string {
  requireInteger('replica', replica, 0)
  return replica === 0 ? seed : `${seed}/${replica}`
}

/** Requires a job: its kind and what names it. @throws TypeError, RangeError */
export function requireJob(job: unknown): void {
  requireObject('job', job, 'like a job of planCells(plan)')
  const { kind, seed, version } = job as Partial<Job>
  requireOneOf('job.kind', kind, ['coupled', 'claim'])
  if (typeof seed !== 'string') throw new TypeError(`job.seed must be a text, got ${quote(seed)}`)
  requireInteger('job.version', version, 0)
}
