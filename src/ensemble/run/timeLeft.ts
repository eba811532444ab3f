/**
 * How long the remaining jobs will take, from the seconds that stored ones took.
 */
import type { Job } from '../plan/job.js'
import type { EnsembleStore } from '../store/store.js'

/**
 * The sum over jobs of the mean seconds at their grid point, over the number of jobs that run at once. A size that
 * nothing is known of takes its time from the nearest known one, by N^2 upwards and by N downwards: neither is too
 * little.
 * @returns seconds, null if nothing is stored
 */
export function secondsLeft(jobs: readonly Job[], store: EnsembleStore, width: number): number | null {
  if (jobs.length === 0) return 0
  const known = new Map<number, { sum: number; count: number }>()
  for (const { rows, seconds } of store.jobs.values()) {
    const N = Number(rows[0]?.N ?? 0)
    const entry = known.get(N) ?? { sum: 0, count: 0 }
    known.set(N, { sum: entry.sum + seconds, count: entry.count + 1 })
  }
  if (known.size === 0) return null
  const means = [...known].map(([N, { sum, count }]) => ({ N, seconds: sum / count }))
  const distance = (a: number, b: number): number => Math.abs(Math.log(Math.max(a, 1) / Math.max(b, 1)))
  const cost = (N: number): number => {
    const nearest = means.reduce((best, mean) => (distance(mean.N, N) < distance(best.N, N) ? mean : best))
    const ratio = Math.max(N, 1) / Math.max(nearest.N, 1)
    return nearest.seconds * (ratio > 1 ? ratio ** 2 : ratio)
  }
  const sizes = new Map<number, number>()
  for (const job of jobs) {
    const N = job.kind === 'coupled' ? job.N : 0
    sizes.set(N, (sizes.get(N) ?? 0) + 1)
  }
  let total = 0
  for (const [N, count] of sizes) total += count * cost(N)
  return total / width
}
