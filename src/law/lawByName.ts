/**
 * The built-in laws by name, as the command line and stored results call them.
 */
import { requireObject, requireOneOf } from '../base/errors.js'
import type { Law } from './law.js'
import { lawEntries } from './laws.generated.js'

/** Names of the built-in laws. */
export const lawNames: readonly string[] = lawEntries.map(({ name }) => name)

/**
 * A built-in law from its name and parameters, such that lawByName(law.name, law.parameters) is the same law again.
 * @param parameters those of the law; the ones left out take their defaults
 * @throws RangeError for a name or a parameter that the law does not know, listing the known ones
 * @example lawByName('plummer', { scale: 2 }).rhoSup
 */
export function lawByName(name: string, parameters: Readonly<Record<string, number | string>> = {}): Law {
  requireOneOf('name of a law', name, lawNames)
  requireObject('parameters', parameters)
  const { make, planar } = lawEntries.find(entry => entry.name === name)!
  const given = Object.keys(parameters)
  const known = given.length === 0 ? [] : [...Object.keys(make({}).parameters), ...(planar === true ? ['d'] : [])]
  for (const key of given) requireOneOf(`parameters of ${name}`, key, known)
  return make(parameters)
}
