/** A small ensemble that many tests run: 2 x 2 grid points, cheap runs in fixed steps. */

import type { Job } from '../../src/ensemble/plan/job.js'
import { type Plan, parsePlan } from '../../src/ensemble/plan/plan.js'
import { coupledColumns } from '../../src/ensemble/store/coupledColumns.js'
import type { JobRecord, Row } from '../../src/ensemble/store/jobRecord.js'

/** @param changes members that differ from the default */
export function smallPlan(changes: Record<string, unknown> = {}): Plan {
  return parsePlan({
    name: 'small',
    kind: 'coupled',
    seed: 'test',
    replicates: 3,
    grid: { law: ['gaussian'], N: [4, 8], delta: [0.2, 0.3] },
    times: [0.1, 0.2],
    steps: 4,
    ...changes,
  })
}

/** A record that has the form of one of this coupled job, without computing: every measured number is `value`. */
export function recordLike(job: Job, value = 0): JobRecord {
  if (job.kind !== 'coupled') throw new Error('only for coupled jobs')
  const { law, N, delta, sigma, replica, times, quantities } = job
  const rows = times.map((t, k): Row => {
    const keys: Row = { law: law.name, N, delta: Number(delta), sigma, replica, t }
    const flags = ['outside', 'inB', 'inC']
    return Object.fromEntries(
      coupledColumns(quantities).map(name => {
        // Distances are measured at the last time alone.
        if (/^W\d/.test(name) && k < times.length - 1) return [name, Number.NaN]
        return [name, keys[name] ?? (flags.includes(name) ? 0 : value)]
      }),
    )
  })
  return { rows }
}
