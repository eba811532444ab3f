/**
 * (69)-(77) in one picture: every term of the Gronwall argument along a run, beside the bound that it feeds.
 */

import { requireLength } from '../../base/errors.js'
import { maximum } from '../../base/extent.js'
import { requireShape } from '../../base/shape.js'
import { gronwallBudget, gronwallRun } from '../../claims/section8/gronwallBudget.js'
import type { Figure, GalleryFigure } from '../theme/figure.js'
import { axis, COLOR, figure, line, logAxis, panelTitle } from '../theme/theme.js'

/** What {@link gronwallBudgetFigure} draws. */
export interface GronwallBudgetData {
  readonly t: readonly number[]
  /**
   * (72), its bound 2 x max_i L_i and the bound K x of (75); (73) and the thresholds of (74) as printed and repaired
   * (length / time²).
   */
  readonly stability: readonly number[]
  readonly local: readonly number[]
  readonly onC: readonly number[]
  readonly fluctuation: readonly number[]
  readonly printed: number
  readonly repaired: number
  /** log10 of Delta(t) and of its Gronwall bound. */
  readonly Delta: readonly number[]
  readonly gronwall: readonly number[]
  readonly provenance: Readonly<Record<string, number | string>>
}

/**
 * Every term of the Gronwall argument along a run, beside the bound that it feeds.
 * @throws RangeError for columns of different lengths
 * @example gronwallBudgetFigure(data).table.gronwall
 */
export function gronwallBudgetFigure(data: GronwallBudgetData): Figure {
  requireShape<GronwallBudgetData>('data', data, {
    t: 'numbers',
    stability: 'numbers',
    local: 'numbers',
    onC: 'numbers',
    fluctuation: 'numbers',
    printed: 'number',
    repaired: 'number',
    Delta: 'numbers',
    gronwall: 'numbers',
    provenance: 'record',
  })
  const { t, stability, local, onC, fluctuation, printed, repaired, Delta, gronwall, provenance } = data
  for (const [name, column] of Object.entries({ stability, local, onC, fluctuation, Delta, gronwall })) {
    requireLength(name, column, t.length)
  }
  const right = { xaxis: 'x2', yaxis: 'y2' }
  const used = maximum(stability.map((s, n) => s / local[n]!))
  const ends = [t[0]!, t.at(-1)!]
  return figure({
    id: 'gronwall-budget',
    title: 'The Gronwall budget: what each inequality gives away',
    caption: `Left: the two parts of the force difference along a run, (72) and (73), beside the bounds of the proof. (73) is above the printed threshold of (74), and of the size of a fluctuation; (72) uses ${(100 * used).toPrecision(2)} % of its bound at most. Right: Δ(t) and its Gronwall bound, as powers of ten: small losses in a rate are large ones in an exponential.`,
    data: [
      line('(72): |K(Ψ) − K(Φ)|<sub>∞</sub>', t, stability, COLOR.blue),
      line('2x max<sub>i</sub>L<sub>i</sub>, Lemma 6.3 repaired', t, local, COLOR.sky, { dash: 'dash' }),
      line('K x, (75)', t, onC, COLOR.purple, { dash: 'dashdot' }),
      line('(73): |K(Φ) − K̄(Φ)|<sub>∞</sub>', t, fluctuation, COLOR.orange, { width: 3.5 }),
      line('N<sup>2δ−1</sup>, (74) as printed', ends, [printed, printed], COLOR.vermillion, { dash: 'dot' }),
      line('N<sup>−(1−δ)/2</sup>', ends, [repaired, repaired], COLOR.grey, { dash: 'longdash' }),
      line('Δ(t), measured', t, Delta, COLOR.green, right),
      line('Gronwall bound', t, gronwall, COLOR.ink, { dash: 'dash', ...right }),
    ],
    layout: {
      xaxis: axis('time t', { domain: [0, 0.46] }),
      yaxis: logAxis('force per unit mass (length / time²)', [...stability, ...onC, printed]),
      xaxis2: axis('time t', { domain: [0.6, 1], anchor: 'y2' }),
      yaxis2: axis('log<sub>10</sub> Δ', { anchor: 'x2' }),
      annotations: [panelTitle('<b>the terms</b>', 0, 0.46), panelTitle('<b>what comes of them</b>', 0.6, 0.4)],
      height: 660,
    },
    table: {
      t: [...t],
      stability: [...stability],
      local: [...local],
      onC: [...onC],
      fluctuation: [...fluctuation],
      log10Delta: [...Delta],
      log10Gronwall: [...gronwall],
    },
    provenance,
  })
}

/** The figure with its data, for the gallery. */
export const gronwallBudgetEntry: GalleryFigure<GronwallBudgetData> = {
  id: 'gronwall-budget',
  seen: 'What each inequality of the proof gives away along a run',
  async data() {
    const [N, delta, sigma, seed] = [512, 0.3, 1, '1'] as const
    const { terms, x, v } = await gronwallRun({ N, delta, sigma, field: 'own' }, seed)
    const logN = Math.log(N)
    const K = maximum(terms.map(({ Lbar, wide }) => 2 * (Lbar + wide)))
    const r = gronwallBudget.formulas.rate!.evaluate({ logN, K })
    const f = maximum(terms.map(term => term.f))
    // At t = 0 there is no deviation, and a logarithm of 0 has no place.
    const later = terms.slice(1)
    return {
      t: later.map(({ t }) => t),
      stability: later.map(({ s }) => s),
      local: later.map(({ L }, n) => 2 * x[n + 1]! * L),
      onC: later.map(({ Lbar, wide }, n) => 2 * (Lbar + wide) * x[n + 1]!),
      fluctuation: later.map(term => term.f),
      printed: N ** (2 * delta - 1),
      repaired: N ** (-(1 - delta) / 2),
      Delta: later.map((_, n) => Math.log10(Math.sqrt(logN) * x[n + 1]! + v[n + 1]!)),
      // The exponential overflows for large K: its logarithm.
      gronwall: later.map(({ t }) => Math.log10((f * -Math.expm1(-r * t)) / r) + (r * t) / Math.LN10),
      provenance: { law: 'gaussian', N, delta, sigma, seed, mode: 'measured' },
    }
  },
  draw: gronwallBudgetFigure,
}
