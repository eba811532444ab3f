import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inlineExecutor } from '../../../src/ensemble/executors/inlineExecutor.js'
import { queueExecutor } from '../../../src/ensemble/executors/queueExecutor.js'
import { RESULT_LIMIT } from '../../../src/ensemble/executors/queueProtocol.js'
import { queueStatus } from '../../../src/ensemble/executors/queueStatus.js'
import { type QueueWorkerOptions, serveQueue } from '../../../src/ensemble/executors/queueWorker.js'
import { type Job, jobName } from '../../../src/ensemble/plan/job.js'
import { parsePlan } from '../../../src/ensemble/plan/plan.js'
import { planCells } from '../../../src/ensemble/plan/planCells.js'
import { encodeRecord, type JobRecord, type JobResult } from '../../../src/ensemble/store/jobRecord.js'
import { requireOrSkip } from '../../support/capabilities.js'
import { type QueueServer, queueServerProgram, startQueueServer } from '../../support/queueServer.js'
import {
  killMidJob,
  type QueueView,
  startWorker,
  until,
  viewQueue,
  type WorkerProcess,
} from '../../support/queueWorkers.js'
import { recordLike } from '../plans.js'

const available = requireOrSkip('Redis', queueServerProgram !== undefined)
const plan = parsePlan({
  name: 'through a queue',
  kind: 'coupled',
  seed: 'queue',
  replicates: 20,
  grid: { law: ['gaussian'], N: [1000], delta: [0.25] },
  times: [0.5],
  quantities: ['deviation', 'fluctuation'],
})
const jobs: readonly Job[] = Array.from({ length: 20 }, (_, replica) => planCells(plan)[0]!.job(replica))

/** Text of each record by the job's name, and how often it came. */
class Taken {
  readonly records = new Map<string, string>()
  readonly failures = new Map<string, string>()
  count = 0
  readonly sink = (result: JobResult): void => {
    this.count++
    if (result.status === 'done') this.records.set(result.name, encodeRecord(result.record))
    else this.failures.set(result.name, result.reason)
  }
}

