/**
 * One run through the queue: jobs out, results in, what events missed looked up, until every result is on the disk.
 */
import type { Queue, Job as QueuedJob, QueueEvents } from 'bullmq'
import { type Job, jobName, jobTitle } from '../plan/job.js'
import type { JobResult } from '../store/jobRecord.js'
import type { RunOptions, Sink } from './executor.js'
import { failureReason, JOB_OPTIONS, MOST_REFUSED, readWireResult } from './queueProtocol.js'

/** Jobs that are sent or looked up at once. */
const CHUNK = 500
/** Milliseconds between two looks at what events may have missed. */
const INTERVAL = 2000

/** What a run needs of the server, of its caller and of the executor. */
interface QueueRunOptions extends RunOptions {
  readonly queue: Queue
  readonly events: QueueEvents
  readonly jobs: Iterable<Job>
  readonly sink: Sink
  readonly redact: (text: string) => string
  readonly onNotice: (message: string) => void
  /** Tells a worker of this name to end. */
  readonly banish: (worker: string) => Promise<void>
  /** How many jobs should be on the server. */
  readonly ahead: () => number
  /** Called when a result is on the disk. */
  readonly onStored: (name: string) => void
  /** Called between two looks. */
  readonly round: () => Promise<void>
}

/** Resolves when `sink` has taken every result. @throws what a delivery failed with; the signal's reason */
export async function runOnQueue(options: QueueRunOptions): Promise<void> {
  const { events, signal, onStart, onNotice } = options
  const run = new QueueRun(options)
  const completed = (event: { jobId: string; returnvalue: unknown }): void => run.done(event.jobId, event.returnvalue)
  const failed = (event: { jobId: string; failedReason: string }): void => run.failed(event.jobId, event.failedReason)
  const active = ({ jobId }: { jobId: string }): void => {
    const job = run.pending.get(jobId)
    if (job !== undefined) onStart?.(job)
  }
  const abort = (): void => run.fail(signal!.reason)
  events.on('completed', completed)
  events.on('failed', failed)
  events.on('active', active)
  signal?.addEventListener('abort', abort, { once: true })
  try {
    await run.toTheEnd()
  } finally {
    const { size } = run.pending
    if (size > 0) {
      onNotice(`${size} jobs stay on the queue's server: workers go on with them, and the next run takes the results`)
    }
    signal?.removeEventListener('abort', abort)
    events.off('completed', completed)
    events.off('failed', failed)
    events.off('active', active)
    run.iterator.return?.()
  }
}

class QueueRun {
  /** Jobs on the server, or on their way there, by name. */
  readonly pending = new Map<string, Job>()
  readonly iterator: Iterator<Job>
  private readonly options: QueueRunOptions
  private exhausted = false
  private failure: { readonly error: unknown } | undefined
  /** Results that were handed over and are not on the disk yet. */
  private unstored = 0
  private wake = (): void => undefined
  /** How often a job's result was refused. */
  private readonly refusals = new Map<string, number>()
  /** Jobs that are on their way back to the server. */
  private readonly refusing = new Set<string>()
  /** Pending jobs that are still to be looked up in this turn. */
  private turn: string[] = []

  constructor(options: QueueRunOptions) {
    this.options = options
    this.iterator = options.jobs[Symbol.iterator]()
  }

  async toTheEnd(): Promise<void> {
    let looked = 0
    for (;;) {
      await this.unlessFailed(() => this.fill())
      if (this.exhausted && this.isIdle()) return
      if (Date.now() - looked >= INTERVAL) {
        await this.unlessFailed(() => this.look())
        await this.unlessFailed(this.options.round)
        looked = Date.now()
      }
      await this.pause()
      this.throwFailure()
    }
  }

  fail(error: unknown): void {
    this.failure ??= { error }
    this.wake()
  }

  /** A worker has sent something for a job. */
  done(name: string, value: unknown): void {
    const job = this.pending.get(name)
    if (job === undefined || this.refusing.has(name)) return
    try {
      const { seconds, record } = readWireResult(job, name, value)
      this.settle(name, { job, name, seconds, status: 'done', record })
    } catch (error) {
      this.refusing.add(name)
      this.refuse(name, job, (error as Error).message)
        .catch(error => this.fail(error))
        .finally(() => {
          this.refusing.delete(name)
          this.wake()
        })
    }
  }

  /** The server has given a job up. */
  failed(name: string, reason: string): void {
    const job = this.pending.get(name)
    if (job === undefined) return
    this.settle(name, {
      job,
      name,
      seconds: 0,
      status: 'failed',
      reason: this.options.redact(failureReason(reason)),
    })
  }

