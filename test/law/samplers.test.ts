import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Configuration } from '../../src/base/configuration.js'
import { integrate } from '../../src/base/numerics/quadrature.js'
import { chi3Cdf, normalCdf } from '../../src/base/numerics/special.js'
import { type RandomStream, randomStream } from '../../src/base/random.js'
import { kolmogorovSmirnov, meanAndStandardError } from '../../src/base/statistics/statistics.js'
import type { GaussianComponent } from '../../src/law/gaussianMixtureLaw.js'
import type { Law } from '../../src/law/law.js'
import { lawByName, lawNames } from '../../src/law/lawByName.js'
import { drawInBall, drawOnSphere, drawParticles } from '../../src/law/sampling.js'

const N = 40_000

/** Radii, cosines to the third axis and azimuths (in turns, [0, 1)) of the vectors x. */
function polar(x: Float64Array): { r: Float64Array; cosine: Float64Array; azimuth: Float64Array } {
  const n = x.length / 3
  const r = Float64Array.from({ length: n }, (_, i) => Math.hypot(x[i]!, x[i + n]!, x[i + 2 * n]!))
  return {
    r,
    cosine: r.map((length, i) => x[i + 2 * n]! / length),
    azimuth: r.map((_, i) => Math.atan2(x[i + n]!, x[i]!) / (2 * Math.PI) + 0.5),
  }
}

const isotropicCosine = (c: number): number => Math.min(1, Math.max(0, (1 + c) / 2))
const turn = (x: number): number => x

/** A distribution function on [0, end] from an unnormalised density, by quadrature: independent of the laws' own. */
function cdfOf(density: (x: number) => number, end: number): (x: number) => number {
  const total = integrate(density, 0, end, { tolerance: 1e-11 }).value
  return x => Math.min(1, integrate(density, 0, Math.min(x, end), { tolerance: 1e-8 }).value / total)
}

const bumpCdf = cdfOf(x => (x < 1 ? x * x * Math.exp(-1 / (1 - x * x)) : 0), 1)
const escapeCdf = cdfOf(x => x * x * (1 - x * x) ** 3.5, 1)

interface Expected {
  law: Law
  radius(r: number): number
  cosine(c: number): number
  speed(v: number): number
}

const hourglassCosine = (c: number): number => {
  const edge = 1 / Math.sqrt(3)
  const tail = (1 - Math.max(edge, Math.abs(c))) / (1 - edge) / 2
  return c < 0 ? tail : 1 - tail
}

const product: Expected[] = [
  {
    law: lawByName('uniform-ball', { radius: 2, momentumRadius: 0.5 }),
    radius: r => (r / 2) ** 3,
    cosine: isotropicCosine,
    speed: v => (v / 0.5) ** 3,
  },
  {
    law: lawByName('gaussian', { sigmaQ: 0.5, sigmaP: 3 }),
    radius: r => chi3Cdf(r / 0.5),
    cosine: isotropicCosine,
    speed: v => chi3Cdf(v / 3),
  },
  {
    law: lawByName('bump', { radius: 3, momentumRadius: 0.25 }),
    radius: r => bumpCdf(r / 3),
    cosine: isotropicCosine,
    speed: v => bumpCdf(v / 0.25),
  },
  {
    law: lawByName('hourglass', { radius: 2, momentumRadius: 0.5 }),
    radius: r => (r / 2) ** 3,
    cosine: hourglassCosine,
    speed: v => (v / 0.5) ** 3,
  },
]

/** Kolmogorov-Smirnov p-values of everything that a product law determines, dependence of q and p included. */
function pValues(Z: Configuration, { radius, cosine, speed }: Omit<Expected, 'law'>): Record<string, number> {
  const q = polar(Z.q)
  const p = polar(Z.p)
  const test = (sample: Float64Array, cdf: (x: number) => number): number => kolmogorovSmirnov(sample, cdf).pValue
  const near = (_: number, i: number): boolean => radius(q.r[i]!) < 0.5
  const upper = (_: number, i: number): boolean => q.cosine[i]! > 0
  return {
    radius: test(q.r, radius),
    cosine: test(q.cosine, cosine),
    azimuth: test(q.azimuth, turn),
    speed: test(p.r, speed),
    'momentum cosine': test(p.cosine, isotropicCosine),
    'momentum azimuth': test(p.azimuth, turn),
    // Conditional laws equal the unconditional ones.
    'speed given near': test(p.r.filter(near), speed),
    'cosine given near': test(q.cosine.filter(near), cosine),
    'momentum cosine given upper': test(p.cosine.filter(upper), isotropicCosine),
    'azimuth given upper': test(q.azimuth.filter(upper), turn),
    // The angle between q and p.
    'mutual cosine': test(
      q.r.map((r, i) => {
        const n = q.r.length
        let dot = 0
        for (let a = 0; a < 3; a++) dot += Z.q[i + a * n]! * Z.p[i + a * n]!
        return dot / r / p.r[i]!
      }),
      isotropicCosine,
    ),
  }
}

// About 60 p-values are looked at in this file: a level of 1e-4 each.
const LEVEL = 1e-4

