/**
 * The page of the law of large numbers: every particle's fluctuation over its radius, beside the exact curve.
 */
import { chart } from './chart.js'
import { steps } from './controls.js'
import type { LaboratorySpec } from './laboratory.js'

export const largeNumbersLab: LaboratorySpec = {
  name: 'large-numbers',
  controls: [
    {
      kind: 'slider',
      key: 'N',
      symbol: 'N',
      words: 'number of particles',
      values: [30, 100, 200, 300, 500, 1000, 2000, 3000],
      start: 500,
    },
    { kind: 'slider', key: 'delta', symbol: 'δ', words: 'cut-off exponent', values: steps(0, 0.6, 0.01), start: 0.25 },
    {
      kind: 'choice',
      key: 'law',
      words: 'law of the particles',
      choices: [
        ['uniform-ball', 'uniform ball'],
        ['gaussian', 'Gaussian'],
        ['plummer', 'Plummer'],
      ],
      start: 'uniform-ball',
    },
    { kind: 'slider', key: 'replicates', symbol: 'R', words: 'throws', values: [1, 5, 10, 20, 50, 100], start: 20 },
    { kind: 'seed' },
  ],
  drawing: () => {
    const scatter = chart({
      title: 'Force of N particles against its mean: one throw, one point for each particle',
      xLabel: 'distance from the centre (length)',
      yLabel: '|K − K̄| (1/length²)',
      scale: 'linear',
      xFrom: 0,
      series: [
        { name: 'one particle', mark: 'points', color: 0 },
        { name: 'exact root mean square at that radius', mark: 'solid', color: 1 },
        { name: 'N^(2δ−1), Definition 7.1', mark: 'dash', color: 3 },
      ],
    })
    scatter.element.classList.add('wide')
    return { elements: [scatter.element], show: ({ series }) => scatter.show(series) }
  },
}
