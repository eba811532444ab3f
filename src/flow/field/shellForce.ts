/**
 * The force of a homogeneous spherical shell (d = 3) or ring (d = 2) of mass 1 at a distance r from its centre: the
 * exact kernel of radial convolutions, without sigma. For the kernel (4) it is the force that a shell smeared by a ball
 * of radius N^-delta exerts, k^N_delta = k*chi.
 */
import { requireOneOf, requirePositive } from '../../base/errors.js'
import { gaussLegendre } from '../../base/numerics/quadrature.js'
import { profileOf } from '../../interaction/cutoffKernel.js'
import { type Kernel, requireKernel } from '../../interaction/kernel.js'
import { wasmCore } from '../../wasm/core.js'

const ORDER = 12

/**
 * The outward force at distance r as a function of the shell's radius s. In d = 3
 *   (1/(4 s r^2)) int_{|r-s|}^{r+s} g(u) (u^2 + r^2 - s^2) du,
 * in d = 2 the mean of g(u) (r - s cos phi)/u over the ring. Closed where the kernel is Coulomb's at every distance
 * that occurs, and for (4) in d = 3; Gauss rules on dyadic panels otherwise: some 1e-12 of the largest force for
 * kernels that are smooth between their breaks.
 * @param kernel in d = 2 or 3; its sigma does not enter
 * @param r distance from the centre, > 0
 * @returns the force, positive where it points outwards, as a function of s >= 0; s = 0 is a point
 * @throws RangeError for r that is not > 0, or another dimension
 * @source Newton's shell theorem for the kernel (2): 0 for r < s, r^-2 for r > s
 * @example shellForce(coulombKernel(), 2)(1) // 0.25
 */
export function shellForce(kernel: Kernel, r: number): (s: number) => number {
  requireKernel(kernel)
  requirePositive('r', r)
  requireOneOf('kernel.d', kernel.d, [2, 3])
  const coulombFrom = kernel.alpha === kernel.d - 1 ? kernel.cutoffRadius : Number.POSITIVE_INFINITY
  const outside = kernel.d === 3 ? 1 / (r * r) : 1 / r
  const near = kernel.d === 3 ? sphereForce(kernel, r, coulombFrom) : ringForce(kernel, r)
  return s => (Math.abs(r - s) >= coulombFrom ? (s < r ? outside : 0) : near(s))
}

function sphereForce(kernel: Kernel, r: number, coulombFrom: number): (s: number) => number {
  const bounded = coulombFrom > 0 && Number.isFinite(coulombFrom)
  const truncated = kernel.alpha === 2 && profileOf(kernel)?.profile.name === 'truncated'
  const cube = truncated ? coulombFrom * coulombFrom * coulombFrom : 0
  return s => {
    if (s === 0) return kernel.magnitude(r)
    const gap = Math.abs(r - s)
    const far = r + s
    const split = Math.min(far, Math.max(gap, coulombFrom))
    // u^2 + r^2 - s^2 = u^2 +- gap far, factored so that nothing cancels.
    let sum = split < far ? ((far - split) / split) * (s > r ? split - gap : split + gap) : 0
    if (gap < split) {
      const larger = Math.max(r, s)
      const smaller = Math.min(r, s)
      const factor = (x: number): number =>
        s > r ? r * (2 * s * x + r * (1 + x * x)) : 2 * r * (r + s * x) - s * s * (1 - x) * (1 + x)
      const at = (u: number): number => (u - larger) / smaller
      if (truncated) {
        // u factor(x)/a^3 is a cubic in x: two Gauss nodes are exact.
        sum += (smaller * gauss(x => (larger + smaller * x) * factor(x), -1, at(split), 2)) / cube
      } else {
        const cuts = dyadic(gap, split, kernel.breaks, bounded ? 0 : 24)
        for (let i = 0; i + 1 < cuts.length; i++) {
          sum +=
            smaller *
            gauss(x => kernel.magnitude(larger + smaller * x) * factor(x), at(cuts[i]!), at(cuts[i + 1]!), ORDER)
        }
      }
    }
    return sum / (4 * s * r * r)
  }
}

/** Mean over the ring; in phi, with panels where u = sqrt((r-s)^2 + 4 r s sin^2(phi/2)) doubles. */
function ringForce(kernel: Kernel, r: number): (s: number) => number {
  const core = wasmCore()
  return s => {
    if (s === 0) return kernel.magnitude(r)
    const gap = Math.abs(r - s)
    const cuts = dyadic(gap, r + s, kernel.breaks, 24).map(
      u => 2 * arcsine(Math.sqrt(Math.max(0, (u - gap) * (u + gap)) / (4 * r * s))),
    )
    const integrand = (phi: number): number => {
      const half = core.sin(0.5 * phi)
      const u = Math.sqrt(gap * gap + 4 * r * s * half * half)
      return u === 0 ? 0 : (kernel.magnitude(u) * (r - s + 2 * s * half * half)) / u
    }
    let sum = 0
    for (let i = 0; i + 1 < cuts.length; i++)
      if (cuts[i]! < cuts[i + 1]!) sum += gauss(integrand, cuts[i]!, cuts[i + 1]!, ORDER)
    return sum / Math.PI
  }
}

/** arcsin by Newton's iteration on the core's sine: the same bits everywhere. */
function arcsine(y: number): number {
  if (y >= 1) return Math.PI / 2
  const core = wasmCore()
  // arcsin y = pi/2 - 2 arcsin(sqrt((1 - y)/2)) keeps away from the flat end.
  if (y > 0.71) return Math.PI / 2 - 2 * arcsine(Math.sqrt(0.5 * (1 - y)))
  let x = y * (1 + (y * y) / 6)
  for (let i = 0; i < 6; i++) x += (y - core.sin(x)) / core.cos(x)
  return x
}

/** [a, b] cut at the breaks inside and at b/2, b/4, ... down to a, at most `halvings` times. */
function dyadic(a: number, b: number, breaks: readonly number[], halvings: number): number[] {
  const cuts = [a, b, ...breaks.filter(u => u > a && u < b)]
  let u = 0.5 * b
  for (let k = 0; k < halvings && u > a; k++, u *= 0.5) cuts.push(u)
  return cuts.sort((x, y) => x - y)
}

function gauss(f: (x: number) => number, a: number, b: number, n: number): number {
  const { nodes, weights } = gaussLegendre(n)
  const half = 0.5 * (b - a)
  let sum = 0
  for (let i = 0; i < n; i++) sum += weights[i]! * f(a + half * (1 + nodes[i]!))
  return half * sum
}
