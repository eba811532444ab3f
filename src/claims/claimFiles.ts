/**
 * From the id of a claim to the files in which it lives and is tested: what the ledger prints beside every verdict.
 */
import { claimById } from './ledger.js'

/** Source and test of a claim, as paths in the repository. */
export interface ClaimFiles {
  readonly source: string
  readonly test: string
}

/** Names of the source in src/claims and of the test in test/claims, by id. */
const FILES: Readonly<Record<string, readonly [source: string, test: string]>> = {
  '2.1': ['definition21', 'definition21'],
  '13': ['weakSolution13', 'derivedClaims'],
  '17': ['pushForward17', 'derivedClaims'],
  '3.1': ['theorem31', 'derivedClaims'],
  '3.2': ['lemma32', 'derivedClaims'],
  '3.3': ['lemma33', 'existenceAndChaos'],
  '3.4': ['lemma34', 'lemma34'],
  '26': ['invariance26', 'flowClaims'],
  '28': ['duality28', 'existenceAndChaos'],
  '4.2': ['theorem42', 'flowClaims'],
  '4.3': ['corollary43', 'existenceAndChaos'],
  '4.4': ['theorem44', 'flowClaims'],
  '4.5': ['remark45', 'derivedClaims'],
  '40': ['definition51', 'existenceAndChaos'],
  '5.2': ['lemma52', 'existenceAndChaos'],
  '6.1': ['lemma61', 'lemma61'],
  '6.3': ['lemma63', 'lemma63'],
  '7.1': ['definition71', 'lawOfLargeNumbers'],
  '7.2': ['proposition72', 'lawOfLargeNumbers'],
  '7.2.57': ['proposition72Moments', 'lawOfLargeNumbers'],
  '7.3.B': ['corollary73B', 'lawOfLargeNumbers'],
  '7.3.C': ['corollary73C', 'lawOfLargeNumbers'],
  '8.1': ['lemma81', 'existenceAndChaos'],
  '69': ['gronwallBudget', 'flowClaims'],
  '75': ['step75', 'derivedClaims'],
  '78': ['threshold78', 'existenceAndChaos'],
  '9.1': ['proposition91', 'particleApproximation'],
  'log-lipschitz': ['logLipschitz', 'particleApproximation'],
  '84': ['kernelDifference84', 'particleApproximation'],
  '81': ['proposition91Runs', 'derivedClaims'],
  '9.2': ['proposition92', 'particleApproximation'],
  '86': ['proposition92Runs', 'derivedClaims'],
  '9.3': ['theorem93', 'particleApproximation'],
  '9.4': ['corollary94', 'particleApproximation'],
  '91': ['steps91', 'particleApproximation'],
  '10.1': ['theorem101', 'particleApproximation'],
  '92': ['comparison92', 'particleApproximation'],
  'beyond-no-cutoff': ['beyondNoCutoff', 'beyond'],
  'beyond-weight': ['beyondWeight', 'beyond'],
  'beyond-alpha': ['beyondAlpha', 'beyond'],
  'beyond-5-12': ['beyondCutoffs', 'beyond'],
  'beyond-dimension-2': ['beyondDimension2', 'beyond'],
  'beyond-regularisations': ['beyondRegularisations', 'beyond'],
  'fournier-2209.00923': ['expectedDistanceClaim', 'beyond'],
}

/**
 * Source and test of a claim.
 * @throws RangeError for the id of no claim, or of one whose files are not listed
 * @example claimFiles('6.1').source // 'src/claims/lemma61.ts'
 */
export function claimFiles(id: string): ClaimFiles {
  const [source, test] = FILES[claimById(id).id] ?? []
  if (source === undefined) throw new RangeError(`the files of claim ${id} must be listed in claimFiles.ts`)
  return { source: `src/claims/${source}.ts`, test: `test/claims/${test}.test.ts` }
}
