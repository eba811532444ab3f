/**
 * 6 N P((K_1 - Kbar_1)_1 >= L) without a random number: for every place the moment generating function along a line
 * parallel to the imaginary axis, inverted; then a quadrature over the places. Shares the mean field and the place of
 * the line with what it tests.
 */
import { gaussLegendre } from '../../src/base/numerics/quadrature.js'
import type { StaticEvent } from '../../src/rare/static/staticEvent.js'
import { tiltedSummand } from '../../src/rare/static/tiltedSummand.js'

/** The union bound, of a law with sigmaQ = 1. */
export function forceUnion(event: StaticEvent, L: number, n: number = 5): number {
  const { nodes, weights } = gaussLegendre(n)
  let sum = 0
  for (let i = -5; i < 5; i += 2) {
    for (let j = 0; j < 4; j += 2) {
      for (let k = 0; k < n; k++) {
        for (let l = 0; l < n; l++) {
          const a = i + 1 + nodes[k]!
          const b = j + 1 + nodes[l]!
          const density = (b * Math.exp(-0.5 * (a * a + b * b))) / Math.sqrt(2 * Math.PI)
          sum += weights[k]! * weights[l]! * density * tailAt(event, L, a, b)
        }
      }
    }
  }
  return 6 * event.N * sum
}

/** P((K_1 - Kbar_1)_1 >= L | q_1) = (1/2 pi i) int M(s)^(N-1) e^(-s T) ds/s, Re s = theta. */
function tailAt(event: StaticEvent, L: number, a: number, b: number): number {
  const { N, cutoffRadius, mean } = event
  const { h, weight } = summandNodes(a, b, cutoffRadius)
  const R = Math.hypot(a, b)
  const T = N * (L + (mean(R) * a) / R)
  const theta = tiltedSummand(event.sides[0]!.pair, a, b).saddlepoint(T / (N - 1), 0.01)
  const e = weight.map((w, k) => w * Math.exp(theta * h[k]!))
  let [M, first, second] = [0, 0, 0]
  for (let k = 0; k < h.length; k++) {
    M += e[k]!
    first += e[k]! * h[k]!
    second += e[k]! * h[k]! ** 2
  }
  const step = 0.3 / Math.sqrt((N - 1) * (second / M - (first / M) ** 2))
  let sum = 0
  for (let m = 0; m < 60; m++) {
    const t = m * step
    let [real, imaginary] = [0, 0]
    for (let k = 0; k < h.length; k++) {
      real += e[k]! * Math.cos(t * h[k]!)
      imaginary += e[k]! * Math.sin(t * h[k]!)
    }
    const logSize = (N - 1) * Math.log(Math.hypot(real, imaginary) / M)
    const phase = (N - 1) * Math.atan2(imaginary, real) - t * T
    const term = (theta * Math.cos(phase) + t * Math.sin(phase)) / (theta * theta + t * t)
    sum += (m === 0 ? 0.5 : 1) * Math.exp(logSize) * term
  }
  return (Math.exp((N - 1) * Math.log(M) - theta * T) * sum * step) / Math.PI
}

/** h and the weights of (r, mu) about the place, the density averaged over 24 azimuths. */
function summandNodes(a: number, b: number, rc: number): { readonly h: number[]; readonly weight: number[] } {
  const [radii, angles] = [gaussLegendre(16), gaussLegendre(32)]
  const cuts = [0, rc, 2 * rc, 4 * rc, 4 * rc + 1.5, Math.hypot(a, b) + 9]
  const h: number[] = []
  const weight: number[] = []
  for (let s = 0; s + 1 < cuts.length; s++) {
    const half = 0.5 * (cuts[s + 1]! - cuts[s]!)
    for (let i = 0; i < 16; i++) {
      const r = cuts[s]! + half * (1 + radii.nodes[i]!)
      for (let k = 0; k < 32; k++) {
        const mu = angles.nodes[k]!
        const across = r * Math.sqrt(1 - mu * mu)
        let density = 0
        for (let m = 0; m < 24; m++) {
          const angle = (Math.PI * (m + 0.5)) / 24
          const y = b - across * Math.cos(angle)
          density += Math.exp(-0.5 * ((a - r * mu) ** 2 + y * y + (across * Math.sin(angle)) ** 2)) / 24
        }
        const w = half * radii.weights[i]! * r * r * angles.weights[k]! * density
        if (w < 1e-20) continue
        h.push(Math.min(r / rc ** 3, 1 / (r * r)) * mu)
        weight.push(w / Math.sqrt(2 * Math.PI))
      }
    }
  }
  return { h, weight }
}
