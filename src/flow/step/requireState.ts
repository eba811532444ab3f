/**
 * The check of a state before it is moved or measured.
 */
import type { Configuration } from '../../base/configuration.js'
import { quote, requireInteger, requireLength } from '../../base/errors.js'
import { firstNonFinite } from './firstNonFinite.js'

/** Checks a configuration. @throws TypeError, RangeError naming what is wrong */
export function requireState(Z: Configuration): Configuration {
  if (typeof Z !== 'object' || Z === null)
    throw new TypeError(`Z must be a configuration {N, d, q, p}, got ${quote(Z)}`)
  requireInteger('Z.N', Z.N, 1)
  requireInteger('Z.d', Z.d, 1)
  for (const key of ['q', 'p'] as const) {
    const x = Z[key]
    if (!(x instanceof Float64Array)) throw new TypeError(`Z.${key} must be a Float64Array, got ${quote(x)}`)
    requireLength(`Z.${key}`, x, Z.d * Z.N)
    const broken = firstNonFinite(x, Z.N)
    if (broken >= 0)
      throw new RangeError(`Z.${key} must hold finite numbers, got one that is not at particle ${broken}`)
  }
  return Z
}
