/**
 * The paths of some particles in both flows.
 */
import { requireInteger } from '../../../base/errors.js'
import type { Observer } from '../observer.js'

/**
 * The series PsiPaths and PhiPaths: the positions of the first particles, length 3 * count at each output, coordinate a
 * of particle i at [a * count + i].
 * @param count how many particles, at most N of the run
 * @throws TypeError, RangeError naming the argument; when the run has fewer particles, as it begins
 * @example (await coupledRun(s, {}, [pathsObserver(10)])).series.PsiPaths[0]!.length // 30
 */
export function pathsObserver(count: number): Observer<never, 'PsiPaths' | 'PhiPaths'> {
  requireInteger('count', count, 1)
  const see = (q: Float64Array): Float64Array => {
    const N = q.length / 3
    const out = new Float64Array(3 * count)
    for (let a = 0; a < 3; a++) out.set(q.subarray(a * N, a * N + count), a * count)
    return out
  }
  return {
    columns: [],
    series: ['PsiPaths', 'PhiPaths'],
    bytesPerOutput: 48 * count,
    begin: ({ system }) => {
      requireInteger('count', count, 1, system.N)
      return { see: ({ Psi, Phi }) => ({ PsiPaths: see(Psi.q), PhiPaths: see(Phi.q) }) }
    },
  }
}
