/**
 * One-dimensional quadrature: Gauss-Legendre rules of any order, and an adaptive Gauss-Kronrod integrator whose
 * result carries its error estimate.
 */

import { wasmCore } from '../../wasm/core.js'
import { requireFunction, requireInteger, requireNumber, requireOptions } from '../errors.js'
import { requireNumbers } from '../shape.js'
import { type Estimate, estimated } from '../statistics/estimate.js'

/** Nodes and weights on (-1, 1). */
export interface QuadratureRule {
  /** Nodes in (-1, 1), increasing. */
  readonly nodes: Float64Array
  /** Weights, sum 2. */
  readonly weights: Float64Array
}

const rules = new Map<number, QuadratureRule>()

/**
 * The n-point Gauss-Legendre rule on [-1, 1], exact for polynomials of degree 2n - 1; computed once per n.
 * @source Newton's iteration on P_n from Tricomi's starting values.
 * @example gaussLegendre(2).nodes // [-1/sqrt(3), 1/sqrt(3)]
 */
export function gaussLegendre(n: number): QuadratureRule {
  requireInteger('n', n, 1, 1024)
  const known = rules.get(n)
  if (known) return known
  const nodes = new Float64Array(n)
  const weights = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    let x = wasmCore().cos((Math.PI * (n - i - 0.25)) / (n + 0.5))
    let slope = 1
    for (let iteration = 0; iteration < 100; iteration++) {
      let previous = 1
      let current = x
      for (let k = 2; k <= n; k++) [previous, current] = [current, ((2 * k - 1) * x * current - (k - 1) * previous) / k]
      slope = (n * (x * current - previous)) / (x * x - 1)
      const step = current / slope
      x -= step
      if (Math.abs(step) < 1e-15) break
    }
    nodes[i] = x
    weights[i] = 2 / ((1 - x * x) * slope * slope)
  }
  if (n % 2 === 1) nodes[(n - 1) / 2] = 0
  const rule = { nodes, weights }
  rules.set(n, rule)
  return rule
}

/** The n-point Gauss-Legendre sum of f over [a, b]. */
export function gaussSum(f: (x: number) => number, a: number, b: number, n: number): number {
  const { nodes, weights } = gaussLegendre(n)
  const half = 0.5 * (b - a)
  const middle = 0.5 * (a + b)
  let sum = 0
  for (let i = 0; i < n; i++) sum += weights[i]! * f(middle + half * nodes[i]!)
  return half * sum
}

// Gauss-Kronrod 7-15 pair (QUADPACK, Piessens et al. 1983).
const XGK = [
  0.9914553711208126, 0.9491079123427585, 0.8648644233597691, 0.7415311855993945, 0.5860872354676911,
  0.4058451513773972, 0.20778495500789848, 0,
]
const WGK = [
  0.022935322010529224, 0.06309209262997856, 0.10479001032225019, 0.14065325971552592, 0.1690047266392679,
  0.19035057806478542, 0.20443294007529889, 0.20948214108472782,
]
const WG = [0.1294849661688697, 0.27970539148927664, 0.3818300505051189, 0.4179591836734694]

interface Panel {
  a: number
  b: number
  value: number
  error: number
  magnitude: number
}

function kronrod(f: (x: number) => number, a: number, b: number): Panel {
  const half = 0.5 * (b - a)
  const middle = 0.5 * (a + b)
  const center = f(middle)
  let kronrodSum = WGK[7]! * center
  let gaussSumValue = WG[3]! * center
  let absolute = WGK[7]! * Math.abs(center)
  for (let i = 0; i < 7; i++) {
    const left = f(middle - half * XGK[i]!)
    const right = f(middle + half * XGK[i]!)
    kronrodSum += WGK[i]! * (left + right)
    absolute += WGK[i]! * (Math.abs(left) + Math.abs(right))
    if (i % 2 === 1) gaussSumValue += WG[(i - 1) / 2]! * (left + right)
  }
  const magnitude = Math.abs(half) * absolute
  const error = Math.abs(half * (kronrodSum - gaussSumValue))
  return { a, b, value: half * kronrodSum, error, magnitude }
}

