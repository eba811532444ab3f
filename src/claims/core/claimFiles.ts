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
  '2.1': ['section2/definition21', 'definition21'],
  '13': ['section2/weakSolution13', 'derivedClaims'],
  '17': ['section2/pushForward17', 'derivedClaims'],
  '3.1': ['section3/theorem31', 'derivedClaims'],
  '3.2': ['section3/lemma32', 'derivedClaims'],
  '3.3': ['section3/lemma33', 'existenceAndChaos'],
  '3.4': ['section3/lemma34', 'lemma34'],
  '26': ['section4/invariance26', 'flowClaims'],
  '28': ['section4/duality28', 'existenceAndChaos'],
  '4.2': ['section4/theorem42', 'flowClaims'],
  '4.3': ['section4/corollary43', 'existenceAndChaos'],
  '4.4': ['section4/theorem44', 'flowClaims'],
  '4.5': ['section4/remark45', 'derivedClaims'],
  '40': ['section5/definition51', 'existenceAndChaos'],
  '5.2': ['section5/lemma52', 'existenceAndChaos'],
  '6.1': ['section6/lemma61', 'lemma61'],
  '6.3': ['section6/lemma63', 'lemma63'],
  '7.1': ['section7/definition71', 'lawOfLargeNumbers'],
  '7.2': ['section7/proposition72', 'lawOfLargeNumbers'],
  '7.2.57': ['section7/proposition72Moments', 'lawOfLargeNumbers'],
  '7.3.B': ['section7/corollary73B', 'lawOfLargeNumbers'],
  '7.3.C': ['section7/corollary73C', 'lawOfLargeNumbers'],
  '8.1': ['section8/lemma81', 'existenceAndChaos'],
  '69': ['section8/gronwallBudget', 'flowClaims'],
  '75': ['section8/step75', 'derivedClaims'],
  '78': ['section8/threshold78', 'existenceAndChaos'],
  '9.1': ['section9/proposition91', 'particleApproximation'],
  'log-lipschitz': ['section9/logLipschitz', 'particleApproximation'],
  '84': ['section9/kernelDifference84', 'particleApproximation'],
  '81': ['section9/proposition91Runs', 'derivedClaims'],
  '9.2': ['section9/proposition92', 'particleApproximation'],
  '86': ['section9/proposition92Runs', 'derivedClaims'],
  '9.3': ['section9/theorem93', 'particleApproximation'],
  '9.4': ['section9/corollary94', 'particleApproximation'],
  '91': ['section9/steps91', 'particleApproximation'],
  '10.1': ['section10/theorem101', 'particleApproximation'],
  '92': ['section10/comparison92', 'particleApproximation'],
  'beyond-no-cutoff': ['beyond/beyondNoCutoff', 'beyond'],
  'beyond-weight': ['beyond/beyondWeight', 'beyond'],
  'beyond-alpha': ['beyond/beyondAlpha', 'beyond'],
  'beyond-5-12': ['beyond/beyondCutoffs', 'beyond'],
  'beyond-dimension-2': ['beyond/beyondDimension2', 'beyond'],
  'beyond-regularisations': ['beyond/beyondRegularisations', 'beyond'],
  'fournier-2209.00923': ['beyond/expectedDistanceClaim', 'beyond'],
}

/**
 * Source and test of a claim.
 * @throws RangeError for the id of no claim, or of one whose files are not listed
 * @example claimFiles('6.1').source // 'src/claims/section6/lemma61.ts'
 */
export function claimFiles(id: string): ClaimFiles {
  const [source, test] = FILES[claimById(id).id] ?? []
  if (source === undefined) throw new RangeError(`the files of claim ${id} must be listed in claimFiles.ts`)
  return { source: `src/claims/${source}.ts`, test: `test/claims/${test}.test.ts` }
}
