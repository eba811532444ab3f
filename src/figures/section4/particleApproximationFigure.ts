/**
 * Theorem 4.4 as it is measured: the three parts of the split (42)-(44) against N with the powers of N that are
 * predicted for each, and the rate of (38).
 */

import { type SplitFields, type SplitParts, splitFields, splitParts } from '../../attacks/section4/splitParts.js'
import { requireLength, requireNumber, requireOneOf } from '../../base/errors.js'
import { maximum, minimum } from '../../base/extent.js'
import { randomStream } from '../../base/random.js'
import { requireShape } from '../../base/shape.js'
import { ESTIMATE, type Estimate } from '../../base/statistics/estimate.js'
import { theorem44 } from '../../claims/section4/theorem44.js'
import { bootstrapMean } from '../../ensemble/plan/stoppingRule.js'
import type { Figure, GalleryFigure, Trace } from '../theme/figure.js'
import { COLOR, figure, intervalBars, line, logAxis, panelTitle, sizeTicks } from '../theme/theme.js'

/** The parts by name: (42), (43), (44), and the distance of the particles to a sample of f_t. */
export type SplitPart = 'first' | 'second' | 'third' | 'whole'

/** One panel: an order of the distance, a cut-off exponent and a sign. */
export interface ApproximationPanel {
  readonly p: 1 | 2
  readonly delta: number
  readonly sigma: 1 | -1
  /** Increasing. */
  readonly N: readonly number[]
  /** Mean over independent runs of each part, one for each N. */
  readonly means: Readonly<Record<SplitPart, readonly Estimate[]>>
  /** The parts in the run that the ledger records, one for each N. */
  readonly recorded: Readonly<Record<SplitPart, readonly number[]>>
  /** N^(-gamma + 1 - 3 delta), gamma at its supremum, for each N. */
  readonly rate: readonly number[]
}

const PARTS = [
  { key: 'second', name: '(43) sampling: Φ to f<sup>N</sup>', color: COLOR.orange, symbol: 'diamond' },
  { key: 'first', name: '(42) particles: Ψ to Φ', color: COLOR.blue, symbol: 'circle' },
  { key: 'third', name: '(44) cut-off: f<sup>N</sup> to f', color: COLOR.green, symbol: 'square' },
] as const

/**
 * The exponents that are expected: the fluctuation (section 7), Theorem 9.3 in six dimensions, and (84) for smooth
 * densities.
 */
export function predictedExponent(part: Exclude<SplitPart, 'whole'>, delta: number): number {
  requireOneOf('part', part, ['first', 'second', 'third'])
  requireNumber('delta', delta, 0, Number.MAX_VALUE, 'a finite number >= 0')
  return { first: -(1 - delta) / 2, second: -1 / 6, third: -2 * delta }[part]
}

/**
 * The three parts of (42)-(44) against N, with the powers of N that are predicted, and the rate of (38).
 * @throws RangeError if there are no panels, or columns differ in length
 * @source Theorem 4.4, (38), (42)-(44)
 */
