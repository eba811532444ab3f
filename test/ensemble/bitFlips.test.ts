import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inlineExecutor } from '../../src/ensemble/executors/inlineExecutor.js'
import { runEnsemble } from '../../src/ensemble/run/runEnsemble.js'
import { exactJson } from '../../src/ensemble/store/jobRecord.js'
import { packEnsemble, readEnsemble } from '../../src/ensemble/store/packedEnsemble.js'
import { openStore } from '../../src/ensemble/store/store.js'
import { readTable, writeTable } from '../../src/files/parquetTable.js'
import { fileBitFlips } from '../support/bitFlips.js'
import { smallPlan } from './plans.js'

const folder = mkdtempSync(join(tmpdir(), 'mfl-flips-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a table of another kind is refused after a flip, or is the same: 2000 times', async () => {
  const path = join(folder, 'table.parquet')
  writeTable(path, { columns: { t: [0, 0.5, 1], law: ['a', 'b', 'c'] }, metadata: { kind: 'any', seed: '1' } })
  const whole = exactJson(await readTable(path))
  let refused = 0
  for (const _ of fileBitFlips(path, 2000, 'table')) {
    const read = await readTable(path).catch(() => undefined)
    if (read === undefined) refused++
    else expect(exactJson(read)).toBe(whole)
  }
  expect(refused).toBeGreaterThan(1000)
})

describe('an ensemble in one Parquet file', () => {
  const packed = join(folder, 'packed.parquet')
  beforeAll(async () => {
    const plan = smallPlan({ replicates: 1, grid: { law: ['gaussian'], N: [4], delta: [0.2] } })
    const store = await openStore(join(folder, 'store'), plan)
    await runEnsemble(store, { executor: inlineExecutor() })
    packEnsemble(packed, store)
  })

  test('is refused after a flip of a random bit, or holds the same numbers and words: 2000 times', async () => {
    const [ensemble, table] = [await readEnsemble(packed), await readTable(packed)]
    const whole = exactJson([ensemble.plan, [...ensemble.jobs.values()], table])
    let refused = 0
    const changed: string[] = []
    for (const _ of fileBitFlips(packed, 2000, 'packed-ensemble')) {
      try {
        const read = await readEnsemble(packed)
        const text = exactJson([read.plan, [...read.jobs.values()], await readTable(packed)])
        if (text !== whole) changed.push(text)
      } catch (error) {
        expect((error as Error).message).toContain(packed)
        expect((error as Error).message).not.toContain('\n')
        refused++
      }
    }
    expect(changed).toEqual([])
    // The control: most bits matter.
    expect(refused).toBeGreaterThan(1000)
  })
})
