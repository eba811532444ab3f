/**
 * The page of the law of large numbers: every particle's fluctuation over its radius, beside the exact curve.
 */
import { chart } from './chart.js'
import type { LaboratorySpec } from './laboratory.js'

export const largeNumbersLab: LaboratorySpec = {
  name: 'large-numbers',
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