describe.skipIf(!available)('jobs through a queue', () => {
  let folder: string
  let server: QueueServer
  let view: QueueView
  const workers: WorkerProcess[] = []
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mfl-queue-test-'))
    server = await startQueueServer()
    view = viewQueue(server.url)
  })
  afterAll(async () => {
    for (const { process } of workers) process.kill('SIGKILL')
    await view.close()
    await server.end()
    rmSync(folder, { recursive: true, force: true })
  })
  const worker = (...flags: string[]): WorkerProcess => {
    const started = startWorker(server.url, ['--fields', join(folder, 'fields'), ...flags])
    workers.push(started)
    return started
  }
  /** Serves in this process, with a computation of the test's own. */
  const serving = (compute: (job: Job) => Promise<JobRecord>, options: Partial<QueueWorkerOptions> = {}) => {
    const drain = new AbortController()
    const counts = serveQueue({ queue: server.url, threads: 1, lease: 2, compute, drain: drain.signal, ...options })
    return {
      counts,
      end: async () => {
        drain.abort()
        return counts
      },
    }
  }

  test('have the bits of the inline run, each once, when a worker is killed in the middle of one', async () => {
    const inline = new Taken()
    await inlineExecutor().run(jobs, inline.sink)
    const taken = new Taken()
    const executor = queueExecutor({ queue: server.url })
    const running = executor.run(jobs, taken.sink)
    worker()
    while (!(await killMidJob(view, worker()))) await until('there are jobs yet', () => taken.count < 18)
    worker('--idle', '1')
    await running
    await executor.close()
    expect(taken.failures).toEqual(new Map())
    expect(taken.count).toBe(20)
    expect(taken.records).toEqual(inline.records)
    // The comparison would see the last bit of one number.
    const [name, text] = [...inline.records][7]!
    const touched = JSON.parse(text)
    touched.rows[0].position += 2 ** -52 * touched.rows[0].position
    expect(new Map(inline.records).set(name, encodeRecord(touched))).not.toEqual(taken.records)
    // The server keeps nothing of them.
    expect(await view.queue.getJobCountByTypes('completed', 'failed', 'wait', 'active', 'delayed')).toBe(0)
    for (const { process } of workers.splice(0)) process.kill('SIGKILL')
  })

  test('that the server lost are submitted again', async () => {
    const taken = new Taken()
    const notices: string[] = []
    const executor = queueExecutor({ queue: server.url, onNotice: message => notices.push(message) })
    const running = executor.run(jobs, taken.sink)
    await until('the jobs are submitted', async () => (await view.queue.getWaitingCount()) === 20)
    await view.client.flushall()
    const here = serving(async job => recordLike(job))
    await running
    await executor.close()
    expect(await here.end()).toEqual({ done: 20, failed: 0, gaveUp: false })
    expect(taken.records.size).toBe(20)
    // One look or two: the server lost them while they were being looked up.
    const lost = notices.map(message =>
      Number(/^(\d+) jobs are no longer on the queue's server/.exec(message)?.[1] ?? 0),
    )
    expect(lost.reduce((sum, count) => sum + count, 0)).toBe(20)
  })

  test('are submitted once by two collectors, and both get every result', async () => {
    let computed = 0
    const [a, b] = [new Taken(), new Taken()]
    const executors = [queueExecutor({ queue: server.url }), queueExecutor({ queue: server.url })]
    const running = Promise.all([executors[0]!.run(jobs, a.sink), executors[1]!.run([...jobs].reverse(), b.sink)])
    await until('the jobs are submitted', async () => (await view.queue.getWaitingCount()) === 20)
    // Both have submitted before the first result can be dropped.
    await new Promise(resolve => setTimeout(resolve, 500))
    const here = serving(async job => {
      computed++
      return recordLike(job)
    })
    await running
    await Promise.all(executors.map(executor => executor.close()))
    await here.end()
    expect(computed).toBe(20)
    expect([a.count, b.count]).toEqual([20, 20])
    expect(a.records).toEqual(b.records)
  })

  test('that a collector left behind are found by the next, with their results', async () => {
    const controller = new AbortController()
    const first = queueExecutor({ queue: server.url })
    const aborted = first.run(jobs.slice(0, 5), () => undefined, { signal: controller.signal })
    await until('the jobs are submitted', async () => (await view.queue.getWaitingCount()) === 5)
    controller.abort(new Error('enough'))
    await expect(aborted).rejects.toThrow('enough')
    await first.close()
    const here = serving(async job => recordLike(job))
    await until('they are computed', async () => (await view.queue.getCompletedCount()) === 5)
    await here.end()
    const taken = new Taken()
    const second = queueExecutor({ queue: server.url })
    await second.run(jobs.slice(0, 5), taken.sink)
    await second.close()
    expect(taken.records.size).toBe(5)
  })

  test('stay on the server until they are on the disk: what the sink throws ends the run and loses nothing', async () => {
    const here = serving(async job => recordLike(job))
    const full = queueExecutor({ queue: server.url })
    await expect(
      full.run(jobs.slice(0, 5), async () => {
        throw new Error('the disk is full')
      }),
    ).rejects.toThrow('the disk is full')
    await full.close()
    await until('they are computed', async () => (await view.queue.getCompletedCount()) === 5)
    await here.end()
    const taken = new Taken()
    const executor = queueExecutor({ queue: server.url })
    await executor.run(jobs.slice(0, 5), taken.sink)
    await executor.close()
    expect(taken.records.size).toBe(5)
  })

  test('fail for good with a bad argument, after three attempts otherwise, and are tried anew by the next run', async () => {
    const attempts = new Map<number, number>()
    let broken = true
    const here = serving(async job => {
      const { replica } = job
      attempts.set(replica, (attempts.get(replica) ?? 0) + 1)
      if (broken && replica === 0) throw new RangeError('N must be another')
      if (broken && replica === 1) throw new Error('a thread ended')
      if (replica === 2 && attempts.get(2) === 1) throw new Error('passes')
      return recordLike(job)
    })
    const taken = new Taken()
    const executor = queueExecutor({ queue: server.url })
    await executor.run(jobs.slice(0, 3), taken.sink)
    expect(taken.count).toBe(3)
    expect(Object.fromEntries(attempts)).toEqual({ 0: 1, 1: 3, 2: 2 })
    expect(taken.failures).toEqual(
      new Map([
        [jobName(jobs[0]!), 'RangeError: N must be another'],
        [jobName(jobs[1]!), 'Error: a thread ended'],
      ]),
    )
    broken = false
    const again = new Taken()
    await executor.run(jobs.slice(0, 2), again.sink)
    await executor.close()
    await here.end()
    expect(again.records.size).toBe(2)
  })

  test('are not all failed by a worker that fails every one: it ends, and others do them', async () => {
    const notices: string[] = []
    const taken = new Taken()
    const executor = queueExecutor({ queue: server.url })
    const running = executor.run(jobs, taken.sink)
    const broken = serving(
      async () => {
        throw new Error('no space left on device')
      },
      { onNotice: message => notices.push(message) },
    )
    expect(await broken.counts).toEqual({ done: 0, failed: 0, gaveUp: true })
    expect(notices.join('\n')).toMatch(/[5-9] jobs in a row failed on this worker, which ends/)
    const here = serving(async job => recordLike(job))
    await running
    await executor.close()
    await here.end()
    expect(taken.records.size).toBe(20)
  })

  test('with a result longer than the limit are refused with both numbers', async () => {
    const here = serving(async () => ({ rows: Array.from({ length: RESULT_LIMIT / 5 }, () => ({ x: 1 / 3 })) }))
    const taken = new Taken()
    const executor = queueExecutor({ queue: server.url })
    await executor.run(jobs.slice(0, 1), taken.sink)
    await executor.close()
    await here.end()
    expect([...taken.failures.values()].join()).toMatch(
      /the record has \d{7,} characters, and the queue takes at most 2000000/,
    )
  })

  test('of another version of the code are refused by a worker, which says so, and stay where they are', async () => {
    const other = viewQueue(server.url, '9.9.9-claim1-coupled7')
    await other.queue.add('job', jobs[0], { jobId: 'x' })
    const notices: string[] = []
    const here = serving(async () => ({ rows: [] }), { onNotice: message => notices.push(message) })
    await until('the worker tells', () => notices.some(message => message.includes('refusing')))
    expect(await here.end()).toEqual({ done: 0, failed: 0, gaveUp: false })
    expect(notices.join('\n')).toMatch(
      /refusing 1 jobs of version 9\.9\.9-claim1-coupled7 of the code: this worker is /,
    )
    expect(await other.queue.getWaitingCount()).toBe(1)
    await other.queue.obliterate({ force: true })
    await other.close()
  })

  test('that are running are finished at the first SIGTERM and given back at the second', async () => {
    const slow = { ...jobs[0]!, N: 50_000 } as Job
    const executor = queueExecutor({ queue: server.url })
    const taken = new Taken()
    const controller = new AbortController()
    const running = executor.run([slow], taken.sink, { signal: controller.signal })
    const process = worker('--lease', '600')
    await until('the job runs', async () => (await view.busy()).has(process.process.pid!))
    // A worker's name is on the connection that waits for jobs, which may come a moment after the first job.
    await until('the server knows the worker', async () => (await queueStatus(server.url)).workers.length > 0)
    const status = await queueStatus(server.url)
    expect(status).toMatchObject({ waiting: 0, running: 1, uncollected: 0, failures: [], others: {} })
    expect(status.workers).toMatchObject([{ pid: process.process.pid, threads: 1, code: status.code }])
    process.process.kill('SIGTERM')
    await until('the worker heard', () => process.output().includes('finishing the running jobs'))
    process.process.kill('SIGTERM')
    expect(await process.ended).toBe(0)
    expect(await view.queue.getActiveCount()).toBe(0)
    expect(await view.queue.getWaitingCount()).toBe(1)
    controller.abort(new Error('done'))
    await expect(running).rejects.toThrow('done')
    await executor.close()
    await view.queue.obliterate({ force: true })
  })
})
