import { expect, test } from 'vitest'
import { configuration } from '../../src/base/configuration.js'
import { integrate } from '../../src/base/numerics/quadrature.js'
import { type RandomStream, randomStream } from '../../src/base/random.js'
import { kolmogorovSmirnov, meanAndStandardError } from '../../src/base/statistics/statistics.js'
import { measureFluctuations, secondMoments } from '../../src/concentration/index.js'
import { parsePlan } from '../../src/ensemble/index.js'
import { cloudFigure } from '../../src/figures/index.js'
import * as flow from '../../src/flow/index.js'
import { coulombKernel } from '../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { lipschitzMajorant } from '../../src/interaction/lipschitzMajorant.js'
import { customLaw } from '../../src/law/customLaw.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import { gaussianMixtureLaw } from '../../src/law/gaussianMixtureLaw.js'
import { majorantConvolution, meanField, meanFieldLipschitz } from '../../src/law/index.js'
import { hasPhaseNodes } from '../../src/law/invariantPhaseNodes.js'
import type { Law } from '../../src/law/law.js'
import { lawByName } from '../../src/law/lawByName.js'
import { deviationScore, forceTail, phaseStates } from '../../src/rare/index.js'
import { phaseSpaceLaw } from '../../src/transport/index.js'

const N = 40_000
const planar = gaussianLaw({ d: 2, sigmaQ: 0.5, sigmaP: 3 })
const kernel = cutoffKernel({ N: 10, delta: 0.3, d: 2 })

/** The uniform law on a disc of positions times a disc of momenta, a law of one's own. */
const discLaw = (draw: (stream: RandomStream) => number = stream => Math.sqrt(stream.uniform())) => {
  const inside = (x: ArrayLike<number>): boolean => x[0]! ** 2 + x[1]! ** 2 < 1
  const density = (q: ArrayLike<number>, p: ArrayLike<number>): number => (inside(q) && inside(p) ? Math.PI ** -2 : 0)
  const point = (stream: RandomStream): number[] => {
    const [r, angle] = [draw(stream), 2 * Math.PI * stream.uniform()]
    return [r * Math.cos(angle), r * Math.sin(angle)]
  }
  return customLaw({
    ...{ name: 'discs', d: 2, density, support: { q: 1, p: 1 } },
    radial: {
      ...{ density: r => (r < 1 ? 1 / Math.PI : 0), enclosedMass: r => Math.min(1, r * r) },
      ...{ breaks: [1], supportRadius: 1, scale: 1 },
    },
    envelope: { density, bound: 1, sample: stream => ({ q: point(stream), p: point(stream) }) },
  })
}

/** p-values of lengths, directions and the angle between q and p. */
function pValues(law: Law, radius: (r: number) => number, speed: (v: number) => number): number[] {
  const { d, q, p } = law.sample(N, randomStream({ seed: 1, law: law.name, N }))
  expect([d, q.length, p.length]).toEqual([2, 2 * N, 2 * N])
  const at = (x: Float64Array): { r: number; turn: number }[] =>
    Array.from({ length: N }, (_, i) => ({
      r: Math.hypot(x[i]!, x[N + i]!),
      turn: Math.atan2(x[N + i]!, x[i]!) / (2 * Math.PI) + 0.5,
    }))
  const [a, b] = [at(q), at(p)]
  const between = a.map(({ turn }, i) => (turn - b[i]!.turn + 1) % 1)
  const uniform = (x: number): number => x
  return [
    kolmogorovSmirnov(
      a.map(({ r }) => r),
      radius,
    ).pValue,
    kolmogorovSmirnov(
      b.map(({ r }) => r),
      speed,
    ).pValue,
    ...[a.map(({ turn }) => turn), b.map(({ turn }) => turn), between].map(x => kolmogorovSmirnov(x, uniform).pValue),
  ]
}

