import { describe, expect, test } from 'vitest'
import { integrate } from '../../src/base/numerics/quadrature.js'
import type { Claim, ClaimRecord } from '../../src/claims/core/claim.js'
import { measureClaim } from '../../src/claims/core/measureClaim.js'
import { type Corollary73BSpec, corollary73B } from '../../src/claims/section7/corollary73B.js'
import { type Corollary73CSpec, corollary73C } from '../../src/claims/section7/corollary73C.js'
import { type Definition71Spec, definition71 } from '../../src/claims/section7/definition71.js'
import { type Proposition72Spec, proposition72 } from '../../src/claims/section7/proposition72.js'
import { type Proposition72MomentsSpec, proposition72Moments } from '../../src/claims/section7/proposition72Moments.js'
import { majorantSummand } from '../../src/concentration/summand.js'
import { admissibleDelta, tailConstant } from '../../src/concentration/tailConstant.js'
import { forceChernoff } from '../../src/rare/static/forceChernoff.js'

const plain = { law: 'uniform-ball', particles: 'independent' } as const

/** A record whose broken hypotheses are declared kept: what judge must not be taken in by. */
function pretending<Spec>(record: ClaimRecord<Spec>): ClaimRecord<Spec> {
  return { ...record, hypotheses: record.hypotheses.map(({ text }) => ({ text, satisfied: true })) }
}

/** A record with some of its estimates moved to other values. */
function forged<Spec>(record: ClaimRecord<Spec>, values: Readonly<Record<string, number>>): ClaimRecord<Spec> {
  const measured = { ...record.measured }
  for (const [name, value] of Object.entries(values)) {
    expect(measured[name], name).toBeDefined()
    measured[name] = { ...measured[name]!, value, low: value, high: value }
  }
  return { ...record, measured }
}

function status<Spec>(claim: Claim<Spec>, ...records: ClaimRecord<Spec>[]): string {
  return claim.judge(records).status
}

describe('Definition 7.1', async () => {
  const spec: Definition71Spec = { set: 'B', delta: 0.2, ...plain, smallest: 16, largest: 256 }
  const record = await measureClaim(definition71, spec, 'test')
  const copies = await measureClaim(definition71, { ...spec, particles: 'copies' }, 'test')

  test('fails: the threshold of B_t is below the standard deviation, ever more', () => {
    const verdict = definition71.judge([record, copies])
    expect(verdict).toMatchObject({ status: 'fails as printed', basis: 'derivation' })
    expect(verdict.counterExample!.thresholdOverStandardDeviation).toBeLessThan(1)
    expect(record.measured.slope!.low).toBeLessThan(record.measured.exactSlope!.value)
    expect(record.measured.slope!.high).toBeGreaterThan(record.measured.exactSlope!.value)
  })

  test('copied particles are told from independent ones, and a comparison that could not tell is not believed', () => {
    expect(status(definition71, pretending(copies))).toBe('not contradicted at these N')
    const same = { ...record, spec: copies.spec, hypotheses: copies.hypotheses }
    expect(status(definition71, record, same)).toBe('not contradicted at these N')
  })

  test('the verdict is that of the records: other ratios, other moments, no record', async () => {
    expect(status(definition71, forged(record, { ratio_256: 1.2 }))).toBe('not contradicted at these N')
    expect(status(definition71, forged(record, { exact_16: 1 }))).toBe('not contradicted at these N')
    expect(status(definition71, copies)).toBe('not testable at these N')
    expect(status(definition71, await measureClaim(definition71, { ...spec, set: 'C' }, 'test'))).toBe(
      'not testable at these N',
    )
  })

  test('A_t is empty up to the N at which J_0 = 1, by the definition of J', () => {
    const log10N = record.measured.empty!.value
    const [N, lambda, T] = [10 ** log10N, 1, 1]
    expect(Math.exp(lambda * Math.sqrt(Math.log(N)) * T) * N ** (3 * 0.2 - 1)).toBeCloseTo(1, 10)
    expect(record.measured.emptyRepaired!.value / log10N).toBeCloseTo(4, 10)
  })
})

