// A law f0: its file, from which the list of laws is made, and its test.

const capital = name => name[0].toUpperCase() + name.slice(1)
const kebab = name => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)

/** @param {string} name of the law, in camelCase, without 'Law' */
export function lawFiles(name) {
  const id = kebab(name)
  return {
    files: {
      [`src/law/${name}Law.ts`]: `/**
 * The law ${name}: what it is good for.
 */
import { requireOptions, requirePositive } from '../base/errors.js'
import { customLaw } from './customLaw.js'
import { gaussianLaw } from './gaussianLaw.js'
import type { Law, LawEntry } from './law.js'

/** Options of {@link ${name}Law}. */
export interface ${capital(name)}Options {
  /** Unit of length, > 0, default 1. */
  readonly scale?: number
}

/**
 * f0 = ..., sampled by rejection from a normal law; its moments are estimates until closed forms take their place.
 * @throws TypeError, RangeError unless the scale is finite and > 0
 * @example ${name}Law({ scale: 2 }).name // '${id}'
 */
export function ${name}Law(options: ${capital(name)}Options = {}): Law {
  requireOptions<${capital(name)}Options>('${name}Law', options, { scale: true })
  const { scale = 1 } = options
  requirePositive('scale', scale)
  const below = gaussianLaw({ sigmaQ: 2 * scale, sigmaP: 2 })
  return customLaw({
    name: '${id}',
    parameters: { scale },
    tex: '', // FILL IN: f_0(q,p)=...
    density: (q, p) => below.density(q, p) * Number.NaN, // FILL IN: f0(q, p), with the integral 1
    envelope: {
      density: below.density,
      bound: 1, // FILL IN: the least M with f0 <= M times the normal density of width 2
      sample: stream => below.sample(1, stream),
    },
  })
}

/** For the list of laws. */
export const ${name}Entry: LawEntry = { name: '${id}', make: ${name}Law }
`,
      [`test/law/${name}Law.test.ts`]: `// What is known of the law ${name} in closed form. The test of every law (everyLaw.test.ts) has taken it too.
import { expect, test } from 'vitest'
import { randomStream } from '../../src/base/random.js'
import { lawByName } from '../../src/law/lawByName.js'

test('the law ${id} is known by its name, has a density and draws from it', () => {
  const law = lawByName('${id}', { scale: 2 })
  expect(law.tex).not.toBe('')
  expect(law.density([0, 0, 0], [0, 0, 0])).toBeGreaterThanOrEqual(0)
  expect(law.sample(100, randomStream('${id}')).q).toHaveLength(300)
})
`,
    },
    next: [
      'fill in the three lines, then: npm test -- test/law',
      'npx mfl ensemble schema > data/schema/plan.schema.json, which lists the names of laws',
      `its name is known everywhere at once: lawByName, mfl flow --law ${id}, plans`,
    ],
  }
}
