// Generated from the files of src/interaction/profiles by scripts/registries.mjs (npm run build).
import type { ProfileRecord } from './profiles/profile.js'
import { cubicSpline } from './profiles/cubicSpline.js'
import { plummer } from './profiles/plummer.js'
import { smooth } from './profiles/smooth.js'
import { truncated } from './profiles/truncated.js'

/** Names of these. */
export type ProfileName =
  | 'cubicSpline'
  | 'plummer'
  | 'smooth'
  | 'truncated'

/** The profiles that the files of src/interaction/profiles declare. */
export const profileRecords: Readonly<Record<ProfileName, ProfileRecord>> = {
  cubicSpline,
  plummer,
  smooth,
  truncated,
}
