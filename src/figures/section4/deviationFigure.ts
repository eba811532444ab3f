/**
 * A coupled run in one picture: how far the N particles are from their mean field flow, against time, and what drives
 * it.
 */

import type { CoupledRun } from '../../flow/coupled/coupledFlow.js'
import { requireRun } from '../../flow/coupled/coupledRecords.js'
import type { Figure } from '../theme/figure.js'
import { axis, COLOR, figure, line, logAxis } from '../theme/theme.js'

/** Left: |Psi - Phi| and the cut-off radius of Theorem 4.2; right: the two parts (72), (73) of the force difference. */
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
  const right = { xaxis: 'x2', yaxis: 'y2' }
  return figure({
    id: 'coupled-deviation',
    title: `Two flows from the same ${N} points: how far apart?`,
    caption: `Largest coordinate of Ψ − Φ over all particles against time, beside the cut-off radius N^−δ that Theorem 4.2 allows, and the two parts of the force difference that drives it: the fluctuation (73), and the stability term (72), which grows with the deviation. ${sentence(budget.summary)}.`,
    data: [
      line('N<sup>−δ</sup> (Theorem 4.2)', ends, [radius, radius], COLOR.vermillion, { dash: 'dash' }),
      line('positions |Ψ¹−Φ¹|<sub>∞</sub>', t, position, COLOR.blue),
      line('momenta |Ψ²−Φ²|<sub>∞</sub>', t, momentum, COLOR.green, { dash: 'dot' }),
      line('|K(Φ)−K̄(Φ)|<sub>∞</sub> (73)', t, fluctuation, COLOR.purple, right),
      line('|K(Ψ)−K(Φ)|<sub>∞</sub> (72)', t, stability, COLOR.orange, { dash: 'dash', ...right }),
      line('N<sup>2δ−1</sup>, threshold of B<sub>t</sub>', ends, [thresholds.force, thresholds.force], COLOR.grey, {
        dash: 'dashdot',
        ...right,
      }),
    ],
    layout: {
      xaxis: axis('time t', { domain: [0, 0.44] }),
      yaxis: logAxis('deviation (length; length / time)', [...position, ...momentum, radius]),
      xaxis2: axis('time t', { domain: [0.58, 1], anchor: 'y2' }),
      yaxis2: logAxis('force per unit mass', [...fluctuation, ...stability, thresholds.force], { anchor: 'x2' }),
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

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
