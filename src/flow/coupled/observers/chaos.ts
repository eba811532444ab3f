/**
 * Delta (Definition 5.1) and J (40) along a run, and the set A_t.
 */
import type { ObservedState } from '../coupledState.js'
import { type ChaosRate, type ChaosRecord, measureOfChaos, requireRates } from '../measureOfChaos.js'
import type { Observer } from '../observer.js'
import { requireSystem, type System } from '../system.js'

/** Columns of {@link chaosObserver}: J0, logJ0, inA0 for the first rate, J1, ... for the next. */
export type ChaosColumn = 'Delta' | `J${number}` | `logJ${number}` | `inA${number}`

/**
 * lambda = 1 with the printed beta = 1 - 2 delta and with beta = (1 - delta)/2; none without a cut-off, and none in the
 * plane, where the paper prints none.
 */
export function chaosRates(delta: number, d: number = 3): ChaosRate[] {
  return Number.isFinite(delta) && d === 3 ? [1 - 2 * delta, (1 - delta) / 2].map(beta => ({ lambda: 1, beta })) : []
}

/**
 * Delta; for each rate J (40), a supremum over all steps so far, its logarithm without the cap at 1, and membership of
 * A_t, J < 1.
 * @param rates default `chaosRates`
 * @throws TypeError, RangeError naming the argument
 * @source Definition 5.1, (40), Definition 7.1
 * @example (await coupledRun(s, {}, [chaosObserver(s)])).columns.Delta
 */
export function chaosObserver(system: System, rates?: readonly ChaosRate[]): Observer<ChaosColumn> {
  requireSystem('system', system)
  const { N, delta, T, kernel } = system
  const own = rates ?? chaosRates(delta, kernel.d)
  requireRates(own)
  const options = { N, delta: Number.isFinite(delta) ? delta : 0, T, rates: own }
  measureOfChaos(options)
  const numbered = own.flatMap((_, r): ChaosColumn[] => [`J${r}`, `logJ${r}`, `inA${r}`])
  return {
    columns: ['Delta', ...numbered],
    begin: ({ field }) => {
      const chaos = measureOfChaos(options)
      const record = (state: ObservedState): ChaosRecord => {
        const { position, momentum } = state.deviation()
        return chaos.record(Math.min(state.t, field.T), position, momentum)
      }
      return {
        follow: state => void record(state),
        see: state => {
          const { Delta, J, logJ } = record(state)
          const row: Partial<Record<ChaosColumn, number>> = { Delta }
          for (let r = 0; r < own.length; r++) {
            Object.assign(row, { [`J${r}`]: J[r], [`logJ${r}`]: logJ[r], [`inA${r}`]: J[r]! < 1 ? 1 : 0 })
          }
          return row as Record<ChaosColumn, number>
        },
      }
    },
  }
}
