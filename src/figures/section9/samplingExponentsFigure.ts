/**
 * Corollary 9.4: the two exponents of (88), as printed and as (87) gives them, and where they stop to decay.
 */

import { rateFunction } from '../../attacks/section9/rateFunction.js'
import { requireLength } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'
import { measuredValue } from '../../claims/core/evidence.js'
import { runClaim } from '../../claims/core/runClaim.js'
import { type Corollary94Spec, corollary94 } from '../../claims/section9/corollary94.js'
import type { Figure, GalleryFigure } from '../theme/figure.js'
import { axis, COLOR, figure, line, linearSpace, panelTitle, points, translucent } from '../theme/theme.js'

/** What {@link samplingExponentsFigure} draws. */
export interface SamplingExponentsData {
  /** Exponents of the rate, increasing. */
  readonly gamma: readonly number[]
  /** Exponents of N in -log of the exponential term, as printed, by name. */
  readonly printed: readonly { readonly name: string; readonly exponent: readonly number[] }[]
  /** p = 3: log(-log a)/log N at one N, with the logarithm of (87). */
  readonly withLogarithm: { readonly log10N: number; readonly exponent: readonly number[] }
  /** Slopes of log(-log a) in log N, from (87). */
  readonly slopes: readonly {
    readonly p: number
    readonly gamma: readonly number[]
    readonly exponent: readonly number[]
  }[]
  /** The control, beyond the largest gamma: its slope, and log10 of a(N, xi) over the bound where it was evaluated. */
  readonly beyond: { readonly gamma: number; readonly exponent: number; readonly log10Excess: number }
  /** Orders of moments, increasing. */
  readonly k: readonly number[]
  /** Exponents of N in the moment term: as printed at every k, and from (87) with epsilon at some. */
  readonly moment: readonly {
    readonly p: number
    readonly printed: readonly number[]
    readonly found: readonly { readonly k: number; readonly exponent: number }[]
  }[]
  readonly provenance: Readonly<Record<string, number | string>>
}

const STYLES = [
  { color: COLOR.blue, dash: 'solid', symbol: 'circle' },
  { color: COLOR.green, dash: 'dash', symbol: 'square' },
  { color: COLOR.orange, dash: 'dot', symbol: 'diamond' },
]

/**
 * Left: the exponential, against gamma; right: the moment term, against the order of the moment. Shaded: no decay.
 * @throws RangeError if columns differ in length
 * @source Corollary 9.4, (87), (88)
 */
