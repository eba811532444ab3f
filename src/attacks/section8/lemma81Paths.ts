/**
 * Paths with known right derivatives, on which the claim on Lemma 8.1 is tried.
 */

import { randomStream } from '../../base/random.js'

/**
 * 'waves': random trigonometric sums; 'cubic': (s - 1)^3, with g' = 0 at t = 1; 'kink': a maximum of two waves, not C^1
 * but with right derivatives; 'root': sqrt(s - 1/2), which has none.
 */
export type PathKind = 'waves' | 'cubic' | 'kink' | 'root'

/** A path with its right derivative and a bound of |g''| to the right of each point. */
export interface Path {
  value(s: number): number
  slope(s: number): number
  readonly curvature: number
}

function waves(draw: () => number, terms: number): Path {
  const a = Array.from({ length: terms }, draw)
  const b = Array.from({ length: terms }, draw)
  const sum = (f: (k: number) => number): number => a.reduce((total, _, k) => total + f(k), 0)
  return {
    value: s => sum(k => a[k]! * Math.sin((k + 1) * s) + b[k]! * Math.cos((k + 1) * s)),
    slope: s => sum(k => (k + 1) * (a[k]! * Math.cos((k + 1) * s) - b[k]! * Math.sin((k + 1) * s))),
    curvature: sum(k => (k + 1) ** 2 * (Math.abs(a[k]!) + Math.abs(b[k]!))),
  }
}

/** The path whose value is the larger of two; its right derivative is the larger slope where they meet. */
function larger(f: Path, g: Path): Path {
  const first = (s: number): boolean =>
    f.value(s) > g.value(s) || (f.value(s) === g.value(s) && f.slope(s) > g.slope(s))
  return {
    value: s => Math.max(f.value(s), g.value(s)),
    slope: s => (first(s) ? f.slope(s) : g.slope(s)),
    curvature: Math.max(f.curvature, g.curvature),
  }
}

/** The paths of a kind; the random ones by the seed. @example pathsOf('cubic', '1')[0].slope(1) // 0 */
export function pathsOf(path: PathKind, seed: string): Path[] {
  const { normal: draw } = randomStream(`${seed}/claim-8.1/${path}`)
  if (path === 'cubic') return [{ value: s => (s - 1) ** 3, slope: s => 3 * (s - 1) ** 2, curvature: 12 }]
  if (path === 'root') return [{ value: s => Math.sqrt(Math.max(0, s - 0.5)), slope: () => 0, curvature: 0 }]
  return Array.from({ length: 20 }, () => (path === 'waves' ? waves(draw, 5) : larger(waves(draw, 3), waves(draw, 3))))
}
