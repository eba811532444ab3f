/**
 * Mixtures of anisotropic Gaussians: streams, clusters, and the laws without any symmetry.
 */
import { quote, requireLength, requireNumber, requireOneOf, requireOptions, requirePositive } from '../base/errors.js'
import { type Estimate, exact } from '../base/statistics/estimate.js'
import { gaussianDensity } from './gaussianLaw.js'
import type { GaussianTerm, Law, LawEntry, RadialDensity, RadialTerm } from './law.js'
import { quadraticFormMoment, requireMomentOrder } from './moments.js'
import { drawParticles } from './sampling.js'

/** One component of {@link gaussianMixtureLaw}. */
export interface GaussianComponent {
  /** > 0; the weights of all components add up to 1. */
  readonly weight: number
  /** Mean position, length d, default 0. */
  readonly meanQ?: ArrayLike<number>
  /** Mean momentum, length d, default 0. */
  readonly meanP?: ArrayLike<number>
  /** Standard deviations of the position along the axes (length d), or one for all, > 0, default 1. */
  readonly sigmaQ?: number | ArrayLike<number>
  /** Standard deviations of the momentum along the axes (length d), or one for all, > 0, default 1. */
  readonly sigmaP?: number | ArrayLike<number>
}

/** Options of {@link gaussianMixtureLaw}. */
export interface GaussianMixtureOptions {
  /**
   * At least one component, or their JSON text. Default: two unequal anisotropic clusters streaming against each other,
   * in the plane their shadows.
   */
  readonly components?: readonly GaussianComponent[] | string
  /** Dimension of position space, default 3; 2: a planar law. */
  readonly d?: 2 | 3
}

const DEFAULT_COMPONENTS: readonly GaussianComponent[] = [
  { weight: 0.6, meanQ: [-1, 0, 0], meanP: [0.5, 0, 0], sigmaQ: [1, 0.5, 0.75], sigmaP: [0.3, 0.4, 0.5] },
  { weight: 0.4, meanQ: [1.5, 0.5, 0], meanP: [-0.75, 0, 0.25], sigmaQ: [0.5, 1, 0.6], sigmaP: [0.5, 0.25, 0.4] },
]

/** Their marginals in the first two coordinates. */
const PLANAR_COMPONENTS: readonly GaussianComponent[] = [
  { weight: 0.6, meanQ: [-1, 0], meanP: [0.5, 0], sigmaQ: [1, 0.5], sigmaP: [0.3, 0.4] },
  { weight: 0.4, meanQ: [1.5, 0.5], meanP: [-0.75, 0], sigmaQ: [0.5, 1], sigmaP: [0.5, 0.25] },
]

/**
 * f0 = sum_c w_c prod_a N(z_a; mu_{c,a}, sigma_{c,a}^2) over the 2d coordinates a of phase space.
 * Moments of every order are finite: closed for even orders, a geometrically convergent sum otherwise. The suprema are
 * closed where all means agree; otherwise the largest mode found, with the bracket [found, sum_c w_c sup_c] in
 * `estimates`.
 * @throws TypeError, RangeError for weights that are not > 0 or do not add up to 1, deviations that are not > 0, means
 *   that are not d finite numbers
 * @example gaussianMixtureLaw({ components: [{ weight: 1, sigmaQ: [1, 2, 3] }] }).positionMoment(2) // 14
 */
