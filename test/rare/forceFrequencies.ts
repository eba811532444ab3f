/** How often max |K - Kbar| reaches levels, by sums over all pairs: what the tilted estimator is compared with. */
import { bulkStream } from '../../src/base/bulkStream.js'
import type { StaticEvent } from '../../src/rare/static/staticEvent.js'

/** max_i |K_i - Kbar_i|_inf of positions, coordinate a of particle i at [a * N + i], in units of sigma. */
export function largestDeviation({ N, sigmaQ, cutoffRadius, mean }: StaticEvent, q: ArrayLike<number>): number {
  const force = new Float64Array(3 * N)
  const unit = 1 / (N * sigmaQ * sigmaQ)
  const cut = cutoffRadius / sigmaQ
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < i; j++) {
      const x = q[i]! - q[j]!
      const y = q[N + i]! - q[N + j]!
      const z = q[2 * N + i]! - q[2 * N + j]!
      const r = Math.max(cut, Math.sqrt(x * x + y * y + z * z))
      const w = unit / (r * r * r)
      force[i] = force[i]! + w * x
      force[j] = force[j]! - w * x
      force[N + i] = force[N + i]! + w * y
      force[N + j] = force[N + j]! - w * y
      force[2 * N + i] = force[2 * N + i]! + w * z
      force[2 * N + j] = force[2 * N + j]! - w * z
    }
  }
  let largest = 0
  for (let i = 0; i < N; i++) {
    const r = Math.hypot(q[i]!, q[N + i]!, q[2 * N + i]!)
    const m = mean(sigmaQ * r) / r
    for (let a = 0; a < 3; a++) largest = Math.max(largest, Math.abs(force[a * N + i]! - m * q[a * N + i]!))
  }
  return largest
}

/** Frequencies in n independent configurations. */
export function forceFrequencies(event: StaticEvent, levels: readonly number[], n: number, seed: string): number[] {
  const stream = bulkStream(seed)
  const q = new Float64Array(3 * event.N)
  const counts = levels.map(() => 0)
  for (let k = 0; k < n; k++) {
    stream.normals(q)
    const largest = largestDeviation(event, q)
    for (const [t, L] of levels.entries()) if (largest >= L) counts[t] = counts[t]! + 1
  }
  return counts.map(count => count / n)
}
