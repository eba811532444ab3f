/**
 * Theorem 9.3 on the line: how often the sampling distance exceeds N^-gamma, and how large it is on average.
 */

import { meanDistance, sampledDistances } from '../../attacks/section9/sampledDistances.js'
import { requireLength } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'
import { clopperPearson } from '../../base/statistics/clopperPearson.js'
import { ESTIMATE, type Estimate, estimated } from '../../base/statistics/estimate.js'
import { meanAndStandardError } from '../../base/statistics/statistics.js'
import { theorem93 } from '../../claims/section9/theorem93.js'
import type { Figure, GalleryFigure, Trace } from '../theme/figure.js'
import { COLOR, figure, intervalBars, line, logAxis, panelTitle, points, sizeTicks } from '../theme/theme.js'

/** What {@link samplingDistanceFigure} draws. */
export interface SamplingDistanceData {
  /** Sample sizes, increasing. */
  readonly N: readonly number[]
  /** P[W_1 > N^-gamma] at each N with its interval, and 2 exp(-2 N^(1 - 2 gamma)). */
  readonly tails: readonly {
    readonly law: 'uniform' | 'pareto'
    readonly gamma: number
    readonly probability: readonly Estimate[]
    readonly bound: readonly number[]
  }[]
  /** Mean of N^(1/2) W_1 at each N with its interval, and its expectation, by law. */
  readonly means: readonly {
    readonly law: 'uniform' | 'pareto'
    readonly scaled: readonly Estimate[]
    readonly expected: readonly number[]
  }[]
  readonly provenance: Readonly<Record<string, number | string>>
}

const TAILS = [
  { color: COLOR.blue, dash: 'solid', symbol: 'circle' },
  { color: COLOR.green, dash: 'dash', symbol: 'square' },
  { color: COLOR.purple, dash: 'dot', symbol: 'diamond' },
  { color: COLOR.vermillion, dash: 'longdash', symbol: 'x' },
]
const NAME = { uniform: 'uniform', pareto: 'Pareto' }
/** Lowest probability shown. */
const FLOOR = 1e-5

/**
 * Left: probabilities below their bounds, and the control above its own; right: means, N^(1/2) W_1 bounded or growing
 * like N^(1/6).
 * @throws RangeError if columns differ in length
 * @source Theorem 9.3, (87); Massart 1990, doi:10.1214/aop/1176990746
 */
