/**
 * Figures of samples, exponents and marginals with the data behind them, for claims of sections 4 and 9: a part of the gallery that
 * draws asynchronously, since flows and claims are.
 */
import { clopperPearson } from '../../base/clopperPearson.js'
import { estimated } from '../../base/estimate.js'
import { meanAndStandardError } from '../../base/statistics.js'
import { measuredValue } from '../../claims/core/evidence.js'
import { runClaim } from '../../claims/core/runClaim.js'
import { corollary43 } from '../../claims/section4/corollary43.js'
import { type Corollary94Spec, corollary94, rateFunction } from '../../claims/section9/corollary94.js'
import { meanDistance, sampledDistances, theorem93 } from '../../claims/section9/theorem93.js'
import { coupledFlow } from '../../flow/coupled/coupledFlow.js'
import { radialField } from '../../flow/field/radial/radialField.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import { uniformBallLaw } from '../../law/uniformBallLaw.js'
import { marginalsFigure } from '../section4/marginalsFigure.js'
import { type SamplingDistanceData, samplingDistanceFigure } from '../section9/samplingDistanceFigure.js'
import { type SamplingExponentsData, samplingExponentsFigure } from '../section9/samplingExponentsFigure.js'
import { type Drawing, type Figure, seen } from '../theme/figure.js'
import { linearSpace } from '../theme/theme.js'

