import { expect, test } from 'vitest'
import { chi3Cdf } from '../../../src/base/numerics/special.js'
import { fieldFromBytes, fieldToBytes } from '../../../src/flow/field/fieldBytes.js'
import { fieldKey } from '../../../src/flow/field/fieldKey.js'
import { type RadialField, radialField, radialFieldAsync } from '../../../src/flow/field/radial/radialField.js'
import { refine } from '../../../src/flow/field/radial/radialRefinement.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { customKernel } from '../../../src/interaction/customKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import type { Kernel } from '../../../src/interaction/kernel.js'
import { customLaw } from '../../../src/law/customLaw.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import { gaussianMixtureLaw } from '../../../src/law/gaussianMixtureLaw.js'
import type { Law } from '../../../src/law/law.js'
import { meanField } from '../../../src/law/meanField/meanField.js'
import { plummerLaw } from '../../../src/law/plummerLaw.js'
import { uniformBallLaw } from '../../../src/law/uniformBallLaw.js'

const radii = [0.03, 0.2, 0.5, 0.9, 1.4, 2, 3, 4.5, 7, 12, 40]
const worst = (f: (r: number) => number): number => Math.max(...radii.map(r => Math.abs(f(r))))
const cutoff = (sigma: -1 | 0 | 1 = 1): Kernel => cutoffKernel({ N: 10_000, delta: 0.25, sigma })

test('free streaming of a Gaussian is a Gaussian of variance sq^2 + t^2 sp^2, in d = 3 and in d = 2', () => {
  for (const d of [2, 3]) {
    const law = gaussianLaw({ sigmaQ: 0.8, sigmaP: 1.1 })
    const field = radialField({ law, kernel: coulombKernel({ sigma: 0, d }), T: 1.5, tolerance: 1e-5 })
    for (const t of [0, 0.77, 1.5]) {
      const s = Math.sqrt(0.64 + (1.1 * t) ** 2)
      const mass = (r: number): number => (d === 3 ? chi3Cdf(r / s) : -Math.expm1(-0.5 * (r / s) ** 2))
      const density = (r: number): number => Math.exp(-0.5 * (r / s) ** 2) / (Math.sqrt(2 * Math.PI) * s) ** d
      // The force is zero, so the tolerance is that of M/r^{d-1}, whose supremum is near 0.3.
      expect(worst(r => (field.enclosedMass(t, r) - mass(r)) / r ** (d - 1))).toBeLessThan(3e-6)
      const axis = (r: number): number[] => [r, 0, 0].slice(0, d)
      expect(worst(r => field.density(t, axis(r)) - density(r))).toBeLessThan(2 * field.errors.density)
      const sup = field.densitySup(t)
      expect(sup.low).toBeLessThanOrEqual(density(0))
      expect(sup.high).toBeGreaterThanOrEqual(density(0))
      // Control: a spread that is off by one part in 10^3 is seen.
      expect(worst(r => field.density(t, axis(r)) - density(r * (1 + 1e-3)))).toBeGreaterThan(2 * field.errors.density)
    }
    expect(field.force(1, Float64Array.of(1, 2, 3, 4, 5, 6), new Float64Array(6).fill(7))).toEqual(new Float64Array(6))
    expect(field.error.high).toBe(0)
  }
})

test('at t = 0 the field is the mean field of the law, for every profile and exponent', () => {
  const yukawa = customKernel({ name: 'yukawa', magnitude: r => ((1 + r) * Math.exp(-r)) / r ** 2 })
  const kernels: Kernel[] = [
    cutoff(-1),
    cutoffKernel({ N: 100, delta: 0.2, profile: 'smooth' }),
    cutoffKernel({ N: 100, delta: 0.3, profile: 'plummer', sigma: -1 }),
    cutoffKernel({ N: 100, delta: Number.POSITIVE_INFINITY, alpha: 1.5 }),
    yukawa,
  ]
  const law = gaussianLaw({ sigmaQ: 0.9 })
  for (const kernel of kernels) {
    const field = radialField({ law, kernel, T: 0.1, tolerance: 1e-4 })
    const truth = meanField(law, kernel)
    const error = worst(r => field.radial(0, r) - truth.radial!(r))
    expect(error, kernel.tex).toBeLessThanOrEqual(field.error.high)
    expect(field.error.high, kernel.tex).toBeLessThanOrEqual(1e-4 * field.scale)
    expect(field.scale / Math.abs(truth.radial!(1.2))).toBeGreaterThan(0.99)
  }
})

