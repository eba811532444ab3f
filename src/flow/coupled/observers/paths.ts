/**
 * The paths of some particles in both flows.
 */
import type { Configuration } from '../../../base/configuration.js'
import { requireInteger } from '../../../base/errors.js'
import type { Observer } from '../observer.js'

/**
 * The series PsiPaths and PhiPaths: the positions of the first particles, length d * count at each output, coordinate a
 * of particle i at [a * count + i].
 * @param count how many particles, at most N of the run
 * @throws TypeError, RangeError naming the argument; when the run has fewer particles, as it begins
 * @example (await coupledRun(s, {}, [pathsObserver(10)])).series.PsiPaths[0]!.length // 30
 */
export function pathsObserver(count: number): Observer<never, 'PsiPaths' | 'PhiPaths'> {
  requireInteger('count', count, 1)
  const see = ({ N, d, q }: Configuration): Float64Array => {
    const out = new Float64Array(d * count)
    for (let a = 0; a < d; a++) out.set(q.subarray(a * N, a * N + count), a * count)
    return out
  }
  return {
    columns: [],
    series: ['PsiPaths', 'PhiPaths'],
    bytesPerOutput: 48 * count,
    begin: ({ system }) => {
      requireInteger('count', count, 1, system.N)
      return { see: ({ Psi, Phi }) => ({ PsiPaths: see(Psi), PhiPaths: see(Phi) }) }
    },
  }
}