/** By id; each call computes its data anew, in seconds. */
export const samplingGallery: Readonly<Record<string, Drawing<Promise<Figure>>>> = {
  'sampling-distance': seen('How far a sample is from its law, on the line (Theorem 9.3)', async () => {
    // Seed 1 is that of the ledger: where N and gamma are its, so are the numbers.
    const [N, seed] = [[30, 100, 300, 1000, 3000], '1']
    const samples = {
      uniform: N.map(n => sampledDistances('uniform', n, seed)),
      pareto: N.map(n => sampledDistances('pareto', n, seed)),
    }
    const tail = (law: 'uniform' | 'pareto', gamma: number): SamplingDistanceData['tails'][number] => ({
      ...{ law, gamma },
      probability: samples[law].map((W, i) => {
        const above = W.filter(w => w > N[i]! ** -gamma).length
        return clopperPearson(above, W.length, 0.99)
      }),
      bound: N.map(n => theorem93.formulas.massart!.evaluate({ N: n, xi: n ** -gamma })),
    })
    const mean = (law: 'uniform' | 'pareto'): SamplingDistanceData['means'][number] => ({
      law,
      scaled: samples[law].map((W, i) => {
        const { mean: value, standardError } = meanAndStandardError(W)
        const root = Math.sqrt(N[i]!)
        return estimated(value * root, 3 * standardError * root, 'three standard errors')
      }),
      expected: N.map(n => Math.sqrt(n) * meanDistance(law, n)),
    })
    return samplingDistanceFigure({
      N,
      tails: [tail('uniform', 0.6), tail('uniform', 0.55), tail('uniform', 0.5), tail('pareto', 0.4)],
      means: [mean('uniform'), mean('pareto')],
      provenance: { samples: samples.uniform[0]!.length, seed, mode: 'measured' },
    })
  }),

  'sampling-exponents': seen('When the two terms of (88) decay', async () => {
    const seed = '1'
    const gamma = linearSpace(0, 0.25, 101)
    const ofBound = (p: number): number[] => gamma.map(g => 1 - Math.max(6, 2 * p) * g)
    const log10N = 12
    // From one claim record: a constant is recorded where the hypotheses hold.
    const found = async (name: RegExp, specs: readonly Corollary94Spec[]): Promise<number[]> => {
      const { records } = await runClaim(corollary94, { seed, specs })
      return records.map(({ constants }) => constants.find(constant => name.test(constant.name))!.attacked.value)
    }
    const slope = async (p: number, at: readonly number[]): Promise<SamplingExponentsData['slopes'][number]> => {
      const specs = at.map(g => ({ p, k: 2 * p + 2, gamma: g }))
      return { p, gamma: at, exponent: await found(/exponential/, specs) }
    }
    const k = linearSpace(0, 24, 49)
    const moment = async (p: number, at: readonly number[]): Promise<SamplingExponentsData['moment'][number]> => {
      const decay = await found(
        /moment/,
        at.map(order => ({ p, k: order, gamma: 0.4 / Math.max(6, 2 * p) })),
      )
      return {
        p,
        printed: k.map(order => 1 - order / (2 * p)),
        found: at.map((order, i) => ({ k: order, exponent: -decay[i]! })),
      }
    }
    const control = corollary94.controls[0]!.spec
    const { records } = await runClaim(corollary94, { seed, specs: [control] })
    return samplingExponentsFigure({
      gamma,
      printed: [
        { name: 'printed, p ≤ 3: 1 − 6γ', exponent: ofBound(1) },
        { name: 'printed, p = 5: 1 − 10γ', exponent: ofBound(5) },
      ],
      withLogarithm: {
        log10N,
        exponent: gamma.map(g => {
          const logN = log10N * Math.LN10
          return Math.log(rateFunction(3, g, logN)) / logN
        }),
      },
      slopes: [
        await slope(1, [0.02, 0.06, 0.1, 0.14]),
        await slope(2, [0.04, 0.08, 0.12, 0.16]),
        await slope(5, [0.02, 0.04, 0.06, 0.08]),
      ],
      beyond: {
        gamma: control.gamma,
        exponent:
          Math.log(rateFunction(control.p, control.gamma, 20) / rateFunction(control.p, control.gamma, 10)) / 10,
        log10Excess: Math.log10(measuredValue(records[0]!, 'overBound')),
      },
      k,
      moment: [
        await moment(1, [3, 5, 7, 9, 11]),
        await moment(2, [5, 8, 12, 16, 20]),
        await moment(5, [11, 14, 17, 20, 23]),
      ],
      provenance: { n: 6, c: 1, mode: 'derived; symbols evaluated from (87)' },
    })
  }),

  marginals: seen('From all particles to k of them: two constants of Corollary 4.3', async () => {
    const [N, delta, seed] = [400, 0.3, 'gallery/marginals']
    const law = gaussianLaw()
    const kernel = cutoffKernel({ N, delta })
    const { Psi, Phi } = await coupledFlow({
      notes: 'hide',
      ...{ law, N, delta, kernel, T: 1, outputs: 2, steps: 40, threads: 1, seed },
      field: radialField({ law, kernel, T: 1, tolerance: 1e-4 }),
      majorant: 'omit',
      budget: 'omit',
      rates: [],
    })
    // Of each particle: the square of its distance in R^6. Of all: the maximum norm.
    const squares = Array.from({ length: N }, (_, i) =>
      [0, 1, 2].reduce((sum, a) => {
        const j = a * N + i
        return sum + (Psi.q[j]! - Phi.q[j]!) ** 2 + (Psi.p[j]! - Phi.p[j]!) ** 2
      }, 0),
    )
    const largest = (x: Float64Array, y: Float64Array): number =>
      x.reduce((m, v, j) => Math.max(m, Math.abs(v - y[j]!)), 0)
    const norm = Math.max(largest(Psi.q, Phi.q), largest(Psi.p, Phi.p))
    const quotient = (group: readonly number[]): number => Math.sqrt(group.reduce((a, b) => a + b, 0)) / norm
    const k = Array.from({ length: 20 }, (_, i) => i + 1)
    const groups = k.map(n =>
      Array.from({ length: Math.floor(N / n) }, (_, g) => quotient(squares.slice(g * n, (g + 1) * n))).sort(
        (a, b) => a - b,
      ),
    )
    const quantile = (level: number): number[] => groups.map(sorted => sorted[Math.floor(level * sorted.length)]!)
    const descending = [...squares].sort((a, b) => b - a)
    const searched = await runClaim(corollary43, {
      specs: ([1, 2] as const).map(n => ({ k: n, N, law: 'gaussian' as const, particles: 'product' as const })),
    })
    const sizes = [10, 250, 500, 750, 1000]
    const factor = async (name: 'uniform-ball' | 'gaussian' | 'plummer'): Promise<number[]> => {
      const specs = sizes.map(n => ({ k: 1, N: n, law: name, particles: 'product' as const }))
      const { records } = await runClaim(corollary43, { specs })
      return records.map(record => measuredValue(record, Object.keys(record.measured).find(key => /log10/.test(key))!))
    }
    // The ball in units of length and momentum twice as long: half as wide in each.
    const halved = uniformBallLaw({ radius: 0.5, momentumRadius: 0.5 })
    return marginalsFigure({
      k,
      ...{ low: quantile(0.05), median: quantile(0.5), high: quantile(0.95) },
      farthest: k.map(n => quotient(descending.slice(0, n))),
      searched: searched.records.map(({ spec, constants }) => ({ k: spec.k, value: constants[0]!.attacked.value })),
      N: sizes,
      laws: [
        { name: 'uniform ball', log10Factor: await factor('uniform-ball') },
        { name: 'Gaussian', log10Factor: await factor('gaussian') },
        { name: 'Plummer', log10Factor: await factor('plummer') },
        { name: 'uniform ball, units twice as long', log10Factor: sizes.map(n => n * Math.log10(halved.densitySup)) },
      ],
      run: `Gaussian, N = ${N}, δ = ${delta}, t = 1`,
      provenance: { law: 'gaussian', N, delta, T: 1, seed, mode: 'measured; right: closed form' },
    })
  }),
}
