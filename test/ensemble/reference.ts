/** The reference ensembles in data/ensembles, and the repetition of stored replicates. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { randomStream } from '../../src/base/random.js'
import { type CoupledJob, jobName } from '../../src/ensemble/plan/job.js'
import { type Plan, parsePlan } from '../../src/ensemble/plan/plan.js'
import { planCells } from '../../src/ensemble/plan/planCells.js'
import { runJob } from '../../src/ensemble/run/runJob.js'
import { encodeRecord } from '../../src/ensemble/store/jobRecord.js'
import { readEnsemble } from '../../src/ensemble/store/packedEnsemble.js'
import { root } from '../support/capabilities.js'

export const referenceNames: readonly string[] = readdirSync(join(root, 'data', 'ensembles'))
  .filter(file => file.endsWith('.parquet'))
  .map(file => file.replace(/\.parquet$/, ''))

export const referenceFile = (name: string): string => join(root, 'data', 'ensembles', `${name}.parquet`)

/** The plan that the file's numbers belong to now. */
export const planOf = (name: string): Plan =>
  parsePlan(JSON.parse(readFileSync(join(root, 'data', 'plans', `${name}.json`), 'utf8')))

/**
 * Runs a random sample of stored replicates again and demands the same bits. If this fails, a change of the code has
 * changed numbers: raise MEASURE_VERSION and remake the data with npm run ensembles.
 * @param largest N of the sample
 */
export async function repeatSample(name: string, count: number, largest: number): Promise<void> {
  const { plan, jobs } = await readEnsemble(referenceFile(name))
  const all = planCells(plan).flatMap(cell => Array.from({ length: cell.most }, (_, replica) => cell.job(replica)))
  const small = all.filter(job => (job as CoupledJob).N <= largest)
  const uniform = randomStream(`reference/${name}/${count}`)
  for (let k = 0; k < count; k++) {
    const job = small[Math.floor(uniform.uniform() * small.length)]!
    const stored = jobs.get(jobName(job))
    expect(stored, JSON.stringify(job)).toBeDefined()
    expect(encodeRecord(await runJob(job))).toBe(encodeRecord({ rows: stored!.rows }))
  }
}
