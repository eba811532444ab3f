// Every profile of the list, whatever its name, against finite differences, plain sums and a search on a grid.
import { describe, expect, it } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import { forces } from '../../../src/forces/forces.js'
import { cutoffKernel, profileNames } from '../../../src/interaction/cutoffKernel.js'
import type { Profile, ProfileRecord, ProfileSuprema } from '../../../src/interaction/profiles/profile.js'
import { profileRecords } from '../../../src/interaction/profiles.generated.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'

const DIMENSIONS = [2, 3, 6]
const EXPONENTS = [0.5, 1, 1.5, 2, 3]

/** f' by four values; h^4 f^(5)/30 and rounding leave some 1e-9. */
const derivative = (f: (x: number) => number, x: number, h: number): number =>
  (8 * (f(x + h) - f(x - h)) - f(x + 2 * h) + f(x - 2 * h)) / (12 * h)

/** int_0^1 f by Simpson's rule; f(0) is taken for f near 0. */
function simpson(f: (t: number) => number): number {
  const n = 40_000
  let sum = 0
  for (let i = 0; i <= n; i++) sum += (i === 0 || i === n ? 1 : i % 2 === 1 ? 4 : 2) * f(i === 0 ? 1e-9 : i / n)
  return sum / (3 * n)
}

const NORMS: Readonly<Record<keyof ProfileSuprema, (a: number, b: number, d: number, g: number) => number>> = {
  force: (_a, _b, _d, g) => g,
  euclidean: (a, b) => Math.max(Math.abs(a), Math.abs(b)),
  frobenius: (a, b, d) => Math.sqrt(a * a + (d - 1) * b * b),
  maximum: (a, b, d) => (Math.abs(a + b) + Math.sqrt(d) * Math.abs(a - b)) / 2,
}

/** What is wrong with a profile, in words. */
function faults({ local, smoothness }: ProfileRecord, profile: Profile, alpha: number): string[] {
  const found: string[] = []
  const require = (what: string, holds: boolean): void => {
    if (!holds) found.push(what)
  }
  const near = (x: number, y: number, tolerance: number): boolean =>
    Math.abs(x - y) <= tolerance * Math.max(1, Math.abs(y))
  const { value, slope, potential, reach } = profile

  require('g is s^-alpha from reach on', near(value(reach) * reach ** alpha, 1, 1e-13))
  require('it is local if it says so', local === (reach === 1) && local === near(value(1), 1, 1e-3))
  for (const s of [1e-3, 0.02, 0.3, 0.5, 0.7, 0.9, 0.99, ...(local ? [] : [1, 2, 9])]) {
    const h = 1e-3 * Math.min(s, local ? 1 - s : 1)
    require(`g is positive and at most s^-alpha at ${s}`, value(s) > 0 && value(s) <= s ** -alpha * (1 + 1e-14))
    require(`slope at ${s}`, near(slope(s), derivative(value, s, h), 1e-7))
    const rc = 0.5
    const force = -derivative(r => potential(r, rc), s * rc, h * rc)
    require(`force of the potential at ${s}`, near(force, rc ** -alpha * value(s), 1e-7))
  }
  require('slope at 0', near(slope(0), value(1e-9) / 1e-9, 1e-6))
  // Without cut-off the potential is r^(1-alpha)/(alpha-1), or -log r.
  const pure = (r: number): number => (alpha === 1 ? -Math.log(r) : r ** (1 - alpha) / (alpha - 1))
  const constant = (r: number): number => potential(r, 1e-4) - pure(r)
  require('constant of the potential', near(constant(alpha > 1 ? 1e4 : 1), alpha >= 1 ? 0 : constant(1), 1e-6))
  if (local) {
    require('potential outside', near(potential(2, 0.5), potential(2, 0.25), 1e-13))
    require('potential at the cut-off', near(potential(0.5 * (1 - 1e-13), 0.5), potential(0.5, 0.5), 1e-11))
    require('continuous slope at the cut-off', near(slope(1), -alpha, 1e-9) === smoothness >= 1)
    const second = (slope(1 - 1e-6) - slope(1 - 2e-6)) / 1e-6
    const curved = near(second, alpha * (alpha + 1), 1e-2)
    if (smoothness >= 1) require('continuous curvature at the cut-off', curved === smoothness >= 2)
  }
  for (const d of DIMENSIONS) {
    const suprema = profile.suprema(d)
    for (const [name, norm] of Object.entries(NORMS) as [keyof ProfileSuprema, (typeof NORMS)['force']][]) {
      const at = (s: number): number => norm(slope(s), s === 0 ? slope(0) : value(s) / s, d, value(s))
      let largest = 0
      for (let i = 1; i < 20_000; i++) largest = Math.max(largest, at(local ? i / 20_000 : i / (20_000 - i)))
      const supremum = suprema[name]
      const claimed = supremum.value.value
      require(`supremum ${name}, d = ${d}`, largest <= claimed * (1 + 1e-12) && largest >= claimed * (1 - 1e-3))
      require(`place of supremum ${name}, d = ${d}`, near(at(supremum.at) / claimed, 1, 1e-9))
    }
    const { value: difference } = profile.difference(d)
    const gap = (s: number): number => Math.abs(s ** -alpha - value(s)) * s ** (d - 1)
    if (alpha >= d) require(`difference, d = ${d}`, difference === Number.POSITIVE_INFINITY)
    else if (local || Number.isFinite(difference)) {
      // s = t^e, e = 1/(d - alpha), makes the integrand regular at 0; s = t^-f does so at infinity for a gap like
      // s^(-alpha-2).
      const [e, f] = [1 / (d - alpha), 1 / (alpha + 2 - d)]
      const inside = simpson(t => gap(t ** e) * e * t ** (e - 1))
      // From s = 1e4 on the integrand is constant to 1e-8, and the gap nothing but rounding later.
      const far = (t: number): number => gap(t ** -f) * f * t ** (-f - 1)
      const outside = local ? 0 : simpson(t => far(Math.max(t, 1e4 ** (-1 / f))))
      require(`difference, d = ${d}`, near(difference, inside + outside, 1e-5))
    }
  }
  return found
}

