import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import { CELL, CELL_BYTES, HEADER, HEADER_BYTES, HEADER_NUMBERS } from '../../../src/forces/fmm/fmmLayout.js'
import { rotationAboutY } from '../../../src/forces/fmm/fmmRotation.js'
import { gradientTerms, LARGEST_ORDER, placeByDegree, sequentialPlaces } from '../../../src/forces/fmm/fmmTables.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { compensated, fmmSum } from './fmmClouds.js'
import { irregular, localOfMultipole, multipole, regular, type Vector } from './fmmOracle.js'

const s = randomStream('fmm tables')
const vector = (): Vector => [s.normal(), s.normal(), s.normal()]

describe('the oracle itself', () => {
  test('1/|x - y| is the sum over products of regular and irregular harmonics', () => {
    const [x, y]: [Vector, Vector] = [
      [2, -3, 1.5],
      [0.5, 0.3, -0.6],
    ]
    let sum = 0
    for (let l = 0; l < 40; l++) {
      for (let m = 0; m <= l; m++) {
        for (const part of ['cos', 'sin'] as const) sum += regular(y, l, m, part) * irregular(x, l, m, part)
      }
    }
    const r = Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2])
    expect(sum * r).toBeCloseTo(1, 12)
  })
})

describe('rotations of harmonics', () => {
  const [c, sine] = [0.28, 0.96]
  const matrices = rotationAboutY(25, c, sine)

  test('R_l(Q x) = D_l R_l(x)', () => {
    const x = vector()
    const Qx: Vector = [c * x[0] - sine * x[2], x[1], sine * x[0] + c * x[2]]
    const of = (v: Vector, l: number, m: number): number => regular(v, l, Math.abs(m), m < 0 ? 'sin' : 'cos')
    for (let l = 0; l < 25; l++) {
      for (let m = -l; m <= l; m++) {
        let sum = 0
        let size = 0
        for (let n = -l; n <= l; n++) {
          const term = matrices[l]![(m + l) * (2 * l + 1) + n + l]! * of(x, l, n)
          sum += term
          size += Math.abs(term)
        }
        expect(Math.abs(sum - of(Qx, l, m))).toBeLessThanOrEqual(1e-13 * (l + 1) * Math.max(size, 1e-30))
      }
    }
  })

  test('they are orthogonal, to rounding, at the largest order', () => {
    const last = rotationAboutY(LARGEST_ORDER, c, sine)[LARGEST_ORDER - 1]!
    const width = 2 * LARGEST_ORDER - 1
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < width; j++) {
        let product = 0
        for (let k = 0; k < width; k++) product += last[i * width + k]! * last[j * width + k]!
        expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThan(1e-13)
      }
    }
  })
})

describe('derivatives of harmonics', () => {
  // Central differences of the series against the series of the derivative.
  test.each(['regular', 'irregular'] as const)('minus the gradient of a series of %s harmonics', family => {
    const order = 7
    const to = family === 'regular' ? order - 1 : order + 1
    const f = family === 'regular' ? regular : irregular
    const coefficients = Float64Array.from({ length: order * order }, () => s.normal())
    const terms = gradientTerms(family, order, to)
    const places = new Int32Array(terms.buffer)
    const factors = new Float64Array(terms.buffer)
    const x: Vector = [0.7, -0.9, 1.1]
    const harmonics = all(to).map(([l, m, part]) => f(x, l, m, part))
    const byPlace = new Float64Array(to * to)
    all(to).forEach(([l, m, part], k) => {
      byPlace[placeByDegree(l, m, part)] = harmonics[k]!
    })
    const sequence = sequentialPlaces(to)
    const field = [0, 0, 0]
    for (let k = 0; k < to * to; k++) {
      const term = (slot: number): number =>
        coefficients[places[4 * (6 * k + slot)]!]! * factors[2 * (6 * k + slot) + 1]!
      const value = byPlace[sequence[k]!]!
      field[0]! += value * (term(0) + term(1))
      field[1]! += value * (term(2) + term(3))
      field[2]! += value * term(4)
    }
    const potential = (at: Vector): number =>
      all(order).reduce((sum, [l, m, part]) => sum + coefficients[placeByDegree(l, m, part)]! * f(at, l, m, part), 0)
    for (let a = 0; a < 3; a++) {
      const along = (h: number): number => potential(x.map((v, b) => (a === b ? v + h : v)) as Vector)
      const h = 1e-3
      const difference = (8 * (along(h) - along(-h)) - (along(2 * h) - along(-2 * h))) / (12 * h)
      expect(Math.abs(field[a]! + difference)).toBeLessThan(1e-9 * (1 + Math.abs(difference)))
    }
  })
})

function all(order: number): [number, number, 'cos' | 'sin'][] {
  const list: [number, number, 'cos' | 'sin'][] = []
  for (let l = 0; l < order; l++) {
    for (let m = 0; m <= l; m++) list.push([l, m, 'cos'])
    for (let m = 1; m <= l; m++) list.push([l, m, 'sin'])
  }
  return list
}

