/**
 * The interface of executors: what carries jobs out, here, on threads or on other machines.
 *
 * How one is written. `run` takes jobs from the iterable only when it has room for them: the iterable is lazy, and a
 * job that another process has stored meanwhile is no longer in it. It computes each with {@link runJob} (a pure
 * function of the job: plain JSON in, {@link JobRecord} out; between processes send the job as JSON and the record
 * through {@link encodeRecord}, with {@link jobName} for identity) and hands exactly one {@link JobResult} for each job
 * to `sink`, in any order. A job that throws becomes a result with status 'failed' and one line of reason; it does not
 * end the run. The promise of `sink` is the acknowledgement: it resolves when the result is on the disk, and until then
 * a queue must not drop it. It may take a while, as results are written many at a time: go on with other jobs meanwhile
 * (see {@link deliveries}). What `sink` throws (the disk is full) ends the run: nothing more is begun, running
 * jobs are abandoned, and `run` rejects with it. The same when `signal` is aborted, with the signal's reason. Executors
 * never touch the store, never judge the stopping rule and never decide which jobs there are.
 */
import type { Job } from '../plan/job.js'
import { jobName } from '../plan/job.js'
import type { JobRecord, JobResult } from '../store/jobRecord.js'

/** What an executor may be told. */
export interface RunOptions {
  readonly signal?: AbortSignal
  /** Called when the computation of a job begins, as far as that is known. */
  readonly onStart?: (job: Job) => void
}

/** Takes a result into the store; resolves when it is on the disk. */
export type Sink = (result: JobResult) => Promise<void> | void

/** What carries jobs out: here, on threads or on other machines. */
export interface Executor {
  /** For status and provenance, e.g. 'threads (2)'. */
  readonly name: string
  /** How many jobs it computes at once, for the time left; 1 if unknown. */
  readonly width: number
  /** Runs all jobs and resolves when every result has been taken by `sink`. */
  run(jobs: Iterable<Job>, sink: Sink, options?: RunOptions): Promise<void>
  /** Ends threads and connections. */
  close(): Promise<void>
}

/**
 * The result of one attempt: errors become 'failed', except the abort of `signal`, which is thrown on.
 * @param compute the computation
 */
export async function attempt(
  job: Job,
  compute: () => Promise<JobRecord>,
  signal: AbortSignal | undefined,
): Promise<JobResult> {
  const start = performance.now()
  const outcome = async (): Promise<{ status: 'done'; record: JobRecord } | { status: 'failed'; reason: string }> => {
    try {
      return { status: 'done', record: await compute() }
    } catch (error) {
      signal?.throwIfAborted()
      return { status: 'failed', reason: reasonOf(error) }
    }
  }
  const result = await outcome()
  return { job, name: jobName(job), seconds: (performance.now() - start) / 1000, ...result }
}

/** Results on their way to the disk while further jobs run. */
export interface Deliveries {
  /** Hands over a result without waiting. @throws what an earlier delivery failed with */
  send(result: JobResult): void
  /** Resolves when all are on the disk. @throws what a delivery failed with */
  settled(): Promise<void>
}

/** @param onFailure called at once when a delivery fails, to end running jobs @example deliveries(sink).send(result) */
export function deliveries(sink: Sink, onFailure: (error: unknown) => void = () => undefined): Deliveries {
  const pending = new Set<Promise<void>>()
  let failure: { readonly error: unknown } | undefined
  const fail = (error: unknown): void => {
    failure ??= { error }
    onFailure(error)
  }
  const check = (): void => {
    if (failure !== undefined) throw failure.error
  }
  return {
    send: result => {
      check()
      const delivery = Promise.resolve(sink(result))
        .catch(fail)
        .finally(() => pending.delete(delivery))
      pending.add(delivery)
    },
    settled: async () => {
      while (pending.size > 0) await Promise.all(pending)
      check()
    },
  }
}

/** What V8, WebAssembly and Node say when memory ends. */
const MEMORY =
  /memory limit|out of memory|allocation failed|invalid (array buffer|typed array) length|could not allocate/i
const REMEDY =
  'run it with fewer threads, or with more memory for each (NODE_OPTIONS=--max-old-space-size=8192, in megabytes), or with a smaller N'

/** An error as one line; where memory ended, with what to do. */
export function reasonOf(error: unknown): string {
  const line = lineOf(error)
  return MEMORY.test(line) ? `there was not enough memory for this job (${line}): ${REMEDY}` : line
}

function lineOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return text.split('\n')[0]!
}
