/**
 * The grid points of a plan, and the jobs at each: which replicates there are and which are wanted next.
 */
import { quote, requireObject } from '../../base/errors.js'
import { type Job, MEASURE_VERSION } from './job.js'
import type { Plan } from './plan.js'

/** One grid point. */
export interface Cell {
  /** Position in the plan's order. */
  readonly index: number
  /** In a few words, e.g. 'gaussian, N = 100, delta = 0.25, sigma = 1'. */
  readonly title: string
  /** The job of a replicate. */
  job(replica: number): Job
  /** The most replicates that it may have. */
  readonly most: number
}

/**
 * The grid points in the plan's order: laws, then N, delta and sigma, the last fastest; or claims and their specs.
 * @example planCells(plan)[0].job(0)
 */
export function planCells(plan: Plan): Cell[] {
  requirePlan('plan', plan)
  const most = typeof plan.replicates === 'number' ? plan.replicates : plan.replicates.most
  if (plan.kind === 'claim') {
    const { seed } = plan
    const version = MEASURE_VERSION.claim
    return plan.claims
      .flatMap(({ id, specs }) => specs.map(spec => ({ id, spec })))
      .map(({ id, spec }, index) => ({
        index,
        title: [`claim ${id}`, ...Object.entries(spec).map(([key, value]) => `${key} = ${value}`)].join(', '),
        job: replica => ({ kind: 'claim', version, seed, claim: id, spec, replica }),
        most,
      }))
  }
  const { seed, grid, times, quantities, alpha, profile, scheme, steps } = plan
  const version = MEASURE_VERSION.coupled
  const points = grid.law.flatMap(law =>
    grid.N.flatMap(N => grid.delta.flatMap(delta => grid.sigma.map(sigma => ({ law, N, delta, sigma })))),
  )
  return points.map(({ law, N, delta, sigma }, index) => ({
    index,
    title: `${law.name}, N = ${N}, delta = ${delta}, sigma = ${sigma}`,
    job: replica => ({
      kind: 'coupled',
      version,
      seed,
      law,
      N,
      delta,
      sigma,
      alpha,
      profile,
      times,
      replica,
      quantities,
      ...(scheme === undefined ? {} : { scheme }),
      ...(steps === undefined ? {} : { steps }),
    }),
    most,
  }))
}

/** Requires a plan, as parsePlan returns it: its shape, not every value. @throws TypeError */
export function requirePlan(name: string, plan: unknown): void {
  requireObject(name, plan, 'like a plan, as from parsePlan(...)')
  const { kind, seed, replicates } = plan as Partial<Plan>
  if ((kind === 'coupled' || kind === 'claim') && typeof seed === 'string' && replicates !== undefined) return
  throw new TypeError(`${name} must be a plan, as from parsePlan(...), got ${quote(plan)}`)
}

/** Requires the results of a plan: a store or a packed ensemble. @throws TypeError */
export function requireResults(name: string, results: unknown): void {
  requireObject(name, results, 'with the results of a plan, as from openStore or readEnsemble')
  const { plan, jobs } = results as { readonly plan?: unknown; readonly jobs?: unknown }
  requirePlan(`${name}.plan`, plan)
  if (!(jobs instanceof Map)) throw new TypeError(`${name}.jobs must be a map of jobs, got ${quote(jobs)}`)
}
