/**
 * Options that are names, or comma-separated lists of names.
 */
import { proposal, quote } from '../base/errors.js'
import { UsageError } from './report.js'

/**
 * The names in a comma-separated list, in its order and without repetitions.
 * @param option how the option is called, for the message
 * @param text what was typed
 * @param allowed the names that exist
 * @throws UsageError naming the first that does not exist, or an empty list
 * @example namesIn('--only', '3.4,6.1', ['2.1', '3.4', '6.1']) // ['3.4', '6.1']
 */
export function namesIn<Name extends string>(option: string, text: string, allowed: readonly Name[]): Name[] {
  const names = text.split(',').map(name => name.trim())
  for (const name of names) {
    if (!allowed.includes(name as Name)) {
      const list = allowed.length === 0 ? 'a name, but there are none' : `a list of ${allowed.join(', ')}`
      throw new UsageError(`${option} must be ${list}; got ${quote(name)}${proposal(name, allowed)}`)
    }
  }
  return [...new Set(names as Name[])]
}

/**
 * A name out of a list.
 * @throws UsageError with the list and the nearest name
 * @example knownName('--law', 'gausian', lawNames) // RangeError: ... did you mean "gaussian"?
 */
export function knownName<Name extends string>(option: string, text: string, allowed: readonly Name[]): Name {
  if (allowed.includes(text as Name)) return text as Name
  throw new UsageError(`${option} must be one of ${allowed.join(', ')}; got ${quote(text)}${proposal(text, allowed)}`)
}
