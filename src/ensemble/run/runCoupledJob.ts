/**
 * One coupled run as rows: one for each time of the plan, all from the same run.
 */
import type { Sigma } from '../../base/errors.js'
import { type CoupledRun, coupledFlow } from '../../flow/coupled/coupledFlow.js'
import type { EvolvingField } from '../../flow/field/evolvingField.js'
import { fieldChoice, fieldFor } from '../../flow/field/fieldFor.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { cutoffRadius } from '../../interaction/cutoffRadius.js'
import type { Kernel } from '../../interaction/kernel.js'
import type { Law } from '../../law/law.js'
import { lawByName } from '../../law/lawByName.js'
import type { CoupledJob } from '../plan/job.js'
import { outputsFor } from '../plan/outputTimes.js'
import { DISTANCE_COLUMNS, RUN_COLUMNS } from '../store/coupledColumns.js'
import { fieldStore } from '../store/fieldStore.js'
import type { JobRecord, Row } from '../store/jobRecord.js'
import { splitDistances } from './splitDistances.js'

/** Options of {@link runJob}. */
export interface RunJobOptions {
  /** Folder where mean fields are kept for other jobs and processes; without it they are kept in this process only. */
  readonly fields?: string
  readonly signal?: AbortSignal
}

/** J has two rates, whatever the cut-off; without one it is not defined, and its columns are NaN. */
const ABSENT_WITHOUT_CUTOFF = new Set(RUN_COLUMNS.chaos)

/**
 * Runs both flows of one replicate. Columns, as `coupledColumns` lists them: law, N, delta, sigma, replica, t, then
 * those of the quantities:
 * - deviation: |Psi - Phi|_inf of positions and momenta at t, Euclidean per particle, suprema over all steps in [0, t];
 *   `sup`, the larger of these suprema; `outside`, 1 if sup >= N^-delta, the event of Theorem 4.2 (NaN without cut-off)
 * - chaos: Delta and J of (40) with lambda = 1 and beta = 1 - 2 delta, (1 - delta)/2, for the horizon T of the run
 * - fluctuation: (73), (72) and membership of B_t; majorant: that of C_t (N^2 pairs); conservation: drifts of Psi
 * - budget: numerical errors as shares of the deviation, the same in all rows; a second run with twice the step
 * - distances: {@link splitDistances} at T, the last time; NaN before
 */
export async function runCoupledJob(job: CoupledJob, options: RunJobOptions): Promise<JobRecord> {
  const { N, sigma, times, replica, seed, scheme, steps, quantities } = job
  const { law, kernel, delta, T } = modelOf(job)
  const signal = options.signal === undefined ? {} : { signal: options.signal }
  const field = await fieldOf(job, options)
  const run = await coupledFlow({
    notes: 'hide',
    law,
    N,
    delta,
    sigma,
    kernel,
    T,
    seed,
    replica,
    field,
    outputs: outputsFor(times),
    threads: 1,
    budget: quantities.includes('budget') ? 'measured' : 'omit',
    ...(quantities.includes('majorant') ? {} : { majorant: 'omit' }),
    ...(scheme === undefined ? {} : { scheme }),
    ...(steps === undefined ? {} : { steps }),
    ...signal,
  })
  const rows = times.map(t => rowAt(job, run, t))
  if (!quantities.includes('distances')) return { rows }
  const bare = await fieldOf({ ...job, delta: 'Infinity' }, options)
  const split = splitDistances(job, law, run, field, bare)
  const columns = (value: (name: string) => number): Row =>
    Object.fromEntries(DISTANCE_COLUMNS.map(name => [name, value(name)]))
  const last = rows.length - 1
  return { rows: rows.map((row, k) => ({ ...row, ...columns(name => (k === last ? split[name]! : Number.NaN)) })) }
}

function rowAt(job: CoupledJob, run: CoupledRun, t: number): Row {
  const { law, N, delta, sigma, replica, quantities } = job
  const { columns, times, budget } = run
  const at = Math.round((t / times.at(-1)!) * (times.length - 1))
  const row: Record<string, number | string> = { law: law.name, N, delta: Number(delta), sigma, replica, t }
  for (const quantity of quantities) {
    for (const name of RUN_COLUMNS[quantity]) {
      const column = Object.hasOwn(columns, name) ? columns[name] : undefined
      if (column === undefined && !ABSENT_WITHOUT_CUTOFF.has(name)) throw new Error(`a coupled run has no ${name}`)
      row[name] = column?.[at] ?? Number.NaN
    }
    if (quantity === 'deviation') {
      const sup = Math.max(columns.supPosition![at]!, columns.supMomentum![at]!)
      const outside = delta === 'Infinity' ? Number.NaN : Number(sup >= cutoffRadius(N, delta))
      Object.assign(row, { sup, outside })
    }
    if (quantity === 'budget') {
      const { step, force, field, total } = budget
      Object.assign(row, {
        stepShare: step.value,
        forceShare: force.value,
        fieldShare: field.value,
        budgetTotal: total,
        steps: Number(run.parameters.steps),
      })
    }
  }
  return row
}

interface Model {
  readonly law: Law
  readonly kernel: Kernel
  readonly delta: number
  readonly T: number
}

function modelOf({ law, N, delta: written, sigma, alpha, profile, times }: CoupledJob): Model {
  const delta = Number(written)
  const kernel = cutoffKernel({ N, delta, sigma: sigma as Sigma, alpha, profile })
  return { law: lawByName(law.name, law.parameters), kernel, delta, T: times.at(-1)! }
}

/** Identifies the mean field of a job: jobs with the same key share it. @example fieldKeyOf(job) */
export function fieldKeyOf(job: CoupledJob): string {
  return fieldChoice({ ...modelOf(job), N: job.N }, {}).key
}

/** The mean field of a job, to a tenth of the fluctuation's hundredth, from the folder or computed and put there. */
export async function fieldOf(job: CoupledJob, { fields, signal }: RunJobOptions): Promise<EvolvingField> {
  const problem = { ...modelOf(job), N: job.N }
  const heard = signal === undefined ? {} : { signal }
  if (fields === undefined) return fieldFor(problem, heard)
  // A folder that cannot be written costs time, not the result: what was computed is still known to the process.
  return fieldFor(problem, { ...heard, store: fieldStore(fields) }).catch(() => fieldFor(problem, heard))
}
