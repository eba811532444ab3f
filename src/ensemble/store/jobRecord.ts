/**
 * What a job leaves behind, and how it travels: rows of numbers and words, as text without loss of a bit.
 */
import { requireObject, requireText } from '../../base/errors.js'
import type { Job } from '../plan/job.js'

/** One row of a record: columns by name. All rows of a plan have the same columns. */
export type Row = Readonly<Record<string, number | string>>

/** The numbers of one job. Numbers may be NaN (not measured) or infinite. */
export interface JobRecord {
  readonly rows: readonly Row[]
}

/** What an executor delivers for each job, once. */
export type JobResult = {
  readonly job: Job
  /** {@link jobName}. */
  readonly name: string
  /** Seconds that the computation took. */
  readonly seconds: number
} & ({ readonly status: 'done'; readonly record: JobRecord } | { readonly status: 'failed'; readonly reason: string })

const ODD: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': Number.NEGATIVE_INFINITY, '-0': -0 }

/** A record as text, bit for bit: `exactJson`. */
export function encodeRecord(record: JobRecord): string {
  requireObject('record', record, '{ rows }')
  return exactJson(record)
}

/**
 * The inverse of {@link encodeRecord}, bit for bit.
 * @throws SyntaxError for text that is no JSON
 * @example decodeRecord(encodeRecord(record)) // the same record
 */
export function decodeRecord(text: string): JobRecord {
  requireText('text', text)
  return parseExactJson(text) as JobRecord
}

/**
 * Plain data as JSON text that {@link parseExactJson} gives back bit for bit: the four numbers that JSON loses (NaN,
 * the infinities, -0) are written as {"number": "NaN"}.
 */
export function exactJson(value: unknown): string {
  return JSON.stringify(value, (_, entry: unknown) => {
    if (typeof entry !== 'number') return entry
    if (Object.is(entry, -0)) return { number: '-0' }
    return Number.isFinite(entry) ? entry : { number: String(entry) }
  })
}

/** @throws SyntaxError for text that is no JSON */
export function parseExactJson(text: string): unknown {
  return JSON.parse(text, (_, entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry
    const { number } = entry as { number?: unknown }
    return typeof number === 'string' && Object.keys(entry).length === 1 && Object.hasOwn(ODD, number)
      ? ODD[number]
      : entry
  })
}
