import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { jobName } from '../../src/ensemble/plan/job.js'
import { planHash } from '../../src/ensemble/plan/plan.js'
import { planCells } from '../../src/ensemble/plan/planCells.js'
import { wantedReplicates } from '../../src/ensemble/plan/stoppingRule.js'
import { readEnsemble } from '../../src/ensemble/store/packedEnsemble.js'
import { root } from '../support/capabilities.js'
import { planOf, referenceFile, referenceNames, repeatSample } from './reference.js'

test('the reference ensembles are there', () => {
  expect(referenceNames).toEqual(['08-molecular-chaos', '10-particle-approximation', '12-no-cut-off'])
})

describe.each(referenceNames)('the reference ensemble %s', name => {
  test('is complete and made from the plan of that name', async () => {
    expect(existsSync(join(root, 'data', 'plans', `${name}.json`))).toBe(true)
    const { plan, jobs } = await readEnsemble(referenceFile(name))
    expect(planHash(plan)).toBe(planHash(planOf(name)))
    for (const cell of planCells(plan)) {
      const rowsOf = (replica: number) => jobs.get(jobName(cell.job(replica)))?.rows
      expect(wantedReplicates(plan, cell, rowsOf).complete).toBe(true)
    }
  })

  test('has the numbers that its replicates have today, bit for bit, on a random sample', async () => {
    await repeatSample(name, 3, 64)
  })
})
