// What both static events are checked for: draws by rejection are draws of the tilted law.
import { expect } from 'vitest'
import { bulkStream } from '../../src/base/bulkStream.js'
import { meanAndStandardError } from '../../src/base/statistics/statistics.js'
import { drawTilted } from '../../src/rare/static/tiltedDraw.js'
import type { TiltedPair } from '../../src/rare/static/tiltedPair.js'
import type { Tilted } from '../../src/rare/static/tiltedSummand.js'

/** 4000 draws given the place (along, across) have the mean of the tilt, and their weights have the mean 1. */
export function expectDrawnAsTilted(
  pair: TiltedPair,
  [along, across]: readonly [number, number],
  theta: number,
  { logM, mean, near }: Tilted,
  key: string,
): void {
  const stream = bulkStream(key)
  const [values, inverse]: [number[], number[]] = [[], []]
  for (let k = 0; k < 4000; k++) {
    const h = drawTilted(pair, Float64Array.of(along, 0, across, 0, 0, 0), theta, near, stream)
    values.push(h)
    inverse.push(Math.exp(logM - theta * h))
  }
  const drawn = meanAndStandardError(values)
  expect(Math.abs(drawn.mean - mean)).toBeLessThan(4 * drawn.standardError)
  const ratio = meanAndStandardError(inverse)
  expect(Math.abs(ratio.mean - 1)).toBeLessThan(4 * ratio.standardError)
}
