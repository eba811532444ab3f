/**
 * Corollary 4.3 in numbers: k particles in the Euclidean norm against all in the maximum norm, and the factor in the
 * bound of (33).
 */

import { requireLength } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'
import { measuredValue } from '../../claims/core/evidence.js'
import { runClaim } from '../../claims/core/runClaim.js'
import { corollary43 } from '../../claims/section4/corollary43.js'
import { coupledFlow } from '../../flow/coupled/coupledFlow.js'
import { radialField } from '../../flow/field/radial/radialField.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import { uniformBallLaw } from '../../law/uniformBallLaw.js'
import type { Figure, GalleryFigure } from '../theme/figure.js'
import { axis, COLOR, figure, intervalBars, line, linearSpace, panelTitle, points } from '../theme/theme.js'

/** What {@link marginalsFigure} draws. */
export interface MarginalsData {
  /** Numbers of particles, increasing. */
  readonly k: readonly number[]
  /** |P_k Psi - P_k Phi| / |Psi - Phi|_inf over groups of k particles: quantiles, and the k that are farthest apart. */
  readonly low: readonly number[]
  readonly median: readonly number[]
  readonly high: readonly number[]
  readonly farthest: readonly number[]
  /** What a search over differences found, and at which k. */
  readonly searched: readonly { readonly k: number; readonly value: number }[]
  /** log10 of ||f_0||_inf^N, by law. */
  readonly N: readonly number[]
  readonly laws: readonly { readonly name: string; readonly log10Factor: readonly number[] }[]
  /** Of the groups, e.g. 'N = 400, delta = 0.3'. */
  readonly run: string
  readonly provenance: Readonly<Record<string, number | string>>
}

const STYLES = [
  { color: COLOR.green, dash: 'solid', symbol: 'circle' },
  { color: COLOR.purple, dash: 'dash', symbol: 'square' },
  { color: COLOR.sky, dash: 'dot', symbol: 'diamond' },
  { color: COLOR.vermillion, dash: 'dashdot', symbol: 'triangle-up' },
]

/**
 * Left: the quotient that (34) takes for at most 1, and sqrt(6k); right: the factor printed in the bound of (33).
 * @throws RangeError if columns differ in length
 * @source Corollary 4.3, (33), (34)
 */
export function marginalsFigure(data: MarginalsData): Figure {
  requireShape<MarginalsData>('data', data, {
    k: 'numbers',
    low: 'numbers',
    median: 'numbers',
    high: 'numbers',
    farthest: 'numbers',
    searched: [{ k: 'number', value: 'number' }],
    N: 'numbers',
    laws: [{ name: 'text', log10Factor: 'numbers' }],
    run: 'text',
    provenance: 'record',
  })
  const { k, low, median, high, farthest, searched, N, laws, run, provenance } = data
  for (const [name, column] of Object.entries({ low, median, high, farthest })) requireLength(name, column, k.length)
  for (const { name, log10Factor } of laws) requireLength(name, log10Factor, N.length)
  const fine = linearSpace(0, k.at(-1)! + 0.5, 101)
  const right = { xaxis: 'x2', yaxis: 'y2' }
  return figure({
    id: 'marginals',
    title: 'From all particles to k of them: two constants of Corollary 4.3',
    caption: `Left: |P_kΨ − P_kΦ|, Euclidean, over |Ψ − Φ|∞ at the end of a coupled run (${run}): median over groups of k particles with bars from the 5 % to the 95 % quantile, and the k particles farthest apart. (34) takes the quotient for at most 1; the sharp bound is √(6k), which a search over differences attains. Right: the decimal logarithm of the factor ‖f₀‖∞^N in the printed bound of (33). It does not belong there: it is exponentially small for the three laws, so that the printed bound is false, and exponentially large when the same ball is measured in units twice as long.`,
    data: [
      line(
        'sharp: √(6k)',
        fine,
        fine.map(x => Math.sqrt(6 * x)),
        COLOR.ink,
      ),
      line('taken in (34): 1', [0, fine.at(-1)!], [1, 1], COLOR.vermillion, { dash: 'dash' }),
      points(
        'search over differences',
        searched.map(found => found.k),
        searched.map(found => found.value),
        COLOR.ink,
        { symbol: 'star', size: 12 },
      ),
      points('farthest k, measured', k, farthest, COLOR.orange, { symbol: 'diamond', size: 8 }),
      points('any k, measured', k, median, COLOR.blue, {
        size: 7,
        error_y: intervalBars(
          median.map((value, i) => ({ value, low: low[i]!, high: high[i]! })),
          { thickness: 1.3 },
        ),
      }),
      line('no factor', [0, N.at(-1)!], [0, 0], COLOR.ink, { width: 1.5, showlegend: false, ...right }),
      ...laws.map(({ name, log10Factor }, i) => {
        const { color, dash, symbol } = STYLES[i % STYLES.length]!
        const marks = { mode: 'lines+markers', marker: { symbol, size: 8 } }
        return line(name, N, log10Factor, color, { dash, ...marks, ...right })
      }),
    ],
    layout: {
      xaxis: axis('k (number of particles)', { domain: [0, 0.45], range: [0, fine.at(-1)!] }),
      yaxis: axis('|P<sub>k</sub>Ψ − P<sub>k</sub>Φ| / |Ψ − Φ|<sub>∞</sub>  (no unit)', { range: [0, 11.5] }),
      xaxis2: axis('N (number of particles)', { domain: [0.58, 1], anchor: 'y2' }),
      yaxis2: axis('log<sub>10</sub> of ‖f<sub>0</sub>‖<sub>∞</sub><sup>N</sup>', { anchor: 'x2' }),
      annotations: [
        panelTitle('<b>norms in (34)</b>', 0, 0.45),
        panelTitle('<b>the factor in the bound of (33)</b>', 0.58, 0.42),
      ],
      height: 620,
    },
    table: {
      k: [...k],
      low: [...low],
      median: [...median],
      high: [...high],
      farthest: [...farthest],
      sharp: k.map(n => Math.sqrt(6 * n)),
    },
    provenance,
  })
}

/** The figure with its data, for the gallery. */
export const marginalsEntry: GalleryFigure<MarginalsData> = {
  id: 'marginals',
  seen: 'From all particles to k of them: two constants of Corollary 4.3',
  async data() {
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
      return records.map(record => measuredValue(record, 'logFactor'))
    }
    // The ball in units of length and momentum twice as long: half as wide in each.
    const halved = uniformBallLaw({ radius: 0.5, momentumRadius: 0.5 })
    return {
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
    }
  },
  draw: marginalsFigure,
}