export function samplingExponentsFigure(data: SamplingExponentsData): Figure {
  requireShape<SamplingExponentsData>('data', data, {
    gamma: 'numbers',
    printed: [{ name: 'text', exponent: 'numbers' }],
    withLogarithm: { log10N: 'number', exponent: 'numbers' },
    slopes: [{ p: 'number', gamma: 'numbers', exponent: 'numbers' }],
    beyond: { gamma: 'number', exponent: 'number', log10Excess: 'number' },
    k: 'numbers',
    moment: [{ p: 'number', printed: 'numbers', found: [{ k: 'number', exponent: 'number' }] }],
    provenance: 'record',
  })
  const { gamma, printed, withLogarithm, slopes, beyond, k, moment, provenance } = data
  for (const { name, exponent } of printed) requireLength(name, exponent, gamma.length)
  requireLength('withLogarithm', withLogarithm.exponent, gamma.length)
  for (const term of moment) requireLength(`moment at p = ${term.p}`, term.printed, k.length)
  const right = { xaxis: 'x2', yaxis: 'y2' }
  const shade = (axes: '' | '2', x: number, low: number, high: number): Record<string, unknown> => ({
    ...{ type: 'rect', xref: `x${axes}`, yref: `y${axes}`, x0: 0, x1: x, y0: low, y1: high },
    ...{ fillcolor: translucent(COLOR.vermillion, 0.1), line: { width: 0 }, layer: 'below' },
  })
  const note = (text: string, axes: '' | '2', x: number, y: number): Record<string, unknown> => ({
    ...{ text, showarrow: false, xref: `x${axes}`, yref: `y${axes}`, x, y, xanchor: 'left' },
    font: { size: 12, color: COLOR.vermillion },
  })
  const end = gamma.at(-1)!
  return figure({
    id: 'sampling-exponents',
    title: 'Corollary 9.4: when do the two terms of (88) decay?',
    caption: `Left: exponent b of N in the exponential e^(−cN^b) for the distance N^−γ: as printed (lines) and as (87) gives it (symbols). It is positive for γ below 1/6 and 1/(2p) only; beyond, the control outgrows the bound: with C from log N ≤ 400 it is 10^${Math.round(beyond.log10Excess)} times the bound at log N = 700. At p = 3 the printed exponent misses the logarithm of (87), which lowers it at every N. Right: exponent of N in the moment term, with the ε of the proof (symbols) and as printed (lines): it decays for k > 2p.`,
    data: [
      ...printed.map(({ name, exponent }, i) =>
        line(name, gamma, exponent, [COLOR.ink, COLOR.grey][i % 2]!, { dash: ['solid', 'longdash'][i % 2]! }),
      ),
      line(
        `p = 3 with the logarithm of (87), N = 10<sup>${withLogarithm.log10N}</sup>`,
        gamma,
        withLogarithm.exponent,
        COLOR.purple,
        { dash: 'dashdot' },
      ),
      ...slopes.map(({ p, gamma: at, exponent }, i) => {
        const { color, symbol } = STYLES[i % STYLES.length]!
        return points(`p = ${p}, from (87)`, at, exponent, color, { symbol })
      }),
      points('control, γ beyond 1/6', [beyond.gamma], [beyond.exponent], COLOR.vermillion, { symbol: 'x', size: 13 }),
      ...moment.flatMap(({ p, printed: exponent, found }, i) => {
        const { color, dash, symbol } = STYLES[i % STYLES.length]!
        return [
          line(`p = ${p}: 1 − k/${2 * p}`, k, exponent, color, { dash, ...right }),
          points(
            `p = ${p}, with ε`,
            found.map(one => one.k),
            found.map(one => one.exponent),
            color,
            { symbol, showlegend: false, ...right },
          ),
        ]
      }),
    ],
    layout: {
      xaxis: axis('γ (distance N<sup>−γ</sup>)', { domain: [0, 0.45], range: [0, end] }),
      yaxis: axis('exponent b of N in e<sup>−cN<sup>b</sup></sup>  (no unit)', { range: [-0.55, 1.05] }),
      xaxis2: axis('k (order of the finite moment)', { domain: [0.58, 1], anchor: 'y2', range: [0, k.at(-1)!] }),
      yaxis2: axis('exponent of N  (no unit)', { anchor: 'x2', range: [-5, 1.2] }),
      shapes: [shade('', end, -0.55, 0), shade('2', k.at(-1)!, 0, 1.2)],
      annotations: [
        panelTitle('<b>exponential</b>', 0, 0.45),
        panelTitle('<b>moment term</b>', 0.58, 0.42),
        note('no decay', '', 0.03 * end, -0.45),
        note('no decay: k ≤ 2p', '2', 0.56 * k.at(-1)!, 0.95),
      ],
      height: 620,
    },
    table: {
      gamma: [...gamma],
      ...Object.fromEntries(printed.map(({ name, exponent }) => [name, [...exponent]])),
      'p = 3 with the logarithm': [...withLogarithm.exponent],
    },
    provenance,
  })
}

/** The figure with its data, for the gallery. */
export const samplingExponentsEntry: GalleryFigure<SamplingExponentsData> = {
  id: 'sampling-exponents',
  seen: 'When the two terms of (88) decay',
  async data() {
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
    return {
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
    }
  },
  draw: samplingExponentsFigure,
}