test('the comparison at t = 0 tells a missing cut-off and a wrong sign', () => {
  const law = gaussianLaw({ sigmaQ: 0.9 })
  const field = radialField({ law, kernel: cutoff(), T: 0.1, tolerance: 1e-4 })
  for (const kernel of [coulombKernel(), cutoff(-1), cutoffKernel({ N: 10_000, delta: 0.26 })]) {
    const other = meanField(law, kernel)
    expect(
      worst(r => field.radial(0, r) - other.radial!(r)),
      kernel.tex,
    ).toBeGreaterThan(10 * field.error.high)
  }
})

const gaussian = (tolerance: number, maxNodes?: number): RadialField =>
  radialField({ law: gaussianLaw(), kernel: cutoff(), T: 2, tolerance, ...(maxNodes ? { maxNodes } : {}) })

test('the stated error bounds the difference to a finer solution, and grows when the nodes are cut', () => {
  const fine = gaussian(1e-6)
  const usual = gaussian(1e-3)
  const rough = gaussian(1e-3, 12)
  expect(fine.converged && usual.converged).toBe(true)
  expect(rough.converged).toBe(false)
  expect(rough.error.high).toBeGreaterThan(10 * usual.error.high)
  for (const field of [usual, rough]) {
    for (const t of [0, 0.3, 1.1, 2]) {
      expect(worst(r => field.radial(t, r) - fine.radial(t, r))).toBeLessThanOrEqual(field.error.high)
    }
  }
  // The energy of the exact solution at t = 0 (without cut-off 3/2 + 1/(2 sqrt pi)) is conserved.
  const energies = [0, 0.7, 1.3, 2].map(t => fine.energy(t).value)
  for (const E of energies) expect(Math.abs(E - energies[0]!)).toBeLessThan(1e-6)
  expect(Math.abs(energies[0]! - 1.5 - 0.5 / Math.sqrt(Math.PI))).toBeLessThan(0.01)
  // Work done by the field: momenta grow, and moment 2 is twice the kinetic energy.
  const moment = fine.momentumMoment(2, 2)
  expect(moment.value).toBeGreaterThan(3.1)
  expect(fine.momentumMoment(0, 3).value).toBeCloseTo(gaussianLaw().momentumMoment(3), 6)

  // Storing and reading back.
  const copy = fieldFromBytes(fieldToBytes(fine), fine)
  expect(copy.key).toBe(fine.key)
  for (const t of [0, 0.123, 2]) for (const r of radii) expect(copy.radial(t, r)).toBe(fine.radial(t, r))
  expect(copy.error).toEqual(fine.error)
  expect(() => fieldFromBytes(fieldToBytes(fine), { law: plummerLaw(), kernel: fine.kernel })).toThrow(/law and kernel/)
  expect(() => fieldFromBytes(fieldToBytes(fine).subarray(0, 4000), fine)).toThrow(
    /got 4000 damaged ones, or cut short/,
  )
  expect(() => fieldFromBytes(new Uint8Array(20), fine)).toThrow(/must be those of a mean field/)
})

test('without cut-off the Gaussian has the energy 3/2 + 1/(2 sqrt pi), for sigma = -1 the other sign', () => {
  for (const sigma of [1, -1] as const) {
    const field = radialField({ law: gaussianLaw(), kernel: coulombKernel({ sigma }), T: 0.5, tolerance: 1e-4 })
    for (const t of [0, 0.5]) {
      const truth = 1.5 + (0.5 * sigma) / Math.sqrt(Math.PI)
      expect(Math.abs(field.energy(t).value - truth)).toBeLessThan(1e-5)
    }
  }
})

test('a custom law without a rule of its own gets the same field', () => {
  const own = gaussianLaw()
  const law: Law = { ...own, name: 'copy', phaseNodes: undefined } as unknown as Law
  const kernel = cutoff(-1)
  const a = radialField({ law: own, kernel, T: 0.5, tolerance: 1e-5 })
  const b = radialField({ law, kernel, T: 0.5, tolerance: 1e-4 })
  for (const t of [0, 0.5]) {
    expect(worst(r => a.radial(t, r) - b.radial(t, r))).toBeLessThanOrEqual(a.error.high + b.error.high)
  }
  expect(b.error.high).toBeLessThan(1e-3 * b.scale)
})