/** Options of {@link integrate}. */
export interface IntegrationOptions {
  /** Relative tolerance (of the integral of |f|), default 1e-13. */
  readonly tolerance?: number
  /** Interior points where f or a derivative jumps; panels start there. */
  readonly breaks?: readonly number[]
  /** Most panels, default 2000. */
  readonly maxPanels?: number
}

/**
 * The integral of f over [a, b], either end possibly infinite, by globally adaptive Gauss-Kronrod 7-15 panels.
 * The stated error is the sum over panels of |K15 - G7|, which overestimates for smooth f, plus rounding.
 * @throws RangeError if a bound is NaN, or f is not finite at a node
 * @example integrate(x => Math.exp(-x * x), -Infinity, Infinity).value // sqrt(pi)
 */
export function integrate(f: (x: number) => number, a: number, b: number, options: IntegrationOptions = {}): Estimate {
  requireOptions<IntegrationOptions>('integrate', options, { tolerance: true, breaks: true, maxPanels: true })
  const { tolerance = 1e-13, breaks = [], maxPanels = 2000 } = options
  requireFunction('f', f)
  requireNumber('tolerance', tolerance, 0, 1)
  requireNumbers('breaks', breaks)
  requireInteger('maxPanels', maxPanels, 1)
  requireNumber('a', a, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
  requireNumber('b', b, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
  if (b < a) {
    const { value, high } = integrate(f, b, a, options)
    return estimated(-value, high - value, 'adaptive Gauss-Kronrod 7-15')
  }
  const map = substitution(a, b)
  const g = (t: number): number => {
    const x = map.x(t)
    const value = f(x) * map.weight(t)
    if (!Number.isFinite(value)) throw new RangeError(`f must be finite on [a, b] = [${a}, ${b}], got ${value} at ${x}`)
    return value
  }
  const cuts = [
    map.t(a),
    ...breaks
      .filter(x => x > a && x < b)
      .map(map.t)
      .sort((x, y) => x - y),
    map.t(b),
  ]
  const panels: Panel[] = []
  for (let i = 0; i + 1 < cuts.length; i++) if (cuts[i]! < cuts[i + 1]!) panels.push(kronrod(g, cuts[i]!, cuts[i + 1]!))
  const total = (key: 'value' | 'error' | 'magnitude'): number => panels.reduce((sum, panel) => sum + panel[key], 0)
  let error = total('error')
  const magnitude = (): number => total('magnitude')
  while (error > tolerance * magnitude() && panels.length < maxPanels) {
    let worst = 0
    for (let i = 1; i < panels.length; i++) if (panels[i]!.error > panels[worst]!.error) worst = i
    const { a: left, b: right, magnitude: size } = panels[worst]!
    const middle = 0.5 * (left + right)
    // A panel at rounding level cannot improve.
    if (panels[worst]!.error <= 4 * Number.EPSILON * size || middle <= left || middle >= right) break
    panels.splice(worst, 1, kronrod(g, left, middle), kronrod(g, middle, right))
    error = total('error')
  }
  const rounding = 8 * Number.EPSILON * magnitude()
  return estimated(total('value'), error + rounding, 'adaptive Gauss-Kronrod 7-15')
}

/** Maps an infinite range to a finite one: x = t/(1 - t^2) on R, x = a + t/(1 - t) on [a, inf), mirrored below. */
function substitution(a: number, b: number): { x(t: number): number; t(x: number): number; weight(t: number): number } {
  if (Number.isFinite(a) && Number.isFinite(b)) return { x: t => t, t: x => x, weight: () => 1 }
  if (Number.isFinite(a)) {
    return { x: t => a + t / (1 - t), t: x => (x === b ? 1 : (x - a) / (1 + x - a)), weight: t => 1 / (1 - t) ** 2 }
  }
  if (Number.isFinite(b)) {
    return { x: t => b - (1 - t) / t, t: x => (x === a ? 0 : 1 / (1 + b - x)), weight: t => 1 / t ** 2 }
  }
  return {
    x: t => t / (1 - t * t),
    t: x => (x === a ? -1 : x === b ? 1 : x === 0 ? 0 : (Math.sqrt(1 + 4 * x * x) - 1) / (2 * x)),
    weight: t => (1 + t * t) / (1 - t * t) ** 2,
  }
}
