import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { inlineExecutor } from '../../../src/ensemble/executors/inlineExecutor.js'
import { threadsExecutor } from '../../../src/ensemble/executors/threadsExecutor.js'
import { jobName } from '../../../src/ensemble/plan/job.js'
import { planCells } from '../../../src/ensemble/plan/planCells.js'
import { encodeRecord, type JobResult } from '../../../src/ensemble/store/jobRecord.js'
import { smallPlan } from '../plans.js'

const folder = mkdtempSync(join(tmpdir(), 'mfl-threads-'))
const fields = join(folder, 'fields')
const executor = threadsExecutor({ threads: 2, fields })
afterAll(async () => {
  await executor.close()
  rmSync(folder, { recursive: true, force: true })
})

const jobs = planCells(smallPlan({ quantities: ['deviation', 'chaos', 'fluctuation'] })).flatMap(cell =>
  [0, 1].map(replica => cell.job(replica)),
)
const wrong = { ...jobs[0]!, version: 99 }

/** Name -> record as text, for exact comparison. */
async function resultsOf(run: (sink: (result: JobResult) => void) => Promise<void>): Promise<Map<string, string>> {
  const results = new Map<string, string>()
  await run(result => {
    expect(results.has(result.name)).toBe(false)
    results.set(result.name, result.status === 'done' ? encodeRecord(result.record) : result.reason)
  })
  return results
}

test('threads give the same bits as the inline run, each job once, and a job that throws is a failed result', async () => {
  const threads = await resultsOf(sink => executor.run([...jobs, wrong], sink))
  // Each of the four fields was computed once and is in the folder, which the inline run reads.
  expect(readdirSync(fields)).toHaveLength(4)
  const inline = await resultsOf(sink => inlineExecutor({ fields }).run([...jobs, wrong], sink))
  expect(threads.size).toBe(jobs.length + 1)
  expect(new Map([...threads].sort())).toEqual(new Map([...inline].sort()))
  expect(threads.get(jobName(wrong))).toMatch(/^RangeError: version of a coupled job must be/)
})

test('stored fields do not change a bit', async () => {
  const stored = await resultsOf(sink => inlineExecutor({ fields }).run(jobs.slice(0, 2), sink))
  const fresh = await resultsOf(sink => inlineExecutor().run(jobs.slice(0, 2), sink))
  expect(stored).toEqual(fresh)
})

test.each([
  ['inline', inlineExecutor({ fields })],
  ['threads', executor],
] as const)('the %s executor takes jobs only when it has room, and an abort ends it with its reason', async (_, of) => {
  const controller = new AbortController()
  const reason = new Error('enough')
  let taken = 0
  const endless = function* () {
    for (;;) {
      taken++
      yield jobs[taken % jobs.length]!
    }
  }
  const run = of.run(endless(), () => controller.abort(reason), { signal: controller.signal })
  await expect(run).rejects.toBe(reason)
  expect(taken).toBeLessThanOrEqual(of.width + 3)
})

test.each([
  ['inline', inlineExecutor({ fields })],
  ['threads', executor],
] as const)('what the store throws ends the %s executor', async (_, of) => {
  const full = new Error('the disk is full')
  const endless = function* () {
    for (let k = 0; ; k++) yield jobs[k % jobs.length]!
  }
  await expect(
    of.run(endless(), async () => {
      await new Promise(resolve => setTimeout(resolve, 20))
      throw full
    }),
  ).rejects.toBe(full)
})
