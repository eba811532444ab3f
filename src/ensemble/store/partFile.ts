/**
 * A part-file of the store: the records of some jobs as one Parquet file, with everything that tells whether it is
 * whole and where it belongs in its metadata.
 */
import { canonicalJson, type Json } from '../../files/canonicalJson.js'
import { type Column, columnsDigest, readTable, writeTable } from '../../files/parquetTable.js'
import { type Plan, planHash } from '../plan/plan.js'
import type { Row } from './jobRecord.js'

/** A finished job as the store keeps it. */
export interface StoredJob {
  readonly name: string
  readonly rows: readonly Row[]
  readonly seconds: number
}

/** What the metadata of a part-file says beside its own kind, count and digest. */
interface PartOrigin {
  /** {@link planHash}. */
  readonly plan: string
  /** The plan as JSON. */
  readonly specification: string
  readonly seed: string
  /** {@link Provenance} as JSON, with the executor. */
  readonly provenance: string
}

/** The origin of the results of a plan. @param maker {@link Provenance} and whatever else is worth knowing */
export function partOrigin(plan: Plan, maker: Readonly<Record<string, unknown>>): PartOrigin {
  return {
    plan: planHash(plan),
    specification: canonicalJson(plan as unknown as Json),
    seed: plan.seed,
    provenance: JSON.stringify(maker),
  }
}

/** Columns that every part-file has in front: the job's name and the seconds it took. */
const OWN = ['job', 'seconds'] as const

/**
 * Writes the records of finished jobs, whole or not at all.
 * @param wallSeconds that the process took for them
 * @throws RangeError if rows have different columns; Error in one sentence if the place cannot be written
 */
export function writePart(path: string, results: readonly StoredJob[], origin: PartOrigin, wallSeconds: number): void {
  const rows = results.flatMap(({ name, seconds, rows: own }) => own.map(row => ({ job: name, seconds, ...row })))
  const names = Object.keys(rows[0] ?? {})
  for (const row of rows) {
    const own = Object.keys(row)
    if (own.length !== names.length || own.some((name, k) => name !== names[k])) {
      throw new RangeError(`rows of one plan must have the columns ${names.join(', ')}, got ${own.join(', ')}`)
    }
  }
  const columns = Object.fromEntries(
    names.map(name => [name, rows.map(row => (row as Row)[name]!) as unknown as Column]),
  )
  writeTable(path, {
    columns,
    metadata: {
      kind: 'ensemble-part',
      ...origin,
      jobs: String(results.length),
      wallSeconds: wallSeconds.toFixed(1),
      digest: columnsDigest(columns),
    },
  })
}

/**
 * Reads a part-file and checks that it is whole and of this plan.
 * @throws Error in one sentence that names the file and what to do
 */
export async function readPart(path: string, plan: string): Promise<StoredJob[]> {
  const remedy = 'move it out of the folder; jobs that only it held will be run again'
  let table: Awaited<ReturnType<typeof readTable>>
  try {
    table = await readTable(path)
  } catch (cause) {
    throw new Error(`${(cause as Error).message}: ${remedy}`, { cause })
  }
  const { columns, metadata } = table
  if (metadata.kind !== 'ensemble-part') throw new Error(`${path} was not written by an ensemble: ${remedy}`)
  if (metadata.plan !== plan) throw new Error(`${path} belongs to the ensemble of another plan: ${remedy}`)
  if (metadata.digest !== columnsDigest(columns)) throw new Error(`${path} was changed after it was written: ${remedy}`)
  const names = Object.keys(columns).filter(name => !(OWN as readonly string[]).includes(name))
  const jobs = new Map<string, { rows: Row[]; seconds: number }>()
  // A table without rows has no columns either.
  const count = Object.hasOwn(columns, 'job') ? columns.job!.length : 0
  for (let k = 0; k < count; k++) {
    const job = columns.job![k] as string
    const entry = jobs.get(job) ?? { rows: [], seconds: columns.seconds![k] as number }
    entry.rows.push(Object.fromEntries(names.map(name => [name, columns[name]![k]!])))
    jobs.set(job, entry)
  }
  return [...jobs].map(([name, entry]) => ({ name, ...entry }))
}