test('planar draws have the radii, speeds and directions of their law, and not those of space', () => {
  const rayleigh = (s: number) => (r: number) => 1 - Math.exp(-0.5 * (r / s) ** 2)
  for (const value of pValues(planar, rayleigh(0.5), rayleigh(3))) expect(value).toBeGreaterThan(1e-4)
  const square = (r: number): number => Math.min(1, r * r)
  for (const value of pValues(discLaw(), square, square)) expect(value).toBeGreaterThan(1e-4)
  // The controls: another deviation, and the radius of a ball.
  expect(pValues(planar, rayleigh(0.52), rayleigh(3))[0]).toBeLessThan(1e-6)
  expect(
    pValues(
      discLaw(stream => Math.cbrt(stream.uniform())),
      square,
      square,
    )[0],
  ).toBeLessThan(1e-6)
})

test('planar densities integrate to one, and moments are those of the samples', () => {
  const mixture = gaussianMixtureLaw({ d: 2 })
  const line = (f: (x: number) => number): number => integrate(f, -12, 12, { tolerance: 1e-9 }).value
  for (const law of [gaussianLaw({ d: 2 }), mixture]) {
    expect(line(x => line(y => law.spatialDensity([x, y])))).toBeCloseTo(1, 7)
    // f0 at a point is rho there times the density of the momenta.
    const q = [0.3, -0.2]
    expect(line(x => line(y => law.density(q, [x, y])))).toBeCloseTo(law.spatialDensity(q), 7)
    const Z = law.sample(N, randomStream(`planar/${law.name}`))
    for (const m of [1, 2, 3]) {
      const z = (x: Float64Array, moment: number): number => {
        const powers = Float64Array.from({ length: N }, (_, i) => Math.hypot(x[i]!, x[N + i]!) ** m)
        const { mean, standardError } = meanAndStandardError(powers)
        return Math.abs(mean - moment) / standardError
      }
      expect(z(Z.q, law.positionMoment(m))).toBeLessThan(4)
      expect(z(Z.p, law.momentumMoment(m))).toBeLessThan(4)
      expect(z(Z.p, 1.1 * law.momentumMoment(m))).toBeGreaterThan(8)
    }
  }
  expect(gaussianLaw({ d: 2, sigmaP: 2 }).momentumMoment(2)).toBeCloseTo(8, 14)
  expect(gaussianLaw({ d: 2 }).phaseMoment(2)).toBeCloseTo(4, 12)
  expect(mixture.rhoSup).toBeCloseTo(mixture.spatialDensity([-0.98, 0.01]), 2)
})

test('a planar law is known by its name and parameters, its fields are told from those of space', () => {
  for (const law of [planar, gaussianMixtureLaw({ d: 2 })]) {
    const again = lawByName(law.name, law.parameters)
    expect(again.d).toBe(2)
    expect(again.parameters).toEqual(law.parameters)
    expect(again.density([0.1, 0.2], [0.3, 0.4])).toBe(law.density([0.1, 0.2], [0.3, 0.4]))
  }
  const key = (law: Law): string => flow.fieldKey({ law, kernel, T: 1, tolerance: 1e-3, method: 'radial' })
  expect(key(gaussianLaw({ d: 2 }))).not.toBe(key(gaussianLaw()))
  expect(() => lawByName('plummer', { d: 2 })).toThrow(/parameters of plummer must be one of "scale", got "d"/)
  expect(() => gaussianLaw({ d: 4 as 2 })).toThrow(/d must be one of 2, 3, got 4/)
  expect(() => gaussianMixtureLaw({ d: 2, components: [{ weight: 1, meanQ: [0, 0, 0] }] })).toThrow(
    /components\[0\].meanQ must have length 2, got 3/,
  )
})

test('symmetry under rotations is found in the plane, reflections included', () => {
  expect(hasPhaseNodes(discLaw())).toBe(true)
  // All turn to the left: invariant under rotations, but the sum over both senses is another law.
  const { radial, density } = discLaw()
  const turning = {
    ...discLaw(),
    density: (q: number[], p: number[]) => (q[0]! * p[1]! > q[1]! * p[0]! ? 2 : 0) * density(q, p),
  }
  expect(radial).toBeDefined()
  expect(hasPhaseNodes(turning as unknown as Law)).toBe(false)
  const atoms = customLaw({ name: 'two points', samples: configuration(2, 2) })
  expect([atoms.d, atoms.sample(3, randomStream('1/a')).q.length]).toEqual([2, 6])
})

