/**
 * A plan: what an ensemble is, as a JSON file or a typed value: the grid, the number of replicates or a stopping rule,
 * and what is recorded. data/schema/plan.schema.json is made from the schema below, so that editors complete plan
 * files.
 */
import { z } from 'zod'
import { quote, requireOneOf } from '../../base/errors.js'
import { BOOTSTRAP_REPLICATES } from '../../base/statistics/bootstrapSlope.js'
import { claims } from '../../claims/core/ledger.js'
import { canonicalHash, type Json } from '../../files/canonicalJson.js'
import type { SchemeName } from '../../flow/step/symplecticScheme.js'
import { profileNames } from '../../interaction/cutoffKernel.js'
import type { ProfileName } from '../../interaction/profiles.generated.js'
import { requireLaw } from '../../law/law.js'
import { lawByName, lawNames } from '../../law/lawByName.js'
import { valueColumns } from '../store/coupledColumns.js'
import { type DeltaSpec, type LawSpec, QUANTITIES, type Quantity } from './job.js'
import { outputsFor } from './outputTimes.js'

/** Replicates are added batch by batch at each grid point until the interval is narrow enough. */
export interface StoppingRule {
  /** Replicates of one batch; the rule is judged after each, on replicates in order of their numbers. */
  readonly batch: number
  /** The budget: never more replicates than this at a grid point. */
  readonly most: number
  readonly until: Precision
}

/** What is narrow enough, at every time of the plan. */
export type Precision =
  /** Half the Clopper-Pearson interval of the probability of `outside`. */
  | { readonly method: 'clopper-pearson'; readonly halfWidth: number; readonly level: number }
  /** Half the percentile bootstrap interval of a column's mean, as a part of that mean. */
  | { readonly method: 'bootstrap'; readonly column: string; readonly halfWidth: number; readonly level: number }

/** The largest sizes that a plan may ask for: what is above is more likely a slip than a wish. */
export interface PlanLimits {
  /** Replicates at a grid point. */
  readonly replicates: number
  /** Particles. */
  readonly N: number
  /** The last of the times. */
  readonly T: number
  /** Steps of one run. */
  readonly steps: number
  /** Jobs of the whole plan: replicates times grid points. */
  readonly jobs: number
}

/** What a plan may ask for without `limits`, and what `limits` may raise that to. */
const PLAN_LIMITS: Readonly<Record<keyof PlanLimits, readonly [default_: number, most: number]>> = {
  replicates: [100_000, 1e7],
  N: [1e6, 1e8],
  T: [1000, 1e9],
  steps: [1e6, 1e9],
  jobs: [1e6, 1e8],
}

interface PlanBase {
  /** Name of the ensemble, for people. */
  readonly name: string
  readonly description: string
  /** Seed of every random stream. */
  readonly seed: string
  readonly replicates: number | StoppingRule
  /** Limits that are raised on purpose; no number depends on them. */
  readonly limits?: Partial<PlanLimits>
}

/** Coupled runs on the grid law x N x delta x sigma. */
export interface CoupledPlan extends PlanBase {
  readonly kind: 'coupled'
  readonly grid: {
    readonly law: readonly LawSpec[]
    readonly N: readonly number[]
    readonly delta: readonly DeltaSpec[]
    readonly sigma: readonly (-1 | 0 | 1)[]
  }
  /** Times in (0, T], increasing; all are read from one run to the last, T. */
  readonly times: readonly number[]
  readonly quantities: readonly Quantity[]
  /** Exponent of the singularity, default 2 (Coulomb). */
  readonly alpha: number
  readonly profile: ProfileName
  readonly scheme?: SchemeName
  readonly steps?: number
}

/** Measurements of claims of the ledger, replicate r with seed `seed` (r = 0) or `seed/r`. */
export interface ClaimPlan extends PlanBase {
  readonly kind: 'claim'
  readonly claims: readonly {
    readonly id: string
    readonly specs: readonly Readonly<Record<string, number | string>>[]
  }[]
}

/** A plan with every default filled in: plain JSON. */
export type Plan = CoupledPlan | ClaimPlan

const unique = <T>(values: readonly T[]): boolean =>
  new Set(values.map(value => JSON.stringify(value))).size === values.length
const list = <T extends z.ZodType>(item: T) =>
  z.array(item).min(1).refine(unique, { error: 'must not hold the same value twice' })
const parameters = z.record(z.string(), z.union([z.number(), z.string()]))
const level = z.number().gt(0).lt(1).default(0.95)

const limit = (name: keyof PlanLimits) => z.number().min(1).max(PLAN_LIMITS[name][1]).optional()

const stoppingRule = z.strictObject({
  batch: z.int().min(2),
  most: z.int().min(2),
  until: z.discriminatedUnion('method', [
    z.strictObject({ method: z.literal('clopper-pearson'), halfWidth: z.number().gt(0).lt(1), level }),
    z.strictObject({ method: z.literal('bootstrap'), column: z.string(), halfWidth: z.number().gt(0), level }),
  ]),
})

