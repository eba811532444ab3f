/**
 * How a rare event is reached by splitting: a population that climbs from level to level, as a movie.
 */
import { requireShape } from '../../base/shape.js'
import type { Figure, Trace } from '../theme/figure.js'
import { player } from '../theme/player.js'
import { axis, COLOR, figure, translucent } from '../theme/theme.js'

/** A population at one level, before those below it are replaced. */
export interface SplittingStage {
  readonly level: number
  /** The score of each of its states. */
  readonly states: readonly number[]
  /** The estimate of the probability of this level. */
  readonly p: number
}

/** What {@link splittingFigure} draws. */
export interface SplittingData {
  readonly stages: readonly SplittingStage[]
  /** The true probability of each level, where it is known. */
  readonly exact?: readonly number[]
  readonly provenance: Readonly<Record<string, number | string>>
}

/**
 * A frame for each level: the scores of the population, those at or above the level apart from those that will be
 * replaced by clones of them; and the estimates so far against the level.
 * @throws TypeError, RangeError for no stages
 * @source fixed-level splitting: docs/rare-events.md
 * @example splittingFigure({ stages: [{ level: 1, states: [0.2, 1.4], p: 0.5 }], provenance: {} }).table.p // [0.5]
 */
export function splittingFigure(data: SplittingData): Figure {
  requireShape<SplittingData>('data', data, {
    stages: [{ level: 'number', states: 'numbers', p: 'number' }],
    exact: { optional: 'numbers' },
    provenance: 'record',
  })
  const { stages, exact, provenance } = data
  if (stages.length === 0) throw new RangeError('data.stages must hold at least one level, got none')
  const levels = stages.map(({ level }) => level)
  const all = stages.flatMap(({ states }) => [...states])
  const reach = [Math.min(...all) - 0.2, Math.max(...all) + 0.2]
  const frame = (m: number): Trace[] => {
    const { level, states } = stages[m]!
    const places = Array.from(states.keys(), k => k + 1)
    const side = (above: boolean): Trace =>
      ({
        x: states.filter(x => x >= level === above),
        y: places.filter(k => states[k - 1]! >= level === above),
      }) as unknown as Trace
    return [
      side(false),
      side(true),
      { x: [level, level], y: [0, states.length + 1] } as unknown as Trace,
      { x: levels.slice(0, m + 1), y: stages.slice(0, m + 1).map(({ p }) => p) } as unknown as Trace,
    ]
  }
  const last = stages.length - 1
  const still = frame(last)
  const right = { xaxis: 'x2', yaxis: 'y2' }
  const dress = [
    {
      mode: 'markers',
      name: 'below the level: replaced',
      marker: { color: COLOR.grey, size: 6, symbol: 'circle-open' },
    },
    { mode: 'markers', name: 'at or above it: cloned', marker: { color: COLOR.vermillion, size: 7 } },
    { mode: 'lines', name: 'the level', line: { color: COLOR.blue, width: 2, dash: 'dash' } },
    {
      mode: 'lines+markers',
      name: 'estimate',
      marker: { color: COLOR.blue, size: 9 },
      ...right,
    },
  ]
  const label = (m: number): string => String(levels[m])
  const known: Trace[] =
    exact === undefined
      ? []
      : [
          {
            type: 'scatter',
            mode: 'lines',
            name: 'exact',
            x: levels,
            y: exact,
            line: { color: COLOR.green, width: 2, dash: 'dot' },
            ...right,
          } as unknown as Trace,
        ]
  const lowest = Math.min(...stages.map(({ p }) => p).filter(p => p > 0), ...(exact ?? []))
  const made = figure({
    id: 'splitting',
    title: 'Splitting: a population climbs where no single throw would land',
    caption:
      'Left: the scores of a population at each level; those below are replaced by clones of those above, and all are moved without falling below it. Right: the product of the shares that reached each level, which estimates how rare it is.',
    data: [...dress.map((trace, k): Trace => ({ ...still[k], ...trace, type: 'scatter' })), ...known],
    layout: {
      xaxis: axis('score  (no unit)', { domain: [0, 0.46], range: reach }),
      yaxis: axis('state of the population', { range: [0, stages[0]!.states.length + 1] }),
      xaxis2: axis('level  (no unit)', {
        domain: [0.58, 1],
        anchor: 'y2',
        range: [levels[0]! - 0.3, levels[last]! + 0.3],
      }),
      yaxis2: axis('probability', {
        anchor: 'x2',
        type: 'log',
        exponentformat: 'power',
        range: [Math.log10(lowest) - 0.5, 0],
      }),
      height: 640,
      margin: { b: 170 },
      legend: { x: 0.59, y: 0.02, yanchor: 'bottom', bgcolor: translucent(COLOR.paper, 0.8), font: { size: 13 } },
      ...player(Array.from(stages.keys(), label), 'level '),
    },
    table: {
      level: levels,
      reached: stages.map(({ level, states }) => states.filter(x => x >= level).length),
      p: stages.map(({ p }) => p),
    },
    provenance,
  })
  return { ...made, frames: Array.from(stages.keys(), m => ({ name: label(m), data: frame(m) })) }
}
