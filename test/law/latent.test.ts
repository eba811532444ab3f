import { describe, expect, test } from 'vitest'
import { bulkStream } from '../../src/base/bulkStream.js'
import type { Configuration } from '../../src/base/configuration.js'
import { integrate } from '../../src/base/numerics/quadrature.js'
import { randomStream } from '../../src/base/random.js'
import { kolmogorovSmirnov } from '../../src/base/statistics/statistics.js'
import type { LatentNormals, Law } from '../../src/law/law.js'
import { lawByName, lawNames } from '../../src/law/lawByName.js'
import { placeInBall } from '../../src/law/sampling.js'

const N = 4000

/** With parameters that are not 1, so that one left out is seen. */
const PARAMETERS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  gaussian: { sigmaQ: 0.7, sigmaP: 1.8 },
  'uniform-ball': { radius: 1.3, momentumRadius: 0.6 },
  plummer: { scale: 1.4 },
}

const laws = lawNames
  .map(name => lawByName(name, PARAMETERS[name] ?? {}))
  .filter((law): law is Law & { readonly latent: LatentNormals } => law.latent !== undefined)

/** N particles by a map of normal variates. */
function placed({ components, place }: LatentNormals, key: string): Configuration {
  const stream = bulkStream(key)
  const [x, one, other] = [new Float64Array(components), new Float64Array(3), new Float64Array(3)]
  const [q, p] = [new Float64Array(3 * N), new Float64Array(3 * N)]
  for (let i = 0; i < N; i++) {
    stream.normals(x)
    place(x, one, other)
    for (let a = 0; a < 3; a++) {
      q[a * N + i] = one[a]!
      p[a * N + i] = other[a]!
    }
  }
  return { N, d: 3, q, p }
}

/** P(|p| <= v | |q| = r) by quadrature of the density alone. */
function speedCdf(law: Law, r: number, v: number): number {
  // Plummer's density ends at the escape speed, which depends on r.
  const end = law.name === 'plummer' ? Math.sqrt(2 / Math.hypot(r, 1.4)) : Math.min(law.support.p, 20)
  const shell = (s: number): number => 4 * Math.PI * s * s * law.density([0, 0, r], [s, 0, 0])
  const mass = integrate(shell, 0, Math.min(v, end), { tolerance: 1e-9 }).value
  return Math.min(1, mass / law.spatialDensity([0, 0, r]))
}

/**
 * Of a law that is invariant under rotations: what must be uniform on [0, 1] and independent, from closed forms and
 * from the density. The Rosenblatt transform (M(|q|), P(|p| <= v | q)), directions, and their angle; sums modulo 1 see
 * whether two of them depend on each other.
 */
function uniforms(law: Law, { q, p }: Configuration): Readonly<Record<string, Float64Array>> {
  const of = (value: (i: number) => number): Float64Array => Float64Array.from({ length: N }, (_, i) => value(i))
  const size = (x: Float64Array, i: number): number => Math.hypot(x[i]!, x[N + i]!, x[2 * N + i]!)
  const cosine = (x: Float64Array, a: number): Float64Array => of(i => (1 + x[a * N + i]! / size(x, i)) / 2)
  const turn = (x: Float64Array): Float64Array => of(i => 0.5 + Math.atan2(x[N + i]!, x[i]!) / (2 * Math.PI))
  const radius = of(i => Math.min(1, law.radial!.enclosedMass(size(q, i))))
  const speed = of(i => speedCdf(law, size(q, i), size(p, i)))
  const sum = (x: Float64Array, y: Float64Array): Float64Array => of(i => (x[i]! + y[i]!) % 1)
  const angle = of(i => {
    const product = [0, 1, 2].reduce((s, a) => s + q[a * N + i]! * p[a * N + i]!, 0)
    return Math.min(1, Math.max(0, (1 + product / (size(q, i) * size(p, i))) / 2))
  })
  return {
    ...{ radius, speed, angle, 'radius and speed': sum(radius, speed) },
    ...{
      'direction of q': cosine(q, 2),
      'direction of p': cosine(p, 2),
      'azimuth of q': turn(q),
      'azimuth of p': turn(p),
    },
    ...{ 'radius and direction': sum(radius, cosine(q, 2)), 'speed and angle': sum(speed, angle) },
  }
}