describe('Proposition 7.2', async () => {
  const spec: Proposition72Spec = { alpha: 2, beta: 0.05, delta: 0.2, N: 512, ...plain }
  const record = await measureClaim(proposition72, spec, 'test')
  const copies = await measureClaim(proposition72, { ...spec, particles: 'copies', N: 512, delta: 0.25 }, 'test')
  const collapsing = await measureClaim(proposition72, { ...spec, law: 'collapsing-ball', delta: 0.25 }, 'test')

  test('holds, with bounds that say something and are kept', () => {
    expect(record.measured.bernstein!.value).toBeLessThan(-1)
    expect(proposition72.judge([record])).toMatchObject({ status: 'holds', basis: 'derivation' })
  })

  test('fails for dependent particles and for a density that is not bounded', () => {
    expect(status(proposition72, pretending(copies))).toBe('fails as printed')
    expect(status(proposition72, pretending(collapsing))).toBe('fails as printed')
    expect(status(proposition72, record, copies, collapsing)).toBe('holds')
  })

  test('a control that does not fail, vacuous bounds and a violated bound change the verdict', () => {
    const tame = forged(copies, { outside: 0 })
    expect(status(proposition72, record, tame)).toBe('not contradicted at these N')
    expect(status(proposition72, forged(record, { bernstein: 2 }))).toBe('not contradicted at these N')
    expect(status(proposition72, forged(record, { outside: 0.5 }))).toBe('fails as printed')
    expect(status(proposition72, copies)).toBe('not testable at these N')
  })

  test('an event too rare to be counted is sampled, below every bound; above Chernoff’s the verdict falls', async () => {
    const rare = await measureClaim(
      proposition72,
      { alpha: 2, beta: 0.25, delta: 0.25, N: 256, law: 'gaussian', particles: 'independent', tailSamples: 1500 },
      'test',
    )
    // Its oracle are the 300 replicates that are counted.
    const { tail, chernoff, bernstein, moment, outside } = rare.measured
    expect(tail!.low).toBeLessThan(outside!.high)
    expect(tail!.high).toBeGreaterThan(outside!.low)
    expect(Math.log10(tail!.high)).toBeLessThan(chernoff!.low)
    expect(chernoff!.high).toBeLessThan(Math.min(bernstein!.value, moment!.value))
    expect(status(proposition72, record, rare)).toBe('holds')
    expect(status(proposition72, record, forged(rare, { chernoff: Math.log10(tail!.low) - 0.1 }))).toBe(
      'fails as printed',
    )
    expect(proposition72.judge([record, rare]).reason).toMatch(/Chernoff’s bound given the place is/)
    await expect(
      measureClaim(proposition72, { ...rare.spec, particles: 'copies' } as Proposition72Spec, 'test'),
    ).rejects.toThrow(/particles must be .*independent/)
  })

  test('(51) never admits beta = 1 - 2 delta with alpha = 2, and is delta < 1/3 for (3, 0)', async () => {
    for (let delta = 0.01; delta < 1; delta += 0.01) {
      expect(delta < admissibleDelta(2, 1 - 2 * delta) * (1 - 1e-12)).toBe(false)
      // The repaired exponents are admitted for every delta < 1/3.
      expect(delta < admissibleDelta(2, (1 + delta) / 4)).toBe(delta < 1 / 3)
    }
    expect(admissibleDelta(3, 0)).toBe(1 / 3)
    const broken = await measureClaim(proposition72, { ...spec, beta: 1 - 2 * spec.delta, N: 64 }, 'test')
    expect(broken.hypotheses[0]).toEqual({ text: '(51)', satisfied: false })
    expect(broken.measured.constant).toBeUndefined()
  })

  test('C_kappa is N_*^kappa at the N_* where 2 N exp(-N^(1 - 3 delta)/271.3) = 1, up to the bias', () => {
    const problem = { summand: majorantSummand('printed'), delta: 0.25, rhoSup: 3 / (4 * Math.PI), beta: 0 }
    let logN = 30
    for (let k = 0; k < 200; k++) logN = 4 * Math.log(2 * (135 + 2 / 3) * (Math.log(2) + logN))
    expect(tailConstant(problem, 1) / logN).toBeCloseTo(1, 2)
    expect(tailConstant(problem, 2) / tailConstant(problem, 1)).toBeCloseTo(2, 1)
    expect(tailConstant({ ...problem, delta: 1 / 3 }, 1)).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('(57)', async () => {
  const spec: Proposition72MomentsSpec = { alpha: 2, m: 2, delta: 0.3, log10N: 6, radius: 10, density: 'ball' }
  const record = await measureClaim(proposition72Moments, spec, 'test')
  const cusp = await measureClaim(proposition72Moments, { ...spec, radius: 1, density: 'cusp' }, 'test')

  test('fails for a ball of radius 10: 4/R^3 against 144/R^6', () => {
    expect(proposition72Moments.judge([record, cusp])).toMatchObject({
      status: 'fails as printed',
      basis: 'derivation',
    })
    // 1000/36 = 27.8, up to (h*rho)^2 and the finite radius.
    expect(record.measured.expectation!.value).toBeCloseTo(1000 / 36, 0)
    // By hand, in the variables of the paper.
    const [N, R] = [1e6, 10]
    const h = (r: number): number => Math.min(N ** 0.6, r ** -2)
    const over = (f: (r: number) => number): number =>
      integrate(r => (3 * r * r * f(r)) / R ** 3, 0, R, { breaks: [N ** -0.3, 0.1, 1] }).value
    const mean = over(h)
    const variance = over(r => (h(r) - mean) ** 2)
    expect(record.measured.expectation!.value).toBeCloseTo(variance / ((12 / R ** 3) ** 2 * N ** 0.3), 6)
  })

  test('holds with the repaired constant for every density but the unbounded one', async () => {
    for (const radius of [0.01, 1, 100]) {
      for (const [alpha, m] of [
        [2, 2],
        [2.5, 3],
        [3, 5],
      ] as const) {
        const { measured } = await measureClaim(proposition72Moments, { ...spec, alpha, m, radius }, 'test')
        expect(measured.repaired!.high).toBeLessThanOrEqual(1)
      }
    }
    expect(cusp.measured.repaired!.low).toBeGreaterThan(1)
    expect(proposition72Moments.judge([record, pretending(cusp)]).repair).toBeUndefined()
    expect(proposition72Moments.judge([record, cusp]).repair).toMatch(/Lambda/)
  })

  test('the verdict is that of the records', () => {
    const mild = forged(record, { pointwise: -1, expectation: 0.5 })
    expect(status(proposition72Moments, mild)).toBe('not contradicted at these N')
    expect(status(proposition72Moments, cusp)).toBe('not testable at these N')
  })
})

describe('Corollary 7.3 for B_t', async () => {
  const spec: Corollary73BSpec = { N: 256, delta: 0.2, ...plain }
  const record = await measureClaim(corollary73B, spec, 'test')
  const copies = await measureClaim(corollary73B, { ...spec, N: 1024, particles: 'copies' }, 'test')

  test('the bounds far out are those of the formula written out, by a midpoint rule of two million points', () => {
    // Computed apart from this library, delta = 0.2: erf and 2 * 0.4748 tau/(sigma^3 sqrt n) averaged over the ball.
    for (const [far, value] of [
      [10, 0.0405891],
      [20, 4.00074e-4],
      [100, 3.99926e-20],
    ] as const) {
      expect(record.measured[`provedAt_${far}`]!.value / value).toBeCloseTo(1, 4)
    }
  })

  test('fails: P(B_t) is near 0 where it is measured, and tends to 0 where it is not', () => {
    const verdict = corollary73B.judge([record, copies])
    expect(verdict).toMatchObject({ status: 'fails as printed', basis: 'derivation' })
    expect(verdict.counterExample!.confidentlyBelow).toBeLessThan(0.05)
    expect(verdict.repair).toMatch(/beta<\\tfrac\{1-\\delta\}2/)
    for (const [near, far] of [
      [10, 20],
      [20, 40],
    ] as const) {
      const at = (log10N: number): number => record.measured[`provedAt_${log10N}`]!.value
      // At least as fast as N^-((1 - 3 delta)/2) or as the share of particles near the surface.
      expect(Math.log10(at(far) / at(near))).toBeLessThan(-0.9 * 0.2 * (far - near))
    }
  })

  test('the repaired threshold is kept by independent particles and left by copies', () => {
    expect(record.measured.outside!.value).toBe(0)
    expect(copies.measured.outside!.low).toBeGreaterThan(0.1)
    expect(corollary73B.judge([record, pretending(copies)]).repair).toBeUndefined()
    const tame = forged(copies, { outside: 0 })
    expect(corollary73B.judge([record, tame]).repair).toBeUndefined()
  })

  test('how rarely the repaired threshold is exceeded is sampled, between nothing and Chernoff; an event more frequent than allowed is told', async () => {
    const rare = await measureClaim(
      corollary73B,
      { N: 256, delta: 0.25, law: 'gaussian', particles: 'independent', tailSamples: 3000 },
      'test',
    )
    const { tail, repaired, allowed } = rare.measured
    const threshold = repaired!.value * Math.sqrt(Math.log(256)) * 256 ** -0.375
    // A bound for every place of the particle, without random numbers.
    const chernoff = await forceChernoff({ N: 256, delta: 0.25, threshold, bar: 'hide' })
    expect(tail!.high).toBeLessThan(chernoff.low)
    expect(tail!.low).toBeGreaterThan(1e-3 * chernoff.high)
    expect(tail!.high).toBeLessThan(1e-12 * allowed!.value)
    expect(corollary73B.judge([record, copies, rare]).repair).toBeDefined()
    const told = corollary73B.judge([record, copies, forged(rare, { tail: 0.1 })])
    expect(told.repair).toBeUndefined()
    expect(told.reason).toMatch(/exceeded more often than Bernstein allows at \$N=256\$/)
  })

  test('for delta >= 1/3 no exponent is both typical and large enough for J', async () => {
    const { measured } = await measureClaim(corollary73B, { ...spec, N: 32, delta: 0.4 }, 'test')
    expect(measured.from).toBeUndefined()
    expect(measured.additive!.value).toBeGreaterThan(0)
    expect(record.measured.additive!.value).toBeLessThan(0)
  })

  test('a measurement above the proved bound is a reason to doubt the proof', () => {
    expect(status(corollary73B, forged(record, { inB: 1, proved: 0.1 }))).toBe('not contradicted at these N')
    expect(status(corollary73B, copies)).toBe('not testable at these N')
  })
})

describe('Corollary 7.3 for C_t', async () => {
  const spec: Corollary73CSpec = { N: 256, delta: 0.25, majorant: 'printed', ...plain }
  const record = await measureClaim(corollary73C, spec, 'test')
  const copies = await measureClaim(corollary73C, { ...spec, particles: 'copies' }, 'test')
  const wide = await measureClaim(corollary73C, { ...spec, delta: 0.4 }, 'test')

  test('holds, from an N on that is where N^(1/4) = 271.3 log(4 N)', () => {
    expect(corollary73C.judge([record, copies, wide])).toMatchObject({ status: 'holds', basis: 'derivation' })
    let logN = 30
    for (let k = 0; k < 200; k++) logN = 4 * Math.log(2 * (135 + 2 / 3) * (Math.log(4) + logN))
    expect(record.measured.bernstein!.value).toBeCloseTo(logN / Math.LN10, 1)
    expect(record.measured.moment!.value).toBeCloseTo(logN / Math.LN10, 1)
    expect(record.measured.extrapolated!.value).toBeLessThan(record.measured.bernstein!.value)
    expect(record.measured.inC!.high).toBeLessThan(0.5)
  })

  test('for delta >= 1/3 there is no such N', () => {
    for (const name of ['bernstein', 'extrapolated', 'constant']) {
      expect(wide.measured[name]).toBeUndefined()
    }
    expect(status(corollary73C, record, pretending(wide))).toBe('not contradicted at these N')
  })

  test('copied particles, a wrong moment and a measurement against the bound change the verdict', () => {
    expect(status(corollary73C, pretending(copies))).toBe('not contradicted at these N')
    expect(status(corollary73C, forged(record, { exact: 100 }))).toBe('not contradicted at these N')
    expect(status(corollary73C, forged(record, { bernstein: 1 }))).toBe('fails as printed')
    expect(status(corollary73C, copies)).toBe('not testable at these N')
  })

  test('the complement is sampled as often as it is counted, for either majorant; other numbers change the verdict', async () => {
    for (const [majorant, delta] of [
      ['repaired', 0.1],
      ['printed', 0.15],
    ] as const) {
      const rare = await measureClaim(
        corollary73C,
        { N: 256, delta, majorant, law: 'gaussian', particles: 'independent', tailSamples: 2500 },
        'test',
      )
      // Its oracle are the 200 replicates that are counted.
      const { tail, inC, allowed } = rare.measured
      expect(inC!.value).toBeLessThan(0.95)
      expect(tail!.low).toBeLessThan(1 - inC!.low)
      expect(tail!.high).toBeGreaterThan(1 - inC!.high)
      expect(allowed!.value).toBeGreaterThan(0)
      expect(status(corollary73C, record, rare)).toBe('holds')
      expect(status(corollary73C, record, forged(rare, { tail: 1e-9 }))).toBe('not contradicted at these N')
      expect(status(corollary73C, record, forged(rare, { allowed: Math.log10(tail!.low) - 0.1 }))).toBe(
        'fails as printed',
      )
      expect(corollary73C.judge([record, rare]).reason).toMatch(/missed with probability .* Bernstein’s bound is/)
    }
    await expect(
      measureClaim(corollary73C, { ...spec, tailSamples: 1000 } as Corollary73CSpec, 'test'),
    ).rejects.toThrow(/law must be .*gaussian/)
  })
})

test('bad specs are refused by name', async () => {
  const wrong = { N: 16, delta: 0.2, ...plain }
  await expect(measureClaim(corollary73B, { ...wrong, N: 0 }, '1')).rejects.toThrow(/N must be/)
  await expect(measureClaim(corollary73B, { ...wrong, law: 'cube' as 'gaussian' }, '1')).rejects.toThrow(
    /law must be one of/,
  )
  await expect(measureClaim(proposition72, { ...wrong, alpha: 2.5, beta: 0 }, '1')).rejects.toThrow(
    /alpha must be one of 2, 3/,
  )
  await expect(
    measureClaim(proposition72Moments, { alpha: 1, m: 2, delta: 0.3, log10N: 6, radius: 1, density: 'ball' }, '1'),
  ).rejects.toThrow(/alpha must be/)
  await expect(
    measureClaim(definition71, { set: 'B', delta: 0.2, ...plain, smallest: 16, largest: 32 }, '1'),
  ).rejects.toThrow(/largest/)
})
