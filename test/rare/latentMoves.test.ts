import { describe, expect, test } from 'vitest'
import { bulkStream } from '../../src/base/bulkStream.js'
import { rareProbabilities } from '../../src/base/rare/rareProbabilities.js'
import { drawState } from '../../src/base/rare/stateLaw.js'
import { type MeanAndStandardError, meanAndStandardError } from '../../src/base/statistics/statistics.js'
import { system } from '../../src/flow/coupled/system.js'
import { type RadialField, radialField } from '../../src/flow/field/radial/radialField.js'
import type { Law } from '../../src/law/law.js'
import { plummerLaw } from '../../src/law/plummerLaw.js'
import { uniformBallLaw } from '../../src/law/uniformBallLaw.js'
import { type DeviationScore, deviationScore } from '../../src/rare/deviationScore.js'

const [N, delta, DRAWS] = [8, 0.2, 25_000]

const scoreOf = (law: Law, field: RadialField): DeviationScore =>
  deviationScore(system({ law, N, delta, T: 1, seed: 1 }), field)

/** The law without its map: it has its own sampler, which knows nothing of the map, and resampling. */
const drawnOnly = ({ latent: _, ...law }: Law): Law => law

/** The law with positions that are smaller by a factor. */
const shrunk = (law: Law, factor: number): Law => ({
  ...law,
  latent: {
    components: law.latent!.components,
    place: (x, q, p) => {
      law.latent!.place(x, q, p)
      for (let a = 0; a < 3; a++) q[a] = factor * q[a]!
    },
  },
})

/** P(S >= L) at each threshold. */
async function sampled({ law, score }: DeviationScore, thresholds: readonly number[]): Promise<MeanAndStandardError[]> {
  const sizes = { population: 120, runs: 16, movesPerLevel: 5 }
  const { runs } = await rareProbabilities({ law, score, thresholds, seed: 'latent moves', ...sizes })
  return thresholds.map((_, k) => meanAndStandardError(runs.map(({ p }) => p[k]!)))
}

/** The part of independent states that is at or above the threshold. */
function frequency({ law, score }: DeviationScore, threshold: number): MeanAndStandardError {
  const stream = bulkStream('frequency')
  const state = new Float64Array(law.particles * law.components)
  const above = Float64Array.from({ length: DRAWS }, () => {
    drawState(law, state, stream)
    return score(state) >= threshold ? 1 : 0
  })
  return meanAndStandardError(above)
}

/** Difference in units of its standard error. */
const apart = (a: MeanAndStandardError, b: MeanAndStandardError): number =>
  Math.abs(a.mean - b.mean) / Math.hypot(a.standardError, b.standardError)

describe.each([
  { law: uniformBallLaw(), thresholds: [1.2, 1.6] },
  { law: plummerLaw(), thresholds: [0.9, 1.25] },
])('the event of Theorem 4.2 for the law $law.name', ({ law, thresholds }) => {
  const { kernel } = system({ law, N, delta, T: 1, seed: 1 })
  const field = radialField({ law, kernel, T: 1, tolerance: 1e-3 })
  const drawn = scoreOf(drawnOnly(law), field)
  const truth = frequency(drawn, thresholds[0]!)

  test('has the probability that draws of its own sampler show, and that resampling of them finds', async () => {
    const S = scoreOf(law, field)
    expect([S.law.components, drawn.law.components]).toEqual([law.latent!.components, 6])
    const [latent, resampled] = [await sampled(S, thresholds), await sampled(drawn, thresholds)]
    expect(truth.mean).toBeLessThan(0.02)
    expect(apart(latent[0]!, truth)).toBeLessThan(3)
    expect(apart(resampled[0]!, truth)).toBeLessThan(3)
    expect(latent[1]!.mean).toBeLessThan(2e-4)
    expect(apart(latent[1]!, resampled[1]!)).toBeLessThan(3)
  })

  test('has another one by a map to positions that are a quarter smaller (control)', async () => {
    const [found] = await sampled(scoreOf(shrunk(law, 0.75), field), thresholds.slice(0, 1))
    expect(apart(found!, truth)).toBeGreaterThan(6)
  })
})
