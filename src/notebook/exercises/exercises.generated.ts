// Generated from the files of src/notebook/exercises/sets by scripts/registries.mjs (npm run build).
import type { ExerciseSet } from './exercise.js'
import { startHereExercises } from './sets/00-start-here.js'
import { vlasovPoissonExercises } from './sets/01-vlasov-poisson.js'
import { theKernelExercises } from './sets/02-the-kernel.js'
import { existenceExercises } from './sets/03-existence.js'
import { twoFlowsExercises } from './sets/04-two-flows.js'
import { distancesExercises } from './sets/05-distances.js'
import { lipschitzLogGrowthExercises } from './sets/06-lipschitz-log-growth.js'
import { lawOfLargeNumbersExercises } from './sets/07-law-of-large-numbers.js'
import { molecularChaosExercises } from './sets/08-molecular-chaos.js'
import { fournierGuillinExercises } from './sets/09-fournier-guillin.js'
import { particleApproximationExercises } from './sets/10-particle-approximation.js'
import { weakerSingularitiesExercises } from './sets/11-weaker-singularities.js'
import { beyondTheTheoremExercises } from './sets/12-beyond-the-theorem.js'
import { yourOwnExercises } from './sets/13-your-own.js'
import { whatIsProvedExercises } from './sets/14-what-is-proved.js'

/** The exercises of every notebook, as the files of src/notebook/exercises/sets declare them. */
export const exerciseSets: readonly ExerciseSet[] = [
  startHereExercises,
  vlasovPoissonExercises,
  theKernelExercises,
  existenceExercises,
  twoFlowsExercises,
  distancesExercises,
  lipschitzLogGrowthExercises,
  lawOfLargeNumbersExercises,
  molecularChaosExercises,
  fournierGuillinExercises,
  particleApproximationExercises,
  weakerSingularitiesExercises,
  beyondTheTheoremExercises,
  yourOwnExercises,
  whatIsProvedExercises,
]
