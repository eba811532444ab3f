/**
 * The achieved error of a force computation, from a random subset of its targets.
 */

import { randomStream } from '../base/random.js'
import type { Estimate } from '../base/statistics/estimate.js'
import type { ForceRequest } from './types.js'

/**
 * ||error||_2/||force||_2 estimated on `count` targets drawn without replacement, against a compensated direct sum over
 * the kernel's own functions: value^2 = n mean(e_i^2)/||F||_2^2, the interval two standard errors of that mean wide
 * (no width if all targets are taken). 0 if force and error vanish.
 * @param request what was computed; request.force holds the result
 * @param count how many targets, 1 ... n
 * @param seed names the random stream
 */
export function forceErrorEstimate(request: ForceRequest, count: number, seed: string): Estimate {
  const { n, spec, force } = request
  const { d } = spec
  const chosen = subset(n, count, `${seed}/forces/${n}/0/error`)
  const exactForce = new Float64Array(d)
  let sum = 0
  let sumOfSquares = 0
  for (const i of chosen) {
    compensatedForce(request, i, exactForce)
    let square = 0
    for (let a = 0; a < d; a++) square += (force[a * n + i]! - exactForce[a]!) ** 2
    sum += square
    sumOfSquares += square * square
  }
  let norm = 0
  for (const x of force) norm += x * x
  const mean = sum / count
  const variance = count === n || count === 1 ? 0 : Math.max(0, sumOfSquares / count - mean * mean) / (count - 1)
  const spread = count === 1 && n > 1 ? mean : 2 * Math.sqrt(variance)
  const relative = (square: number): number => (square <= 0 ? 0 : Math.sqrt((n * square) / norm))
  return {
    value: relative(mean),
    low: relative(mean - spread),
    high: relative(mean + spread),
    kind: 'estimated',
    method: `${count} of ${n} targets against a compensated direct sum`,
    seed,
  }
}

/** `count` different indices below n, by Floyd's method. */
function subset(n: number, count: number, key: string): Set<number> {
  const stream = randomStream(key)
  const chosen = new Set<number>()
  for (let last = n - count; last < n; last++) {
    const i = Math.floor(stream.uniform() * (last + 1))
    chosen.add(chosen.has(i) ? last : i)
  }
  return chosen
}

/** The force on target i, every sum with Neumaier's compensation. */
export function compensatedForce(request: ForceRequest, i: number, out: Float64Array): void {
  const { spec, N, n, sources, targets, weights, weight } = request
  const { kernel, d, sigma } = spec
  const to = targets ?? sources
  const carry = new Float64Array(d)
  const q = new Float64Array(d)
  out.fill(0)
  for (let j = 0; j < N; j++) {
    let r = 0
    for (let a = 0; a < d; a++) {
      q[a] = to[a * n + i]! - sources[a * N + j]!
      r += q[a]! * q[a]!
    }
    if (r === 0) continue
    r = Math.sqrt(r)
    const scale = (weights === undefined ? weight : weights[j]!) * kernel.magnitude(r)
    for (let a = 0; a < d; a++) {
      const x = scale * (q[a]! / r)
      const t = out[a]! + x
      carry[a] = carry[a]! + (Math.abs(out[a]!) >= Math.abs(x) ? out[a]! - t + x : x - t + out[a]!)
      out[a] = t
    }
  }
  for (let a = 0; a < d; a++) out[a] = sigma === 0 ? 0 : sigma * (out[a]! + carry[a]!)
}
