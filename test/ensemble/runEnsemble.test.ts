import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { randomStream } from '../../src/base/random.js'
import { claimById } from '../../src/claims/core/ledger.js'
import { measureClaim } from '../../src/claims/core/measureClaim.js'
import { inlineExecutor } from '../../src/ensemble/executors/inlineExecutor.js'
import { type CoupledJob, jobName } from '../../src/ensemble/plan/job.js'
import { parsePlan } from '../../src/ensemble/plan/plan.js'
import { planCells } from '../../src/ensemble/plan/planCells.js'
import { runEnsemble } from '../../src/ensemble/run/runEnsemble.js'
import { runJob } from '../../src/ensemble/run/runJob.js'
import { claimSummary } from '../../src/ensemble/store/claimSummary.js'
import { openStore } from '../../src/ensemble/store/store.js'
import { coupledFlow } from '../../src/flow/coupled/coupledFlow.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import { smallPlan } from './plans.js'

const folder = mkdtempSync(join(tmpdir(), 'mfl-ensemble-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('an ensemble run inline', () => {
  test('stores every replicate once, with the numbers of the coupled run', async () => {
    const store = await openStore(join(folder, 'all'), smallPlan())
    const end = await runEnsemble(store, { executor: inlineExecutor({ fields: store.fields }) })
    expect(end).toMatchObject({ done: 12, failed: 0, total: 12 })
    const job = planCells(store.plan)[1]!.job(2) as CoupledJob
    const run = await coupledFlow({
      law: gaussianLaw(),
      N: job.N,
      delta: Number(job.delta),
      T: 0.2,
      seed: 'test',
      replica: 2,
      steps: 4,
      outputs: 2,
      threads: 1,
    })
    const again = await openStore(store.folder)
    const rows = again.jobs.get(jobName(job))!.rows
    expect(rows.map(row => row.t)).toEqual([0.1, 0.2])
    expect(rows.map(row => row.position)).toEqual(Array.from(run.columns.position!.slice(1)))
    expect(rows.map(row => row.supMomentum)).toEqual(Array.from(run.columns.supMomentum!.slice(1)))
    expect(again.jobs.size).toBe(12)
  })

  test('run again does nothing and writes nothing', async () => {
    const store = await openStore(join(folder, 'all'), smallPlan())
    const before = readdirSync(join(store.folder, 'parts'))
    const started: string[] = []
    const executor = inlineExecutor()
    await runEnsemble(store, {
      executor: { ...executor, run: async jobs => void started.push(...[...jobs].map(jobName)) },
    })
    expect(started).toEqual([])
    expect(readdirSync(join(store.folder, 'parts'))).toEqual(before)
  })

  test('has common initial data across delta, sigma, T and versions', async () => {
    const [a, b] = planCells(smallPlan()).map(cell => cell.job(1) as CoupledJob) as [CoupledJob, CoupledJob]
    expect(a.delta).not.toBe(b.delta)
    const name = { seed: a.seed, law: a.law.name, N: a.N, replica: a.replica }
    const Z = gaussianLaw().sample(a.N, randomStream(name))
    for (const job of [a, b, { ...a, sigma: -1 as const, times: [0.4] }]) {
      const run = await coupledFlow({
        law: gaussianLaw(),
        N: job.N,
        delta: Number(job.delta),
        sigma: job.sigma,
        T: job.times.at(-1)!,
        seed: job.seed,
        replica: job.replica,
        steps: 4,
        outputs: 1,
        paths: job.N,
        threads: 1,
        budget: 'omit',
        majorant: 'omit',
      })
      expect(run.paths!.Psi[0]).toEqual(Z.q)
    }
  })
})

test('a job of another version of the measurement is refused, not run', async () => {
  const job = planCells(smallPlan())[0]!.job(0)
  await expect(runJob({ ...job, version: 99 })).rejects.toThrow('99')
})

