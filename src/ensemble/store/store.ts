/**
 * The store of one ensemble: a folder with the plan and append-only Parquet part-files. Any number of processes may
 * write to it.
 *
 * ```
 * DIR/plan.json                 the plan, with every default filled in
 * DIR/parts/*.parquet           finished jobs; written under another name, synchronised, renamed
 * DIR/failures/<job>.json       jobs whose last attempt failed, and why
 * DIR/runs/<run>.json           one for each process at work: its state, rewritten every few seconds
 * DIR/fields/*.field            mean fields that jobs share; may be deleted
 * ```
 */

import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { requireText } from '../../base/errors.js'
import { writeFileAtomic } from '../../files/files.js'
import { type Provenance, provenance } from '../../files/provenance.js'
import { jobTitle, MEASURE_VERSION } from '../plan/job.js'
import { type Plan, parsePlan, planHash } from '../plan/plan.js'
import { requirePlan } from '../plan/planCells.js'
import type { JobResult } from './jobRecord.js'
import { partOrigin, readPart, type StoredJob, writePart } from './partFile.js'
import { ifThere, readNote } from './readNote.js'
import { storedFault } from './storedFault.js'

/** A job whose last attempt failed. */
export interface Failure {
  readonly job: string
  readonly title: string
  readonly reason: string
}

/** A job of a part-file whose rows are not a record of it: not counted, and computed again by the next run. */
export interface BadRows {
  /** The part-file. */
  readonly file: string
  /** The job's name there. */
  readonly job: string
  readonly reason: string
}

/** The results of a plan, wherever they come from. */
export interface EnsembleResults {
  readonly plan: Plan
  /** Finished jobs by name. */
  readonly jobs: ReadonlyMap<string, StoredJob>
}

export interface EnsembleStore extends EnsembleResults {
  readonly folder: string
  /** Where mean fields are shared. */
  readonly fields: string
  /** Finished jobs by name, as of the last {@link refresh}; a job that two processes finished is here once. */
  readonly jobs: ReadonlyMap<string, StoredJob>
  /** What part-files hold and the plan has not asked for, as of the last {@link refresh}. */
  readonly badRows: readonly BadRows[]
  /**
   * Reads the part-files that came since, also those of other processes. @throws Error for one that is no part of this
   * plan
   */
  refresh(): Promise<void>
  /**
   * Writes results as one part-file, without the jobs that are there already; failed ones are noted. On return they are
   * on the disk.
   * @throws RangeError, and nothing is written, for a result that is not a record of a job of the plan
   */
  append(results: readonly JobResult[], origin: { readonly executor: string; readonly seconds: number }): Promise<void>
  /**
   * Jobs that failed and have not succeeded since. @throws Error that names a file of DIR/failures that is no note of a
   * failure
   */
  failures(): Failure[]
}

const failureSchema = z.object({ job: z.string(), title: z.string(), reason: z.string() })

/** A temporary file that nobody has touched for so long is the remains of a process that was killed. */
const ABANDONED = 3600_000

/**
 * Opens the store of a plan, or makes it.
 * @param folder where; made if it is not there
 * @param plan the plan; without it the folder must hold one
 * @throws Error in one sentence: no plan, another plan, another version of the measurement, a part-file that is cut
 * short or foreign, no write access
 * @example const store = await openStore('runs/curve', parsePlan(JSON.parse(readFileSync('plan.json', 'utf8'))))
 */
export async function openStore(folder: string, plan?: Plan): Promise<EnsembleStore> {
  requireText('folder', folder)
  if (plan !== undefined) requirePlan('plan', plan)
  const known = readPlan(folder)
  if (plan !== undefined && known !== undefined && planHash(plan) !== planHash(known)) {
    throw new Error(`${folder} holds the ensemble of another plan (${known.name}): choose another folder for this one`)
  }
  const kept = known ?? plan
  if (kept === undefined) throw new Error(`${folder} holds no ensemble: there is no plan.json in it`)
  if (known === undefined) {
    if (existsSync(join(folder, 'parts'))) throw new Error(`${folder} has part-files but no plan.json: put that back`)
    const content = { ...kept, measureVersion: MEASURE_VERSION[kept.kind] }
    writeFileAtomic(join(folder, 'plan.json'), `${JSON.stringify(content, null, 2)}\n`)
  }
  const store = storeOf(folder, kept)
  await store.refresh()
  return store
}

