/**
 * Gathers results into part-files: the one writer of a run.
 */
import { type Job, jobName, jobTitle, type NamedJob } from '../plan/job.js'
import type { JobResult } from '../store/jobRecord.js'
import type { EnsembleStore } from '../store/store.js'
import { storedFault } from '../store/storedFault.js'

interface Collector {
  /** The jobs in order, without those that reached the store meanwhile. */
  following(jobs: readonly NamedJob[]): Iterable<Job>
  /**
   * Resolves when the result is on the disk. One that is no record of its job is noted as a failure of that job
   * instead.
   */
  sink(result: JobResult): Promise<void>
  /** Writes what is held, and ends. */
  close(): Promise<void>
}

/**
 * A part-file is written after `holdSeconds` or 1 % of the time the collector has run, whichever is longer, and when
 * the last job of the round is in: a kill costs at most that, and a long run leaves hundreds of files, not thousands.
 */
const SHARE = 0.01
/** Results held at most. */
const MOST = 1000

interface CollectorOptions {
  /** Name of the executor, for provenance. */
  readonly executor: string
  readonly holdSeconds: number
  /** Called with results that are on the disk. */
  readonly onStored: (results: readonly JobResult[]) => void
}

/**
 * Gathers the results of one round.
 * @example collector(store, { executor: 'inline', holdSeconds: 2, onStored: () => undefined })
 */
export function collector(store: EnsembleStore, { executor, holdSeconds, onStored }: CollectorOptions): Collector {
  const start = performance.now()
  const faultOf = storedFault(store.plan)
  const checked = (result: JobResult): JobResult => {
    if (result.status !== 'done') return result
    const { job, seconds, record } = result
    const name = jobName(job)
    const fault =
      name === result.name ? faultOf({ name, rows: record?.rows ?? [], seconds }) : 'the name of another job'
    if (fault === undefined) return result
    const reason = `the executor ${executor} delivered no record of ${jobTitle(job)}: ${fault}`
    return { job, name, seconds: 0, status: 'failed', reason }
  }
  let held: { readonly result: JobResult; resolve(): void; reject(error: unknown): void }[] = []
  let writing: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let last = start
  let given = 0
  let taken = 0
  let exhausted = false

  const write = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const batch = held
    held = []
    if (batch.length === 0) return
    try {
      const now = performance.now()
      const results = batch.map(({ result }) => result)
      await store.append(results, { executor, seconds: (now - last) / 1000 })
      last = now
      onStored(results)
      for (const { resolve } of batch) resolve()
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
  const flush = (): Promise<void> => {
    writing = writing.then(write)
    return writing
  }
  const flushIfLast = (): void => {
    if (exhausted && taken === given) void flush()
  }
  return {
    *following(jobs) {
      for (const { name, job } of jobs) {
        if (store.jobs.has(name)) continue
        given++
        yield job
      }
      exhausted = true
      flushIfLast()
    },
    sink: result =>
      new Promise<void>((resolve, reject) => {
        held.push({ result: checked(result), resolve, reject })
        taken++
        const due = last + Math.max(1000 * holdSeconds, SHARE * (performance.now() - start))
        if (held.length >= MOST || performance.now() >= due) void flush()
        else timer ??= setTimeout(() => void flush(), due - performance.now())
        flushIfLast()
      }),
    close: flush,
  }
}
