/**
 * The Fourier symbol of a pair potential cut at a radius L, exact for the kernel (4): what makes a convolution on a
 * periodic grid one in free space. Read by freeSpaceConvolution.
 */
import { gaussLegendre } from '../../../base/numerics/quadrature.js'
import type { Kernel } from '../../../interaction/kernel.js'
import { isUniformlySmeared } from '../../../law/uniformBallLaw.js'
import { wasmCore } from '../../../wasm/core.js'

/**
 * The Fourier transform, as a function of |s|, of W(q) = V(|q|) - V(L) for |q| < L and 0 beyond. For |q| < L the force
 * -grad W is k(q), and W has no jump at L. With j_1(x) = (sin x - x cos x)/x^2 and V' = -sigma g,
 *   W^(s) = (4 pi sigma/s) int_0^L g(r) r^2 j_1(s r) dr,
 * for Coulomb's kernel 4 pi sigma s^{-2} (1 - sin(sL)/(sL)), and for (4), where g r^2 = min(1, (r/r_c)^3), with
 * chi^(x) = 3 (sin x - x cos x)/x^3 from k^N_delta = k * chi
 *   4 pi sigma s^{-2} (chi^(s r_c) - sin(sL)/(sL)).
 * Other kernels: the integral by Gauss-Legendre panels for s on a table, read by polynomials of degree 9.
 * @param L cut radius, larger than the kernel's own cut-off radius if that is finite
 * @param sMax largest |s| that will be asked for
 * @source F. Vico, L. Greengard, M. Ferrando, J. Comput. Phys. 323 (2016) 191, doi:10.1016/j.jcp.2016.07.028
 * @example truncatedSymbol(coulombKernel(), 1, 10)(0) // 2 pi/3
 */
export function truncatedSymbol(kernel: Kernel, L: number, sMax: number): (s: number) => number {
  const { sigma } = kernel
  if (sigma === 0) return () => 0
  if (isUniformlySmeared(kernel) && kernel.cutoffRadius < L) {
    const rc = kernel.cutoffRadius
    const atZero = 4 * Math.PI * sigma * ((L * L) / 6 - (rc * rc) / 10)
    return s => (s === 0 ? atZero : ((4 * Math.PI * sigma) / (s * s)) * (ballFactor(s * rc) - sinc(s * L)))
  }
  return tabulated(integralSymbol(kernel, L, sMax), L, sMax)
}

/** sin(x)/x. */
export function sinc(x: number): number {
  return x === 0 ? 1 : wasmCore().sin(x) / x
}

/** chi^(x) = 3 (sin x - x cos x)/x^3, the transform of the uniform probability on the unit ball. */
export function ballFactor(x: number): number {
  if (x < 0.3) {
    const y = x * x
    // Four terms of sum_k 3 (-1)^k (2k+2) x^{2k}/(2k+3)!; the next is below 1e-13 of the sum.
    return 1 - (y / 10) * (1 - (y / 28) * (1 - (y / 54) * (1 - y / 88)))
  }
  const core = wasmCore()
  return (3 * (core.sin(x) - x * core.cos(x))) / (x * x * x)
}

const NODES = 16

/** W^(s) by quadrature: panels double from 2^-40 of the first length up, then have a length below 1/sMax. */
function integralSymbol(kernel: Kernel, L: number, sMax: number): (s: number) => number {
  const panel = Math.min(4 / sMax, L / 8)
  const cuts = [0]
  for (let k = 40; k >= 0; k--) cuts.push(panel * 2 ** -k)
  const uniform = Math.ceil((L - panel) / panel)
  for (let i = 1; i <= uniform; i++) cuts.push(panel + ((L - panel) * i) / uniform)
  for (const edge of kernel.breaks) if (edge < L) cuts.push(edge)
  cuts.sort((a, b) => a - b)
  const { nodes, weights } = gaussLegendre(NODES)
  const r: number[] = []
  const w: number[] = []
  for (let c = 0; c + 1 < cuts.length; c++) {
    const half = 0.5 * (cuts[c + 1]! - cuts[c]!)
    if (!(half > 0)) continue
    for (let i = 0; i < NODES; i++) {
      const x = cuts[c]! + half * (1 + nodes[i]!)
      r.push(x)
      w.push(half * weights[i]! * kernel.magnitude(x) * x * x)
    }
  }
  const front = 4 * Math.PI * kernel.sigma
  return s => {
    let sum = 0
    // 3 j_1(x)/x is the transform of the ball.
    for (let i = 0; i < r.length; i++) sum += w[i]! * r[i]! * ballFactor(s * r[i]!)
    return (front * sum) / 3
  }
}

/** Degree of the interpolating polynomials plus one. */
const POINTS = 10
/** Samples per radian of the fastest oscillation, e^{isL}: POINTS-point interpolation then errs below 1e-11. */
const DENSITY = 4

/** An even function of exponential type L, from a table with linear index in s. */
function tabulated(f: (s: number) => number, L: number, sMax: number): (s: number) => number {
  const step = 1 / (DENSITY * L)
  const count = Math.ceil(sMax / step) + POINTS
  const table = Float64Array.from({ length: count }, (_, i) => f(i * step))
  const weights = new Float64Array(POINTS)
  return s => {
    const x = s / step
    const first = Math.min(Math.floor(x) - POINTS / 2 + 1, count - POINTS)
    lagrangeWeights(x - first, weights)
    let sum = 0
    for (let i = 0; i < POINTS; i++) sum += weights[i]! * table[Math.abs(first + i)]!
    return sum
  }
}

/** The values at x of the Lagrange polynomials of the nodes 0, 1, ..., weights.length - 1. */
export function lagrangeWeights(x: number, weights: Float64Array): void {
  const n = weights.length
  for (let i = 0; i < n; i++) {
    let product = 1
    for (let j = 0; j < n; j++) if (j !== i) product *= (x - j) / (i - j)
    weights[i] = product
  }
}
