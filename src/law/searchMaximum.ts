/**
 * A maximum search for functions on R^3 or the plane that are costly and known to a few digits only: fields by
 * cubature.
 */

/**
 * The best point that a compass search finds from several starts: steps along the axes, halved when none helps, until
 * they are below 1e-3 of the first one. About 60 evaluations a start.
 * @param starts points of length 3 or 2, at least one
 * @param step first step, > 0
 */
export function searchMaximum(
  f: (q: Float64Array) => number,
  starts: readonly Float64Array[],
  step: number,
): Float64Array {
  let best = Float64Array.from(starts[0]!) as Float64Array
  let bestValue = Number.NEGATIVE_INFINITY
  for (const start of starts) {
    let q = Float64Array.from(start) as Float64Array
    let value = f(q)
    for (let length = step; length > 1e-3 * step; ) {
      let improved = false
      for (const [a, sign] of DIRECTIONS) {
        if (a >= q.length) break
        const trial = Float64Array.from(q)
        trial[a] = trial[a]! + sign * length
        const trialValue = f(trial)
        if (trialValue > value) {
          q = trial
          value = trialValue
          improved = true
          break
        }
      }
      if (!improved) length *= 0.5
    }
    if (value > bestValue) {
      best = q
      bestValue = value
    }
  }
  return best
}

const DIRECTIONS = [
  [0, 1],
  [0, -1],
  [1, 1],
  [1, -1],
  [2, 1],
  [2, -1],
] as const
