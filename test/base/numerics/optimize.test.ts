import { expect, test } from 'vitest'
import { maximize, maximizeLocally } from '../../../src/base/numerics/optimize.js'
import { randomStream } from '../../../src/base/random.js'

test('maximizeLocally finds the maximum of a parabola to the square root of the rounding', () => {
  for (const [start, scale] of [
    [0, 1],
    [100, 0.1],
    [-3, 50],
  ] as const) {
    const { x, value } = maximizeLocally(([t]) => 5 - (t! - 2) ** 2, [start], scale)
    expect(Math.abs(x[0]! - 2)).toBeLessThan(1e-7)
    expect(value).toBeCloseTo(5, 14)
  }
})

test('it climbs the Rosenbrock ridge and a Gaussian in five dimensions', () => {
  const rosenbrock = ([x, y]: ArrayLike<number> & Iterable<number>): number =>
    -((1 - x!) ** 2) - 100 * (y! - x! * x!) ** 2
  const top = maximizeLocally(x => rosenbrock(x), [-1.2, 1], 0.5)
  expect(Math.hypot(top.x[0]! - 1, top.x[1]! - 1)).toBeLessThan(1e-6)
  const center = [0.3, -1, 2, 0.5, 4]
  const gauss = maximizeLocally(
    x => Math.exp(-center.reduce((s, c, a) => s + (x[a]! - c) ** 2 * (a + 1), 0)),
    [0, 0, 1, 1, 3],
    0.5,
  )
  expect(gauss.value).toBeCloseTo(1, 12)
  center.forEach((c, a) => {
    expect(gauss.x[a]!).toBeCloseTo(c, 5)
  })
})

test('a maximum on a corner of the domain and at a kink is reached, NaN and -Infinity being outside', () => {
  const corner = maximizeLocally(([x, y]) => (x! > 1 || y! > 1 ? Number.NaN : x! + 2 * y!), [0, 0], 0.5)
  expect(corner.value).toBeGreaterThan(3 - 1e-6)
  expect(corner.value).toBeLessThanOrEqual(3)
  const kink = maximizeLocally(([x]) => -Math.abs(x! - 0.7), [0], 1)
  expect(kink.value).toBeGreaterThan(-1e-12)
  const edge = maximizeLocally(([x]) => (x! < 0 ? Number.NEGATIVE_INFINITY : -x!), [1], 0.5)
  expect(edge.value).toBeGreaterThan(-1e-6)
})

test('value is f at x, evaluations counts every call and the start is not changed', () => {
  let calls = 0
  const f = ([x, y]: ArrayLike<number> & Iterable<number>): number => {
    calls++
    return Math.sin(x!) - (y! - x!) ** 2
  }
  const start = Float64Array.of(0.2, 0.1)
  const { x, value, evaluations } = maximizeLocally(x => f(x), start, 0.3)
  expect(evaluations).toBe(calls)
  expect(value).toBe(f(x))
  expect([...start]).toEqual([0.2, 0.1])
  expect(value).toBeCloseTo(1, 12)
})

test('maximize finds the highest of many hills where a single start does not, the same for the same stream', () => {
  const hills = ([x]: ArrayLike<number> & Iterable<number>): number => Math.cos(5 * x!) - 0.05 * (x! - 3) ** 2
  const best = (starts: number): ReturnType<typeof maximize> =>
    maximize(
      x => hills(x),
      s => [20 * s.uniform() - 10],
      randomStream('1/hills'),
      starts,
      0.1,
    )
  const found = best(200)
  // The hill nearest 3 is near 4 pi/5, where 5 sin(5 x) = -0.1 (x - 3).
  expect(found.x[0]!).toBeCloseTo((4 * Math.PI) / 5 + (0.1 * (3 - (4 * Math.PI) / 5)) / 25, 4)
  expect(found.x).toEqual(best(200).x)
  // Control: one start ends on the wrong hill.
  expect(best(1).value).toBeLessThan(found.value - 0.01)
  expect(found.evaluations).toBeGreaterThan(best(1).evaluations)
})

test('bad arguments are named', () => {
  expect(() =>
    maximize(
      () => 0,
      () => [0],
      randomStream('1/x'),
      0,
      1,
    ),
  ).toThrow('starts must be an integer >= 1, got 0')
  expect(() => maximize(() => 0, 3 as never, randomStream('1/x'), 1, 1)).toThrow('draw must be a function, got 3')
})

test('every start outside the domain leaves nothing found, and says so', () => {
  expect(
    maximize(
      () => Number.NaN,
      () => [0],
      randomStream('1/x'),
      2,
      1,
    ).value,
  ).toBe(Number.NEGATIVE_INFINITY)
})
