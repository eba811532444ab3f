import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inlineExecutor } from '../../../src/ensemble/executors/inlineExecutor.js'
import { queueExecutor } from '../../../src/ensemble/executors/queueExecutor.js'
import { codeVersion, PREFIX, queueName } from '../../../src/ensemble/executors/queueProtocol.js'
import { serveQueue } from '../../../src/ensemble/executors/queueWorker.js'
import { workerName } from '../../../src/ensemble/executors/queueWorkers.js'
import { threadsExecutor } from '../../../src/ensemble/executors/threadsExecutor.js'
import { type CoupledJob, type Job, jobName, jobTitle } from '../../../src/ensemble/plan/job.js'
import { parsePlan } from '../../../src/ensemble/plan/plan.js'
import { planCells } from '../../../src/ensemble/plan/planCells.js'
import { runEnsemble } from '../../../src/ensemble/run/runEnsemble.js'
import { runJob } from '../../../src/ensemble/run/runJob.js'
import { ensembleStatus } from '../../../src/ensemble/store/ensembleStatus.js'
import { encodeRecord, type JobRecord, type JobResult, type Row } from '../../../src/ensemble/store/jobRecord.js'
import { readEnsemble } from '../../../src/ensemble/store/packedEnsemble.js'
import { partOrigin, writePart } from '../../../src/ensemble/store/partFile.js'
import { recordFault } from '../../../src/ensemble/store/recordFault.js'
import { openStore } from '../../../src/ensemble/store/store.js'
import { requireOrSkip } from '../../support/capabilities.js'
import { type QueueServer, queueServerProgram, startQueueServer } from '../../support/queueServer.js'
import { until } from '../../support/queueWorkers.js'
import { recordLike, smallPlan } from '../plans.js'

