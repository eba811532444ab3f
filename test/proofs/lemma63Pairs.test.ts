/**
 * The formulas of Lemma 6.3 are the difference quotients of the kernel (4), pair by pair: the kernel is written out
 * here.
 */
import { describe, expect, it } from 'vitest'
import { intervals } from '../../src/base/interval/arithmetic.js'
import { interval } from '../../src/base/interval/interval.js'
import { randomStream } from '../../src/base/random.js'
import { evaluator } from '../../src/proofs/expression.js'
import { type Statement, statementById } from '../../src/proofs/index.js'

type Vector = readonly number[]
const random = randomStream('lemma 6.3, pairs')
const norm = (v: Vector): number => Math.hypot(...v)
const largest = (v: Vector): number => Math.max(...v.map(Math.abs))
const minus = (a: Vector, b: Vector): Vector => a.map((t, i) => t - b[i]!)
const k = (q: Vector): Vector => q.map(t => t / Math.max(1, norm(q)) ** 3)
const normal = (): Vector => [random.normal(), random.normal(), random.normal()]
const ofLength = (v: Vector, length: number): Vector => v.map(t => (t * length) / norm(v))
const between = (a: number, b: number): number => a + (b - a) * random.uniform()

/** The value of the formula of a statement. */
function value(id: string, x: Readonly<Record<string, number>>): number {
  const statement = statementById(id) as Extract<Statement, { readonly kind: 'supremum' | 'infimum' }>
  const { variables, definitions = [], expression, where = [] } = statement
  const names = { variables: variables.map(({ name }) => name), definitions, proved: {} }
  const point = names.variables.map(name => interval(x[name]!))
  for (const condition of where) expect(evaluator(condition, intervals, names)(point).hi).toBeGreaterThanOrEqual(-1e-15)
  for (const { name, lo, hi } of variables) {
    const [a, b] = [lo, hi].map(text =>
      text
        .split('/')
        .map(Number)
        .reduce((n, d) => n / d),
    ) as [number, number]
    expect(x[name]! >= a - 1e-12 && x[name]! <= b + 1e-12, `${name} = ${x[name]}`).toBe(true)
  }
  const found = evaluator(expression, intervals, names)(point)
  return 0.5 * (found.lo + found.hi)
}

const CLOSE = 1e-9
const TIMES = Array.from({ length: 200 })

describe('in the Euclidean norm a pair has the quotient that the formula says', () => {
  const quotient = (q: Vector, y: Vector): number => norm(minus(k(q), k(y))) / norm(minus(q, y))

  it('both points outside the cut-off', () => {
    for (const _ of TIMES) {
      const [r, s] = [between(1, 4), between(1, 4)]
      const [q, y] = [ofLength(normal(), r), ofLength(normal(), s)]
      const formula = value('lemma-6-3-inner', { a: 1 / r, b: 1 / s, w: (s - r) / norm(minus(q, y)) })
      expect(Math.abs(formula / quotient(q, y) - 1)).toBeLessThan(CLOSE)
    }
  })

  it('one outside and one inside', () => {
    for (const _ of TIMES) {
      const [r, s] = [1 / between(0.1, 1), between(0.1, 1)]
      const [q, y] = [ofLength(normal(), r), ofLength(normal(), s)]
      const m = 2 - 1 / r - s
      const x = { m, u: (1 - 1 / r) / m, w: (r - s) / norm(minus(q, y)) }
      expect(Math.abs(value('lemma-6-3-inner-across', x) / quotient(q, y) ** 2 - 1)).toBeLessThan(CLOSE)
    }
  })

  it('at three radii and beyond', () => {
    for (const _ of TIMES) {
      const q = ofLength(normal(), between(3, 9))
      const xi = ofLength(normal(), between(0.1, 2))
      const y = q.map((t, i) => t + xi[i]!)
      const x = { t: norm(xi) / norm(q), w: (norm(y) - norm(q)) / norm(xi) }
      expect(Math.abs(value('lemma-6-3-outer', x) / (norm(q) ** 3 * quotient(q, y)) - 1)).toBeLessThan(CLOSE)
    }
  })
})

describe('in the maximum norm', () => {
  /** y with its first component the largest, none negative, in the coordinates of the formulas. */
  const point = (s: number): { y: Vector; a: number; z: number } => {
    const u = ofLength(normal().map(Math.abs), 1)
    const across = Math.hypot(u[1]!, u[2]!)
    return { y: u.map(t => s * t), a: Math.acos(u[0]!), z: (u[1]! + u[2]!) / (Math.SQRT2 * across) }
  }
  /** The larger of |q|^3 (k_1(y) - k_1(q))/t at two corners of a cube about y. */
  const atCorners = (y: Vector, t: number): number =>
    Math.max(
      ...[t, -t].map(first => {
        const q = [y[0]! + first, y[1]! + t, y[2]! + t]
        const scale = Math.max(1, norm(q)) ** 3
        return (scale * (k(y)[0]! - k(q)[0]!)) / t
      }),
    )

  it('the row sum of the gradient is what the formula says', () => {
    for (const _ of TIMES) {
      const r = between(1.01, 3)
      const { y, a, z } = point(r)
      const h = 1e-5
      const row = [0, 1, 2].map(j => {
        const moved = (by: number): number => k(y.map((t, i) => (i === j ? t + by : t)))[0]!
        return Math.abs(moved(h) - moved(-h)) / (2 * h)
      })
      expect(Math.abs(value('lemma-6-3-inner-maximum', { x: 1 / r, a, z }) - row[0]! - row[1]! - row[2]!)).toBeLessThan(
        1e-6,
      )
    }
  })

  it('a point outside the cut-off has the quotient of the formula at the better corner', () => {
    for (const _ of TIMES) {
      const s = between(1, 2)
      const { y, a, z } = point(s)
      const t = between(0.1, 2)
      if (norm(y) > norm([y[0]! - t, y[1]! + t, y[2]! + t])) continue
      const formula = value('lemma-6-3-outer-maximum-beyond', { a, z, t: t / s })
      expect(Math.abs(formula - atCorners(y, t))).toBeLessThan(1e-8)
    }
  })

  it('a point inside has at most the value of the formula, and that if its other components are equal', () => {
    for (const _ of TIMES) {
      const s = between(0.1, 1)
      const { y, a } = point(s)
      const t = between(1.2, 2)
      const formula = value('lemma-6-3-outer-maximum-within', { s, a, t })
      expect(atCorners(y, t)).toBeLessThanOrEqual(formula + 1e-9)
      const side = Math.hypot(y[1]!, y[2]!) / Math.SQRT2
      expect(Math.abs(atCorners([y[0]!, side, side], t) - formula)).toBeLessThan(1e-8)
    }
  })

  it('the corners are worst: no other displacement of three thousand is worse', () => {
    for (const _ of Array.from({ length: 3000 })) {
      const s = between(0.1, 3)
      const { y } = point(s)
      const h = normal()
      const t = between(0.1, 2)
      const q = y.map((c, i) => c + (t * h[i]!) / largest(h))
      if (norm(q) < 3) continue
      const here = (norm(q) ** 3 * (k(y)[0]! - k(q)[0]!)) / t
      expect(here).toBeLessThanOrEqual(Math.max(6.2, atCorners(y, t)) + 1e-9)
    }
  })
})
