/**
 * The figures of Corollary 4.3 and Theorem 4.4, which take coupled runs: a part of the gallery of promises.
 */
import { randomStream } from '../../base/random.js'
import {
  type SplitFields,
  type SplitParts,
  splitFields,
  splitParts,
  theorem44,
} from '../../claims/section4/theorem44.js'
import { bootstrapMean } from '../../ensemble/plan/stoppingRule.js'
import {
  type ApproximationPanel,
  particleApproximationFigure,
  type SplitPart,
} from '../section4/particleApproximationFigure.js'
import { type Drawing, type Figure, seen } from '../theme/figure.js'

/** By id; each call runs its flows anew, in ten seconds at most. */
export const chaosGallery: Readonly<Record<string, Drawing<Promise<Figure>>>> = {
  'particle-approximation': seen('Which of the three parts of the error is the largest (Theorem 4.4)', async () => {
    // Seed 1 is that of the ledger, whose runs are the first here.
    const seeds = ['1', '2', '3', '4', '5', '6']
    const N = [16, 64, 256, 512]
    const panels: ApproximationPanel[] = []
    for (const spec of [
      { delta: 0.3, sigma: 1, p: 1 },
      { delta: 0.2, sigma: -1, p: 2 },
    ] as const) {
      const runs: SplitParts[][] = []
      let fields: SplitFields | undefined
      for (const n of N) {
        fields = splitFields({ ...spec, N: n }, fields?.limit)
        const here: SplitParts[] = []
        for (const seed of seeds) here.push(await splitParts({ ...spec, N: n }, seed, fields))
        runs.push(here)
      }
      const gamma = Math.min(1 / 6, 1 / (2 * spec.p), spec.delta)
      const byPart = <Value>(of: (key: SplitPart) => Value): Record<SplitPart, Value> => ({
        first: of('first'),
        second: of('second'),
        third: of('third'),
        whole: of('whole'),
      })
      panels.push({
        ...spec,
        N,
        means: byPart(key =>
          runs.map((here, i) => {
            const stream = randomStream(`gallery/particle-approximation/${spec.delta}/${N[i]}/${key}`)
            return bootstrapMean(
              here.map(run => run[key]),
              stream,
              0.95,
            )
          }),
        ),
        recorded: byPart(key => runs.map(here => here[0]![key])),
        rate: N.map(n => theorem44.bound.evaluate({ N: n, gamma, delta: spec.delta })),
      })
    }
    return particleApproximationFigure(panels, {
      law: 'gaussian',
      t: 1,
      seeds: `${seeds[0]} to ${seeds.at(-1)}`,
      interval: '95 %',
      mode: 'measured',
    })
  }),
}
