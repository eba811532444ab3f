/**
 * Results of several plans of the same event, as one.
 */
import { requireShape } from '../base/shape.js'
import type { TailRecord } from './runTail.js'
import { parseTailPlan, type TailPlan } from './tailPlan.js'

/** A plan and what came of it. */
export interface Tail {
  readonly plan: TailPlan
  readonly records: readonly TailRecord[]
}

/** What must be the same: the event and its random numbers. */
const SHARED = ['seed', 'law', 'sigma', 'T', 'event', 'steps'] as const

/**
 * One plan with the groups of all, and the records of all, so that `tailCurve` joins neighbouring N of different plans.
 * @throws TypeError, RangeError naming the argument: none; plans that differ in law, sigma, T, event, steps or seed; a
 * cell twice
 * @example joinTails([{ plan, records }]).records.length // 0
 */
export function joinTails(tails: readonly Tail[]): Tail {
  requireShape<readonly Tail[]>('tails', tails, [{ plan: 'any', records: 'any' }])
  const plans = tails.map(({ plan }) => parseTailPlan(plan))
  const [first] = plans
  if (first === undefined) throw new RangeError('tails must have one member at least, got 0')
  for (const [k, plan] of plans.entries()) {
    const other = SHARED.find(key => plan[key] !== first[key])
    if (other === undefined) continue
    throw new RangeError(`tails[${k}].plan.${other} must be that of tails[0], ${first[other]}, got ${plan[other]}`)
  }
  const plan = parseTailPlan({ ...first, groups: plans.flatMap(({ groups }) => groups) })
  return { plan, records: tails.flatMap(({ records }) => records) }
}
