import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../src/ensemble/canonicalJson.js'
import { type CoupledJob, jobName, MEASURE_VERSION } from '../../src/ensemble/job.js'
import { decodeRecord, encodeRecord } from '../../src/ensemble/jobRecord.js'
import { outputsFor } from '../../src/ensemble/outputTimes.js'
import { parsePlan, planHash, planJsonSchema } from '../../src/ensemble/plan.js'
import { planCells } from '../../src/ensemble/planCells.js'
import { inShard, parseShard } from '../../src/ensemble/shard.js'
import { root } from '../support/capabilities.js'
import { smallPlan } from './plans.js'

describe('a plan', () => {
  test('gives one job for each grid point and replicate, all with different names', () => {
    const plan = smallPlan()
    const names = planCells(plan).flatMap(cell => [0, 1, 2].map(replica => jobName(cell.job(replica))))
    expect(new Set(names).size).toBe(2 * 2 * 3)
  })

  test('has the same jobs however it is typed', () => {
    const one = smallPlan({ quantities: ['chaos', 'deviation'], grid: { law: ['gaussian'], N: [4], delta: [0.2] } })
    const law = [{ parameters: {}, name: 'gaussian' }]
    const two = smallPlan({ quantities: ['deviation', 'chaos'], grid: { delta: [0.2], N: [4], law }, name: 'other' })
    expect(planHash(one)).toBe(planHash(two))
    expect(jobName(planCells(one)[0]!.job(0))).toBe(jobName(planCells(two)[0]!.job(0)))
  })

  test.each([
    [{ replicates: 0 }, 'replicates'],
    [{ seed: 'a/b' }, 'seed'],
    [{ grid: { law: ['gauss'], N: [4], delta: [0.2] } }, 'grid.law'],
    [{ grid: { law: [{ name: 'gaussian', parameters: { width: 2 } }], N: [4], delta: [0.2] } }, 'sigmaQ'],
    [{ grid: { law: ['gaussian'], N: [4, 4], delta: [0.2] } }, 'twice'],
    [{ grid: { law: ['gaussian'], N: [1], delta: [0.2] } }, 'grid.N'],
    [{ grid: { law: ['gaussian'], N: [4], delta: [-1] } }, 'grid.delta'],
    [{ times: [0.2, 0.1] }, 'times'],
    [{ times: [0.1, Math.SQRT1_2] }, 'multiples'],
    [{ repetitions: 3 }, 'repetitions'],
    [{ quantities: ['majorant'], alpha: 1 }, 'majorant'],
    [{ replicates: { batch: 8, most: 4, until: { method: 'clopper-pearson', halfWidth: 0.1 } } }, 'most'],
  ])('with %j is refused with the name of the member', (changes, word) => {
    expect(() => smallPlan(changes)).toThrow(word)
    expect(() => smallPlan(changes)).toThrow(RangeError)
  })

  test.each([
    [{ grid: { law: ['gausian'], N: [4], delta: [0.2] } }, /grid\.law\.0: .*"gaussian".*, got "gausian"/],
    [{ grid: { law: ['gaussian'], N: [1], delta: [0.2] } }, /grid\.N\.0: .*>=2, got 1/],
    [{ grid: { law: ['gaussian'], N: [4], delta: [-1] } }, /grid\.delta\.0: .*>=0.*, got -1/],
    [{ grid: { law: ['gaussian'], N: [4], delta: [0.2], sigma: [2] } }, /grid\.sigma\.0: .*, got 2/],
    [{ profile: 'hard' }, /profile: .*"truncated".*, got "hard"/],
    [{ repetitions: 3 }, /Unrecognized key: "repetitions"$/],
  ])('with %j is refused with what is allowed and what it was', (changes, sentence) => {
    expect(() => smallPlan(changes)).toThrow(sentence)
    // The control: without the change nothing is refused.
    expect(() => smallPlan()).not.toThrow()
  })

  test('of claims takes the specs of the claim unless it names others', () => {
    const plan = parsePlan({ name: 'c', kind: 'claim', seed: '1', replicates: 2, claims: [{ id: '3.4' }] })
    expect(plan.kind === 'claim' && plan.claims[0]!.specs.length).toBeGreaterThan(1)
    const unknown = { name: 'c', kind: 'claim', seed: '1', replicates: 2, claims: [{ id: '0.0' }] }
    expect(() => parsePlan(unknown)).toThrow('"0.0"')
  })

  test('has the JSON Schema that data/schema publishes (remake: mfl ensemble schema)', () => {
    const published = JSON.parse(readFileSync(join(root, 'data/schema/plan.schema.json'), 'utf8'))
    expect(published).toEqual(JSON.parse(JSON.stringify(planJsonSchema())))
  })
})

describe('a job', () => {
  const job = planCells(smallPlan())[0]!.job(1) as CoupledJob

  test('is plain JSON with the version of its measurement', () => {
    expect(JSON.parse(JSON.stringify(job))).toEqual(job)
    expect(job.version).toBe(MEASURE_VERSION.coupled)
  })

  test.each([{ version: 99 }, { delta: 0.21 }, { replica: 2 }, { times: [0.2] }, { seed: 'other' }])(
    'has another name with %j',
    change => {
      expect(jobName({ ...job, ...change })).not.toBe(jobName(job))
    },
  )

  test('has a name that does not depend on the order of its members', () => {
    const turned = Object.fromEntries(Object.entries(job).reverse()) as CoupledJob
    expect(jobName(turned)).toBe(jobName(job))
    expect(() => canonicalJson({ a: Number.NaN })).toThrow(TypeError)
  })
})

test('a record travels as text without loss of a bit', () => {
  const record = { rows: [{ a: -0, b: Number.NaN, c: Number.NEGATIVE_INFINITY, d: 0.1 + 0.2, e: 'NaN', f: 5e-324 }] }
  const back = decodeRecord(encodeRecord(record))
  expect(back).toEqual(record)
  expect(Object.is(back.rows[0]!.a, -0)).toBe(true)
  // Plain JSON would lose the first three.
  expect(JSON.parse(JSON.stringify(record))).not.toEqual(record)
})

test('output times are the coarsest uniform grid that holds them', () => {
  expect(outputsFor([1])).toBe(1)
  expect(outputsFor([0.5, 1])).toBe(2)
  expect(outputsFor([0.1, 0.3])).toBe(3)
  expect(outputsFor([0.4, 1])).toBe(5)
  expect(() => outputsFor([0.1, Math.SQRT1_2])).toThrow('1000')
})

test('shards divide all jobs without overlap', () => {
  const plan = smallPlan()
  const owners = planCells(plan).flatMap(cell =>
    [0, 1, 2].map(replica => [1, 2, 3, 4, 5].filter(k => inShard({ k, K: 5 }, plan, cell, replica))),
  )
  expect(owners.every(owner => owner.length === 1)).toBe(true)
  expect(new Set(owners.flat()).size).toBe(5)
  for (const bad of ['0/3', '4/3', '1', '1/0', 'a/b']) expect(() => parseShard(bad)).toThrow('k/K')
})