export function samplingDistanceFigure(input: SamplingDistanceData): Figure {
  requireShape<SamplingDistanceData>('data', input, {
    N: 'numbers',
    tails: [{ law: 'text', gamma: 'number', probability: [ESTIMATE], bound: 'numbers' }],
    means: [{ law: 'text', scaled: [ESTIMATE], expected: 'numbers' }],
    provenance: 'record',
  })
  const { N, tails, means, provenance } = input
  for (const { law, gamma, probability, bound } of tails) {
    requireLength(`probability of ${law}, gamma = ${gamma}`, values(probability), N.length)
    requireLength(`bound of ${law}, gamma = ${gamma}`, bound, N.length)
  }
  for (const { law, scaled, expected } of means) {
    requireLength(`mean of ${law}`, values(scaled), N.length)
    requireLength(`expectation of ${law}`, expected, N.length)
  }
  // Side by side, so that intervals at one N are told apart.
  const beside = (i: number): number[] => N.map(n => n * 1.06 ** (i - 1.5))
  const data: Trace[] = tails.flatMap(({ law, gamma, probability, bound }, i) => {
    const { color, dash, symbol } = TAILS[i % TAILS.length]!
    const name = `${NAME[law]}, γ = ${gamma}`
    const seen = N.map((_, k) => k).filter(k => probability[k]!.value > 0)
    const none = N.map((_, k) => k).filter(k => probability[k]!.value === 0)
    const measured = points(
      `${name}, measured`,
      seen.map(k => beside(i)[k]!),
      seen.map(k => probability[k]!.value),
      color,
      {
        symbol,
        error_y: intervalBars(
          seen.map(k => probability[k]!),
          { thickness: 1.3 },
        ),
      },
    )
    const limits = points(
      `${name}, none seen: upper end`,
      none.map(k => beside(i)[k]!),
      none.map(k => probability[k]!.high),
      color,
      { symbol: 'triangle-down-open', size: 11, showlegend: false },
    )
    const curve = line(
      `${name}, bound`,
      N,
      bound.map(value => Math.min(1, value)),
      color,
      { dash, width: 2 },
    )
    return none.length > 0 ? [curve, measured, limits] : [curve, measured]
  })
  const right = { xaxis: 'x2', yaxis: 'y2' }
  for (const { law, scaled, expected } of means) {
    const { color, symbol } = law === 'uniform' ? { color: COLOR.ink, symbol: 'circle' } : TAILS[3]!
    const dash = law === 'uniform' ? 'solid' : 'dash'
    data.push(
      line(`${NAME[law]}, expected`, N, expected, COLOR.grey, { ...right, width: 2, dash }),
      points(`${NAME[law]}, measured`, N, values(scaled), color, {
        symbol,
        error_y: intervalBars(scaled, { thickness: 1.3 }),
        ...right,
      }),
    )
  }
  return figure({
    id: 'sampling-distance',
    title: 'Theorem 9.3 on the line: how far is a sample from its law?',
    caption:
      'Left: the probability that W₁ exceeds N<sup>−γ</sup>, with 99 % intervals (triangle: none seen, upper end), against 2 exp(−2N<sup>1−2γ</sup>). Samples of the uniform law on [0, 1] respect it; a Pareto law, P(X > x) = x<sup>−3/2</sup>, without the moment that the theorem asks for, exceeds it. Right: the mean of N<sup>1/2</sup> W₁, with three standard errors, and its exact expectation: level for the uniform law, where the limit is that of a Brownian bridge, √(2π)/8, and rising for the Pareto law (like N<sup>1/6</sup>, beyond these N), whose bars are indicative only, since W₁ has no variance there.',
    data,
    layout: {
      xaxis: logAxis('N (sample size)', N, { domain: [0, 0.45], ...sizeTicks(N) }),
      yaxis: logAxis('P[W<sub>1</sub> > N<sup>−γ</sup>]', [FLOOR, 1], { range: [Math.log10(FLOOR), 0.2] }),
      xaxis2: logAxis('N (sample size)', N, { domain: [0.58, 1], anchor: 'y2', ...sizeTicks(N) }),
      yaxis2: logAxis(
        'mean of N<sup>1/2</sup> W<sub>1</sub>  (length)',
        means.flatMap(({ scaled }) => values(scaled)),
        { anchor: 'x2' },
      ),
      annotations: [panelTitle('<b>probability</b>', 0, 0.45), panelTitle('<b>mean</b>', 0.58, 0.42)],
      height: 640,
    },
    table: {
      N: [...N],
      ...Object.fromEntries(
        tails.flatMap(({ law, gamma, probability, bound }) => [
          [`P ${law} ${gamma}`, values(probability)],
          [`P ${law} ${gamma} low`, probability.map(({ low }) => low)],
          [`P ${law} ${gamma} high`, probability.map(({ high }) => high)],
          [`bound ${law} ${gamma}`, [...bound]],
        ]),
      ),
      ...Object.fromEntries(
        means.flatMap(({ law, scaled, expected }) => [
          [`mean ${law}`, values(scaled)],
          [`expected ${law}`, [...expected]],
          [`mean ${law} low`, scaled.map(({ low }) => low)],
          [`mean ${law} high`, scaled.map(({ high }) => high)],
        ]),
      ),
    },
    provenance,
  })
}

function values(estimates: readonly Estimate[]): number[] {
  return estimates.map(({ value }) => value)
}

/** The figure with its data, for the gallery. */
export const samplingDistanceEntry: GalleryFigure<SamplingDistanceData> = {
  id: 'sampling-distance',
  seen: 'How far a sample is from its law, on the line (Theorem 9.3)',
  async data() {
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
    return {
      N,
      tails: [tail('uniform', 0.6), tail('uniform', 0.55), tail('uniform', 0.5), tail('pareto', 0.4)],
      means: [mean('uniform'), mean('pareto')],
      provenance: { samples: samples.uniform[0]!.length, seed, mode: 'measured' },
    }
  },
  draw: samplingDistanceFigure,
}
