import { expect, test } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import { markersOfLaw } from '../../../src/flow/field/grid/markersOfLaw.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import { hourglassLaw } from '../../../src/law/hourglassLaw.js'
import type { Law } from '../../../src/law/law.js'
import { plummerLaw } from '../../../src/law/plummerLaw.js'
import { uniformBallLaw } from '../../../src/law/uniformBallLaw.js'

const M = 4096

/** Root mean square error over 8 scrambles of E |p|^2 by M points. */
function momentError(law: Law, sample: (key: string) => Float64Array): number {
  let square = 0
  for (let k = 0; k < 8; k++) {
    const mean = sample(`test/${k}`).reduce((sum, x) => sum + x * x, 0) / M
    square += (mean - law.momentumMoment(2)) ** 2 / 8
  }
  return Math.sqrt(square)
}

test('a net of markers has the moments of the law ten times as well as random draws, also for a law that rejects', () => {
  for (const law of [gaussianLaw({ sigmaP: 0.7 }), uniformBallLaw(), hourglassLaw()]) {
    const net = momentError(law, key => markersOfLaw(law, M, key).p)
    const random = momentError(law, key => law.sample(M, randomStream(key)).p)
    // Random: standard error of |p|^2 over 64 = sqrt M; nets converge almost like 1/M for such functions.
    expect(net, law.name).toBeLessThan(0.1 * random)
  }
  const law = plummerLaw()
  const net = momentError(law, key => markersOfLaw(law, M, key).p)
  // The rejected momenta are pseudo-random; what is left of the gain is below 1, and the mean is right within 5
  // deviations.
  expect(net).toBeLessThan(momentError(law, key => law.sample(M, randomStream(key)).p) * 1.5)
})

test('one coordinate of the net has exactly one point in every interval of length 1/M', () => {
  const law = uniformBallLaw()
  for (const part of [1, 4]) {
    const { q } = markersOfLaw(law, M / part, 'test/strata')
    const counts = new Int32Array(M / part)
    for (let i = 0; i < M / part; i++) {
      // |q|^3 is the first number that the sampler asked for.
      const r2 = [0, 1, 2].reduce((sum, a) => sum + q[(a * M) / part + i]! ** 2, 0)
      const stratum = Math.floor(r2 ** 1.5 * (M / part))
      counts[stratum] = counts[stratum]! + 1
    }
    // Points near the ends of an interval may be counted beside it: r^3 is computed back by rounded powers.
    expect(counts.filter(count => count !== 1).length).toBeLessThanOrEqual(4)
  }
})

test('markers are a function of the key, and their number must be a power of two', () => {
  const law = gaussianLaw()
  expect(markersOfLaw(law, 64, 'a')).toEqual(markersOfLaw(law, 64, 'a'))
  expect(markersOfLaw(law, 64, 'a').q).not.toEqual(markersOfLaw(law, 64, 'b').q)
  expect(() => markersOfLaw(law, 1000, 'a')).toThrow('M must be a power of two, got 1000')
})
