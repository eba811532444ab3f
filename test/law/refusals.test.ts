import { describe, expect, test } from 'vitest'
import { randomStream, streamKey } from '../../src/base/random.js'
import { coulombKernel } from '../../src/interaction/coulombKernel.js'
import { customKernel } from '../../src/interaction/customKernel.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { extremalMajorant, lipschitzMajorant } from '../../src/interaction/lipschitzMajorant.js'
import { powerKernel } from '../../src/interaction/powerKernel.js'
import { bumpLaw } from '../../src/law/bumpLaw.js'
import { customLaw } from '../../src/law/customLaw.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import { gaussianMixtureLaw } from '../../src/law/gaussianMixtureLaw.js'
import { hourglassLaw } from '../../src/law/hourglassLaw.js'
import { kurthLaw } from '../../src/law/kurthLaw.js'
import { lawByName } from '../../src/law/lawByName.js'
import { plummerLaw } from '../../src/law/plummerLaw.js'
import { uniformBallLaw } from '../../src/law/uniformBallLaw.js'

type Maker = (options: never) => unknown

const makers: Readonly<Record<string, Maker>> = {
  gaussianLaw,
  plummerLaw,
  bumpLaw,
  hourglassLaw,
  uniformBallLaw,
  kurthLaw,
  gaussianMixtureLaw,
  customLaw,
  coulombKernel,
  powerKernel,
  cutoffKernel,
  customKernel,
  lipschitzMajorant,
  extremalMajorant,
}

describe('whatever is no object of options is refused with what was given', () => {
  test.each(Object.entries(makers))('%s', (_name, make) => {
    for (const [value, shown] of [
      ['x', '"x"'],
      [Number.NaN, 'NaN'],
      [null, 'null'],
      [[1], 'an array of length 1'],
      [() => 1, 'a function'],
    ] as const) {
      expect(() => make(value as never)).toThrow(TypeError)
      expect(() => make(value as never)).toThrow(/^options must be /)
      expect(() => make(value as never)).toThrow(`got ${shown}`)
    }
  })
})

describe('parameters must be finite and in their range, and the error says which', () => {
  const bad = [Number.NaN, Number.POSITIVE_INFINITY, 0, -1, '1', null]
  test.each([
    ['sigmaQ', gaussianLaw],
    ['sigmaP', gaussianLaw],
    ['scale', plummerLaw],
    ['radius', bumpLaw],
    ['momentumRadius', bumpLaw],
    ['radius', hourglassLaw],
    ['radius', uniformBallLaw],
    ['momentumRadius', uniformBallLaw],
    ['radius', kurthLaw],
    ['momentumRadius', kurthLaw],
  ] as readonly (readonly [string, Maker])[])('%s of %o', (name, make) => {
    for (const value of bad) {
      const shown = typeof value === 'string' ? `"${value}"` : String(value)
      expect(() => make({ [name]: value } as never)).toThrow(`${name} must be a finite number > 0, got ${shown}`)
    }
  })

  test('a rate, a weight, a mean, the parameters by name', () => {
    expect(() => kurthLaw({ rate: Number.NaN })).toThrow('rate must be a finite number, got NaN')
    const components = (change: object) => gaussianMixtureLaw({ components: [{ weight: 1, ...change }] })
    expect(() => components({ meanQ: [0, Number.NaN, 0] })).toThrow(
      'components[0].meanQ[1] must be a finite number, got NaN',
    )
    expect(() => components({ weight: Number.NaN })).toThrow(
      'components[0].weight must be a finite number > 0, got NaN',
    )
    expect(() => lawByName('plummer', 5 as never)).toThrow('parameters must be an object, got 5')
    expect(() => cutoffKernel({ N: Number.NaN, delta: 0.25 })).toThrow('N must be an integer >= 1, got NaN')
    expect(() => cutoffKernel({ N: 10, delta: Number.NaN })).toThrow(/^delta must be .*, got NaN$/)
    expect(() => powerKernel({ alpha: Number.NaN })).toThrow(/^alpha must be .*, got NaN$/)
    expect(() => extremalMajorant({ N: 10, gamma: Number.NaN })).toThrow(/^gamma must be .*, got NaN$/)
  })
})

describe('a stream needs a name', () => {
  const name = { seed: 1, law: 'gaussian', N: 10 }
  test.each([
    ['seed', Number.NaN, 'seed must be a finite number or a text, got NaN'],
    ['seed', Number.POSITIVE_INFINITY, 'seed must be a finite number or a text, got Infinity'],
    ['seed', undefined, 'seed must be a finite number or a text, got undefined'],
    ['seed', {}, 'seed must be a finite number or a text, got an object'],
    ['law', undefined, 'law must be a non-empty text, got undefined'],
    ['law', gaussianLaw(), 'law must be a non-empty text, got an object'],
    ['N', Number.NaN, 'N must be an integer >= 1, got NaN'],
    ['replica', -1, 'replica must be an integer >= 0, got -1'],
    ['stream', 3, 'stream must be a non-empty text, got 3'],
  ])('%s', (key, value, message) => {
    expect(() => randomStream({ ...name, [key]: value } as never)).toThrow(message)
    expect(() => streamKey({ ...name, [key]: value } as never)).toThrow(message)
  })

  test('and randomStream({ seed: NaN }) names the seed', () => {
    expect(() => randomStream({ seed: Number.NaN } as never)).toThrow('seed must be a finite number or a text, got NaN')
    expect(() => randomStream(5 as never)).toThrow('key must be a string or {seed, law, N, ...}, got 5')
  })
})