test('product laws: radii, directions and the independence of q and p pass Kolmogorov-Smirnov', () => {
  for (const expected of product) {
    const Z = expected.law.sample(N, randomStream({ seed: 1, law: expected.law.name, N }))
    for (const [what, pValue] of Object.entries(pValues(Z, expected))) {
      expect(pValue, `${expected.law.name}: ${what}`).toBeGreaterThan(LEVEL)
    }
  }
})

test('the same test rejects biased samplers, each in the right place', () => {
  const ball = product[0]!
  const reject = (what: string, draw: (stream: RandomStream, q: Float64Array, p: Float64Array) => void): void => {
    const stream = randomStream(`control/${what}`)
    const Z = drawParticles(N, stream, (q, p) => draw(stream, q, p))
    expect(pValues(Z, ball)[what], what).toBeLessThan(1e-6)
  }
  // r = R u^{1/2}, the radius of a disc.
  reject('radius', (stream, q, p) => {
    drawOnSphere(2 * Math.sqrt(stream.uniform()), stream, q)
    drawInBall(0.5, stream, p)
  })
  // An interpolated inverse distribution function with 17 nodes.
  reject('speed', (stream, q, p) => {
    drawInBall(2, stream, q)
    const u = 16 * stream.uniform()
    const i = Math.floor(u)
    const node = (k: number): number => 0.5 * Math.cbrt(k / 16)
    drawOnSphere(node(i) + (u - i) * (node(i + 1) - node(i)), stream, p)
  })
  // A uniform polar angle instead of a uniform cosine.
  reject('cosine', (stream, q, p) => {
    const angle = Math.PI * stream.uniform()
    drawOnSphere(1, stream, q)
    const across = Math.hypot(q[0]!, q[1]!)
    q.set([(q[0]! * Math.sin(angle)) / across, (q[1]! * Math.sin(angle)) / across, Math.cos(angle)])
    drawInBall(0.5, stream, p)
  })
  // Right marginals, but momentum copied from position.
  for (const what of ['speed given near', 'mutual cosine']) {
    reject(what, (stream, q, p) => {
      drawInBall(2, stream, q)
      for (let a = 0; a < 3; a++) p[a] = q[a]! / 4
    })
  }
})

test('Plummer: radii, speeds in units of the escape speed, at every radius, and directions are right', () => {
  const b = 0.7
  const Z = lawByName('plummer', { scale: b }).sample(N, randomStream({ seed: 1, law: 'plummer', N }))
  const q = polar(Z.q)
  const p = polar(Z.p)
  const cdf = (r: number): number => (r / Math.hypot(r, b)) ** 3
  const fraction = p.r.map((v, i) => v / Math.sqrt(2 / Math.hypot(q.r[i]!, b)))
  const pass = (what: string, sample: Float64Array, F: (x: number) => number): void => {
    expect(kolmogorovSmirnov(sample, F).pValue, what).toBeGreaterThan(LEVEL)
  }
  pass('radius', q.r, cdf)
  pass('cosine', q.cosine, isotropicCosine)
  pass('azimuth', q.azimuth, turn)
  pass('momentum cosine', p.cosine, isotropicCosine)
  pass('momentum azimuth', p.azimuth, turn)
  for (let k = 0; k < 4; k++) {
    const part = fraction.filter((_, i) => Math.floor(4 * cdf(q.r[i]!)) === k)
    pass(`speed, quarter ${k}`, part, escapeCdf)
  }
  // Control: the speeds of the polytrope (1 - x^2)^3 are told from (1 - x^2)^{7/2}.
  const wrong = cdfOf(x => x * x * (1 - x * x) ** 3, 1)
  expect(kolmogorovSmirnov(fraction, wrong).pValue).toBeLessThan(1e-6)
  // Virial theorem: E |p|^2 = E |q|^2/(|q|^2 + b^2)^{3/2}.
  const virial = meanAndStandardError(p.r.map((v, i) => v * v - q.r[i]! ** 2 / Math.hypot(q.r[i]!, b) ** 3))
  expect(Math.abs(virial.mean / virial.standardError)).toBeLessThan(4)
})

test('mixture: the six marginals and the covariance across components are right', () => {
  const law = lawByName('gaussian-mixture')
  const components = JSON.parse(String(law.parameters.components)) as Required<GaussianComponent>[]
  const Z = law.sample(N, randomStream({ seed: 1, law: law.name, N }))
  for (const [x, mean, sigma] of [
    [Z.q, 'meanQ', 'sigmaQ'],
    [Z.p, 'meanP', 'sigmaP'],
  ] as const) {
    for (let a = 0; a < 3; a++) {
      const cdf = (t: number): number =>
        components.reduce((sum, c) => {
          const s = c[sigma] as number[]
          return sum + c.weight * normalCdf((t - c[mean][a]!) / s[a]!)
        }, 0)
      const { pValue } = kolmogorovSmirnov(x.subarray(a * N, (a + 1) * N), cdf)
      expect(pValue, `${mean} ${a}`).toBeGreaterThan(LEVEL)
      // Control: the first component alone.
      const first = components[0]!
      const alone = (t: number): number => normalCdf((t - first[mean][a]!) / (first[sigma] as number[])[a]!)
      expect(kolmogorovSmirnov(x.subarray(a * N, (a + 1) * N), alone).pValue).toBeLessThan(1e-6)
    }
  }
  const products = Z.q.subarray(0, N).map((x, i) => x * Z.p[i]!)
  const { mean, standardError } = meanAndStandardError(products)
  const truth = components.reduce((sum, c) => sum + c.weight * c.meanQ[0]! * c.meanP[0]!, 0)
  expect(Math.abs(mean - truth) / standardError).toBeLessThan(4)
})