test('keys tell apart whatever changes the field', () => {
  const base = { law: gaussianLaw(), kernel: cutoff(), T: 2, tolerance: 1e-6, method: 'radial' }
  const variants = [
    base,
    { ...base, T: 3 },
    { ...base, law: gaussianLaw({ sigmaP: 2 }) },
    { ...base, law: uniformBallLaw() },
    { ...base, kernel: cutoff(-1) },
    { ...base, kernel: coulombKernel() },
    { ...base, kernel: customKernel({ name: 'mine', magnitude: r => Math.exp(-r) }) },
    { ...base, kernel: customKernel({ name: 'mine', magnitude: r => Math.exp(-2 * r) }) },
    { ...base, tolerance: 1e-7 },
  ]
  expect(new Set(variants.map(fieldKey)).size).toBe(variants.length)
  expect(fieldKey({ ...base, law: gaussianLaw(), kernel: cutoff() })).toBe(fieldKey(base))
})

test('progress is told and a signal stops the computation', async () => {
  const stages = new Set<string>()
  const options = { law: gaussianLaw(), kernel: cutoff(), T: 1, tolerance: 1e-3 }
  const field = await radialFieldAsync({ ...options, onProgress: p => stages.add(p.stage) })
  const again = radialField(options)
  expect(field.radial(1, 1)).toBe(again.radial(1, 1))
  expect([...stages].some(stage => stage.startsWith('refinement'))).toBe(true)
  const controller = new AbortController()
  const stopped = radialFieldAsync({
    ...options,
    signal: controller.signal,
    onProgress: () => controller.abort(new Error('enough')),
  })
  await expect(stopped).rejects.toThrow('enough')
})

test('the map is chosen once for all cut-offs, and no field depends on what came before it', async () => {
  const solved = (by: typeof refine, law: Law, N: number, T: number) => {
    const steps = by({ law, kernel: cutoffKernel({ N, delta: 0.3 }), T, tolerance: 1e-2, maxNodes: 64 })
    const stages = new Set<string>()
    let step = steps.next()
    for (; step.done !== true; step = steps.next()) stages.add(step.value.stage)
    const { record, modes } = step.value.solution
    return { chosen: stages.has('choosing the map'), record, modes }
  }
  expect(solved(refine, gaussianLaw(), 100, 0.37).chosen).toBe(true)
  const later = solved(refine, gaussianLaw(), 1600, 0.37)
  expect(later.chosen).toBe(false)
  // Another time or another law is another map.
  expect(solved(refine, gaussianLaw(), 100, 0.38).chosen).toBe(true)
  expect(solved(refine, gaussianLaw({ sigmaQ: 0.9 }), 100, 0.37).chosen).toBe(true)
  // The module anew, which has chosen nothing yet.
  const anew: typeof refine = (await import(`../../../src/flow/field/radial/radialRefinement.js?${'anew'}`)).refine
  expect(solved(anew, gaussianLaw(), 1600, 0.37)).toEqual({ ...later, chosen: true })
})

test('bad input is refused by name before any work', () => {
  const kernel = cutoff()
  const law = gaussianLaw()
  expect(() => radialField({ law, kernel, T: 0 })).toThrow(/T must be a finite number > 0, got 0/)
  expect(() => radialField({ law, kernel, T: 1, tolerance: 1 })).toThrow(/tolerance/)
  expect(() => radialField({ law: gaussianMixtureLaw(), kernel, T: 1 })).toThrow(/invariant under joint rotations/)
  expect(() => radialField({ law, kernel: coulombKernel({ d: 4 }), T: 1 })).toThrow(/kernel.d must be 2 or 3, got 4/)
  expect(() => radialField({ law: plummerLaw(), kernel: coulombKernel({ d: 2 }), T: 1 })).toThrow(/kernel.d must be 3/)
  expect(() =>
    radialField({ law, kernel: cutoffKernel({ N: 9, delta: Number.POSITIVE_INFINITY, alpha: 2.5 }), T: 1 }),
  ).toThrow(/alpha/)
  const samples = customLaw({ name: 'points', samples: { N: 1, d: 3, q: new Float64Array(3), p: new Float64Array(3) } })
  expect(() => radialField({ law: samples, kernel, T: 1 })).toThrow(/density/)
  const field = radialField({ law, kernel, T: 0.1, tolerance: 1e-2 })
  expect(() => field.radial(0.2, 1)).toThrow(/t must be a time in \[0, T\] = \[0, 0.1\], got 0.2/)
  expect(() => field.force(0, new Float64Array(4), new Float64Array(4))).toThrow(/multiple of d = 3, got 4/)
})
