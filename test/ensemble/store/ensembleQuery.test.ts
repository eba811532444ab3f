import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jobName } from '../../../src/ensemble/plan/job.js'
import { planCells } from '../../../src/ensemble/plan/planCells.js'
import { ensembleQuery } from '../../../src/ensemble/store/ensembleQuery.js'
import { openStore } from '../../../src/ensemble/store/store.js'
import { recordLike, smallPlan } from '../plans.js'

const folder = mkdtempSync(join(tmpdir(), 'mfl-query-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A store whose measured numbers are all `value`. */
async function storeOf(name: string, value: number): Promise<string> {
  const plan = smallPlan()
  const store = await openStore(join(folder, name), plan)
  const results = planCells(plan).flatMap(cell =>
    [0, 1, 2].map(replica => {
      const job = cell.job(replica)
      return { job, name: jobName(job), seconds: 1, status: 'done' as const, record: recordLike(job, value) }
    }),
  )
  // Two part-files.
  await store.append(results.slice(0, 5), { executor: 'test', seconds: 1 })
  await store.append(results.slice(5), { executor: 'test', seconds: 1 })
  return store.folder
}

const SQL = 'select count(*) as n, min(sup) as low, max(sup) as high, count(distinct job) as jobs from rows'

describe('a query', () => {
  // Stores that patterns of the names below would match too, some of them first in order.
  beforeAll(async () => {
    for (const [k, name] of ['ab', 'a', 'x', 'abc', 'a!', '!', '!.parquet'].entries()) await storeOf(name, 100 + k)
  })

  test.each(['a*', '[x]', '?', '**', '{a,ab}', "it's", 'a"b', 'a=1', 'back\\slash', '*.parquet'])(
    'of the folder %j sees its own rows alone',
    async name => {
      const own = await storeOf(name, 7)
      expect(await ensembleQuery(own, SQL)).toEqual([{ n: 24, low: 7, high: 7, jobs: 12 }])
    },
  )

  test('has the columns of the part-files, numbers as numbers, and a job that is there twice once', async () => {
    const own = await storeOf('columns', 3)
    const parts = join(own, 'parts')
    copyFileSync(join(parts, readdirSync(parts)[0]!), join(parts, 'again.parquet'))
    const [row] = await ensembleQuery(own, 'select * from rows where N = 4 and delta = 0.2 and replica = 2 and t = 0.2')
    expect(Object.entries(row!).slice(0, 8)).toEqual([
      ['job', jobName(planCells(smallPlan())[0]!.job(2))],
      ...[['seconds', 1] as const, ['law', 'gaussian'] as const, ['N', 4] as const, ['delta', 0.2] as const],
      ...[['sigma', 1] as const, ['replica', 2] as const, ['t', 0.2] as const],
    ])
    expect(await ensembleQuery(own, SQL)).toEqual([{ n: 24, low: 3, high: 3, jobs: 12 }])
  })

  test('of more rows than DuckDB takes at once counts them all', async () => {
    const plan = smallPlan({ replicates: 700 })
    const store = await openStore(join(folder, 'many'), plan)
    const results = planCells(plan).flatMap(cell =>
      Array.from({ length: 700 }, (_, replica) => {
        const job = cell.job(replica)
        return { job, name: jobName(job), seconds: 1, status: 'done' as const, record: recordLike(job, replica) }
      }),
    )
    await store.append(results, { executor: 'test', seconds: 1 })
    expect(await ensembleQuery(store.folder, 'select count(*) as n, sum(sup) as s from rows')).toEqual([
      { n: 5600, s: (8 * 699 * 700) / 2 },
    ])
  })

  test('of a store with a damaged part-file is refused with its name', async () => {
    const own = join(folder, 'damaged')
    cpSync(await storeOf('whole', 5), own, { recursive: true })
    const part = join(own, 'parts', readdirSync(join(own, 'parts'))[0]!)
    const bytes = readFileSync(part)
    // A word of the provenance: the numbers are as they were.
    bytes[bytes.indexOf('"executor"')]! ^= 1
    writeFileSync(part, bytes)
    await expect(ensembleQuery(own, SQL)).rejects.toThrow(`${part} was changed after it was written`)
  })
})
