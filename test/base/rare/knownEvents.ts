/** Rare events whose probabilities are known otherwise: the oracle of the sampler. */

import { normalCdf } from '../../../src/base/numerics/special.js'
import { normalStates, type StateLaw } from '../../../src/base/rare/stateLaw.js'
import { binomialTail } from '../../../src/base/statistics/clopperPearson.js'

export interface KnownEvent {
  readonly name: string
  readonly law: StateLaw
  readonly score: (z: Float64Array) => number
  /** P(S >= L). */
  readonly tail: (L: number) => number
}

/** P(X >= x) of a standard normal variate, x >= 1: Lentz's continued fraction of Mills's ratio. */
export function normalTail(x: number): number {
  let fraction = x
  for (let k = 60; k >= 1; k--) fraction = x + k / fraction
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI) / fraction
}

/** (z_1 + ... + z_D)/sqrt D. */
export function gaussianTail(D: number): KnownEvent {
  const score = (z: Float64Array): number => {
    let sum = 0
    for (const x of z) sum += x
    return sum / Math.sqrt(D)
  }
  return { name: 'a sum of normal variates', law: normalStates(D, 1), score, tail: normalTail }
}

/** |z|^2 in even dimension 2m: e^{-L/2} sum_{k<m} (L/2)^k/k!. */
export function chiSquare(m: number): KnownEvent {
  const score = (z: Float64Array): number => {
    let sum = 0
    for (const x of z) sum += x * x
    return sum
  }
  const tail = (L: number): number => {
    let [term, sum] = [1, 1]
    for (let k = 1; k < m; k++) {
      term *= L / 2 / k
      sum += term
    }
    return Math.exp(-L / 2) * sum
  }
  return { name: 'chi-square', law: normalStates(m, 2), score, tail }
}

/** How many of n particles lie in z > 1: integers, so that most states tie. */
export function occupancy(n: number): KnownEvent {
  const score = (z: Float64Array): number => {
    let count = 0
    for (const x of z) if (x > 1) count++
    return count
  }
  return {
    name: 'binomial occupancy',
    law: normalStates(n, 1),
    score,
    tail: L => binomialTail(Math.ceil(L), n, normalTail(1)),
  }
}

/**
 * n uniform points on the circle of length 1, by latent normal variates: -log of the closest pair. P(all gaps >= d) =
 * (1 - n d)^{n-1}.
 */
export function closestPair(n: number): KnownEvent {
  const least = (z: Float64Array): number => {
    const x = Float64Array.from(z, normalCdf).sort()
    let closest = 1 + x[0]! - x[n - 1]!
    for (let i = 1; i < n; i++) closest = Math.min(closest, x[i]! - x[i - 1]!)
    return closest
  }
  return {
    name: 'the closest pair of uniform points',
    law: normalStates(n, 1),
    score: z => -Math.log(least(z)),
    tail: L => -Math.expm1((n - 1) * Math.log1p(-n * Math.exp(-L))),
  }
}

/** n uniform points on the circle, drawn one by one: the largest gap, by Stevens's sum. */
export function largestGap(n: number): KnownEvent {
  const score = (z: Float64Array): number => {
    const x = Float64Array.from(z).sort()
    let gap = 1 + x[0]! - x[n - 1]!
    for (let i = 1; i < n; i++) gap = Math.max(gap, x[i]! - x[i - 1]!)
    return gap
  }
  const tail = (L: number): number => {
    let sum = 0
    let binomial = 1
    for (let k = 1; k * L < 1 && k <= n; k++) {
      binomial *= (n - k + 1) / k
      sum += (k % 2 === 1 ? 1 : -1) * binomial * (1 - k * L) ** (n - 1)
    }
    return sum
  }
  return { name: 'the largest gap of uniform points', law: uniformStates(n), score, tail }
}

/** n uniform numbers in [0, 1): a law without latent normal variates. */
export function uniformStates(n: number): StateLaw {
  return {
    ...{ name: `uniform ${n}`, particles: n, components: 1 },
    draw: (state, i, stream) => {
      state[i] = stream.uniform()
    },
  }
}

/** The threshold of a probability, by bisection of ln tail. */
export function thresholdOf({ tail }: KnownEvent, p: number, low: number, high: number): number {
  for (let k = 0; k < 100; k++) {
    const middle = (low + high) / 2
    if (tail(middle) > p) low = middle
    else high = middle
  }
  return high
}