  private settle(name: string, result: JobResult): void {
    this.pending.delete(name)
    this.unstored += 1
    Promise.resolve()
      .then(() => {
        // What is not handed over stays on the server.
        this.throwFailure()
        return this.options.sink(result)
      })
      .then(() => this.options.onStored(name))
      .catch(error => this.fail(error))
      .finally(() => {
        this.unstored -= 1
        this.wake()
      })
  }

  private async refuse(name: string, job: Job, fault: string): Promise<void> {
    const { queue, banish, onNotice } = this.options
    const known = await queue.getJob(name)
    // What was told is an earlier attempt: the job is on the server again, its own result to come.
    if (known !== undefined && !isDone(known)) return
    const worker = known?.processedBy
    const reason = `worker ${worker ?? 'without a name'} sent no record of ${jobTitle(job)}: ${fault}`
    if (worker !== undefined) await banish(worker)
    const times = (this.refusals.get(name) ?? 0) + 1
    this.refusals.set(name, times)
    if (times >= MOST_REFUSED) return this.failed(name, reason)
    onNotice(`${reason}; the job is submitted again`)
    if (known !== undefined) await queue.remove(name)
    await queue.add('job', job, { ...JOB_OPTIONS, jobId: name })
  }

  private async submit(batch: ReadonlyMap<string, Job>): Promise<void> {
    const { queue } = this.options
    for (const [name, job] of batch) this.pending.set(name, job)
    const there = await lookUp(queue, [...batch.keys()])
    const missing: string[] = []
    for (const [name, known] of there) {
      if (known !== undefined && isDone(known)) this.done(name, known.returnvalue)
      else if (known === undefined || known.finishedOn) missing.push(name)
    }
    await Promise.all(missing.filter(name => there.get(name) !== undefined).map(name => queue.remove(name)))
    await queue.addBulk(
      missing.map(name => ({ name: 'job', data: batch.get(name), opts: { ...JOB_OPTIONS, jobId: name } })),
    )
  }

  /** Sends jobs while there is room for them. */
  private async fill(): Promise<void> {
    const { pending } = this
    const { ahead } = this.options
    // Not one by one: a submission costs a few messages.
    if (pending.size > 0.75 * ahead()) return
    while (!this.exhausted && pending.size < ahead()) {
      const batch = new Map<string, Job>()
      while (!this.exhausted && batch.size < CHUNK && pending.size + batch.size < ahead()) {
        const { value, done } = this.iterator.next()
        if (done === true) this.exhausted = true
        else batch.set(jobName(value), value)
      }
      await this.submit(batch)
      if (this.failure !== undefined) return
    }
  }

  /** Asks the server about some of the pending jobs. */
  private async look(): Promise<void> {
    const { pending } = this
    const { queue, onNotice } = this.options
    if (this.turn.length === 0) this.turn = [...pending.keys()]
    const names = this.turn.splice(0, CHUNK).filter(name => pending.has(name))
    const lost = new Map<string, Job>()
    for (const [name, known] of await lookUp(queue, names)) {
      const job = pending.get(name)
      if (job === undefined) continue
      if (known === undefined) lost.set(name, job)
      else if (isDone(known)) this.done(name, known.returnvalue)
      else if (known.finishedOn && known.failedReason) this.failed(name, known.failedReason)
    }
    if (lost.size === 0) return
    onNotice(`${lost.size} jobs are no longer on the queue's server; submitted again`)
    await this.submit(lost)
  }

  private isIdle(): boolean {
    return this.pending.size === 0 && this.unstored === 0
  }

  /** Until something happened, or it is time for a look. */
  private pause(): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, INTERVAL)
      this.wake = () => {
        clearTimeout(timer)
        resolve()
      }
      if (this.failure !== undefined || this.isIdle()) this.wake()
    })
  }

  /** What waits for the server must not outlast a failure: the server may be away for long. */
  private async unlessFailed(action: () => Promise<void>): Promise<void> {
    const stopped = new Promise<void>(resolve => {
      this.wake = () => {
        if (this.failure !== undefined) resolve()
      }
    })
    await Promise.race([action().catch(error => this.fail(error)), stopped])
    this.throwFailure()
  }

  private throwFailure(): void {
    if (this.failure !== undefined) throw this.failure.error
  }
}

/** Whether a worker has sent a result; that may be null, which is no record. */
const isDone = ({ returnvalue, finishedOn, failedReason }: QueuedJob): boolean =>
  (returnvalue !== null && returnvalue !== undefined) || (Boolean(finishedOn) && !failedReason)

async function lookUp(queue: Queue, names: readonly string[]): Promise<Map<string, QueuedJob | undefined>> {
  const known = await Promise.all(names.map(name => queue.getJob(name)))
  return new Map(names.map((name, k) => [name, known[k]]))
}