export function gaussianMixtureLaw(options: GaussianMixtureOptions = {}): Law {
  requireOptions<GaussianMixtureOptions>('gaussianMixtureLaw', options, { components: true, d: true })
  const { d = 3 } = options
  requireOneOf<2 | 3>('d', d, [2, 3])
  const given = options.components ?? (d === 3 ? DEFAULT_COMPONENTS : PLANAR_COMPONENTS)
  const list: unknown = typeof given === 'string' ? parseComponents(given) : given
  if (!Array.isArray(list) || list.length === 0) {
    throw new TypeError(`components must be an array of at least one {weight, ...}, got ${quote(list)}`)
  }
  const components = list.map((component, c) => readComponent(component, c, d))
  const total = components.reduce((sum, c) => sum + c.weight, 0)
  if (!(Math.abs(total - 1) <= 1e-12)) throw new RangeError(`the weights of components must add up to 1, got ${total}`)

  const density = mixtureDensity(components, 0, 2 * d)
  const spatial = mixtureDensity(components, 0, d)
  const densitySup = mixtureSupremum(components, 0, 2 * d)
  const rhoSup = mixtureSupremum(components, 0, d)
  const moment = (from: number, to: number, m: number): number => {
    requireMomentOrder(m)
    return components.reduce(
      (sum, { weight, mean, sigma }) =>
        sum + weight * quadraticFormMoment(mean.subarray(from, to), sigma.subarray(from, to), m),
      0,
    )
  }
  const superposition = d === 3 ? radialTerms(components) : undefined
  const concentric = superposition?.every(term => Array.from(term.center).every(x => x === 0))
  const z = new Float64Array(2 * d)
  return {
    name: 'gaussian-mixture',
    ...(d === 3 ? {} : { d }),
    tex: `f_0(z)=\\sum_c w_c\\prod_{a=1}^${2 * d}\\frac{e^{-(z_a-\\mu_{c,a})^2/2\\sigma_{c,a}^2}}{\\sqrt{2\\pi}\\,\\sigma_{c,a}}`,
    parameters: { components: JSON.stringify(components.map(describe)), ...(d === 3 ? {} : { d }) },
    density: (q, p) => {
      for (let a = 0; a < d; a++) {
        z[a] = q[a]!
        z[a + d] = p[a]!
      }
      return density(z)
    },
    spatialDensity: spatial,
    densitySup: densitySup.value,
    rhoNorm1: 1,
    rhoSup: rhoSup.value,
    momentumMoment: m => moment(d, 2 * d, m),
    positionMoment: m => moment(0, d, m),
    phaseMoment: m => moment(0, 2 * d, m),
    support: { q: Number.POSITIVE_INFINITY, p: Number.POSITIVE_INFINITY },
    gaussians: components,
    modes: components.map(({ mean }) => mean.slice(0, d)),
    estimates: { densitySup, rhoSup },
    ...(superposition ? { superposition } : {}),
    ...(superposition && concentric ? { radial: sumOfRadials(superposition) } : {}),
    sample: (N, stream) =>
      drawParticles(
        N,
        stream,
        (q, p) => {
          let u = stream.uniform()
          let c = 0
          while (c + 1 < components.length && u >= components[c]!.weight) u -= components[c++]!.weight
          const { mean, sigma } = components[c]!
          for (let a = 0; a < d; a++) q[a] = mean[a]! + sigma[a]! * stream.normal()
          for (let a = 0; a < d; a++) p[a] = mean[a + d]! + sigma[a + d]! * stream.normal()
        },
        d,
      ),
  }
}

/** The law in the list of those that are built in. */
export const gaussianMixtureEntry: LawEntry = { name: 'gaussian-mixture', make: gaussianMixtureLaw, planar: true }

function parseComponents(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new TypeError(`components must be an array of {weight, ...} or its JSON text, got ${quote(text)}`)
  }
}

