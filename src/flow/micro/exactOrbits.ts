/**
 * Few-body motions of (5) in closed form, with its factor 1/N: what integrators are measured against. Read by
 * {@link convergenceOrders} and by tests.
 */
import { type Configuration, configuration } from '../../base/configuration.js'
import { requireNumber, requireOneOf, requirePositive } from '../../base/errors.js'
import { wasmCore } from '../../wasm/core.js'

/** A motion known for all times. */
export interface ExactOrbit {
  /** The state at time t. */
  at(t: number): Configuration
  /** Time after which it repeats. */
  readonly period: number
}

/**
 * N = 2 or 3 particles evenly on a circle of radius a about 0, held by the Newton force (sigma = -1, no cut-off): with
 * the 1/N of (5), omega^2 = 1/(8 a^3) for two and 1/(3 sqrt 3 a^3) for three (Lagrange's equilateral triangle, an
 * unstable orbit).
 * @throws RangeError for other N or a <= 0
 * @example circularOrbit(2, 1).period // 2 pi sqrt 8
 */
export function circularOrbit(N: 2 | 3, a: number): ExactOrbit {
  requireOneOf('N', N, [2, 3])
  requirePositive('a', a)
  // On each particle (1/N) times: 1/(2a)^2 for two; 3 a/s^3 with s = a sqrt 3 for three.
  const omega = Math.sqrt(N === 2 ? 1 / (8 * a * a * a) : 1 / (3 * Math.sqrt(3) * a * a * a))
  return {
    period: (2 * Math.PI) / omega,
    at: t => {
      const { sin, cos } = wasmCore()
      const Z = configuration(N)
      for (let i = 0; i < N; i++) {
        const angle = omega * t + (2 * Math.PI * i) / N
        Z.q.set([a * cos(angle)], i)
        Z.q.set([a * sin(angle)], N + i)
        Z.p.set([-a * omega * sin(angle)], i)
        Z.p.set([a * omega * cos(angle)], N + i)
      }
      return Z
    },
  }
}

/**
 * Two particles on Kepler ellipses about 0 (sigma = -1, no cut-off): their difference r obeys r'' = -r/|r|^3, with
 * semi-axis 1 and the given eccentricity, nearest at t = 0. Kepler's equation is solved to rounding by Newton's method.
 * @param eccentricity in [0, 0.9]
 * @example ellipticOrbit(0.5).period // 2 pi
 */
export function ellipticOrbit(eccentricity: number): ExactOrbit {
  const e = requireNumber('eccentricity', eccentricity, 0, 0.9)
  const minor = Math.sqrt((1 - e) * (1 + e))
  return {
    period: 2 * Math.PI,
    at: t => {
      const { sin, cos } = wasmCore()
      // Between M and M + e the function E - e sin E - M changes sign once; from M + e sgn(sin M) Newton converges.
      const M = t - 2 * Math.PI * Math.round(t / (2 * Math.PI))
      let E = M + (M < 0 ? -e : e)
      for (let k = 0; k < 60; k++) {
        const step = (E - e * sin(E) - M) / (1 - e * cos(E))
        E -= step
        if (Math.abs(step) < 1e-17) break
      }
      const rate = 1 / (1 - e * cos(E))
      return pair([cos(E) - e, minor * sin(E)], [-sin(E) * rate, minor * cos(E) * rate])
    },
  }
}

/**
 * Two particles with sigma = -1 that fall through each other under the kernel (4) with cut-off radius r_c: Kepler's
 * radial fall r = (r_0/2)(1 + cos eta), t = sqrt(r_0^3/8)(eta + sin eta) down to r_c, the harmonic motion
 * r'' = -r/r_c^3 inside, and the mirror image outside on the other side. They start at rest at the distance r_0 = 2
 * r_c.
 * @param rc > 0, in (4) N^-delta with N = 2
 * @returns the orbit, with the time at which they enter the cut-off
 * @example fallThroughCutoff(0.5).entry // sqrt(1/8) (pi/2 + 1) = 0.9089...
 */
export function fallThroughCutoff(rc: number): ExactOrbit & { readonly entry: number; readonly exit: number } {
  requirePositive('rc', rc)
  const r0 = 2 * rc
  const unit = Math.sqrt(r0 * r0 * r0) / Math.sqrt(8)
  const entry = unit * (Math.PI / 2 + 1)
  // At r_c = r_0/2: v^2/2 = 1/r_c - 1/r_0 = 1/r_0. Inside r = r_c cos(w s) + (v/w) sin(w s) with v = -w r_c,
  // w = r_c^(-3/2): r = sqrt 2 r_c cos(w s + pi/4), which is 0 at w s = pi/4.
  const w = 1 / Math.sqrt(rc * rc * rc)
  const middle = entry + Math.PI / (4 * w)
  const fall = (t: number): [r: number, v: number] => {
    const { sin, cos } = wasmCore()
    if (t > entry) {
      const phase = w * (t - entry) + Math.PI / 4
      return [Math.SQRT2 * rc * cos(phase), -Math.SQRT2 * rc * w * sin(phase)]
    }
    const eta = anomaly(t / unit)
    return [(r0 / 2) * (1 + cos(eta)), -(r0 / (2 * unit)) * (sin(eta) / (1 + cos(eta)))]
  }
  return {
    entry,
    exit: 2 * middle - entry,
    period: 4 * middle,
    at: t => {
      // By symmetry: r(-t) = r(t), r(2 middle - t) = -r(t).
      const s = Math.abs(t - 4 * middle * Math.round(t / (4 * middle)))
      const side = t - 4 * middle * Math.round(t / (4 * middle)) < 0 ? -1 : 1
      const [r, v] = s <= middle ? fall(s) : fall(2 * middle - s)
      return pair([s <= middle ? r : -r, 0], [side * v, 0])
    },
  }
}

/** The root of eta + sin eta = x in [0, pi/2 + 0.01]: Newton, increasing and concave there. */
function anomaly(x: number): number {
  const { sin, cos } = wasmCore()
  let eta = x / 2
  for (let k = 0; k < 60; k++) {
    const step = (x - eta - sin(eta)) / (1 + cos(eta))
    eta += step
    if (Math.abs(step) < 1e-17) break
  }
  return eta
}

/** Two particles at +-r/2 with momenta +-v/2 in the first coordinate plane. */
function pair([x, y]: readonly [number, number], [u, v]: readonly [number, number]): Configuration {
  const Z = configuration(2)
  Z.q.set([x / 2, -x / 2, y / 2, -y / 2])
  Z.p.set([u / 2, -u / 2, v / 2, -v / 2])
  return Z
}
