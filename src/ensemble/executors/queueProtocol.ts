/**
 * What collector and workers of a queue agree on: names on the server, what travels, how often a job is tried.
 */
import type { JobsOptions } from 'bullmq'
import { z } from 'zod'
import { packageVersion } from '../../files/packageRoot.js'
import { type Job, MEASURE_VERSION } from '../plan/job.js'
import { decodeRecord, type JobRecord } from '../store/jobRecord.js'
import { recordFault, secondsSchema } from '../store/recordFault.js'

/** All keys on the server, and the names of clients, begin with this. */
export const PREFIX = 'mfl'

/** What a worker sends back for a job that is done. */
export interface WireResult {
  /** {@link jobName} of the job that was computed: its seed and everything else are part of that. */
  readonly job: string
  readonly seconds: number
  /** {@link encodeRecord}. */
  readonly record: string
}

/**
 * The version of the code as a word: of the package and of each measurement.
 * @example codeVersion() // '0.1.0-claim1-coupled1'
 */
export function codeVersion(): string {
  const measures = Object.entries(MEASURE_VERSION).sort(([a], [b]) => (a < b ? -1 : 1))
  return [packageVersion(), ...measures.map(([kind, version]) => `${kind}${version}`)].join('-')
}

/** The queue of one version of the code: workers of another never get its jobs. */
export function queueName(code: string): string {
  return `ensemble-${code}`
}

/** The version in a queue's name; undefined for other names. */
export function codeOfQueue(name: string): string | undefined {
  return /^ensemble-(.+)$/.exec(name)?.[1]
}

/** Seconds for which the server keeps a result that nobody collects: a week. */
const KEPT_SECONDS = 7 * 24 * 3600

/** What may pass is tried three times; what a bad argument throws is final at once. */
export const JOB_OPTIONS: JobsOptions = {
  attempts: 3,
  backoff: { type: 'exponential', delay: 2000 },
  removeOnComplete: { age: KEPT_SECONDS },
  removeOnFail: { age: KEPT_SECONDS },
  stackTraceLimit: 0,
}

/** Longest result that is sent, in characters: the server holds all of them in memory until they are collected. */
export const RESULT_LIMIT = 2_000_000

const wireSchema: z.ZodType<WireResult> = z.strictObject({
  job: z.string().length(64),
  seconds: secondsSchema,
  record: z.string().max(RESULT_LIMIT),
})

/**
 * What a worker sent for a job, if it is a record of that job; anybody who may connect to the server can send anything.
 * @param name of the job, {@link jobName}
 * @throws RangeError that says what is wrong
 */
export function readWireResult(
  job: Job,
  name: string,
  value: unknown,
): { readonly seconds: number; readonly record: JobRecord } {
  const parsed = wireSchema.safeParse(value)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    throw new RangeError(path.length === 0 ? `${message}` : `${path.join('.')}: ${message}`)
  }
  const { job: told, seconds, record: text } = parsed.data
  if (told !== name) throw new RangeError('it is the record of another job')
  let record: JobRecord | null
  try {
    record = decodeRecord(text)
  } catch {
    throw new RangeError('the record is not JSON')
  }
  const fault = recordFault(job, record?.rows, seconds)
  if (fault !== undefined) throw new RangeError(fault)
  return { seconds, record: record! }
}

/** How often a job is submitted again because of a record that was none, in one run. */
export const MOST_REFUSED = 3

/** Set of the names of workers that sent one: they end, as soon as they see it. */
export function refusedWorkersKey(code: string): string {
  return `${PREFIX}:refused:${code}`
}

/** Longest reason of a failure that is kept, in characters. */
const REASON_LIMIT = 1000

/** How often a job may lose its worker before it counts as failed: then it is more likely what kills them. */
export const MOST_LOST_WORKERS = 20

/** Events that the server keeps; a collector that missed more looks its jobs up instead. */
export const KEPT_EVENTS = 2000

/** Why a job failed, in words: BullMQ's own for a job that lost its worker too often says too little. */
export function failureReason(reason: string): string {
  if (!/stalled more than allowable limit/.test(reason)) return reason.slice(0, REASON_LIMIT).split('\n')[0]!
  return `its worker died more than ${MOST_LOST_WORKERS} times while computing it: perhaps it needs more memory than there is`
}
