/**
 * What drives the deviation: the fluctuation (73) along Phi and the stability term (72).
 */
import type { Observer } from '../observer.js'

/**
 * fluctuation, fluctuationEuclidean: |K(Phi) - Kbar(Phi)|, (73); stability: |K(Psi) - K(Phi)|_inf, (72).
 * @source (72), (73)
 * @example (await coupledRun(s, {}, [fluctuationObserver()])).columns.stability
 */
export function fluctuationObserver(): Observer<'fluctuation' | 'fluctuationEuclidean' | 'stability'> {
  return {
    columns: ['fluctuation', 'fluctuationEuclidean', 'stability'],
    see: async state => {
      const { force, forceEuclidean } = await state.fluctuation()
      const [onPsi, onPhi] = [await state.pairForcePsi(), await state.pairForcePhi()]
      let stability = 0
      for (let k = 0; k < onPhi.length; k++) stability = Math.max(stability, Math.abs(onPsi[k]! - onPhi[k]!))
      return { fluctuation: force, fluctuationEuclidean: forceEuclidean, stability }
    },
  }
}