test('whoever needs space refuses a planar law by name, before any work', async () => {
  const own = flow.system({ law: planar, N: 10, delta: 0.3, T: 1, seed: 1 })
  const field = flow.radialField({ law: planar, kernel, T: 0.1, tolerance: 0.1 })
  const options = { law: planar, kernel, T: 0.1 }
  const run = await flow.coupledFlow({
    law: planar,
    N: 10,
    delta: 0.3,
    T: 0.1,
    seed: 1,
    steps: 8,
    outputs: 2,
    paths: 10,
  })
  const of: Record<string, () => unknown> = {
    meanField: () => meanField(planar, kernel),
    meanFieldLipschitz: () => meanFieldLipschitz(planar, kernel),
    majorantConvolution: () => majorantConvolution(planar, lipschitzMajorant({ N: 10, delta: 0.3 })),
    gridField: () => flow.gridField(options),
    smoothField: () => flow.smoothField(options),
    stationaryField: () => flow.stationaryField(options),
    'evolvingField, grid': () => flow.evolvingField({ ...options, solver: 'grid' }),
    markersOfLaw: () => flow.markersOfLaw(planar, 16, 'key'),
    measureTubes: () => flow.measureTubes({ law: planar, N: [4], delta: [0.3], T: 1, seed: 1, particles: 2 }),
    secondMoments: () => secondMoments(planar, kernel),
    measureFluctuations: () => measureFluctuations(planar, kernel, { N: 10, replicates: 10, seed: 1 }),
    phaseStates: () => phaseStates(planar, 4),
    forceTail: () => forceTail({ law: planar, N: 10, delta: 0.3, thresholds: [1], seed: 1, samples: 100 }),
    deviationScore: () => deviationScore(own, field),
    phaseSpaceLaw: () => phaseSpaceLaw(planar),
    phaseSpaceDensity: () => flow.phaseSpaceDensity(own.law.sample(4, randomStream('1/a')), field, { steps: 2 }),
    phasePlane: () => flow.phasePlane(field, { times: [0.1], reach: { q: 1, p: 1 } }),
    cloudFigure: () => cloudFigure(run),
    'a majorant': () => flow.majorantObserver(own, lipschitzMajorant({ N: 10, delta: 0.3 })),
    'a magnetic field': () => flow.coupledRun(own, { magnetic: [0, 0, 1], field }, []),
    'a field of space': () =>
      flow.coupledRun(
        own,
        { field: flow.radialField({ law: gaussianLaw(), kernel: coulombKernel(), T: 1, tolerance: 0.1 }) },
        [],
      ),
    'a kernel of space': () => flow.system({ law: planar, kernel: cutoffKernel({ N: 10, delta: 0.3 }), T: 1, seed: 1 }),
    'a planar kernel for space': () => flow.system({ law: gaussianLaw(), kernel, T: 1, seed: 1 }),
    'a radial field of space': () => flow.radialField({ law: planar, kernel: coulombKernel(), T: 1 }),
    'particles in space': () => flow.particleField(planar, coulombKernel(), { T: 1, steps: 2, M: 4, seed: 1 }),
    'a plan': () =>
      parsePlan({
        ...{ name: 'x', kind: 'coupled', seed: 'x', replicates: 1, times: [1] },
        grid: { law: [{ name: 'gaussian', parameters: { d: 2 } }], N: [4], delta: [0.3] },
      }),
    'a custom law without rho': () =>
      customLaw({
        ...{ name: 'x', d: 2, density: () => 1 },
        envelope: { sample: () => ({ q: [0, 0], p: [0, 0] }), density: () => 1, bound: 1 },
      }),
  }
  for (const [name, call] of Object.entries(of)) {
    let message = 'taken'
    try {
      await call()
    } catch (error) {
      message = (error as Error).message
    }
    expect(message, name).toMatch(
      /\b(law\.d must be one of 3, got 2|kernel\.d must be|Z\.d must be 3|run must be in space|spatialDensity must be|kernel must be \(4\)|majorant must be 'omit'|magnetic needs particles in R\^3, got d = 2)/,
    )
  }
})
