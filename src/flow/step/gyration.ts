/**
 * Free motion in a uniform magnetic field: q' = p, p' = p x Omega. It takes the place of the free drift in a step of
 * both flows.
 */
import { quote, requireNumber } from '../../base/errors.js'
import { wasmCore } from '../../wasm/core.js'

/**
 * Omega = (charge/mass) B of a uniform magnetic field, by its three components, in units of 1/time: momenta turn about
 * it by |Omega| a unit of time.
 */
export type MagneticField = readonly [number, number, number]

/** Requires a magnetic field, or none. @throws TypeError, RangeError naming the argument */
export function requireMagneticField(magnetic: unknown, d = 3): void {
  if (magnetic === undefined) return
  if (!Array.isArray(magnetic) || magnetic.length !== 3) {
    throw new TypeError(`magnetic must be three numbers, Omega in R^3, got ${quote(magnetic)}`)
  }
  for (const [k, component] of magnetic.entries()) {
    requireNumber(`magnetic[${k}]`, component, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
  }
  if (d !== 3) throw new RangeError(`magnetic needs particles in R^3, got d = ${d}`)
}

/** Moves N particles, structure of arrays, in place. */
export type FreeMotion = (q: Float64Array, p: Float64Array) => void

/**
 * The exact motion q' = p, p' = p x Omega over a time h: with n = Omega/|Omega|, theta = |Omega| h and p_n = (p.n) n,
 *   p(h) = p_n + cos(theta) (p - p_n) + sin(theta) p x n,
 *   q(h) = q + h p_n + (sin(theta)/|Omega|) (p - p_n) + ((1 - cos(theta))/|Omega|) p x n.
 * Boris' step has 2 arctan(theta/2) in the place of theta, and moves along straight lines between its rotations; this
 * one costs the same, keeps phase space volume as well, and has no error without forces.
 * @throws TypeError, RangeError naming the argument
 * @source Remark 4.5.2 (external forces); J. P. Boris, Relativistic plasma simulation, 1970, for the splitting
 * @example
 * const [q, p] = [Float64Array.of(0, 0, 0), Float64Array.of(1, 0, 0)]
 * gyration([0, 0, Math.PI], 1)(q, p)
 * p[0] // -1
 */
export function gyration(magnetic: MagneticField, h: number): FreeMotion {
  requireMagneticField(magnetic)
  requireNumber('h', h, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
  const { sin, cos } = wasmCore()
  const rate = Math.sqrt(magnetic[0] ** 2 + magnetic[1] ** 2 + magnetic[2] ** 2)
  const [nx, ny, nz] = rate === 0 ? [0, 0, 1] : magnetic.map(component => component / rate)
  const theta = rate * h
  const [c, s] = [cos(theta), sin(theta)]
  // 1 - cos without cancellation; without a field straight lines.
  const half = sin(0.5 * theta)
  const along = rate === 0 ? h : s / rate
  const aside = rate === 0 ? 0 : (2 * half * half) / rate
  return (q, p) => {
    const N = q.length / 3
    for (let i = 0, j = N, k = 2 * N; i < N; i++, j++, k++) {
      const [x, y, z] = [p[i]!, p[j]!, p[k]!]
      const parallel = x * nx! + y * ny! + z * nz!
      const [ax, ay, az] = [parallel * nx!, parallel * ny!, parallel * nz!]
      const [cx, cy, cz] = [y * nz! - z * ny!, z * nx! - x * nz!, x * ny! - y * nx!]
      q[i] = q[i]! + h * ax + along * (x - ax) + aside * cx
      q[j] = q[j]! + h * ay + along * (y - ay) + aside * cy
      q[k] = q[k]! + h * az + along * (z - az) + aside * cz
      p[i] = ax + c * (x - ax) + s * cx
      p[j] = ay + c * (y - ay) + s * cy
      p[k] = az + c * (z - az) + s * cz
    }
  }
}
