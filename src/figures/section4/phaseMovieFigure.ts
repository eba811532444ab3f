/**
 * A movie of both flows as a Plotly animation: each particle of Psi joined with its partner of Phi, frame by frame.
 */

import type { CoupledRun } from '../../flow/coupled/coupledFlow.js'
import { requireRun } from '../../flow/coupled/coupledRecords.js'
import type { Figure, Trace } from '../theme/figure.js'
import { player } from '../theme/player.js'
import { axis, COLOR, figure, translucent } from '../theme/theme.js'

/** Positions to this many digits keep the figure small: a pixel is 1/500 of the picture. */
const DIGITS = 4

/**
 * The first two coordinates of the particles whose paths the run kept.
 * @throws RangeError unless the run was made with `paths` > 0
 */
export function phaseMovieFigure(run: CoupledRun): Figure {
  requireRun(run)
  const { paths, times, parameters } = run
  if (paths === undefined) throw new RangeError('run must keep paths: coupledFlow({ ..., paths: 200 })')
  const count = paths.Psi[0]!.length / run.Psi.d
  const largest = Math.max(
    ...[...paths.Psi, ...paths.Phi].map(q => q.subarray(0, 2 * count).reduce((m, x) => Math.max(m, Math.abs(x)), 0)),
  )
  const reach = 1.05 * largest
  const round = (x: number): number => Number(x.toPrecision(DIGITS))
  const coordinates = (q: Float64Array, a: number): number[] =>
    Array.from(q.subarray(a * count, (a + 1) * count), round)
  const frame = (n: number): Trace[] => {
    const Psi = paths.Psi[n]!
    const Phi = paths.Phi[n]!
    const [x, y] = [coordinates(Psi, 0), coordinates(Psi, 1)]
    const [u, v] = [coordinates(Phi, 0), coordinates(Phi, 1)]
    return [
      { x: u, y: v },
      { x, y },
      { x: x.flatMap((value, i) => [value, u[i]!, null]), y: y.flatMap((value, i) => [value, v[i]!, null]) },
    ] as unknown as Trace[]
  }
  // A still image shows the end: at the beginning the two clouds are one.
  const last = times.length - 1
  const still = frame(last)
  const dress: Trace[] = [
    {
      type: 'scatter',
      mode: 'markers',
      name: 'Φ, mean field',
      marker: { color: COLOR.sky, size: 9, symbol: 'circle-open' },
    },
    { type: 'scatter', mode: 'markers', name: 'Ψ, N particles', marker: { color: COLOR.vermillion, size: 5 } },
    { type: 'scatter', mode: 'lines', name: 'Ψ − Φ', line: { color: COLOR.grey, width: 1 }, hoverinfo: 'skip' },
  ]
  const label = (n: number): string => times[n]!.toFixed(2)
  const { N, delta, sigma, law, seed, replica } = parameters
  const made = figure({
    id: 'two-flows-movie',
    title: `${count} of ${N} particles, and the same points in their mean field`,
    caption: `The first two coordinates of ${count} particles of the N-particle flow Ψ and of the mean field flow Φ from the same initial data, joined by lines, whose length Theorem 4.2 is about.`,
    data: dress.map((trace, k) => ({ ...trace, ...still[k]! })),
    layout: {
      xaxis: axis('q₁ (length)', { range: [-reach, reach] }),
      yaxis: axis('q₂ (length)', { range: [-reach, reach], scaleanchor: 'x' }),
      height: 720,
      margin: { b: 150 },
      legend: { x: 0.01, y: 0.99, yanchor: 'top', bgcolor: translucent(COLOR.paper, 0.8), font: { size: 13 } },
      ...player(Array.from(times.keys(), label), 't = '),
    },
    table: {
      t: Array.from(times),
      position: Array.from(run.columns.position!),
      momentum: Array.from(run.columns.momentum!),
    },
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
  return {
    ...made,
    frames: Array.from(times.keys(), n => ({ name: label(n), data: frame(n) })),
  }
}
