/**
 * The page of the kernel: force, slope and majorant against the distance.
 */
import { profileNames } from '../../interaction/cutoffKernel.js'
import { profileRecords } from '../../interaction/profiles.generated.js'
import { chart } from './chart.js'
import { steps } from './controls.js'
import type { LaboratorySpec } from './laboratory.js'

export const kernelLab: LaboratorySpec = {
  name: 'kernel',
  controls: [
    {
      kind: 'slider',
      key: 'N',
      symbol: 'N',
      words: 'number of particles',
      values: [10, 30, 100, 300, 1000, 3000, 10_000, 100_000, 1_000_000, 10_000_000],
      start: 1000,
    },
    { kind: 'slider', key: 'delta', symbol: 'δ', words: 'cut-off exponent', values: steps(0, 0.6, 0.01), start: 0.3 },
    {
      kind: 'choice',
      key: 'profile',
      words: 'shape inside the cut-off',
      choices: profileNames.map(name => [name, profileRecords[name].title] as const),
      start: 'truncated',
    },
  ],
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