/** The smallest p-value of all of them. */
const worst = (law: Law, Z: Configuration): number =>
  Math.min(...Object.values(uniforms(law, Z)).map(x => kolmogorovSmirnov(x, u => u).pValue))

test('three laws are images of normal variates', () => {
  expect(laws.map(({ name }) => name).sort()).toEqual(['gaussian', 'plummer', 'uniform-ball'])
})

describe.each(laws)('the map from normal variates to the law $name', law => {
  test('has the distribution of the law, as its sampler has', () => {
    expect(worst(law, placed(law.latent, `latent/${law.name}`))).toBeGreaterThan(1e-3)
    expect(worst(law, law.sample(N, randomStream(`sampler/${law.name}`)))).toBeGreaterThan(1e-3)
  })

  test('has its moments, and its support', () => {
    const { q, p } = placed(law.latent, `moments/${law.name}`)
    const size = (x: Float64Array, i: number): number => Math.hypot(x[i]!, x[N + i]!, x[2 * N + i]!)
    // Plummer's |q| has moments below order 2, and a variance below order 1.
    for (const [x, moment, m] of [
      [q, law.positionMoment, 0.5],
      [p, law.momentumMoment, 2],
    ] as const) {
      const powers = Float64Array.from({ length: N }, (_, i) => size(x, i) ** m)
      const mean = powers.reduce((s, y) => s + y, 0) / N
      const deviation = Math.sqrt(moment(2 * m) - moment(m) ** 2)
      expect(Math.abs(mean - moment(m)) / (deviation / Math.sqrt(N))).toBeLessThan(3.5)
    }
    for (let i = 0; i < N; i++) {
      expect(size(q, i)).toBeLessThanOrEqual(law.support.q * (1 + 1e-15))
      expect(size(p, i)).toBeLessThanOrEqual(law.support.p * (1 + 1e-15))
    }
  })

  test('depends on every variate', () => {
    const { components, place } = law.latent
    const at = (x: Float64Array): number[] => {
      const [q, p] = [new Float64Array(3), new Float64Array(3)]
      place(x, q, p)
      return [...q, ...p]
    }
    const x = new Float64Array(components)
    bulkStream('one').normals(x)
    for (let k = 0; k < components; k++) {
      const other = x.slice()
      other[k] = 2 * other[k]!
      expect(at(other)).not.toEqual(at(x))
    }
  })
})

describe('a control that must fail:', () => {
  const ball = laws.find(({ name }) => name === 'uniform-ball')!
  const plummer = laws.find(({ name }) => name === 'plummer')!

  test.each([4, 6])('a ball of %i variates in place of five', count => {
    const place: LatentNormals['place'] = (x, q, p) => {
      placeInBall(1.3, x, 0, count, q)
      placeInBall(0.6, x, 6, 5, p)
    }
    expect(worst(ball, placed({ components: 11, place }, 'control'))).toBeLessThan(1e-6)
  })

  test('momenta of Plummer with the escape speed of the centre', () => {
    const place: LatentNormals['place'] = (x, q, p) => {
      plummer.latent.place(x, q, p)
      placeInBall(plummer.support.p, x, 5, 12, p)
    }
    // Speeds beyond the escape speed have the distribution function 1.
    expect(worst(plummer, placed({ components: 17, place }, 'control'))).toBeLessThan(1e-6)
  })

  test('positions and momenta that share a variate', () => {
    const place: LatentNormals['place'] = (x, q, p) => {
      placeInBall(1.3, x, 0, 5, q)
      placeInBall(0.6, x, 2, 5, p)
    }
    expect(worst(ball, placed({ components: 10, place }, 'control'))).toBeLessThan(1e-6)
  })
})
