/**
 * A coupled run in one picture: how far the N particles are from their mean field flow, against time, and what drives
 * it.
 */

import type { CoupledRun } from '../../flow/coupled/coupledFlow.js'
import { requireRun } from '../../flow/coupled/coupledRecords.js'
import type { Figure } from '../theme/figure.js'
import { axis, COLOR, figure, line, logAxis, panelTitle } from '../theme/theme.js'

/**
 * Positions, momenta, each beside the cut-off radius of Theorem 4.2, and the two parts (72), (73) of the force
 * difference.
 */
export function deviationFigure(run: CoupledRun): Figure {
  requireRun(run)
  const { parameters, times, columns, budget, thresholds } = run
  // At t = 0 there is no deviation, and a logarithm of 0 has no place.
  const t = Array.from(times.slice(1))
  const later = (name: string): number[] => Array.from(columns[name]!.slice(1))
  const { N, delta, sigma, law, seed, replica, T } = parameters
  const radius = Number(N) ** -Number(delta)
  const position = later('position')
  const momentum = later('momentum')
  const fluctuation = later('fluctuation')
  const stability = later('stability')
  const ends = [0, Number(T)]
  const [middle, right] = [2, 3].map(k => ({ xaxis: `x${k}`, yaxis: `y${k}` }))
  const allowed = (more: object) =>
    line('N<sup>−δ</sup> (Theorem 4.2)', ends, [radius, radius], COLOR.vermillion, { dash: 'dash', ...more })
  const places = [0, 0.4, 0.8].map(start => [start, start + WIDTH])
  return figure({
    id: 'coupled-deviation',
    title: `Two flows from the same ${N} points: how far apart?`,
    caption: `Largest coordinate of Ψ − Φ over all particles against time, for positions and for momenta, beside N^−δ, which Theorem 4.2 allows; and the two parts of the force difference that drives it: the fluctuation (73), and the stability term (72), which grows with the deviation. ${sentence(budget.summary)}.`,
    data: [
      allowed({}),
      line('positions |Ψ¹−Φ¹|<sub>∞</sub>', t, position, COLOR.blue),
      line('momenta |Ψ²−Φ²|<sub>∞</sub>', t, momentum, COLOR.green, { dash: 'dot', ...middle }),
      allowed({ ...middle, showlegend: false }),
      line('|K(Φ)−K̄(Φ)|<sub>∞</sub> (73)', t, fluctuation, COLOR.purple, right),
      line('|K(Ψ)−K(Φ)|<sub>∞</sub> (72)', t, stability, COLOR.orange, { dash: 'dash', ...right }),
      line('N<sup>2δ−1</sup>, threshold of B<sub>t</sub>', ends, [thresholds.force, thresholds.force], COLOR.grey, {
        dash: 'dashdot',
        ...right,
      }),
    ],
    layout: {
      xaxis: axis('time t', { domain: places[0] }),
      yaxis: logAxis('deviation (length)', [...position, radius]),
      xaxis2: axis('time t', { domain: places[1], anchor: 'y2' }),
      yaxis2: logAxis('deviation (length / time)', [...momentum, radius], { anchor: 'x2' }),
      xaxis3: axis('time t', { domain: places[2], anchor: 'y3' }),
      yaxis3: logAxis('force per unit mass', [...fluctuation, ...stability, thresholds.force], { anchor: 'x3' }),
      annotations: ['positions', 'momenta', 'forces'].map((name, k) =>
        panelTitle(`<b>${name}</b>`, places[k]![0]!, WIDTH),
      ),
      height: 600,
    },
    table: { t, position, momentum, fluctuation, stability },
    provenance: {
      law: String(law),
      N: Number(N),
      delta: Number(delta),
      sigma: Number(sigma),
      seed: String(seed),
      replica: Number(replica),
      mode: 'measured',
    },
  })
}

/** Of a panel, as a part of the figure's. */
const WIDTH = 0.2

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