describe('two groups of charges that meet through one M2L', () => {
  // Twelve charges in each of two small balls, so placed that their cells of level 2 do not touch.
  const n = 12
  const N = 2 * n
  const q = new Float64Array(3 * N)
  const middle: readonly [Vector, Vector] = [
    [0.11, 0.16, 0.13],
    [0.89, 0.61, 0.86],
  ]
  for (let i = 0; i < N; i++) {
    const at = middle[i < n ? 0 : 1]
    for (let a = 0; a < 3; a++) q[a * N + i] = at[a]! + 0.08 * (s.uniform() - 0.5)
  }
  const weights = Float64Array.from({ length: N }, (_, i) => (i < n ? 1 : 0.5 + s.uniform()))
  const kernel = coulombKernel()
  const targets = Array.from({ length: n }, (_, i) => i)
  const point = (i: number): Vector => [q[i]!, q[N + i]!, q[2 * N + i]!]
  const charges = Array.from({ length: n }, (_, k) => ({ at: point(n + k), weight: weights[n + k]! }))
  // The potential of the own group, which the method sums directly.
  const own = Float64Array.from(targets, i =>
    targets.reduce((sum, j) => sum + (i === j ? 0 : weights[j]! / distance(point(i), point(j))), 0),
  )
  const exact = compensated(kernel, q, targets, weights).potential
  const farExact = exact.map((V, i) => V - own[i]!)
  const settings = { weights, potential: true, leaf: 2, expansions: 'f64', pairs: 'f64' } as const

  function distance(x: Vector, y: Vector): number {
    return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2])
  }
  const centreOf = (origin: readonly number[], side: number, level: number, x: Vector): Vector => {
    const h = side / 2 ** level
    return x.map((v, a) => origin[a]! + (Math.floor((v - origin[a]!) / h) + 0.5) * h) as Vector
  }

  test('the potential is that of the truncated multipole, projected on the truncated local expansion', () => {
    for (const order of [2, 3, 5, 8]) {
      const { potential, shape } = fmmSum(q, kernel, { ...settings, order })
      expect(shape.depth).toBeGreaterThan(2)
      const from = centreOf(shape.origin, shape.side, 2, middle[1])
      const to = centreOf(shape.origin, shape.side, 2, middle[0])
      for (let i = 0; i < N; i++) {
        expect(centreOf(shape.origin, shape.side, 2, point(i))).toEqual(i < n ? to : from)
      }
      const local = localOfMultipole(multipole(charges, from, order), from, to, order, 0.4 * (shape.side / 4))
      let error = 0
      for (const i of targets) {
        const x = point(i)
        const far = all(order).reduce(
          (sum, [l, m, part]) =>
            sum + local[placeByDegree(l, m, part)]! * regular([x[0] - to[0], x[1] - to[1], x[2] - to[2]], l, m, part),
          0,
        )
        error = Math.max(error, Math.abs(potential[i]! - own[i]! - far) / Math.abs(far))
      }
      expect(error).toBeLessThan(1e-12)
    }
  })

  test('its error falls with the order at the rate of the geometry, and below its bound', () => {
    const errors: number[] = []
    const orders = [2, 4, 6, 8, 10, 12, 14, 16]
    let ratio = 0
    for (const order of orders) {
      const { potential, shape } = fmmSum(q, kernel, { ...settings, order })
      const from = centreOf(shape.origin, shape.side, 2, middle[1])
      const to = centreOf(shape.origin, shape.side, 2, middle[0])
      const a = Math.max(...charges.map(({ at }) => distance(at, from)))
      const b = Math.max(...targets.map(i => distance(point(i), to)))
      const R = distance(from, to)
      // Charges a from their centre, targets b from theirs: the tails of both series.
      const charge = charges.reduce((sum, { weight }) => sum + weight, 0)
      const bound = (charge / (R - a - b)) * ((a / (R - b)) ** order + (b / (R - a)) ** order)
      ratio = Math.max(a / (R - b), b / (R - a))
      const error = Math.max(...targets.map(i => Math.abs(potential[i]! - own[i]! - farExact[i]!)))
      expect(error).toBeLessThan(bound)
      errors.push(error)
    }
    const slope = Math.log(errors.at(-1)! / errors[0]!) / (orders.at(-1)! - orders[0]!)
    expect(slope).toBeLessThan(Math.log(ratio) + 0.15)
    expect(slope).toBeGreaterThan(Math.log(ratio) - 0.6)
  })
})

describe('the layout of plans', () => {
  const source = readFileSync(new URL('../../../src/wasm/assembly/forces/fmmPlan.ts', import.meta.url), 'utf8')
  const compiled = (name: string): number =>
    Number(new RegExp(`export const ${name}: usize = (\\d+)`).exec(source)?.[1] ?? Number.NaN)
  const upper = (name: string): string =>
    name
      .replace(/[A-Z]/g, c => `_${c}`)
      .toUpperCase()
      .replace(/^_N$/, 'N')

  test('is the same here and in the compiled code', () => {
    for (const [name, offset] of Object.entries({ ...HEADER, ...HEADER_NUMBERS, ...CELL })) {
      expect([name, compiled(upper(name))]).toEqual([name, offset])
    }
    expect(compiled('HEADER_BYTES')).toBe(HEADER_BYTES)
    expect(compiled('CELL_BYTES')).toBe(CELL_BYTES)
  })
})
