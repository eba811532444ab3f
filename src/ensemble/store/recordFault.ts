/**
 * What is wrong with a record: the check that stands before everything that is stored, and before everything that is
 * read. A record comes from a thread, from another machine or from a file, and is believed only if it is one of this
 * job.
 */
import { z } from 'zod'
import { printable } from '../../base/printable.js'
import { canonicalJson, type Json } from '../../files/canonicalJson.js'
import { type ClaimJob, type CoupledJob, type Job, replicaSeed } from '../plan/job.js'
import { claimRows } from './claimRows.js'
import { coupledColumns, valueColumns, valueFault } from './coupledColumns.js'
import { exactJson, parseExactJson, type Row } from './jobRecord.js'

/** A number, the four that JSON lacks among them, or a word. */
const cell = z.custom<number | string>(value => typeof value === 'number' || typeof value === 'string', {
  error: 'must be a number or a string',
})
const rowsSchema = z.array(z.record(z.string(), cell)).min(1)

/** Seconds that a computation took. */
export const secondsSchema: z.ZodType<number> = z.number().min(0)

/**
 * Why the rows are not a record of the job, in words; undefined if they are one.
 * @param rows from a worker or a file: anything
 * @param seconds that the computation took: anything
 * @example recordFault(job, [], 1) // 'rows: Too small: expected array to have >=1 items'
 */
export function recordFault(job: Job, rows: unknown, seconds: unknown): string | undefined {
  const time = secondsSchema.safeParse(seconds)
  if (!time.success) return `seconds must be a finite number >= 0, got ${short(seconds)}`
  const parsed = rowsSchema.safeParse(rows)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    return `${['rows', ...path].map(String).join('.')}: ${message}`
  }
  return job.kind === 'coupled' ? coupledFault(job, rows as Row[]) : claimFault(job, rows as Row[])
}

function coupledFault(job: CoupledJob, rows: readonly Row[]): string | undefined {
  if (rows.length !== job.times.length)
    return `there must be ${job.times.length} rows, one for each time, got ${rows.length}`
  const names = coupledColumns(job.quantities)
  const values = valueColumns(job.quantities)
  for (const [k, row] of rows.entries()) {
    const columns = columnsFault(names, row, k)
    if (columns !== undefined) return columns
    const { law, N, delta, sigma, replica } = job
    const keys = { law: law.name, N, delta: Number(delta), sigma, replica, t: job.times[k]! }
    for (const [name, value] of Object.entries(keys)) {
      if (!Object.is(row[name], value))
        return `row ${k} has ${name} = ${short(row[name])}, and the job ${name} = ${value}`
    }
    for (const name of values) {
      const fault = valueFault(job, k, name, row[name])
      if (fault !== undefined) return fault
    }
  }
  return undefined
}

function columnsFault(names: readonly string[], row: Row, k: number): string | undefined {
  const own = Object.keys(row)
  if (own.length === names.length && own.every((name, i) => name === names[i])) return undefined
  const missing = names.filter(name => !Object.hasOwn(row, name))
  const foreign = own.filter(name => !names.includes(name))
  const parts = [
    ...(missing.length === 0 ? [] : [`lacks ${missing.join(', ')}`]),
    ...(foreign.length === 0 ? [] : [`has ${foreign.map(short).join(', ')}, which the job does not record`]),
  ]
  return `row ${k} ${parts.length === 0 ? 'has its columns in another order' : parts.join(' and ')}`
}

/** The rows of a claim are a function of its record, which stands in the first: they must be what it gives. */
function claimFault(job: ClaimJob, rows: readonly Row[]): string | undefined {
  const text = rows[0]!.record
  try {
    const record = parseExactJson(String(text)) as Parameters<typeof claimRows>[1]
    const seed = replicaSeed(job.seed, job.replica)
    if (record.claim !== job.claim) return `the record is of claim ${short(record.claim)}, and the job of ${job.claim}`
    if (record.seed !== seed) return `the record has the seed ${short(record.seed)}, and the job ${seed}`
    if (canonicalJson(record.spec as Json) !== canonicalJson(job.spec)) {
      return `the record has the spec ${short(canonicalJson(record.spec as Json))}, and the job ${canonicalJson(job.spec)}`
    }
    if (exactJson(claimRows(job, record)) !== exactJson(rows))
      return 'the rows are not those of the record in the first'
  } catch {
    return `the first row has no record of a claim, got ${short(text)}`
  }
  return undefined
}

/** A value of anybody's, cut to a length that a message bears. */
function short(value: unknown): string {
  const text =
    typeof value === 'string' ? JSON.stringify(value) : typeof value === 'object' ? 'an object' : String(value)
  return printable(text.length > 60 ? `${text.slice(0, 60)}...` : text)
}
