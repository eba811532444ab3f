// Generated from the files of src/law by scripts/registries.mjs (npm run build).
import type { LawEntry } from './law.js'
import { bumpEntry } from './bumpLaw.js'
import { gaussianEntry } from './gaussianLaw.js'
import { gaussianMixtureEntry } from './gaussianMixtureLaw.js'
import { hourglassEntry } from './hourglassLaw.js'
import { kurthEntry } from './kurthLaw.js'
import { plummerEntry } from './plummerLaw.js'
import { uniformBallEntry } from './uniformBallLaw.js'

/** Every built-in law that a file of src/law declares, by path. */
export const lawEntries: readonly LawEntry[] = [
  bumpEntry,
  gaussianEntry,
  gaussianMixtureEntry,
  hourglassEntry,
  kurthEntry,
  plummerEntry,
  uniformBallEntry,
]
