/**
 * Remark 4.5 in one picture: a force or noise added to both flows, and noise that is not the same for both.
 */

import { remark45Run } from '../../attacks/section4/remark45Run.js'
import { requireLength } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'
import { allowedMomenta } from '../../claims/section4/remark45.js'
import type { Figure, GalleryFigure } from '../theme/figure.js'
import { axis, COLOR, figure, line, logAxis, panelTitle } from '../theme/theme.js'

/** What {@link remark45Figure} draws. */
export interface Remark45Data {
  readonly t: readonly number[]
  /** |Psi^2 - Phi^2|_inf and what the estimate allows for it, at those times (length / time). */
  readonly runs: readonly {
    readonly name: string
    readonly momentum: readonly number[]
    readonly allowed: readonly number[]
  }[]
  readonly provenance: Readonly<Record<string, number | string>>
}

const STYLES = [
  { color: COLOR.blue, dash: 'solid' },
  { color: COLOR.orange, dash: 'dash' },
  { color: COLOR.green, dash: 'dashdot' },
  { color: COLOR.vermillion, dash: 'dot' },
] as const

/**
 * Both flows with a force or noise added, and noise that is not the same for both.
 * @throws RangeError for columns of different lengths, or more than four runs
 * @example remark45Figure(data).table.t
 */
export function remark45Figure(data: Remark45Data): Figure {
  requireShape<Remark45Data>('data', data, {
    t: 'numbers',
    runs: [{ name: 'text', momentum: 'numbers', allowed: 'numbers' }],
    provenance: 'record',
  })
  const { t, runs, provenance } = data
  for (const { momentum, allowed } of runs) {
    requireLength('momentum', momentum, t.length)
    requireLength('allowed', allowed, t.length)
  }
  if (runs.length > STYLES.length) throw new RangeError(`runs must be at most ${STYLES.length}, got ${runs.length}`)
  // At t = 0 both are 0.
  const quotients = runs.map(({ momentum, allowed }) => momentum.slice(1).map((value, n) => value / allowed[n + 1]!))
  const right = { xaxis: 'x2', yaxis: 'y2' }
  return figure({
    id: 'noise-on-both-flows',
    title: 'Remark 4.5: what is added to both flows drops out',
    caption:
      'Left: the largest difference of the momenta of both flows against time, with nothing, a trap E(q) = −q or Langevin noise added. Right: over what the estimate allows, the integral of (72) + (73) + Lip(E) |Ψ¹ − Φ¹|. With the same Brownian paths for both flows it stays below 1; with independent paths the estimate does not apply, and the difference leaves it at once.',
    data: runs.flatMap(({ name, momentum }, k) => [
      line(name, t, momentum, STYLES[k]!.color, { dash: STYLES[k]!.dash }),
      line(name, t.slice(1), quotients[k]!, STYLES[k]!.color, { dash: STYLES[k]!.dash, showlegend: false, ...right }),
    ]),
    layout: {
      xaxis: axis('time t', { domain: [0, 0.44] }),
      yaxis: axis('|Ψ² − Φ²|<sub>∞</sub> (length / time)', { rangemode: 'tozero' }),
      xaxis2: axis('time t', { domain: [0.58, 1], anchor: 'y2' }),
      yaxis2: logAxis('|Ψ² − Φ²|<sub>∞</sub> / allowed  (no unit)', quotients.flat(), { anchor: 'x2' }),
      shapes: [
        {
          type: 'line',
          xref: 'x2',
          yref: 'y2',
          x0: 0,
          x1: t.at(-1),
          y0: 1,
          y1: 1,
          line: { color: COLOR.ink, dash: 'longdash', width: 1.5 },
        },
      ],
      annotations: [panelTitle('<b>apart</b>', 0, 0.44), panelTitle('<b>over what is allowed</b>', 0.58, 0.42)],
      height: 600,
    },
    table: {
      t: [...t],
      ...Object.fromEntries(
        runs.flatMap(({ name, momentum, allowed }) => [
          [name, [...momentum]],
          [`${name}, allowed`, [...allowed]],
        ]),
      ),
    },
    provenance,
  })
}

/** The figure with its data, for the gallery. */
export const remark45Entry: GalleryFigure<Remark45Data> = {
  id: 'noise-on-both-flows',
  seen: 'What is added to both flows drops out (Remark 4.5)',
  async data() {
    const [N, delta, seed] = [128, 0.3, '1']
    const runs = []
    for (const [added, name] of [
      ['nothing', 'nothing added'],
      ['force', 'a trap, E(q) = −q'],
      ['noise', 'the same noise for both'],
      ['other-noise', 'independent noise: broken on purpose'],
    ] as const) {
      const run = await remark45Run({ N, delta, added }, seed)
      runs.push({ name, t: run.t, momentum: run.momentum, allowed: allowedMomenta(run) })
    }
    return { t: runs[0]!.t, runs, provenance: { law: 'gaussian', N, delta, seed, mode: 'measured' } }
  },
  draw: remark45Figure,
}