export function particleApproximationFigure(
  panels: readonly ApproximationPanel[],
  provenance: Readonly<Record<string, number | string>>,
): Figure {
  requireShape<readonly ApproximationPanel[]>('panels', panels, [
    {
      p: 'number',
      delta: 'number',
      sigma: 'number',
      N: 'numbers',
      means: { first: [ESTIMATE], second: [ESTIMATE], third: [ESTIMATE], whole: [ESTIMATE] },
      recorded: { first: 'numbers', second: 'numbers', third: 'numbers', whole: 'numbers' },
      rate: 'numbers',
    },
  ])
  requireShape<Readonly<Record<string, number | string>>>('provenance', provenance, 'record')
  if (panels.length === 0) throw new RangeError('panels must not be empty')
  const gap = 0.1
  const width = (1 - gap * (panels.length - 1)) / panels.length
  const data: Trace[] = []
  const layout: Record<string, unknown> = {}
  const annotations: unknown[] = []
  const lowest = minimum(panels.flatMap(({ means }) => means.third.map(({ low }) => low)))
  const highest = maximum(panels.flatMap(({ means, rate }) => [...means.whole.map(({ high }) => high), ...rate]))
  for (const [k, { p, delta, sigma, N, means, recorded, rate }] of panels.entries()) {
    requireLength('rate', rate, N.length)
    const suffix = k === 0 ? '' : `${k + 1}`
    const place = { xaxis: `x${suffix}`, yaxis: `y${suffix}`, showlegend: k === 0 }
    for (const { key, name, color, symbol } of PARTS) {
      const value = means[key].map(estimate => estimate.value)
      requireLength(key, value, N.length)
      requireLength(`recorded ${key}`, recorded[key], N.length)
      const power = predictedExponent(key, delta)
      data.push(
        {
          ...line(name, N, value, color, {
            ...place,
            mode: 'markers',
            marker: { color, symbol, size: 10 },
          }),
          error_y: intervalBars(means[key], { thickness: 1.5 }),
        },
        line(
          `predicted: ${{ first: 'N<sup>−(1−δ)/2</sup>', second: 'N<sup>−1/6</sup>', third: 'N<sup>−2δ</sup>' }[key]}`,
          N,
          N.map(n => value.at(-1)! * (n / N.at(-1)!) ** power),
          color,
          { dash: 'dash', width: 1.6, ...place },
        ),
      )
    }
    const whole = means.whole.map(({ value }) => value)
    requireLength('whole', whole, N.length)
    data.push(
      line('all: Ψ to f', N, whole, COLOR.ink, {
        mode: 'markers',
        marker: { color: COLOR.ink, symbol: 'x-thin-open', size: 9 },
        ...place,
      }),
    )
    data.push(line('rate of (38), N ≥ N<sub>1</sub>', N, rate, COLOR.vermillion, { dash: 'longdash', ...place }))
    const start = k * (width + gap)
    layout[`xaxis${suffix}`] = logAxis('N (number of particles)', N, {
      domain: [start, start + width],
      anchor: `y${suffix}`,
      ...sizeTicks(N),
    })
    layout[`yaxis${suffix}`] = logAxis(`W<sub>${p}</sub>  (units of phase space)`, [lowest, highest], {
      anchor: `x${suffix}`,
      range: [Math.log10(lowest / 1.6), Math.log10(2 * highest)],
    })
    annotations.push(panelTitle(`<b>p = ${p}, δ = ${delta}, σ = ${sigma > 0 ? '+1' : '−1'}</b>`, start, width))
  }
  const rows = panels.flatMap(panel => panel.N.map((n, i) => ({ ...panel, n, i })))
  return figure({
    id: 'particle-approximation',
    title: 'Theorem 4.4: which part of the error is the largest?',
    caption:
      'Markers: the three parts of the distance between N particles and the solution of the Vlasov–Poisson equation at t = 1, by exact optimal transport in phase space, means over independent runs with bootstrap intervals; an independent sample of N points stands for f. Lines: the power of N that is predicted for each part, through its last point. Sampling dwarfs the dynamics at both cut-offs. The rate of (38) is a bound for N far beyond these only; for δ < 5/18 it grows.',
    data,
    layout: { ...layout, annotations, height: 600 },
    table: {
      p: rows.map(({ p }) => p),
      delta: rows.map(({ delta }) => delta),
      sigma: rows.map(({ sigma }) => sigma),
      N: rows.map(({ n }) => n),
      ...Object.fromEntries(
        (['first', 'second', 'third', 'whole'] as const).flatMap(key => [
          [key, rows.map(({ means, i }) => means[key][i]!.value)],
          [`${key} low`, rows.map(({ means, i }) => means[key][i]!.low)],
          [`${key} high`, rows.map(({ means, i }) => means[key][i]!.high)],
          [`${key}, recorded run`, rows.map(({ recorded, i }) => recorded[key][i]!)],
        ]),
      ),
      rate: rows.map(({ rate, i }) => rate[i]!),
    },
    provenance,
  })
}

/** The figure with its data, for the gallery. */
export const particleApproximationEntry: GalleryFigure<Parameters<typeof particleApproximationFigure>> = {
  id: 'particle-approximation',
  seen: 'Which of the three parts of the error is the largest (Theorem 4.4)',
  async data() {
    // Seed 1 is that of the ledger, whose runs are the first here.
    const seeds = ['1', '2', '3', '4', '5', '6']
    const N = [16, 64, 256, 512]
    const panels: ApproximationPanel[] = []
    for (const spec of [
      { delta: 0.3, sigma: 1, p: 1 },
      { delta: 0.2, sigma: -1, p: 2 },
    ] as const) {
      const runs: SplitParts[][] = []
      let fields: SplitFields | undefined
      for (const n of N) {
        fields = splitFields({ ...spec, N: n }, fields?.limit)
        const here: SplitParts[] = []
        for (const seed of seeds) here.push(await splitParts({ ...spec, N: n }, seed, fields))
        runs.push(here)
      }
      const gamma = Math.min(1 / 6, 1 / (2 * spec.p), spec.delta)
      const byPart = <Value>(of: (key: SplitPart) => Value): Record<SplitPart, Value> => ({
        first: of('first'),
        second: of('second'),
        third: of('third'),
        whole: of('whole'),
      })
      panels.push({
        ...spec,
        N,
        means: byPart(key =>
          runs.map((here, i) => {
            const stream = randomStream(`gallery/particle-approximation/${spec.delta}/${N[i]}/${key}`)
            return bootstrapMean(
              here.map(run => run[key]),
              stream,
              0.95,
            )
          }),
        ),
        recorded: byPart(key => runs.map(here => here[0]![key])),
        rate: N.map(n => theorem44.bound.evaluate({ N: n, gamma, delta: spec.delta })),
      })
    }
    return [
      panels,
      {
        law: 'gaussian',
        t: 1,
        seeds: `${seeds[0]} to ${seeds.at(-1)}`,
        interval: '95 %',
        mode: 'measured',
      },
    ]
  },
  draw: data => particleApproximationFigure(...data),
}
