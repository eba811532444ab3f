/**
 * Measures the error budget along a run: forces and field against the fluctuation, and the step against the same flows
 * in steps of twice the length.
 */
import type { Flows, ObservedState } from './coupledState.js'

/** Numerical errors as shares of the deviation, largest so far; NaN: not measured. */
export interface Shares {
  readonly step: number
  readonly force: number
  readonly field: number
}

/** What has been measured by now. */
export interface BudgetMeter {
  /** At an output time. `coarse`: the flows in steps of twice the length, at the same time. */
  see(state: ObservedState, coarse: Flows | undefined): Promise<void>
  shares(): Shares
}

/** Nothing measured. */
export function budgetMeter(): BudgetMeter {
  const most = { force: 0, field: 0, step: 0, deviation: 0 }
  const seen = { states: 0, coarse: 0 }
  return {
    see: async (state, coarse) => {
      const [forceError, { force }] = [await state.forceError(), await state.fluctuation()]
      seen.states++
      if (force > 0) {
        most.force = Math.max(most.force, forceError / force)
        most.field = Math.max(most.field, state.field.error.high / force)
      }
      const { position, momentum } = state.deviation()
      most.deviation = Math.max(most.deviation, position, momentum)
      if (coarse === undefined) return
      seen.coarse++
      most.step = Math.max(most.step, differenceOfDeviations(state, coarse))
    },
    shares: () => ({
      step: seen.coarse === 0 ? Number.NaN : most.step === 0 ? 0 : most.step / most.deviation,
      force: seen.states === 0 ? Number.NaN : most.force,
      field: seen.states === 0 ? Number.NaN : most.field,
    }),
  }
}

/** |(Psi - Phi) - (Psi' - Phi')|_inf over positions and momenta. */
function differenceOfDeviations({ Psi, Phi }: ObservedState, coarse: Flows): number {
  let worst = 0
  for (const key of ['q', 'p'] as const) {
    const [a, b, c, e] = [Psi[key], Phi[key], coarse.Psi.Z[key], coarse.Phi.Z[key]]
    for (let k = 0; k < a.length; k++) worst = Math.max(worst, Math.abs(a[k]! - b[k]! - (c[k]! - e[k]!)))
  }
  return worst
}