const base = {
  $schema: z.string().optional(),
  name: z.string().min(1).max(100),
  description: z.string().default(''),
  seed: z
    .string()
    .regex(/^[^/]{1,100}$/)
    .describe('of every random stream; no slashes'),
  replicates: z.union([z.int().min(1), stoppingRule]),
  limits: z
    .strictObject({
      replicates: limit('replicates'),
      N: limit('N'),
      T: limit('T'),
      steps: limit('steps'),
      jobs: limit('jobs'),
    })
    .optional()
    .describe('raises what a plan may ask for, on purpose'),
}

const law = z.union([
  z.enum(lawNames as [string, ...string[]]),
  z.strictObject({ name: z.enum(lawNames as [string, ...string[]]), parameters: parameters.default({}) }),
])

const coupled = z.strictObject({
  ...base,
  kind: z.literal('coupled'),
  grid: z.strictObject({
    law: list(law),
    N: list(z.int().min(2)),
    delta: list(z.union([z.number().min(0), z.literal('Infinity')])),
    sigma: list(z.union([z.literal(1), z.literal(-1), z.literal(0)])).default([1]),
  }),
  times: z.array(z.number().gt(0)).min(1).max(1000),
  quantities: list(z.enum(QUANTITIES as [Quantity, ...Quantity[]])).default(['deviation']),
  alpha: z.number().gt(0).max(3).default(2),
  profile: z.enum(profileNames).default('truncated'),
  scheme: z.enum(['leapfrog', 'suzuki4']).optional(),
  steps: z.int().min(2).optional(),
})

const claim = z.strictObject({
  ...base,
  kind: z.literal('claim'),
  claims: z
    .array(
      z.strictObject({
        id: z.string(),
        specs: list(parameters).optional().describe("default: the claim's own list"),
      }),
    )
    .min(1),
})

const planSchema = z.discriminatedUnion('kind', [coupled, claim])

/**
 * Checks a plan and fills in its defaults.
 * @param plan what JSON.parse gave, or a value of the same shape
 * @throws RangeError that names every wrong member, what is allowed and what it was
 * @example parsePlan({ name: 'small', kind: 'coupled', seed: '1', replicates: 10, grid: { law: ['gaussian'], N: [64], delta: [0.25] }, times: [1] })
 */
export function parsePlan(plan: unknown): Plan {
  refuseBuiltIns(plan)
  const parsed = planSchema.safeParse(plan)
  if (!parsed.success) {
    const faults = parsed.error.issues.map(issue => sentence(issue, plan))
    throw new RangeError(`the plan is not valid: ${faults.join('; ')}`)
  }
  const { $schema: _, ...rest } = parsed.data
  if (typeof rest.replicates === 'object' && rest.replicates.most < rest.replicates.batch) {
    throw new RangeError(
      `replicates.most must be at least the batch, ${rest.replicates.batch}, got ${rest.replicates.most}`,
    )
  }
  refuseSizes(rest)
  return rest.kind === 'coupled' ? coupledPlan(rest) : claimPlan(rest)
}

/** Names that every object has: as a member of a plan they would be lost on the way, or change what an object is. */
const BUILT_IN = ['__proto__', 'constructor', 'prototype']

/** @throws RangeError that names the member, before anything is looked up under such a name */
function refuseBuiltIns(value: unknown, path: readonly string[] = []): void {
  if (typeof value !== 'object' || value === null) return
  for (const key of Object.keys(value)) {
    if (BUILT_IN.includes(key)) {
      throw new RangeError(
        `the plan is not valid: ${[...path, key].join('.')}: no member may have the name ${quote(key)}`,
      )
    }
    refuseBuiltIns((value as Record<string, unknown>)[key], [...path, key])
  }
}

/** @throws RangeError that names the member, its value and what is allowed, and how to raise that */
function refuseSizes(plan: z.infer<typeof planSchema>): void {
  const refuse = (member: string, value: number, name: keyof PlanLimits): void => {
    const [usual, most] = PLAN_LIMITS[name]
    const allowed = plan.limits?.[name] ?? usual
    if (value <= allowed) return
    const raise = value <= most ? `"limits": {"${name}": ${value}} allows it` : `no plan may ask for more than ${most}`
    throw new RangeError(`the plan is not valid: ${member} must be at most ${allowed}, got ${value}; ${raise}`)
  }
  const { replicates: rule } = plan
  const replicates = typeof rule === 'number' ? rule : rule.most
  if (typeof rule === 'object') refuse('replicates.batch', rule.batch, 'replicates')
  refuse(typeof rule === 'number' ? 'replicates' : 'replicates.most', replicates, 'replicates')
  if (plan.kind === 'claim') return
  plan.grid.N.forEach((N, k) => {
    refuse(`grid.N.${k}`, N, 'N')
  })
  plan.times.forEach((t, k) => {
    refuse(`times.${k}`, t, 'T')
  })
  if (plan.steps !== undefined) refuse('steps', plan.steps, 'steps')
  const { law, N, delta, sigma } = plan.grid
  refuse('replicates times grid points', replicates * law.length * N.length * delta.length * sigma.length, 'jobs')
}

