/**
 * The page of the kernel: force, slope and majorant against the distance.
 */
import { chart } from './chart.js'
import type { LaboratorySpec } from './laboratory.js'

export const kernelLab: LaboratorySpec = {
  name: 'kernel',
  drawing: () => {
    const force = chart({
      title: 'Force',
      xLabel: 'distance r (length)',
      yLabel: '|k| (1/length²)',
      scale: 'log',
      series: [
        { name: '|k| without cut-off', mark: 'dash', color: 2 },
        { name: '|k^N_δ|', mark: 'solid', color: 0 },
      ],
    })
    const slope = chart({
      title: 'Slope and majorant',
      xLabel: 'distance r (length)',
      yLabel: '1/length³',
      scale: 'log',
      series: [
        { name: 'slope of k^N_δ, |·|∞', mark: 'solid', color: 0 },
        { name: 'l of (47), as printed', mark: 'dash', color: 1 },
        { name: 'l repaired', mark: 'dot', color: 3 },
        { name: 'difference quotient that is attained, kernel (4)', mark: 'solid', color: 5 },
      ],
    })
    return {
      elements: [force.element, slope.element],
      show: ({ series }) => {
        force.show(series)
        slope.show(series)
      },
    }
  },
}
