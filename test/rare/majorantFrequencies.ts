/** How often max |L - Lbar| reaches levels, by sums over all pairs: what the tilted estimator is compared with. */
import { bulkStream } from '../../src/base/bulkStream.js'
import type { RadialMajorant } from '../../src/interaction/lipschitzMajorant.js'
import type { StaticEvent } from '../../src/rare/static/staticEvent.js'

/** |L_i - Lbar_i| of every particle, of a law with sigmaQ = 1. */
function deviationsOf({ N, source, mean }: StaticEvent, q: ArrayLike<number>): number[] {
  const { value } = source as RadialMajorant
  const sums = new Float64Array(N)
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < i; j++) {
      const l = value(Math.hypot(q[i]! - q[j]!, q[N + i]! - q[N + j]!, q[2 * N + i]! - q[2 * N + j]!)) / N
      sums[i] = sums[i]! + l
      sums[j] = sums[j]! + l
    }
  }
  return Array.from(sums, (sum, i) => Math.abs(sum - mean(Math.hypot(q[i]!, q[N + i]!, q[2 * N + i]!))))
}

/** In n independent configurations: how often one particle reaches the level, and how many do in the mean. */
export function majorantFrequencies(
  event: StaticEvent,
  levels: readonly number[],
  n: number,
  seed: string,
): { readonly P: number; readonly all: number }[] {
  const stream = bulkStream(seed)
  const q = new Float64Array(3 * event.N)
  const found = levels.map(() => ({ P: 0, all: 0 }))
  for (let k = 0; k < n; k++) {
    stream.normals(q)
    const off = deviationsOf(event, q)
    for (const [t, L] of levels.entries()) {
      const count = off.filter(d => d >= L).length
      found[t]!.P += (count > 0 ? 1 : 0) / n
      found[t]!.all += count / n
    }
  }
  return found
}