function readPlan(folder: string): Plan | undefined {
  const path = join(folder, 'plan.json')
  const text = ifThere(path, () => readFileSync(path, 'utf8'))
  if (text === undefined) return undefined
  let content: { measureVersion?: unknown }
  try {
    content = JSON.parse(text)
  } catch (cause) {
    throw new Error(`${path} is not JSON: ${(cause as Error).message}`, { cause })
  }
  const { measureVersion, ...rest } = content
  const plan = parsePlan(rest)
  const version = MEASURE_VERSION[plan.kind]
  if (measureVersion !== version) {
    throw new Error(
      `${folder} was made by version ${measureVersion} of the ${plan.kind} measurement, this package has version ${version}: its numbers may differ, so choose another folder`,
    )
  }
  return plan
}

function storeOf(folder: string, plan: Plan): EnsembleStore {
  const parts = join(folder, 'parts')
  const failed = join(folder, 'failures')
  const hash = planHash(plan)
  const faultOf = storedFault(plan)
  const badRows: BadRows[] = []
  const jobs = new Map<string, StoredJob>()
  const read = new Set<string>()
  const own = randomBytes(6).toString('hex')
  let sequence = 0
  let maker: Provenance | undefined

  const refresh = async (): Promise<void> => {
    for (const file of listed(parts)) {
      const path = join(parts, file)
      removeIfAbandoned(path)
      // Readers of the folder take *.parquet, and so do we: what else lies there is in nobody's way.
      if (!file.endsWith('.parquet') || read.has(file)) continue
      for (const job of await readPart(path, hash)) {
        const reason = faultOf(job)
        if (reason !== undefined) badRows.push({ file: path, job: job.name, reason })
        else if (!jobs.has(job.name)) jobs.set(job.name, job)
      }
      read.add(file)
    }
  }
  return {
    folder,
    plan,
    fields: join(folder, 'fields'),
    jobs,
    badRows,
    refresh,
    append: async (results, { executor, seconds }) => {
      await refresh()
      const fresh = new Map<string, StoredJob>()
      for (const result of results) {
        const { name, seconds: spent } = result
        if (result.status === 'done' && !jobs.has(name)) {
          const job = { name, rows: result.record.rows, seconds: spent }
          const fault = faultOf(job)
          if (fault !== undefined) throw new RangeError(`a result must be a record of a job of the plan, got ${fault}`)
          fresh.set(name, job)
        }
      }
      if (fresh.size > 0) {
        const file = `part-${own}-${String(sequence++).padStart(6, '0')}.parquet`
        maker ??= provenance()
        writePart(join(parts, file), [...fresh.values()], partOrigin(plan, { ...maker, executor }), seconds)
        read.add(file)
        for (const job of fresh.values()) jobs.set(job.name, job)
      }
      for (const result of results) {
        const path = join(failed, `${result.name}.json`)
        if (result.status === 'failed' && !jobs.has(result.name)) {
          const { name: job, reason } = result
          const note = { job, title: jobTitle(result.job), reason, specification: result.job }
          writeFileAtomic(path, `${JSON.stringify(note)}\n`)
        } else if (existsSync(path)) rmSync(path, { force: true })
      }
    },
    failures: () =>
      listed(failed)
        .filter(file => file.endsWith('.json'))
        .flatMap(file => readNote(join(failed, file), failureSchema, 'note of a failure') ?? [])
        .filter(({ job }) => !jobs.has(job)),
  }
}

const listed = (folder: string): string[] => ifThere(folder, () => readdirSync(folder).sort()) ?? []

/** Removes what a killed process left half-written long ago. */
function removeIfAbandoned(path: string): void {
  if (!path.endsWith('.tmp')) return
  try {
    if (Date.now() - statSync(path).mtimeMs > ABANDONED) rmSync(path, { force: true })
  } catch {
    // Another process was faster, or the folder may only be read.
  }
}