function readComponent(component: GaussianComponent, c: number, d: 2 | 3): GaussianTerm {
  const name = `components[${c}]`
  if (typeof component !== 'object' || component === null) {
    throw new TypeError(`${name} must be an object {weight, ...}, got ${quote(component)}`)
  }
  const { weight, meanQ = 0, meanP = 0, sigmaQ = 1, sigmaP = 1 } = component
  const mean = new Float64Array(2 * d)
  const sigma = new Float64Array(2 * d)
  const fill = (out: Float64Array, from: number, field: string, value: number | ArrayLike<number>): void => {
    const vector = typeof value === 'number' ? new Array<number>(d).fill(value) : value
    requireLength(`${name}.${field}`, vector, d)
    for (let a = 0; a < d; a++) {
      const label = `${name}.${field}[${a}]`
      out[from + a] =
        out === sigma
          ? requirePositive(label, vector[a])
          : requireNumber(label, vector[a], -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
    }
  }
  fill(mean, 0, 'meanQ', meanQ)
  fill(mean, d, 'meanP', meanP)
  fill(sigma, 0, 'sigmaQ', sigmaQ)
  fill(sigma, d, 'sigmaP', sigmaP)
  return { weight: requirePositive(`${name}.weight`, weight), mean, sigma }
}

function describe({ weight, mean, sigma }: GaussianTerm): GaussianComponent {
  const d = mean.length / 2
  const part = (v: Float64Array, from: number): number[] => Array.from(v.subarray(from, from + d))
  return { weight, meanQ: part(mean, 0), meanP: part(mean, d), sigmaQ: part(sigma, 0), sigmaP: part(sigma, d) }
}

/** The mixture density in the coordinates from..to-1. */
function mixtureDensity(
  components: readonly GaussianTerm[],
  from: number,
  to: number,
): (z: ArrayLike<number>) => number {
  const fronts = components.map(c => componentSup(c, from, to))
  return z => {
    let sum = 0
    for (let c = 0; c < components.length; c++) {
      const { mean, sigma } = components[c]!
      let exponent = 0
      for (let a = from; a < to; a++) exponent += ((z[a - from]! - mean[a]!) / sigma[a]!) ** 2
      sum += fronts[c]! * Math.exp(-0.5 * exponent)
    }
    return sum
  }
}

/** Weight times supremum of one component in the coordinates from..to-1. */
function componentSup({ weight, sigma }: GaussianTerm, from: number, to: number): number {
  let value = weight
  for (let a = from; a < to; a++) value /= Math.sqrt(2 * Math.PI) * sigma[a]!
  return value
}

/**
 * The highest mode, by the fixed-point (mean-shift) iteration from every mean and every midpoint of two means; it
 * climbs monotonically. Certified bracket: the value is attained, and no mode exceeds the sum of the components'
 * suprema.
 */
function mixtureSupremum(components: readonly GaussianTerm[], from: number, to: number): Estimate {
  const upper = components.reduce((sum, c) => sum + componentSup(c, from, to), 0)
  const concentric = components.every(c => c.mean.every((x, a) => a < from || a >= to || x === components[0]!.mean[a]!))
  if (concentric) return exact(upper, 'all components at their common mean')
  const density = mixtureDensity(components, from, to)
  let best = 0
  for (const first of components) {
    for (const second of components) {
      let z: Float64Array = Float64Array.from(
        { length: to - from },
        (_, a) => 0.5 * (first.mean[a + from]! + second.mean[a + from]!),
      )
      let value = density(z)
      for (let iteration = 0; iteration < 10_000; iteration++) {
        const next = meanShift(components, z, from)
        const nextValue = density(next)
        if (!(nextValue > value)) break
        z = next
        value = nextValue
      }
      best = Math.max(best, value)
    }
  }
  return { value: best, low: best, high: upper, kind: 'certified', method: 'highest mode found; sum of the suprema' }
}

function meanShift(components: readonly GaussianTerm[], z: Float64Array, from: number): Float64Array {
  const top = new Float64Array(z.length)
  const bottom = new Float64Array(z.length)
  for (const c of components) {
    const f = mixtureDensity([c], from, from + z.length)(z)
    for (let a = 0; a < z.length; a++) {
      const precision = f / c.sigma[a + from]! ** 2
      top[a] = top[a]! + precision * c.mean[a + from]!
      bottom[a] = bottom[a]! + precision
    }
  }
  return Float64Array.from(z, (x, a) => (bottom[a]! > 0 ? top[a]! / bottom[a]! : x))
}

function radialTerms(components: readonly GaussianTerm[]): readonly RadialTerm[] | undefined {
  if (!components.every(({ sigma }) => sigma[0] === sigma[1] && sigma[0] === sigma[2])) return undefined
  return components.map(({ weight, mean, sigma }) => ({
    weight,
    center: mean.slice(0, 3),
    radial: gaussianDensity(sigma[0]!),
  }))
}

function sumOfRadials(terms: readonly RadialTerm[]): RadialDensity {
  const sum = (f: (radial: RadialDensity) => number): number =>
    terms.reduce((total, { weight, radial }) => total + weight * f(radial), 0)
  return {
    density: r => sum(radial => radial.density(r)),
    enclosedMass: r => sum(radial => radial.enclosedMass(r)),
    breaks: [],
    supportRadius: Number.POSITIVE_INFINITY,
    scale: Math.min(...terms.map(({ radial }) => radial.scale)),
    monopole: (t, R) => sum(radial => radial.monopole!(t, R)),
    dipole: (t, R) => sum(radial => radial.dipole!(t, R)),
  }
}
