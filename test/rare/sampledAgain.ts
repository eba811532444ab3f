// What the recorded tails are checked against: the same runs, sampled again.
import { expect } from 'vitest'
import { rareProbabilities } from '../../src/base/rare/rareProbabilities.js'
import type { readTailFile } from '../../src/ensemble/store/tailFile.js'
import { system } from '../../src/flow/coupled/system.js'
import { radialField } from '../../src/flow/field/radial/radialField.js'
import { lawByName } from '../../src/law/lawByName.js'
import { deviationScore } from '../../src/rare/deviationScore.js'
import { tailThresholds } from '../../src/rare/tailPlan.js'

type TailFile = ReturnType<typeof readTailFile>

/** Whether even two runs of its first cell take the better part of a minute: left to the full tests. */
export const isLong = ({ records }: Pick<TailFile, 'records'>): boolean => records[0]!.cell.N > 200

/** The first two runs of the first cell, bit for bit. */
export async function givesFirstRunsAgain({ plan, records }: Pick<TailFile, 'plan' | 'records'>): Promise<void> {
  const { cell, runs } = records[0]!
  const { N, delta, population, movesPerLevel } = cell
  const of = system({ law: lawByName(plan.law), N, delta, sigma: plan.sigma, T: plan.T, seed: plan.seed })
  const S = deviationScore(
    of,
    radialField({ law: of.law, kernel: of.kernel, T: plan.T, tolerance: plan.fieldTolerance }),
    plan.steps,
    plan.event,
  )
  const again = await rareProbabilities({
    ...{ law: S.law, score: S.score, thresholds: tailThresholds(cell), population, movesPerLevel },
    ...{ seed: `${plan.seed}/${plan.law}/${N}`, runs: 2 },
  })
  expect(again.runs).toEqual(runs.slice(0, 2))
}
