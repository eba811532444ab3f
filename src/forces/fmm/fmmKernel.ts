/**
 * The pair kernel of a fast multipole sum's near field.
 */

import { radialTable, smoothFactor } from '../functionTables.js'
import type { ForceKernelSpec } from '../types.js'
import type { FmmChoice } from './fmmChoice.js'
import type { FmmPlan } from './fmmPlan.js'

const PAIRS = { f32: 0, split: 1, f64: 2 } as const
const PROFILES = { truncated: 0, cubicSpline: 1, tabulated: 2 } as const
/** Relative error at which a tabulated function is still taken for the function. */
const TABLE_TOLERANCE = 1e-9

/**
 * Writes kernel, precision of pairs and scale into a plan. Profiles other than (4) and the cubic one are tabulated
 * inside the cut-off, and done in double precision.
 * @param unit unit of weight
 * @throws RangeError if a profile cannot be tabulated
 */
export function placeKernel(
  plan: FmmPlan,
  spec: ForceKernelSpec,
  choice: FmmChoice,
  unit: number,
  potential: boolean,
): void {
  const { profile, radius, sigma } = spec
  const shape =
    radius === 0 ? 'truncated' : profile === 'truncated' || profile === 'cubicSpline' ? profile : 'tabulated'
  plan.set('profile', PROFILES[shape])
  plan.set('pairs', PAIRS[shape === 'tabulated' ? 'f64' : choice.pairs])
  plan.setNumber('radius', radius)
  plan.setNumber('close', choice.close)
  plan.setNumber('scale', sigma * unit)
  if (shape !== 'tabulated') return
  plan.set('forceTable', tabulated(plan, spec, innerForce(spec)))
  if (potential) plan.set('potentialTable', tabulated(plan, spec, innerPotential(spec)))
}

function tabulated(plan: FmmPlan, { kernel }: ForceKernelSpec, f: (u: number) => number): number {
  const table = radialTable(f, 2 ** -40, 1, TABLE_TOLERANCE)
  if (table === undefined) throw new RangeError(`kernel '${kernel.name}' is not smooth enough inside its cut-off`)
  return plan.place(table.data)
}

/** r_c^3 phi inside the cut-off as a function of u = (r/r_c)^2, without the sign; k(q) = sigma phi(|q|) q. */
function innerForce({ profile, kernel, radius }: ForceKernelSpec): (u: number) => number {
  if (profile === 'smooth') return smoothFactor(2)
  return u => (u === 0 ? 0 : (radius * radius * kernel.magnitude(radius * Math.sqrt(u))) / Math.sqrt(u))
}

/** r_c V inside the cut-off as a function of u = (r/r_c)^2, for sigma = 1. */
function innerPotential({ kernel, radius, sigma }: ForceKernelSpec): (u: number) => number {
  return u => (sigma === 0 ? 0 : (radius * kernel.potential(radius * Math.sqrt(u))) / sigma)
}