describe.each(profileNames)('the profile %s', name => {
  const record = profileRecords[name]

  it.each(EXPONENTS)('is what it says, alpha = %d', alpha => {
    expect(faults(record, record.build(alpha), alpha)).toEqual([])
  })

  it('exerts the forces that plain sums give', () => {
    const [N, law] = [40, gaussianLaw()]
    const { q } = law.sample(N, randomStream({ seed: '1', law: name, N }))
    const kernel = cutoffKernel({ N, delta: 0.2, profile: name })
    const rc = N ** -0.2
    const built = record.build(2)
    const sums = new Float64Array(3 * N)
    let size = 0
    for (let i = 0; i < N; i++) {
      for (let j = 0; j < N; j++) {
        const apart = [0, 1, 2].map(a => q[a * N + i]! - q[a * N + j]!)
        const r = Math.hypot(...apart)
        if (i === j) continue
        const g = r >= built.reach * rc ? r ** -2 : rc ** -2 * built.value(r / rc)
        for (let a = 0; a < 3; a++) sums[a * N + i]! += (g * apart[a]!) / r / N
      }
    }
    for (const x of sums) size = Math.max(size, Math.abs(x))
    const off = Array.from(forces(q, kernel, { precision: 'f64', method: 'direct' }).force, (x, i) =>
      Math.abs(x - sums[i]!),
    )
    expect(Math.max(...off)).toBeLessThan(1e-9 * size)
  })
})

it('a profile that is not what it says is caught (control)', () => {
  const record = profileRecords.cubicSpline
  const good = record.build(2)
  const of = (wrong: Partial<Profile>, says: Partial<ProfileRecord> = {}): string =>
    faults({ ...record, ...says }, { ...good, ...wrong }, 2).join()
  expect(of({})).toBe('')
  expect(of({ slope: s => good.slope(s) * (1 + 1e-6) })).toMatch(/slope at 0.3/)
  expect(of({ value: s => good.value(s) * (1 + 1e-6) })).toMatch(/from reach on/)
  expect(of({ potential: (r, rc) => good.potential(r, rc) + 1e-6 * r })).toMatch(/force of the potential/)
  expect(of({ potential: (r, rc) => good.potential(r, rc) + 1 })).toMatch(/constant of the potential/)
  expect(of({}, { smoothness: 2 })).toMatch(/curvature/)
  expect(of({}, { smoothness: 0 })).toMatch(/continuous slope/)
  expect(of({}, { local: false })).toMatch(/local if it says so/)
  expect(of({ difference: d => ({ ...good.difference(d), value: good.difference(d).value * 1.0001 }) })).toMatch(
    /difference/,
  )
  const { force } = good.suprema(3)
  const low = { ...force, value: { ...force.value, value: force.value.value * 0.99999 } }
  expect(of({ suprema: d => ({ ...good.suprema(d), force: low }) })).toMatch(/supremum force/)
  expect(of({ suprema: d => ({ ...good.suprema(d), force: { ...force, at: 0.5 } }) })).toMatch(
    /place of supremum force/,
  )
})

it('the list goes from the kernel (4) to smoother ones, and then to those that act everywhere', () => {
  expect(profileNames[0]).toBe('truncated')
  for (const [k, name] of profileNames.slice(1).entries()) {
    const [before, after] = [profileRecords[profileNames[k]!], profileRecords[name]]
    expect(before.local || !after.local).toBe(true)
    if (before.local === after.local) expect(before.smoothness).toBeLessThanOrEqual(after.smoothness)
  }
})