/** Which member, what is allowed, and what it was. */
function sentence(issue: z.core.$ZodIssue, plan: unknown): string {
  const { path, code } = issue
  const got = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], plan)
  const shown = code !== 'unrecognized_keys' && (typeof got === 'string' || typeof got === 'number')
  return `${path.length === 0 ? 'the plan' : path.join('.')}: ${allowed(issue)}${shown ? `, got ${quote(got)}` : ''}`
}

/** What is allowed; of a choice between forms that of the form that was meant, where the others are of another type. */
function allowed(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue.message
  const forms = issue.errors.map(errors => errors[0]!)
  const meant = forms.filter(({ code }) => code !== 'invalid_type')
  return (meant.length > 0 ? meant : forms).map(form => form.message).join(', or ')
}

type Parsed<Kind> = Omit<Extract<z.infer<typeof planSchema>, { kind: Kind }>, '$schema'>

function coupledPlan(plan: Parsed<'coupled'>): CoupledPlan {
  outputsFor(plan.times)
  const laws = plan.grid.law.map(entry => {
    const spec = typeof entry === 'string' ? { name: entry, parameters: {} } : entry
    requireLaw(lawByName(spec.name, spec.parameters))
    return spec
  })
  if (!unique(laws)) throw new RangeError('grid.law must not hold the same law twice')
  if (plan.quantities.includes('majorant') && plan.alpha !== 2) {
    throw new RangeError(`quantities may hold 'majorant' only for alpha = 2, got alpha = ${plan.alpha}`)
  }
  if (
    typeof plan.replicates === 'object' &&
    !plan.quantities.includes('deviation') &&
    plan.replicates.until.method === 'clopper-pearson'
  ) {
    throw new RangeError("quantities must hold 'deviation' for a stopping rule by clopper-pearson")
  }
  const until = typeof plan.replicates === 'object' ? plan.replicates.until : undefined
  if (until?.method === 'bootstrap') {
    requireOneOf('replicates.until.column', until.column, valueColumns(plan.quantities))
    const { batch } = plan.replicates as StoppingRule
    if (batch < BOOTSTRAP_REPLICATES) {
      throw new RangeError(
        `replicates.batch must be at least ${BOOTSTRAP_REPLICATES} for a stopping rule by bootstrap, as its intervals cover about what they say from there on; got ${batch}`,
      )
    }
  }
  const { scheme, steps, replicates, limits, ...rest } = plan
  return {
    ...rest,
    replicates: replicates as number | StoppingRule,
    grid: { ...plan.grid, law: laws },
    // One order, so that a plan's jobs do not depend on how it was typed.
    quantities: QUANTITIES.filter(quantity => plan.quantities.includes(quantity)),
    ...(scheme === undefined ? {} : { scheme }),
    ...(steps === undefined ? {} : { steps }),
    ...limitsOf(limits),
  }
}

/** Without members that are undefined. */
function limitsOf(limits: { readonly [name in keyof PlanLimits]?: number | undefined } | undefined): {
  readonly limits?: Partial<PlanLimits>
} {
  if (limits === undefined) return {}
  return { limits: Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)) }
}

function claimPlan(plan: Parsed<'claim'>): ClaimPlan {
  const ids = plan.claims.map(({ id }) => id)
  const twice = ids.find((id, k) => ids.indexOf(id) !== k)
  if (twice !== undefined) {
    throw new RangeError(`claims must hold each claim once, with all its specs; got ${quote(twice)} twice`)
  }
  const { limits, ...rest } = plan
  if (typeof plan.replicates !== 'number') throw new RangeError('replicates of a claim plan must be a number')
  return {
    ...rest,
    ...limitsOf(limits),
    replicates: plan.replicates,
    claims: plan.claims.map(({ id, specs }) => {
      const known = claims.find(candidate => candidate.id === id)
      if (known === undefined) throw new RangeError(`claims.id must be the id of a claim, got ${quote(id)}`)
      return { id, specs: specs ?? known.defaults }
    }),
  }
}

/** The hash of everything that the plan asks for; its name, description and limits are left out. */
export function planHash({ name: _, description: __, limits: ___, ...rest }: Plan): string {
  return canonicalHash(rest as unknown as Json)
}

/** The JSON Schema of plan files. */
export function planJsonSchema(): Record<string, unknown> {
  return {
    title: 'Plan of an ensemble of mean-field-limit',
    ...z.toJSONSchema(planSchema, { io: 'input', target: 'draft-7' }),
  }
}
