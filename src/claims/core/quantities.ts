/**
 * What the keys of measured numbers mean: declared once by the claim, in words with formulas between $...$; records are
 * keyed by identifiers, and only what people read has the words. Plain text is made of them where it is shown.
 */
import { quote, requireText } from '../../base/errors.js'
import type { Measurement, Quantities } from './claim.js'

/**
 * Keys that every claim may use: the quotient that must not exceed 1 where the hypotheses hold, and does where one is
 * broken.
 */
export const COMMON_QUANTITIES: Quantities = { overBound: 'largest measured / bound' }

/**
 * The key of a quantity with a parameter, which may be a name with hyphens.
 * @example keyed('exponent', 'uniform-ball') // 'exponent_uniformBall'
 */
export function keyed(stem: string, parameter: string | number): string {
  return `${stem}_${String(parameter).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}`
}

/** The place of a parameter: a star that stands alone or behind an equals sign, so that a convolution has none. */
const PARAMETER = /(?<![^\s=])\*(?![^\s$,;:])/

/**
 * What a key means, in words with formulas between $...$; undefined if it is not declared.
 * @example wordsOf({ rms_: 'rms of $k*\\rho$ at $N=*$' }, 'rms_32') // 'rms of $k*\\rho$ at $N=32$'
 */
export function wordsOf(quantities: Quantities, key: string): string | undefined {
  if (!key.endsWith('_') && Object.hasOwn(quantities, key)) return quantities[key]
  const [, stem = '', parameter = ''] = /^(\w+_)([A-Za-z0-9]+)$/.exec(key) ?? []
  if (Object.hasOwn(quantities, stem)) {
    return quantities[stem]!.replace(
      PARAMETER,
      parameter.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`),
    )
  }
  return COMMON_QUANTITIES[key]
}

/**
 * What a key means, or the key itself where nothing is declared: for tables and cards, which typeset the formulas
 * between $...$ or write them in plain characters.
 */
export function quantityText(quantities: Quantities | undefined, key: string): string {
  requireText('key', key)
  return wordsOf(quantities ?? {}, key) ?? key
}

/** @throws RangeError for a measured key or the name of a constant that the claim does not declare */
export function requireDeclared(id: string, quantities: Quantities, { measured, constants }: Measurement): void {
  for (const key of [...Object.keys(measured), ...constants.map(({ name }) => name)]) {
    if (wordsOf(quantities, key) !== undefined) continue
    throw new RangeError(`measure must find what claim ${id} declares among its quantities, got ${quote(key)}`)
  }
}
