/**
 * |Psi - Phi| in the paper's norms, and its suprema over all steps so far.
 */
import type { ObservedState } from '../coupledState.js'
import type { Observer } from '../observer.js'

/** Columns of {@link deviationObserver}. */
export type DeviationColumn =
  | 'position'
  | 'momentum'
  | 'supPosition'
  | 'supMomentum'
  | 'positionEuclidean'
  | 'momentumEuclidean'

/**
 * position, momentum: |Psi^1 - Phi^1|_inf, |Psi^2 - Phi^2|_inf; supPosition, supMomentum: their suprema over all steps
 * so far; positionEuclidean, momentumEuclidean: max_i of one particle's Euclidean distance.
 * @source Theorem 4.2
 * @example (await coupledRun(s, {}, [deviationObserver()])).columns.supPosition
 */
export function deviationObserver(): Observer<DeviationColumn> {
  return {
    columns: ['position', 'momentum', 'supPosition', 'supMomentum', 'positionEuclidean', 'momentumEuclidean'],
    begin: () => {
      const sup = { supPosition: 0, supMomentum: 0 }
      const follow = (state: ObservedState): void => {
        const { position, momentum } = state.deviation()
        sup.supPosition = Math.max(sup.supPosition, position)
        sup.supMomentum = Math.max(sup.supMomentum, momentum)
      }
      return {
        follow,
        see: state => {
          follow(state)
          return { ...state.deviation(), ...sup }
        },
      }
    },
  }
}
