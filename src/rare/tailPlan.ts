/**
 * A plan of rare events: for which N, delta and thresholds c N^-delta the tail of sup Delta, or of sup |Psi - Phi|_inf,
 * is wanted, and at what cost. A JSON file or a value of the same shape.
 */
import { z } from 'zod'
import { quote } from '../base/errors.js'
import { lawByName, lawNames } from '../law/lawByName.js'
import { wasmCore } from '../wasm/core.js'
import { DEVIATION_EVENTS, type DeviationEvent } from './deviationScore.js'

/** Cells of a plan: each N with each delta has all the thresholds. */
export interface TailGroup {
  readonly N: readonly number[]
  readonly delta: readonly number[]
  /** c of the thresholds c N^-delta, ascending. */
  readonly factors: readonly number[]
  readonly population: number
  readonly runs: number
  readonly movesPerLevel: number
}

/** A plan with every default filled in: plain JSON. */
export interface TailPlan {
  readonly name: string
  readonly description: string
  readonly kind: 'tail'
  readonly seed: string
  readonly law: string
  readonly sigma: -1 | 0 | 1
  readonly T: number
  /** Whose supremum is to reach c N^-delta. */
  readonly event: DeviationEvent
  /** Of leapfrog, to T. */
  readonly steps: number
  /** Wanted accuracy of the mean field relative to its largest force: laws with edges do not reach the default soon. */
  readonly fieldTolerance: number
  /** States of each run that are scored again in double precision with half the step. */
  readonly portraits: number
  readonly groups: readonly TailGroup[]
}

/** One N and one delta: what is sampled together. */
export interface TailCell extends Omit<TailGroup, 'N' | 'delta'> {
  readonly N: number
  readonly delta: number
}

const MOST_CELLS = 1000

const group = z.strictObject({
  N: z.array(z.int().min(2).max(4096)).min(1),
  delta: z.array(z.number().gt(0).max(1)).min(1),
  factors: z.array(z.number().gt(0).max(100)).min(1),
  population: z.int().min(100).max(100_000).default(1000),
  runs: z.int().min(2).max(1000).default(16),
  movesPerLevel: z.int().min(1).max(1000).default(10),
})

const schema = z.strictObject({
  $schema: z.string().optional(),
  name: z.string().min(1).max(100),
  description: z.string().default(''),
  kind: z.literal('tail'),
  seed: z.string().regex(/^[^/]{1,100}$/),
  law: z.enum(lawNames as [string, ...string[]]).default('gaussian'),
  sigma: z.union([z.literal(1), z.literal(-1), z.literal(0)]).default(1),
  T: z.number().gt(0).max(100).default(1),
  event: z.enum(DEVIATION_EVENTS as [DeviationEvent, ...DeviationEvent[]]).default('Delta'),
  steps: z.int().min(2).max(10_000).default(20),
  fieldTolerance: z.number().min(1e-12).max(1e-3).default(1e-6),
  portraits: z.int().min(0).max(100).default(2),
  groups: z.array(group).min(1),
})

/**
 * Checks a plan and fills in its defaults.
 * @throws RangeError that names every wrong member, what is allowed and what it was; a cell that stands twice; a law
 * without the symmetry that the radial field needs
 * @example tailCells(parseTailPlan({ name: 'small', kind: 'tail', seed: '1', groups: [{ N: [16, 32], delta: [0.2], factors: [1] }] })).length // 2
 */
export function parseTailPlan(plan: unknown): TailPlan {
  const parsed = schema.safeParse(plan)
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => {
      const got = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], plan)
      const shown = typeof got === 'string' || typeof got === 'number' ? `, got ${quote(got)}` : ''
      return `${path.length === 0 ? 'the plan' : path.join('.')}: ${message}${shown}`
    })
    throw new RangeError(`the plan is not valid: ${faults.join('; ')}`)
  }
  const { $schema: _, ...rest } = parsed.data
  for (const [g, { factors }] of rest.groups.entries()) {
    if (factors.every((c, k) => k === 0 || c > factors[k - 1]!)) continue
    throw new RangeError(`the plan is not valid: groups.${g}.factors: must ascend, got ${factors.join(', ')}`)
  }
  const cells = tailCells(rest)
  if (cells.length > MOST_CELLS) {
    throw new RangeError(`the plan is not valid: groups: at most ${MOST_CELLS} cells, got ${cells.length}`)
  }
  const names = cells.map(({ N, delta }) => `N = ${N}, delta = ${delta}`)
  const twice = names.find((name, k) => names.indexOf(name) !== k)
  if (twice !== undefined) throw new RangeError(`the plan is not valid: groups: ${twice} stands twice`)
  if (lawByName(rest.law).phaseNodes === undefined) {
    throw new RangeError(`the plan is not valid: law: must be invariant under rotations, got ${quote(rest.law)}`)
  }
  return rest
}

/** The JSON Schema of plans of rare events, published as data/schema/tail-plan.schema.json. */
export function tailPlanJsonSchema(): Record<string, unknown> {
  return {
    title: 'Plan of rare events of mean-field-limit',
    ...z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }),
  }
}

/** The cells in the order of the plan. */
export function tailCells({ groups }: Pick<TailPlan, 'groups'>): readonly TailCell[] {
  return groups.flatMap(({ N: Ns, delta: deltas, ...rest }) =>
    deltas.flatMap(delta => Ns.map(N => ({ N, delta, ...rest }))),
  )
}

/** The levels c N^-delta of a cell, with the same bits on every engine. */
export function tailThresholds({ N, delta, factors }: Pick<TailCell, 'N' | 'delta' | 'factors'>): readonly number[] {
  const scale = wasmCore().pow(N, -delta)
  return factors.map(c => c * scale)
}
