/**
 * The choice of method, order and precision: a fixed rule of the input, the same on every machine.
 */
import { requireOneOf } from '../base/errors.js'
import { fastArithmeticSupported, forcesSupported } from '../wasm/forces.js'
import { hasMixedPrecision } from './directParameters.js'
import { FMM_TOLERANCE, type FmmChoice, fmmChoice } from './fmm/fmmChoice.js'
import type { ForceKernelSpec, ForceMethod, ForceOptions, ForcePlan, ForcePrecision, ForceRequest } from './types.js'

/** What a table of a radial function is accurate to; for smaller tolerances the sum runs in plain JavaScript. */
const TABLE_TOLERANCE = 1e-10
/** From here on pairs are evaluated in single precision: measured errors are below 1e-7 (see mixedErrorBound). */
const MIXED_TOLERANCE = 1e-6
// Cost model, in seconds: fitted once (medians on one core, uniform ball, N = 2048 ... 32768) and since then part of
// the rule. Self form: each unordered pair; otherwise each ordered one.
const PAIR_SECONDS = { f64: 2.9e-9, mixed: 1.4e-9, scalar: 8e-9, tabulated: 8e-9 } as const
const ROW_SECONDS = { f64: 2.5e-9, mixed: 1.5e-9, scalar: 8e-9, tabulated: 8e-9 } as const
// The fast multipole method counts its work in pairs of the direct sum in mixed precision, each order apart.
const WORK_SECONDS = PAIR_SECONDS.mixed / 2
// Below this a direct sum is done before a tree is planned.
const FEW_SECONDS = 1e-3

/** A plan, and the choice behind it where it is the fast multipole method. */
export interface ChosenPlan {
  readonly plan: ForcePlan
  readonly fmm?: FmmChoice
}

/**
 * What {@link forces} will do with a request: of direct sum and fast multipole method the one that a fixed cost model
 * predicts to be faster, single precision where the tolerance allows it.
 * @throws RangeError for an override that this kernel or tolerance does not allow
 */
export function choosePlan(request: ForceRequest, options: ForceOptions): ChosenPlan {
  const { spec, tolerance } = request
  const { arithmetic: wanted = 'portable', method, precision, order, depth } = options
  requireOneOf('arithmetic', wanted, ['portable', 'fast', 'scalar'])
  if (method !== undefined) requireOneOf<ForceMethod>('method', method, ['direct', 'fmm'])
  if (precision !== undefined) requireOneOf<ForcePrecision>('precision', precision, ['f64', 'mixed'])

  const tabulated = spec.profile === 'radial'
  const compiled = wanted !== 'scalar' && forcesSupported() && !(tabulated && tolerance < TABLE_TOLERANCE)
  const arithmetic = !compiled ? 'scalar' : wanted === 'fast' && fastArithmeticSupported() ? 'fast' : 'portable'
  const direct = directPlan(request, precision, arithmetic)
  const useDirect = (reason: string): ChosenPlan => {
    if (precision === 'mixed' && direct.precision !== 'mixed') throw noMixedPrecision(spec, compiled)
    return { plan: { ...direct, reason: `direct sum: ${reason}` } }
  }
  const asked = method === 'fmm' || order !== undefined || depth !== undefined
  if (method === 'direct') {
    if (order !== undefined || depth !== undefined) {
      throw new RangeError("order and depth belong to the fast multipole method, got them with method 'direct'")
    }
    return useDirect('as asked')
  }
  const obstacle = multipoleObstacle(spec, tolerance, compiled)
  if (obstacle !== undefined) {
    if (asked) throw new RangeError(`the fast multipole method ${obstacle}`)
    return useDirect(`the fast multipole method ${obstacle}`)
  }

  // A custom kernel may have corners that no table holds.
  if (!asked && tabulated) return useDirect('a custom kernel')
  if (!asked && direct.predictedSeconds < FEW_SECONDS) return useDirect('few pairs')
  const fmm = inPrecision(fmmChoice(request, { order, depth }), precision)
  const predictedSeconds = fmm.work * WORK_SECONDS
  if (!asked && !(predictedSeconds < direct.predictedSeconds)) return useDirect('predicted to be faster')
  const plan: ForcePlan = {
    method: 'fmm',
    precision: fmm.pairs === 'f64' && fmm.expansions === 'f64' ? 'f64' : 'mixed',
    arithmetic,
    tolerance,
    order: fmm.order,
    predictedSeconds,
    threads: 1,
    reason: asked ? 'fast multipole method as asked' : 'fast multipole method: predicted to be faster',
  }
  return { plan, fmm }
}

function directPlan(
  { spec, tolerance, targets, weights, N, n }: ForceRequest,
  asked: ForcePrecision | undefined,
  arithmetic: ForcePlan['arithmetic'],
): ForcePlan {
  const compiled = arithmetic !== 'scalar'
  const able = compiled && hasMixedPrecision(spec)
  const precision = able && (asked ?? (tolerance >= MIXED_TOLERANCE ? 'mixed' : 'f64')) === 'mixed' ? 'mixed' : 'f64'
  const once = compiled && targets === undefined && weights === undefined
  const pairs = once ? (N * (N - 1)) / 2 : n * N
  const { alpha, profile } = spec
  const closed = profile !== 'radial' && (alpha === 1 || alpha === 2)
  const seconds = (once ? PAIR_SECONDS : ROW_SECONDS)[!compiled ? 'scalar' : closed ? precision : 'tabulated']
  const predictedSeconds = pairs * seconds
  return { method: 'direct', precision, arithmetic, tolerance, pairs, predictedSeconds, threads: 1, reason: '' }
}

function noMixedPrecision(spec: ForceKernelSpec, compiled: boolean): RangeError {
  const what = `'${spec.kernel.name}' with alpha = ${spec.alpha}${spec.radius === 0 ? ' and no cut-off' : ''}`
  return new RangeError(
    `precision must be 'f64' in direct sums of the kernel ${what}${compiled ? '' : ' in plain JavaScript'}, got 'mixed'`,
  )
}

function inPrecision(choice: FmmChoice, precision: ForcePrecision | undefined): FmmChoice {
  if (precision === undefined) return choice
  if (precision === 'f64') return { ...choice, expansions: 'f64', pairs: 'f64' }
  return { ...choice, expansions: 'f32', pairs: choice.pairs === 'f32' ? 'f32' : 'split' }
}

/** Why the fast multipole method cannot be used, if it cannot. */
function multipoleObstacle(spec: ForceKernelSpec, tolerance: number, compiled: boolean): string | undefined {
  if (!spec.coulombOutside) {
    return `needs d = 3 and a kernel that is q/|q|^3 outside a cut-off, got '${spec.kernel.name}' with d = ${spec.d}, alpha = ${spec.alpha}`
  }
  if (tolerance < FMM_TOLERANCE) return `needs a tolerance >= ${FMM_TOLERANCE}, got ${tolerance}`
  return compiled ? undefined : 'needs compiled loops'
}
