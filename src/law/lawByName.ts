/**
 * The built-in laws by name, as the command line and stored results call them.
 */
import { requireObject, requireOneOf } from '../base/errors.js'
import { bumpLaw } from './bumpLaw.js'
import { gaussianLaw } from './gaussianLaw.js'
import { gaussianMixtureLaw } from './gaussianMixtureLaw.js'
import { hourglassLaw } from './hourglassLaw.js'
import { kurthLaw } from './kurthLaw.js'
import type { Law } from './law.js'
import { plummerLaw } from './plummerLaw.js'
import { uniformBallLaw } from './uniformBallLaw.js'

const LAWS: Readonly<
  Record<string, { readonly make: (options: object) => Law; readonly parameters: readonly string[] }>
> = {
  'uniform-ball': { make: uniformBallLaw, parameters: ['radius', 'momentumRadius'] },
  gaussian: { make: gaussianLaw, parameters: ['sigmaQ', 'sigmaP'] },
  plummer: { make: plummerLaw, parameters: ['scale'] },
  'gaussian-mixture': { make: gaussianMixtureLaw, parameters: ['components'] },
  bump: { make: bumpLaw, parameters: ['radius', 'momentumRadius'] },
  kurth: { make: kurthLaw, parameters: ['radius', 'momentumRadius', 'rate'] },
  hourglass: { make: hourglassLaw, parameters: ['radius', 'momentumRadius'] },
}

/** Names of the built-in laws. */
export const lawNames: readonly string[] = Object.keys(LAWS)

/**
 * A built-in law from its name and parameters, such that lawByName(law.name, law.parameters) is the same law again.
 * @param parameters those of the law; the ones left out take their defaults
 * @throws RangeError for a name or a parameter that the law does not know, listing the known ones
 * @example lawByName('plummer', { scale: 2 }).rhoSup
 */
export function lawByName(name: string, parameters: Readonly<Record<string, number | string>> = {}): Law {
  const entry = LAWS[requireOneOf('name of a law', name, lawNames)]!
  requireObject('parameters', parameters)
  for (const key of Object.keys(parameters)) requireOneOf(`parameters of ${name}`, key, entry.parameters)
  return entry.make(parameters)
}