test('sample moments lie within four standard errors of the closed ones, and more than eight from those off by 10 %', () => {
  for (const name of lawNames) {
    const law = lawByName(name)
    const Z = law.sample(N, randomStream({ seed: 2, law: name, N }))
    const q = polar(Z.q).r
    const p = polar(Z.p).r
    const z = (values: Float64Array, truth: number): number => {
      const { mean, standardError } = meanAndStandardError(values)
      return Math.abs(mean - truth) / standardError
    }
    const orders = name === 'plummer' ? [0.5, 0.9] : [1, 2, 4]
    for (const m of orders) {
      const powers = (x: Float64Array): Float64Array => x.map(r => r ** m)
      const phase = q.map((r, i) => Math.hypot(r, p[i]!) ** m)
      expect(z(powers(q), law.positionMoment(m)), `${name} q ${m}`).toBeLessThan(4)
      expect(z(powers(p), law.momentumMoment(m)), `${name} p ${m}`).toBeLessThan(4)
      expect(z(phase, law.phaseMoment(m)), `${name} z ${m}`).toBeLessThan(4)
      expect(z(powers(p), 1.1 * law.momentumMoment(m)), `${name} control ${m}`).toBeGreaterThan(8)
    }
  }
})

/** SHA-256 of the little-endian bytes of q, then p, of 1000 particles of each built-in law with default parameters. */
const GOLDEN: Readonly<Record<string, string>> = {
  'uniform-ball': 'b957a522c4d5d8248d06df9330f875595a7e37b8fffb031f263fe5e8870d518b',
  gaussian: '432a7860337a657d55e440bbdaba2170bcd40aeb8fcdba83cf0f908b47ea2f23',
  plummer: '51e54159e6aa9694e56684beba3cfd82d1ba42e4dd8e483db6add71a5a971733',
  'gaussian-mixture': '010a5d3a76578179217b4c1e37ab2883e2d81c0e9c1bd4d545f4de80e4e29297',
  bump: '163caca7ced40151057c1b1e4825253666c4304ccb19302e91ab179e127c8475',
  kurth: 'abdd406eb1434a13ae2d75f42e538bd09f237b65d83174f8bf154b55352357ec',
  hourglass: 'a7b68e24994b0ea6c2e9f8788e67e0bbdf4c4db46d2f58656aad012b2265ea7d',
}

test('samples have the same bits on every engine', () => {
  for (const name of lawNames) {
    const { q, p } = lawByName(name).sample(1000, randomStream({ seed: 'golden', law: name, N: 1000 }))
    const hash = createHash('sha256').update(new Uint8Array(q.buffer)).update(new Uint8Array(p.buffer)).digest('hex')
    expect(hash, name).toBe(GOLDEN[name])
  }
})

test('a sample is a function of its key, and particles, streams and laws of bad type are refused', () => {
  const law = lawByName('plummer')
  const first = law.sample(10, randomStream('1/a'))
  expect(first).toEqual(law.sample(10, randomStream('1/a')))
  expect(first.q).not.toEqual(law.sample(10, randomStream('1/b')).q)
  expect(() => law.sample(0, randomStream('1/a'))).toThrow(/N must be an integer >= 1, got 0/)
  expect(() => law.sample(1, 5 as unknown as RandomStream)).toThrow(/stream must be a random stream/)
})

test('no draw of a hundred thousand leaves the support, and the smallest and largest uniforms are safe', () => {
  for (const name of lawNames) {
    const law = lawByName(name)
    const extremes = [0, 1 - 2 ** -53]
    for (const u of extremes) {
      let calls = 0
      const next = randomStream(`extreme/${name}`)
      // The first uniform is extreme, the rest are not.
      const uniform = (): number => (calls++ === 0 ? u : next.uniform())
      const Z = law.sample(1, { key: 'extreme', uniform, normal: next.normal })
      expect(Z.q.every(Number.isFinite) && Z.p.every(Number.isFinite), `${name} ${u}`).toBe(true)
    }
    const Z = law.sample(20_000, randomStream(`support/${name}`))
    const reach = (x: Float64Array): number => polar(x).r.reduce((a, r) => Math.max(a, r))
    expect(reach(Z.q)).toBeLessThanOrEqual(law.support.q * (1 + 1e-15))
    expect(reach(Z.p)).toBeLessThanOrEqual(law.support.p * (1 + 1e-15))
  }
})
