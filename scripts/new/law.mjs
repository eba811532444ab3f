// A law f0: its file, from which the list of laws is made, and its test.
import { capital, kebab } from './names.mjs'

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
import { lengthOf } from './lengthOf.js'

/** Options of {@link ${name}Law}. */
export interface ${capital(name)}Options {
  /** Unit of length, > 0, default 1. */
  readonly scale?: number
}

/**
 * f0(q, p) = rho(|q|) g(p) with the standard normal density g, sampled by rejection from a normal law; moments are
 * estimates until closed forms take their place.
 * @throws TypeError, RangeError unless the scale is finite and > 0
 * @example ${name}Law({ scale: 2 }).name // '${id}'
 */
export function ${name}Law(options: ${capital(name)}Options = {}): Law {
  requireOptions<${capital(name)}Options>('${name}Law', options, { scale: true })
  const { scale = 1 } = options
  requirePositive('scale', scale)
  const rho = (r: number): number => r * Number.NaN // FILL IN: the density at distance r from the centre, for the scale 1
  const mass = (r: number): number => r * Number.NaN // FILL IN: the mass within r, for the scale 1
  const bound = 1 // FILL IN: the least M with rho <= M times the normal density of width 3/2
  const wide = gaussianLaw({ sigmaQ: 1.5 * scale })
  const momenta = gaussianLaw()
  const density = (r: number): number => rho(r / scale) / scale ** 3
  const law = customLaw({
    name: '${id}',
    parameters: { scale },
    density: (q, p) => density(lengthOf(q)) * momenta.spatialDensity(p),
    spatialDensity: q => density(lengthOf(q)),
    radial: {
      ...{ density, enclosedMass: r => mass(r / scale) },
      ...{ breaks: [scale], supportRadius: Number.POSITIVE_INFINITY, scale },
    },
    envelope: { density: wide.density, bound, sample: stream => wide.sample(1, stream) },
  })
  // customLaw has found the integral to be 1 within five standard errors.
  return { ...law, rhoNorm1: 1 }
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
  expect(law.density([0, 0, 0], [0, 0, 0])).toBeGreaterThanOrEqual(0)
  expect(law.sample(100, randomStream('${id}')).q).toHaveLength(300)
})
`,
    },
    next: [
      'fill in the three lines, then: npm test -- test/law',
      'npx mfl ensemble schema > data/schema/plan.schema.json, which lists the names of laws',
      'npx mfl rare --schema > data/schema/tail-plan.schema.json, which does too',
      `its name is known everywhere at once: lawByName, mfl flow --law ${id}, plans`,
    ],
  }
}
