/**
 * The figures of what lies beyond the paper, with the data behind them: a part of the gallery.
 */

import { lipschitzAt } from '../../attacks/chaosThreshold.js'
import { median } from '../../base/bootstrapSlope.js'
import { randomStream } from '../../base/random.js'
import { beyondAlpha } from '../../claims/beyond/beyondAlpha.js'
import { beyondDimension2, largestInPlane } from '../../claims/beyond/beyondDimension2.js'
import { beyondNoCutoff } from '../../claims/beyond/beyondNoCutoff.js'
import { beyondWeight, weightThreshold } from '../../claims/beyond/beyondWeight.js'
import { boundOf, measuredDistance } from '../../claims/beyond/expectedDistanceClaim.js'
import { comparison92 } from '../../claims/section10/comparison92.js'
import { strongEncounters } from '../../concentration/closeEncounters.js'
import { secondMoments } from '../../concentration/secondMoments.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import { uniformBallLaw } from '../../law/uniformBallLaw.js'
import { beyondAlphaFigure } from '../beyond/beyondAlphaFigure.js'
import { beyondNoCutoffFigure } from '../beyond/beyondNoCutoffFigure.js'
import { beyondWeightFigure } from '../beyond/beyondWeightFigure.js'
import { expectedDistanceFigure } from '../beyond/expectedDistanceFigure.js'
import { planeFluctuationsFigure } from '../beyond/planeFluctuationsFigure.js'
import { type Drawing, type Figure, seen } from '../theme/figure.js'
import { linearSpace, logSpace } from '../theme/theme.js'

/** By id; each call computes its data anew, in seconds. */
export const beyondGallery: Readonly<Record<string, Drawing<Figure>>> = {
  // The measured exponents take flows, which are not at hand at once: notebooks add them.
  'beyond-no-cutoff': seen('What smaller cut-offs, and none, do to the largest deviation', () => {
    const delta = linearSpace(0, 1.2, 121)
    const kick = linearSpace(0.05, 1.5, 60)
    return beyondNoCutoffFigure({
      delta,
      predicted: delta.map(d => beyondNoCutoff.formulas.exponent!.evaluate({ delta: d })),
      measured: [],
      kick,
      probability: kick.map(x => -Math.expm1(-strongEncounters({ kick: x, T: 1 }).value)),
      frequencies: [],
      provenance: { law: 'gaussian', T: 1, mode: 'derived' },
    })
  }),

  'beyond-weight': seen('Which weight of positions against momenta grows least', () => {
    const weight = logSpace(0.05, 20, 81)
    const delta = linearSpace(0.02, 0.3, 29)
    const m = gaussianLaw().rhoSup
    const N0 = (K: (L: number, d: number) => number, w: (L: number, d: number) => number): number[] =>
      delta.map(
        d =>
          weightThreshold(
            L => K(L, d),
            L => w(L, d),
            d,
            1,
          ).value,
      )
    const proof = (L: number, d: number): number => lipschitzAt(L, d, m)
    return beyondWeightFigure({
      weight,
      rate: weight.map(w => beyondWeight.bound.evaluate({ w, K: 1 })),
      delta,
      series: [
        { name: 'K of the proof, w = √log N', log10N0: N0(proof, L => Math.sqrt(L)) },
        { name: 'K of the proof, w = √K', log10N0: N0(proof, (L, d) => Math.sqrt(proof(L, d))) },
        {
          name: 'K = 1, w = 1',
          log10N0: N0(
            () => 1,
            () => 1,
          ),
        },
      ],
      provenance: { law: 'gaussian', T: 1, beta: '(1-delta)/2', mode: 'derived' },
    })
  }),

  'beyond-alpha': seen('How small the cut-off may be for weaker singularities', () => {
    const alpha = linearSpace(0.02, 2, 100)
    const from1 = linearSpace(1, 1.99, 100)
    return beyondAlphaFigure({
      alpha,
      here: alpha.map(a => comparison92.bound.evaluate({ alpha: a })),
      hauray: { alpha: from1, delta: from1.map(a => Math.min(a > 1 ? 1 / (a - 1) : 1e9, 5 / a) / 6) },
      keeps: alpha.map(a => beyondAlpha.formulas.keeps!.evaluate({ alpha: a })),
      provenance: { mode: 'derived; the dotted line heuristic' },
    })
  }),

  'plane-fluctuations': seen('Fluctuations of the force in the plane and in space', () => {
    const [delta, seed] = [0.3, 'gallery/plane']
    const N = Array.from({ length: 15 }, (_, k) => Math.round(32 * 10 ** (k / 4)))
    const measuredN = [32, 128, 512, 2048]
    const ball = uniformBallLaw()
    return planeFluctuationsFigure({
      N,
      rms: N.map(n => beyondDimension2.bound.evaluate({ N: n, delta })),
      measuredN,
      largest: measuredN.map(n => {
        const stream = randomStream(`${seed}/${n}`)
        return median(Float64Array.from({ length: 15 }, () => largestInPlane(n, delta, stream)))
      }),
      space: N.map(n => Math.sqrt(secondMoments(ball, cutoffKernel({ N: n, delta }), 1e-6).deviation(n).value)),
      delta,
      seed,
    })
  }),

  'expected-distance': seen('The expected sampling distance below a bound without unknown constants', () => {
    const seed = 'gallery/expected-distance'
    const N = logSpace(10, 1e5, 41).map(Math.round)
    return expectedDistanceFigure(
      [1, 3, 6].map(d => {
        const measuredN = [20, 60, 200, 600]
        const found = measuredN.map(n => measuredDistance({ law: 'cube', d, p: 1, N: n, copies: 1 }, seed))
        return {
          d,
          N,
          bound: N.map(n => boundOf({ law: 'cube', d, p: 1, N: n }).value),
          measuredN,
          low: found.map(({ low }) => low.value),
          high: found.map(({ high }) => high.value),
        }
      }),
      { law: 'uniform cube', p: 1, seed, mode: 'bound exact; sampled' },
    )
  }),
}
