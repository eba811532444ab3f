/**
 * The sets B_t and C_t of Definition 7.1 along a run: the second by the majorant l^N_delta.
 */
import { requireShape } from '../../../base/shape.js'
import { majorantSumsAsync } from '../../../forces/pairSums.js'
import { lipschitzMajorant, type RadialMajorant } from '../../../interaction/lipschitzMajorant.js'
import { majorantField } from '../../field/majorantField.js'
import { sharedBy } from '../coupledState.js'
import { largest } from '../deviation.js'
import { typicalThresholds } from '../fluctuation.js'
import type { Observer } from '../observer.js'
import { requireSystem, type System } from '../system.js'

/** Up to here the majorant's N^2 pairs are cheap beside the run. */
const MAJORANT_N = 20_000

/**
 * The thresholds of Definition 7.1; without a cut-off, where they are not defined, those of delta = 1/2; in the plane,
 * where they are none, NaN.
 */
export function thresholdsOf({ N, delta, kernel }: System): { readonly force: number; readonly majorant: number } {
  if (kernel.d !== 3) return { force: Number.NaN, majorant: Number.NaN }
  return typicalThresholds(N, Number.isFinite(delta) ? delta : 0.5)
}

/**
 * majorantFluctuation: |L(Phi) - Lbar(Phi)|_inf, N^2 pairs at each output; inB, inC: whether the state is in B_t and
 * C_t, 1 or
 * 0. NaN where not measured: L without a majorant or where l * rho_t is not known, all without a cut-off or in the
 * plane.
 * @param majorant l^N_delta; 'omit': not measured. Default: the repaired (47) up to N = 20000, then 'omit', as in
 * the plane
 * @throws TypeError, RangeError naming the argument: a majorant in the plane among them
 * @source Definitions 6.2 and 7.1
 * @example (await coupledRun(s, {}, [majorantObserver(s)])).columns.inC
 */
export function majorantObserver(
  system: System,
  majorant?: RadialMajorant | 'omit',
): Observer<'majorantFluctuation' | 'inB' | 'inC'> {
  requireSystem('system', system)
  const { N, delta, kernel } = system
  const finite = Number.isFinite(delta) && kernel.d === 3
  const chosen = majorant ?? (finite && N <= MAJORANT_N ? lipschitzMajorant({ N, delta }) : 'omit')
  if (chosen !== 'omit') {
    if (kernel.d !== 3) throw new RangeError(`majorant must be 'omit' in the plane, as (47) is for R^3`)
    requireShape<Pick<RadialMajorant, 'value' | 'breaks'>>('majorant', chosen, { value: 'function', breaks: 'numbers' })
  }
  const thresholds = thresholdsOf(system)
  return {
    columns: ['majorantFluctuation', 'inB', 'inC'],
    begin: run => {
      const mean = chosen === 'omit' || !finite ? undefined : majorantField(run.field, chosen)
      return {
        see: async state => {
          const { q } = state.Phi
          let wide = Number.NaN
          if (mean !== undefined && chosen !== 'omit') {
            const Lbar = mean(Math.min(state.t, run.field.T), q)
            wide = largest(await majorantSumsAsync(q, chosen, sharedBy(run)), Lbar, N, 1)[0]
          }
          const { force } = await state.fluctuation()
          return {
            majorantFluctuation: wide,
            inB: finite ? Number(force < thresholds.force) : Number.NaN,
            inC: Number.isNaN(wide) ? Number.NaN : Number(wide < thresholds.majorant),
          }
        },
      }
    },
  }
}
