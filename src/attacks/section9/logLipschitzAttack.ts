/**
 * How far the mean force of a bounded density can differ between two points: the worst density for each distance, by
 * quadrature, and the coefficient of the logarithm. Used by the claim on the log-Lipschitz bound and its figure.
 */

import { gaussSum, integrate } from '../../base/numerics/quadrature.js'
import { findRoot } from '../../base/numerics/roots.js'
import { hourglassLaw } from '../../law/hourglassLaw.js'

/**
 * 'worst': the density, at most that of the unit ball, that makes the difference largest for each distance;
 * 'hourglass': the law of that name; 'ball': the uniform unit ball, across its surface; 'singular': r^-2, which is
 * unbounded.
 */
export type LogLipschitzDensity = 'worst' | 'hourglass' | 'ball' | 'singular'

/** e.(k(x - z) - k(y - z)) for x, y = +-e/2 (distance 1) and z at radius r, cosine c from e. */
function difference(r: number, c: number): number {
  const along = r * c
  const a = Math.sqrt(r * r - along + 0.25)
  const b = Math.sqrt(r * r + along + 0.25)
  return (0.5 - along) / a ** 3 + (0.5 + along) / b ** 3
}

/**
 * int |difference| over the part of {|z| < R} where it is negative, in units of the distance: the most by which
 * 0 <= rho <= 1 can push x and y together. The most by which it can push them apart is larger by 4 pi/3, the difference
 * that rho = 1 makes. Beyond |z| = 3 in (ln r, c), where the sign changes once in c > 0; the negative part inside is
 * the union of two lobes |z_3| > ..., integrated about the pole x, where dividing by s^2 removes the singularity.
 */
export function worstDifference(R: number): number {
  const core = Math.min(R, 3)
  // About x = (0, 0, 1/2): z = x + s n, half space z_3 > 0, doubled by symmetry.
  const near = 2 * 2 * Math.PI * gaussSum(c => nearRay(c, core), -1, 1, 400)
  if (R <= core) return near
  const shell = (t: number): number => {
    const r = Math.exp(t)
    const zero = findRoot(c => difference(r, c), 0, 1)
    return 2 * 2 * Math.PI * r ** 3 * gaussSum(c => Math.max(0, -difference(r, c)), zero, 1, 24)
  }
  const panels = Math.max(1, Math.ceil(Math.log(R / core)))
  const step = Math.log(R / core) / panels
  let far = 0
  for (let i = 0; i < panels; i++) {
    far += gaussSum(shell, Math.log(core) + i * step, Math.log(core) + (i + 1) * step, 12)
  }
  return near + far
}

/** int over s of s^2 (difference)_- along the ray from x with cosine c, inside |z| < R and z_3 > 0. */
function nearRay(c: number, R: number): number {
  const toSphere = -0.5 * c + Math.sqrt(Math.max(0, R * R - 0.25 * (1 - c * c)))
  const end = c < 0 ? Math.min(toSphere, -0.5 / c) : toSphere
  // s^2 e.k(x - z) = -c exactly; the pull on y is smooth here.
  const value = (s: number): number => {
    const b = Math.sqrt(1 + 2 * s * c + s * s)
    return -(-c + (s * s * (1 + s * c)) / b ** 3)
  }
  return gaussSum(s => Math.max(0, value(s)), 0, end, 200)
}

/**
 * |k*rho(x) - k*rho(y)| for x, y = +-d/2 along the axis, mass at most 1.
 * @param d distance, > 0, at most 1
 * @returns a force difference, in units of the ball or hourglass of radius 1; the claim on it has its error
 */
export function forceDifferenceAt(density: LogLipschitzDensity, d: number): number {
  // In units of d the unit ball has radius 1/d, and the difference of fields scales with d.
  if (density === 'worst') return (3 / (4 * Math.PI)) * d * (worstDifference(1 / d) + (4 * Math.PI) / 3)
  if (density === 'hourglass') return 2 * Math.abs(hourglassField(d / 2))
  // From the surface outwards: 1 - (1 + d)^-2.
  if (density === 'ball') return -Math.expm1(-2 * Math.log1p(d))
  // r^-2/(4 pi): mass r inside r, field 1/r.
  return 4 / d
}

/**
 * The field of the hourglass of radius 1 on its axis at height h > 0, by discs: one of radius s at height z pulls with
 * 2 pi (1 - |h - z|/((h - z)^2 + s^2)^(1/2)) away from it, $s^2=\min\{2z^2,1-z^2\}$.
 */
export function hourglassField(h: number): number {
  const disc = (z: number): number => {
    const a = Math.abs(h - z)
    const s = Math.min(2 * z * z, 1 - z * z)
    const root = Math.sqrt(a * a + s)
    // 1 - a/root without cancellation.
    return Math.sign(h - z) * (s / (root * (root + a)))
  }
  // In u = ln |z| on either side, since the scales run from h to 1.
  const side = (sign: number): number =>
    integrate(u => Math.exp(u) * disc(sign * Math.exp(u)), Math.log(h) - 40, 0, {
      breaks: [Math.log(h) - 1, Math.log(h), Math.log(h) + 1, Math.log(h) + 5, -0.5 * Math.log(3)],
      tolerance: 1e-12,
    }).value
  return 2 * Math.PI * hourglassLaw().rhoSup * (side(1) + side(-1))
}

/**
 * int over the sphere of the positive part of r^3 (k_1(y - z) - k_1(x - z)), x, y = +-(1, 1, 1)/2, z = r n, r = 1e5.
 */
export function maximumSlope(): number {
  const r = 1e5
  // By the mean of the derivative along the segment, without cancellation; n = (c, s cos phi, s sin phi).
  const form = (c: number, phi: number): number => {
    const s = Math.sqrt(1 - c * c)
    const n = [c, s * Math.cos(phi), s * Math.sin(phi)]
    return gaussSum(
      u => {
        const z = n.map(x => r * x - u)
        const square = z[0]! ** 2 + z[1]! ** 2 + z[2]! ** 2
        return (r ** 3 * (3 * z[0]! * (z[0]! + z[1]! + z[2]!) - square)) / square ** 2.5
      },
      -0.5,
      0.5,
      2,
    )
  }
  const meridians = 400
  let sum = 0
  for (let k = 0; k < meridians; k++) {
    const phi = (2 * Math.PI * (k + 0.5)) / meridians
    const f = (angle: number): number => form(Math.cos(angle), phi)
    // At most two changes of sign from pole to pole, or four, far apart.
    const cuts = [0]
    for (let j = 0; j < 60; j++) {
      const [from, to] = [(Math.PI * j) / 60, (Math.PI * (j + 1)) / 60]
      if (f(from) * f(to) < 0) cuts.push(findRoot(f, from, to))
    }
    cuts.push(Math.PI)
    for (let j = 0; j + 1 < cuts.length; j++) {
      sum += ((2 * Math.PI) / meridians) * gaussSum(x => Math.max(0, f(x)) * Math.sin(x), cuts[j]!, cuts[j + 1]!, 16)
    }
  }
  return sum
}

/** {@link difference} for r >> 1, without cancellation: by the mean of its derivative along the segment. */
export function farDifference(r: number, c: number): number {
  return gaussSum(
    s => {
      const along = s - r * c
      const square = r * r * (1 - c * c) + along * along
      return (square - 3 * along * along) / square ** 2.5
    },
    -0.5,
    0.5,
    4,
  )
}