test('a job that throws is noted as failed with its reason, tried again by the next run, and then no failure any more', async () => {
  const store = await openStore(join(folder, 'fails'), smallPlan())
  const inline = inlineExecutor({ fields: store.fields })
  const bad = jobName(planCells(store.plan)[0]!.job(0))
  const end = await runEnsemble(store, {
    executor: {
      ...inline,
      run: (jobs, sink, options) =>
        inline.run(
          jobs,
          result =>
            result.name === bad
              ? sink({ job: result.job, name: bad, seconds: 0, status: 'failed', reason: 'Error: on purpose' })
              : sink(result),
          options,
        ),
    },
  })
  expect(end).toMatchObject({ done: 11, failed: 1, total: 12 })
  expect(store.failures()).toMatchObject([{ job: bad, reason: 'Error: on purpose' }])
  expect(await runEnsemble(store, { executor: inline })).toMatchObject({ done: 12, failed: 0 })
  expect(store.failures()).toEqual([])
})

test('claims are measured with the seed of the replicate', async () => {
  const plan = { name: 'c', kind: 'claim', seed: '7', replicates: 2, claims: [{ id: '4.3' }] }
  const job = planCells(parsePlan(plan))[0]!.job(1)
  const claim = claimById('4.3')
  const direct = await measureClaim(claim, claim.defaults[0]!, '7/1')
  const { rows } = await runJob(job)
  expect(JSON.parse(rows[0]!.record as string)).toEqual(JSON.parse(JSON.stringify(direct)))
  const first = direct.constants[0]!
  expect(rows[0]).toMatchObject({ claim: '4.3', quantity: `${first.name}.sharp`, value: first.sharp.value })
})

test('the distances of a run are those of its clouds, and each is at most the sum of the pieces', async () => {
  const plan = smallPlan({ quantities: ['deviation', 'distances'], grid: { law: ['gaussian'], N: [8], delta: [0.3] } })
  const job = planCells(plan)[0]!.job(0) as CoupledJob
  const { rows } = await runJob(job, { fields: join(folder, 'all', 'fields') })
  const row = (name: string): number => Number(rows[1]![name])
  for (const p of [1, 2]) {
    // Particle by particle is one coupling, so the distance is at most sqrt(6) times the largest coordinate.
    const largest = Math.max(row('position'), row('momentum'))
    expect(row(`W${p}PsiPhi`)).toBeGreaterThan(0)
    expect(row(`W${p}PsiPhi`)).toBeLessThanOrEqual(Math.sqrt(6) * largest)
    expect(row(`W${p}PsiSecond`)).toBeLessThanOrEqual(row(`W${p}PsiPhi`) + row(`W${p}PhiSecond`) + 1e-12)
    expect(row(`W${p}Cutoff`)).toBeGreaterThan(0)
    expect(rows[0]![`W${p}PsiPhi`]).toBeNaN()
  }
  expect(row('W1PsiPhi')).toBeLessThanOrEqual(row('W2PsiPhi'))
  // Without a cut-off there is nothing between the two laws.
  const bare = await runJob({ ...job, delta: 'Infinity' })
  expect(bare.rows[1]!.W1Cutoff).toBe(0)
})

test('an ensemble of claims has the verdict of the claim on the records of all replicates', async () => {
  const plan = parsePlan({ name: 'c', kind: 'claim', seed: '7', replicates: 2, claims: [{ id: '4.3' }] })
  const store = await openStore(join(folder, 'claims'), plan)
  await runEnsemble(store, { executor: inlineExecutor() })
  const claim = claimById('4.3')
  const records = []
  for (const spec of claim.defaults) {
    for (const seed of ['7', '7/1']) records.push(await measureClaim(claim, spec, seed))
  }
  const [summary] = claimSummary(await openStore(store.folder))
  expect(summary!.verdict).toBe(claim.judge(records).status)
  expect(summary!.quantities.every(({ replicates }) => replicates === 2)).toBe(true)
  const { sharp } = records[0]!.constants[0]!
  expect(summary!.quantities[0]).toMatchObject({ lowest: sharp.value, highest: sharp.value })
})
