/**
 * `mfl flow`: one coupled run of the microscopic and the mean field flow, its table and its error budget.
 */
import type { Sigma } from '../base/errors.js'
import { interruptible } from '../base/interrupt.js'
import { WORK_LIMITS } from '../base/limits.js'
import { coupledTable } from '../ensemble/store/coupledTable.js'
import { writeTable } from '../files/parquetTable.js'
import { type CoupledRun, coupledFlow } from '../flow/coupled/coupledFlow.js'
import { hypothesisNote, withinHypothesis } from '../flow/coupled/hypothesis.js'
import type { SchemeName } from '../flow/step/symplecticScheme.js'
import { profileNames } from '../interaction/cutoffKernel.js'
import { lawByName, lawNames } from '../law/lawByName.js'
import { plainText } from '../present/plainText.js'
import { tableBundle } from '../present/table.js'
import '../notebook/progressBar.js'
import { knownName } from './lists.js'
import { numberIn } from './numbers.js'
import type { Report } from './report.js'

/** Options of `mfl flow`, as typed. */
interface FlowOptions {
  readonly law: string
  readonly n: string
  readonly delta: string
  readonly sigma: string
  readonly time: string
  readonly seed: string
  readonly replica: string
  readonly profile: string
  readonly scheme?: string
  readonly outputs: string
  readonly steps?: string
  readonly threads?: string
  /** A Parquet file for the trajectory statistics. */
  readonly out?: string
}

/**
 * What the library allows at its default limits, where a particle takes 1000 bytes and a step costs that of 100 at
 * least.
 */
const MOST_PARTICLES = Math.floor(WORK_LIMITS.bytes / 1000)
const MOST_OUTPUTS = MOST_PARTICLES
const MOST_STEPS = WORK_LIMITS.particleSteps / 100

/** Schemes of a coupled run: their stages stay where the field is known. */
const FLOW_SCHEMES: readonly SchemeName[] = ['leapfrog', 'suzuki4']

/** Rows that are printed; the file and --json have all. */
const PRINTED_ROWS = 11

/**
 * Runs both flows and reports.
 * @throws UsageError for an option out of its range, before any work; errors of {@link coupledFlow}, among them an
 * interrupt
 */
export async function flowCommand(options: FlowOptions): Promise<Report> {
  const optional = (name: 'steps' | 'threads', max: number): Record<string, number> =>
    options[name] === undefined ? {} : { [name]: numberIn(`--${name}`, options[name], { min: 1, max, whole: true }) }
  const setting = {
    law: lawByName(knownName('--law', options.law, lawNames)),
    N: numberIn('--n', options.n, { min: 2, max: MOST_PARTICLES, whole: true }),
    delta: numberIn('--delta', options.delta, { min: 0, max: Number.POSITIVE_INFINITY }),
    sigma: numberIn('--sigma', options.sigma, { min: -1, max: 1, whole: true }) as Sigma,
    T: numberIn('--time', options.time, { min: 0, max: WORK_LIMITS.T, open: true }),
    seed: options.seed,
    replica: numberIn('--replica', options.replica, { min: 0, max: Number.MAX_SAFE_INTEGER, whole: true }),
    profile: knownName('--profile', options.profile, profileNames),
    ...(options.scheme === undefined ? {} : { scheme: knownName('--scheme', options.scheme, FLOW_SCHEMES) }),
    outputs: numberIn('--outputs', options.outputs, { min: 1, max: MOST_OUTPUTS, whole: true }),
    ...optional('steps', MOST_STEPS),
    ...optional('threads', 256),
  }
  const run = await interruptible(signal => coupledFlow({ ...setting, signal, notes: 'hide' }))
  if (options.out !== undefined) writeTable(options.out, coupledTable(run))
  const { times, columns, parameters, thresholds, budget, field } = run
  return {
    data: {
      parameters,
      // Whether delta is one that Theorem 4.2 speaks of.
      hypothesis: withinHypothesis(Number(parameters.delta)),
      thresholds,
      rates: run.rates,
      field,
      budget,
      times,
      columns,
      ...(options.out === undefined ? {} : { out: options.out }),
    },
    text: text(run, options.out),
  }
}

function text(run: CoupledRun, out: string | undefined): string {
  const { parameters, times, columns, thresholds, budget, field } = run
  const last = times.length - 1
  const stride = Math.max(1, Math.ceil(last / (PRINTED_ROWS - 1)))
  const rows = Array.from(times.keys()).filter(n => n % stride === 0 || n === last)
  const table = tableBundle(
    rows.map(n => ({
      t: times[n]!,
      '$|\\Psi_1-\\Phi_1|_\\infty$': columns.position![n]!,
      '$|\\Psi_2-\\Phi_2|_\\infty$': columns.momentum![n]!,
      '$\\Delta$': columns.Delta![n]!,
      '$|K-\\bar K|_\\infty$': columns.fluctuation![n]!,
      '$|K(\\Psi_1)-K(\\Phi_1)|_\\infty$': columns.stability![n]!,
      'energy drift': columns.energyDrift![n]!,
    })),
  )['text/plain']
  const { law, N, delta, sigma, T, seed, replica, scheme, steps, tolerance } = parameters
  const cutoff = Number(N) ** -Number(delta)
  const most = (name: string): number => columns[name]!.reduce((a, b) => Math.max(a, b), 0)
  const short = (x: number): string => Number(x.toPrecision(3)).toString()
  const inside = (name: string): string =>
    columns[name]!.some(Number.isNaN) ? 'not measured' : columns[name]!.every(x => x === 1) ? 'yes' : 'no'
  const note = hypothesisNote(Number(delta))
  return [
    `law ${law}, N = ${N}, δ = ${delta}, σ = ${sigma}, T = ${T}, seed ${seed}, replica ${replica}`,
    `${scheme}, ${steps} steps, force tolerance ${short(Number(tolerance))}; field: ${field.method}, error ≤ ${short(field.error.high)} (largest force ${short(field.scale)})`,
    '',
    table,
    '',
    `${plainText('$\\sup|\\Psi_1-\\Phi_1|_\\infty$')} = ${short(most('position'))}, ${plainText('$N^{-\\delta}$')} = ${short(cutoff)}: ${most('position') < cutoff && most('momentum') < cutoff ? 'inside' : 'NOT inside'} the event of Theorem 4.2`,
    `${plainText('$|K-\\bar K|_\\infty<N^{2\\delta-1}$')} = ${short(thresholds.force)} at all outputs (${plainText('$B_t$')}): ${inside('inB')}; ${plainText('$|L-\\bar L|_\\infty<1$')} (${plainText('$C_t$')}): ${inside('inC')}${columns.majorantFluctuation!.some(Number.isNaN) ? '' : `, largest ${short(most('majorantFluctuation'))}`}`,
    ...(note === undefined ? [] : [note]),
    budget.summary,
    ...(out === undefined ? [] : [`written: ${out}`]),
  ].join('\n')
}
