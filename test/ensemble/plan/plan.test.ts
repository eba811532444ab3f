import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type CoupledJob, jobName, MEASURE_VERSION } from '../../../src/ensemble/plan/job.js'
import { outputsFor } from '../../../src/ensemble/plan/outputTimes.js'
import { parsePlan, planHash, planJsonSchema } from '../../../src/ensemble/plan/plan.js'
import { planCells } from '../../../src/ensemble/plan/planCells.js'
import { inShard, parseShard } from '../../../src/ensemble/plan/shard.js'
import { decodeRecord, encodeRecord } from '../../../src/ensemble/store/jobRecord.js'
import { canonicalJson } from '../../../src/files/canonicalJson.js'
import { root } from '../../support/capabilities.js'
import { smallPlan } from '../plans.js'

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

  const bootstrap = (column: string, batch = 20) => ({
    replicates: { batch, most: 40, until: { method: 'bootstrap', column, halfWidth: 0.1 } },
  })
  const laws = (parameters: string) =>
    JSON.parse(`{"grid": {"law": [{"name": "gaussian", "parameters": ${parameters}}], "N": [4], "delta": [0.2]}}`)
  test.each<[unknown, RegExp]>([
    [bootstrap('supremum'), /replicates\.until\.column must be one of "position", .*"sup", "outside", got "supremum"$/],
    [bootstrap('fluctuation'), /column must be one of .*"outside", got "fluctuation"/],
    [bootstrap('constructor'), /column must be one of/],
    [bootstrap('sup', 12), /replicates\.batch must be at least 20 .*; got 12/],
    [laws('{"__proto__": 1}'), /grid\.law\.0\.parameters\.__proto__: no member may have the name "__proto__"/],
    [laws('{"constructor": 1}'), /grid\.law\.0\.parameters\.constructor: no member/],
    [laws('{"sigmaQ": 1, "prototype": 2}'), /grid\.law\.0\.parameters\.prototype: no member/],
  ])('with %j is refused with the member', (changes, sentence) => {
    expect(() => smallPlan(changes as Record<string, unknown>)).toThrow(sentence)
    // The controls: what is named right is taken.
    expect(() => smallPlan(bootstrap('sup'))).not.toThrow()
    expect(() => smallPlan(laws('{"sigmaQ": 1}'))).not.toThrow()
  })

  const grid = (N: number) => ({ grid: { law: ['gaussian'], N: [N], delta: [0.2] } })
  test.each<[Record<string, unknown>, RegExp, Record<string, number>]>([
    [{ replicates: 1e7 }, /replicates must be at most 100000, got 10000000; "limits": \{"replicates": 10000000\}/, {}],
    [grid(1e8), /grid\.N\.0 must be at most 1000000, got 100000000; "limits": \{"N": 100000000\}/, { N: 1e8 }],
    [{ times: [1e5] }, /times\.0 must be at most 1000, got 100000; "limits": \{"T": 100000\}/, { T: 1e5 }],
    [{ steps: 1e8 }, /steps must be at most 1000000, got 100000000; "limits"/, { steps: 1e8 }],
    [
      {
        ...grid(4),
        replicates: 90_000,
        grid: { ...grid(4).grid, delta: Array.from({ length: 20 }, (_, k) => k / 100) },
      },
      /replicates times grid points must be at most 1000000, got 1800000; "limits": \{"jobs": 1800000\}/,
      { jobs: 1.8e6 },
    ],
    [
      { replicates: { batch: 2, most: 1e6, until: { method: 'clopper-pearson', halfWidth: 0.1 } } },
      /replicates\.most must be at most 100000, got 1000000/,
      { replicates: 1e6, jobs: 1e7 },
    ],
  ])(
    'of the size %j is refused with what is allowed, and taken where the plan raises that',
    (changes, sentence, limits) => {
      expect(() => smallPlan(changes)).toThrow(sentence)
      const raised = Object.keys(limits).length === 0 ? { replicates: 1e7, jobs: 1e8 } : limits
      const plan = smallPlan({ ...changes, limits: raised })
      expect(plan.limits).toEqual(raised)
      // No number depends on the limits, so neither does the identity of the ensemble.
      expect(planHash(plan)).toBe(planHash({ ...plan, limits: { T: 1e6 } }))
    },
  )

  test.each([
    [grid(1e12), /grid\.N\.0 must be at most 1000000, got 1000000000000; no plan may ask for more than 100000000/],
    [{ times: [1e300] }, /times\.0 must be at most 1000, got 1e\+300; no plan may ask for more than 1000000000/],
    [{ limits: { N: 1e9 } }, /limits\.N: .*<=100000000, got 1000000000/],
    [{ limits: { particles: 1 } }, /Unrecognized key: "particles"/],
  ])('of the size %j is refused whatever it says', (changes, sentence) => {
    expect(() => smallPlan(changes)).toThrow(sentence)
  })

  test('of claims names each claim once', () => {
    const claims = [{ id: '3.4' }, { id: '4.3' }, { id: '3.4', specs: [{ norm1: 1 }] }]
    const plan = { name: 'c', kind: 'claim', seed: '1', replicates: 2 }
    expect(() => parsePlan({ ...plan, claims })).toThrow(/claims must hold each claim once, .* got "3\.4" twice/)
    expect(() => parsePlan({ ...plan, claims: claims.slice(0, 2) })).not.toThrow()
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