const folder = mkdtempSync(join(tmpdir(), 'mfl-bad-records-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const everything = ['deviation', 'chaos', 'fluctuation', 'conservation', 'budget', 'distances']
const plan = smallPlan({ quantities: everything })
const job = planCells(plan)[0]!.job(0) as CoupledJob
const other = planCells(plan)[1]!.job(0) as CoupledJob

/** The first row with other members. */
const touched = (job: Job, change: Record<string, unknown>): unknown => {
  const [first, ...rest] = recordLike(job).rows
  return [{ ...first, ...change }, ...rest]
}
/** Rows that are no record of the job, each with the words that tell why. Whatever a worker may send as `rows`. */
const BAD_ROWS: readonly [string, (job: CoupledJob) => unknown, RegExp][] = [
  ['no rows', () => [], /rows/],
  ['null', () => null, /rows/],
  ['a null row', () => [null, null], /rows/],
  ['an empty row', () => [{}, {}], /lacks law, N/],
  ['rows of nested values', of => touched(of, { sup: [1] }), /rows\.0\.sup/],
  ['rows of null values', of => touched(of, { sup: null }), /rows\.0\.sup/],
  ['fewer rows than times', of => recordLike(of).rows.slice(1), /2 rows, one for each time, got 1/],
  ['a column too many', of => touched(of, { extra: 1 }), /has "extra", which the job does not record/],
  ['a column too few', of => recordLike(of).rows.map(({ sup: _, ...row }) => row), /row 0 lacks sup/],
  [
    'columns in another order',
    of => recordLike(of).rows.map(row => Object.fromEntries(Object.entries(row).reverse())),
    /another order/,
  ],
  ['another law', of => touched(of, { law: 'plummer' }), /law = "plummer", and the job law = gaussian/],
  ['another N', of => touched(of, { N: 999 }), /N = 999, and the job N = 4/],
  ['another delta', of => touched(of, { delta: 0.9 }), /delta = 0\.9, and the job delta = 0\.2/],
  ['another sigma', of => touched(of, { sigma: -1 }), /sigma = -1/],
  ['another replicate', of => touched(of, { replica: 1 + of.replica }), /replica = 1, and the job replica = 0/],
  ['another time', of => touched(of, { t: 0.15 }), /t = 0\.15, and the job t = 0\.1/],
  ['words for numbers', of => touched(of, { sup: 'large' }), /sup = large, which must be a number/],
  ['a number that is none', of => touched(of, { sup: Number.NaN }), /sup = NaN/],
  ['an infinite number', of => touched(of, { position: Number.POSITIVE_INFINITY }), /position = Infinity/],
  ['a negative norm', of => touched(of, { sup: -1 }), /sup = -1, which must be a finite number >= 0/],
  ['half an event', of => touched(of, { outside: 0.5 }), /outside = 0\.5, which must be 0 or 1/],
  ['a distance where there is none', of => touched(of, { W1Cutoff: 1 }), /W1Cutoff = 1, which must be NaN/],
]
const BAD_SECONDS: readonly unknown[] = [-1, Number.NaN, Number.POSITIVE_INFINITY, null, undefined, '1', {}]

describe('a record', () => {
  test.each(BAD_ROWS)('of %s is none of its job', (_, rows, reason) => {
    expect(recordFault(job, rows(job), 1)).toMatch(reason)
  })

  test.each(BAD_SECONDS)('that took %s seconds is none', seconds => {
    expect(recordFault(job, recordLike(job).rows, seconds)).toMatch(/^seconds must be a finite number >= 0/)
  })

  test('as it is computed is one, with and without cut-off and interaction, and the control is none of another job', async () => {
    for (const [sigma, delta] of [
      [1, 0.3],
      [-1, 'Infinity'],
      [0, 0.3],
    ] as const) {
      const all = { ...job, sigma, delta, quantities: plan.kind === 'coupled' ? plan.quantities : [] }
      const { rows } = await runJob(all)
      expect(recordFault(all, rows, 0)).toBeUndefined()
      expect(recordFault({ ...all, N: 8 }, rows, 0)).toMatch(/N = 4/)
    }
  })

  test('of a claim must be of that claim, spec, seed and replicate, its rows those of its record', async () => {
    const claims = parsePlan({ name: 'c', kind: 'claim', seed: '7', replicates: 2, claims: [{ id: '4.3' }] })
    const [first, second] = planCells(claims).map(cell => cell.job(1)) as [Job, Job]
    const { rows } = await runJob(first)
    expect(recordFault(first, rows, 0)).toBeUndefined()
    expect(recordFault(second, rows, 0)).toMatch(/has the spec/)
    expect(recordFault({ ...first, replica: 0 }, rows, 0)).toMatch(/has the seed "7\/1", and the job 7/)
    const [head, ...rest] = rows
    expect(recordFault(first, [{ ...head, value: 1e9 }, ...rest], 0)).toMatch(/not those of the record/)
    expect(recordFault(first, [{ ...head, record: 'null' }, ...rest], 0)).toMatch(/no record of a claim/)
    expect(recordFault(first, rows.slice(0, -1), 0)).toMatch(/not those of the record/)
  })
})

describe.each(['inline', 'threads'] as const)('through the sink of the %s executor', kind => {
  test('no bad record makes a job done: it fails with the job and the executor, and the next run does it', async () => {
    const small = smallPlan({
      ...{ replicates: 24, quantities: ['deviation', 'distances'] },
      grid: { law: ['gaussian'], N: [4], delta: [0.2] },
    })
    const jobs = Array.from({ length: 24 }, (_, replica) => planCells(small)[0]!.job(replica) as CoupledJob)
    const store = await openStore(join(folder, kind), small)
    const honest = kind === 'inline' ? inlineExecutor({ fields: store.fields }) : threadsExecutor({ threads: 1 })
    // The jobs' results are replaced on their way, one kind of damage after the other; the last jobs are left as they
    // are.
    const damage = new Map<string, (result: JobResult & { status: 'done' }) => unknown>()
    for (const [k, [, rows]] of BAD_ROWS.entries()) {
      damage.set(jobName(jobs[k]!), result => ({ ...result, record: { rows: rows(result.job as CoupledJob) } }))
    }
    damage.set(jobName(jobs[22]!), result => ({ ...result, seconds: -1 }))
    damage.set(jobName(jobs[23]!), result => ({ ...result, name: jobName(jobs[0]!) }))
    expect(BAD_ROWS).toHaveLength(22)
    try {
      const end = await runEnsemble(store, {
        executor: {
          ...honest,
          run: (list, sink) =>
            honest.run(list, result => {
              const harm = damage.get(result.name)
              return sink(harm === undefined || result.status !== 'done' ? result : (harm(result) as JobResult))
            }),
        },
      })
      expect(end).toMatchObject({ done: 0, failed: 24, total: 24 })
      expect(store.jobs.size).toBe(0)
      expect(ensembleStatus(store)).toMatchObject({ done: 0, complete: false })
      const failures = new Map(store.failures().map(failure => [failure.job, failure.reason]))
      for (const [k, [, , reason]] of BAD_ROWS.entries()) {
        const told = failures.get(jobName(jobs[k]!))!
        expect(told).toContain(`the executor ${honest.name} delivered no record of ${jobTitle(jobs[k]!)}: `)
        // A first row that is none, or of another job, is told as that.
        expect(told).toMatch(new RegExp(`${reason.source}|no row|not of the replicate`))
      }
      expect(await runEnsemble(store, { executor: honest })).toMatchObject({ done: 24, failed: 0 })
      expect(store.failures()).toEqual([])
    } finally {
      await honest.close()
    }
  })
})

describe('a store', () => {
  test('refuses a result that is no record of a job of its plan, and writes nothing', async () => {
    const store = await openStore(join(folder, 'guarded'), plan)
    const foreign = planCells(smallPlan({ seed: 'foreign', quantities: everything }))[0]!.job(0) as CoupledJob
    const done = (of: CoupledJob, rows: unknown, seconds = 1): JobResult => ({
      ...{ job: of, name: jobName(of), seconds, status: 'done' },
      record: { rows } as JobRecord,
    })
    const origin = { executor: 'test', seconds: 1 }
    for (const result of [
      done(job, recordLike(other).rows),
      done(job, []),
      done(job, recordLike(job).rows, -1),
      done(foreign, recordLike(foreign).rows),
    ]) {
      await expect(store.append([result], origin)).rejects.toThrow(/must be a record of a job of the plan/)
    }
    expect(readdirSync(store.folder)).toEqual(['plan.json'])
    // The control.
    await store.append([done(job, recordLike(job).rows)], origin)
    expect(store.jobs.size).toBe(1)
  })

  test('with bad rows in a part-file tells the file, does not count them, and computes them again', async () => {
    const store = await openStore(join(folder, 'stored badly'), plan)
    const part = join(store.folder, 'parts', 'part-bad-000000.parquet')
    const [bad, kept] = [jobName(job), jobName(other)]
    // As a version without the check has written it: whole, of this plan, with the right digests.
    const jobs = [
      { name: bad, rows: touched(job, { N: 999 }) as Row[], seconds: 1 },
      { name: kept, rows: recordLike(other).rows, seconds: 1 },
    ]
    writePart(part, jobs, partOrigin(plan, {}), 1)
    const again = await openStore(store.folder)
    expect([...again.jobs.keys()]).toEqual([kept])
    const status = ensembleStatus(again)
    expect(status).toMatchObject({ done: 1, total: 12, badRows: [{ file: part, job: bad }] })
    await expect(readEnsemble(part)).rejects.toThrow(`${part} holds a job whose rows are not a record of it`)
    await runEnsemble(again, { executor: inlineExecutor() })
    expect(ensembleStatus(await openStore(store.folder))).toMatchObject({ done: 12, complete: true })
  })
})

describe.skipIf(!requireOrSkip('Redis', queueServerProgram !== undefined))('through the queue', () => {
  let server: QueueServer
  beforeAll(async () => {
    server = await startQueueServer()
  })
  afterAll(() => server.end())

  const cell = planCells(smallPlan({ replicates: 40, quantities: everything }))[0]!
  const jobs = Array.from({ length: 40 }, (_, replica) => cell.job(replica) as CoupledJob)

  /** What a hostile worker may send for a job. */
  const SENT: readonly [string, (job: CoupledJob) => unknown][] = [
    ...BAD_ROWS.map(([name, rows]): [string, (job: CoupledJob) => unknown] => [
      name,
      of => ({ job: jobName(of), seconds: 1, record: encodeRecord({ rows: rows(of) } as JobRecord) }),
    ]),
    ['null for a result', () => null],
    ['a number for a result', () => 7],
    ['nothing in a result', () => ({})],
    ['no JSON for a record', of => ({ job: jobName(of), seconds: 1, record: 'text' })],
    ['null for a record', of => ({ job: jobName(of), seconds: 1, record: 'null' })],
    [
      'negative seconds',
      of => ({ job: jobName(of), seconds: -1, record: encodeRecord({ rows: recordLike(of).rows }) }),
    ],
    [
      'seconds of null',
      of => ({ job: jobName(of), seconds: null, record: encodeRecord({ rows: recordLike(of).rows }) }),
    ],
    [
      'another seed',
      of => ({ job: jobName({ ...of, seed: 'x' }), seconds: 1, record: encodeRecord({ rows: recordLike(of).rows }) }),
    ],
    ['no job', of => ({ seconds: 1, record: encodeRecord({ rows: recordLike(of).rows }) })],
    [
      'more than there is',
      of => ({ job: jobName(of), seconds: 1, record: encodeRecord({ rows: recordLike(of).rows }), x: 1 }),
    ],
  ]

  test('each kind of bad record is refused by name of job and worker, and the job done by another worker', async () => {
    const mine = jobs.slice(0, SENT.length)
    const notices: string[] = []
    const results = new Map<string, JobResult>()
    const executor = queueExecutor({ queue: server.url, onNotice: message => notices.push(message) })
    const running = executor.run(mine, result => void results.set(result.name, result))
    const client = new Redis(server.url, { maxRetriesPerRequest: null })
    const hostile = new Worker(queueName(codeVersion()), null, {
      ...{ connection: client, prefix: PREFIX, name: '1/666/hostile', autorun: false },
    })
    const sent = new Map<string, string>()
    for (const [kind] of SENT) {
      let taken: Awaited<ReturnType<typeof hostile.getNextJob>>
      await until('there is a job', async () => {
        taken = await hostile.getNextJob('token', { block: false })
        return taken !== undefined
      })
      const of = taken!.data as CoupledJob
      const value = SENT.find(([name]) => name === kind)![1](of)
      await taken!.moveToCompleted(value, 'token', false)
      sent.set(jobTitle(of), kind)
    }
    await until(
      'every one is refused',
      () => notices.filter(text => text.includes('the job is submitted again')).length >= SENT.length,
    )
    await hostile.close()
    expect(results.size).toBe(0)
    for (const [title, kind] of sent) {
      const told = notices.find(text => text.includes(`sent no record of ${title}:`))
      expect(told, kind).toMatch(/^worker 1\/666\/hostile sent no record of .*; the job is submitted again$/)
    }
    const drain = new AbortController()
    const honest = serveQueue({
      ...{ queue: server.url, threads: 1, compute: async (of: Job) => recordLike(of) },
      drain: drain.signal,
    })
    await running
    await executor.close()
    drain.abort()
    expect(await honest).toMatchObject({ done: SENT.length, failed: 0, gaveUp: false })
    expect([...results.values()].map(({ status }) => status)).toEqual(SENT.map(() => 'done'))
    client.disconnect()
  })

  test('a job that gets none but bad records fails after three, told with job and worker', async () => {
    const of = jobs[0]!
    const client = new Redis(server.url, { maxRetriesPerRequest: null })
    const hostile = new Worker(queueName(codeVersion()), async () => ({ job: jobName(of), seconds: 1, record: '{}' }), {
      ...{ connection: client, prefix: PREFIX, name: '1/667/hostile' },
    })
    const results: JobResult[] = []
    const executor = queueExecutor({ queue: server.url })
    await executor.run([of], result => void results.push(result))
    await executor.close()
    await hostile.close()
    client.disconnect()
    expect(results).toMatchObject([{ status: 'failed', name: jobName(of) }])
    expect(results[0]!.status === 'failed' && results[0]!.reason).toContain(
      `worker 1/667/hostile sent no record of ${jobTitle(of)}: rows`,
    )
  })

  test('a worker whose computation gives no records says so, and one that was refused ends', async () => {
    const of = jobs[1]!
    const failed: string[] = []
    const here = serveQueue({
      ...{ queue: server.url, threads: 1, compute: async () => ({ rows: [{ x: 1 }] }) },
      onJob: (event, _, detail) => void (event === 'failed' && failed.push(detail!)),
    })
    const results: JobResult[] = []
    const executor = queueExecutor({ queue: server.url })
    const running = executor.run([of], result => void results.push(result))
    await running
    await executor.close()
    const own = workerName(hostname(), process.pid, 1)
    expect(failed[0]).toContain(`worker ${own} computed no record of ${jobTitle(of)}: there must be 2 rows`)
    expect(results).toMatchObject([{ status: 'failed' }])
    const client = new Redis(server.url)
    await client.sadd(`${PREFIX}:refused:${codeVersion()}`, own)
    expect(await here).toMatchObject({ done: 0, gaveUp: true })
    await client.flushall()
    client.disconnect()
  })
})
