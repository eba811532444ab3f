/**
 * A plan of rare events, run: cell by cell, each from a checkpoint on.
 */
import { requireObject, requireOptions } from '../base/errors.js'
import { withInterrupts } from '../base/interrupt.js'
import { type BarOption, reporting } from '../base/progress.js'
import type { RareRun, Schedule } from '../base/rare/climb.js'
import type { RareCheckpoint } from '../base/rare/rareCheckpoint.js'
import { rareProbabilities } from '../base/rare/rareProbabilities.js'
import type { Step, TurnOptions } from '../base/steps.js'
import { system } from '../flow/coupled/system.js'
import { radialFieldAsync } from '../flow/field/radial/radialField.js'
import { lawByName } from '../law/lawByName.js'
import { deviationScore } from './deviationScore.js'
import { type Portrait, portrait } from './portrait.js'
import { parseTailPlan, type TailCell, type TailPlan, tailCells, tailThresholds } from './tailPlan.js'

/** What a cell found: plain JSON, from which the estimates are computed. */
export interface TailRecord {
  readonly cell: TailCell
  readonly schedule: Schedule
  readonly runs: readonly RareRun[]
  readonly pilotScores: number
  readonly portraits: readonly Portrait[]
  /** Error of the mean field's force, absolute. */
  readonly fieldError: number
  /** Time that it took, and of one score. */
  readonly seconds: number
}

/** How far a plan is: plain JSON. */
export interface TailCheckpoint {
  readonly records: readonly TailRecord[]
  /** The cell that is not done. */
  readonly current?: {
    readonly rare: RareCheckpoint
    readonly portraits: readonly Portrait[]
    readonly seconds: number
  }
}

/** Options of {@link runTail}. */
export interface RunTailOptions extends TurnOptions, BarOption {
  readonly checkpoint?: TailCheckpoint
  /** As that of `rareProbabilities`. */
  readonly onCheckpoint?: (save: () => TailCheckpoint, after: 'level' | 'run') => void
}

/**
 * The tail of S = sup Delta for every cell of a plan: runs that `tailCurve` makes probabilities of.
 * @throws the signal's reason when it is aborted; what `rareProbabilities` throws
 * @source Theorem 4.2, Definition 5.1
 * @example
 * const groups = [{ N: [8], delta: [0.2], factors: [1], population: 100, runs: 2 }]
 * const records = await runTail(parseTailPlan({ name: 'small', kind: 'tail', seed: '1', groups }))
 * records.length // 1
 */
export async function runTail(plan: TailPlan, options: RunTailOptions = {}): Promise<readonly TailRecord[]> {
  const known = parseTailPlan(plan)
  requireOptions<RunTailOptions>('runTail', options, {
    ...{ checkpoint: 'given', onCheckpoint: 'function', signal: 'signal', onProgress: 'function', bar: true },
  })
  if (options.checkpoint !== undefined)
    requireObject('checkpoint', options.checkpoint, '{ records }, as onCheckpoint was given')
  return withInterrupts(options, heeding =>
    reporting('runTail', heeding, async report => {
      const cells = tailCells(known)
      const weights = cells.map(predictedCost)
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      const records = [...(heeding.checkpoint?.records ?? [])]
      let current = heeding.checkpoint?.current
      while (records.length < cells.length) {
        const k = records.length
        const before = weights.slice(0, k).reduce((sum, weight) => sum + weight, 0)
        const found = await runCell(known, cells[k]!, {
          ...(heeding.signal === undefined ? {} : { signal: heeding.signal }),
          ...(current === undefined ? {} : { current }),
          tell: ({ fraction, stage }) => {
            const overall = (before + weights[k]! * fraction) / total
            const name = `N = ${cells[k]!.N}, delta = ${cells[k]!.delta}: ${stage}`
            report(overall, name)
            heeding.onProgress?.({ fraction: overall, stage: name })
          },
          save: (make, after) => heeding.onCheckpoint?.(() => ({ records: [...records], current: make() }), after),
        })
        records.push(found)
        current = undefined
        heeding.onCheckpoint?.(() => ({ records: [...records] }), 'run')
      }
      return records
    }),
  )
}

type Current = NonNullable<TailCheckpoint['current']>

interface CellOptions {
  readonly signal?: AbortSignal
  readonly current?: Current
  readonly tell: (step: Step) => void
  readonly save: (make: () => Current, after: 'level' | 'run') => void
}

async function runCell(
  plan: TailPlan,
  cell: TailCell,
  { signal, current, tell, save }: CellOptions,
): Promise<TailRecord> {
  const { N, delta, population, runs, movesPerLevel } = cell
  const start = performance.now()
  const before = current?.seconds ?? 0
  const seconds = (): number => Math.round(before + (performance.now() - start) / 1000)
  const of = system({ law: lawByName(plan.law), N, delta, sigma: plan.sigma, T: plan.T, seed: plan.seed })
  const heeding = signal === undefined ? {} : { signal }
  const { law, kernel, T } = of
  const field = await radialFieldAsync({ law, kernel, T, tolerance: plan.fieldTolerance, bar: 'hide', ...heeding })
  const S = deviationScore(of, field, plan.steps, plan.event)
  // Of no delta and no sigma: cells that differ in these share their random numbers.
  const seed = `${plan.seed}/${plan.law}/${N}`
  const portraits: Portrait[] = [...(current?.portraits ?? [])]
  const found = await rareProbabilities({
    ...{
      law: S.law,
      score: S.score,
      thresholds: tailThresholds(cell),
      seed,
      population,
      runs,
      movesPerLevel,
    },
    ...heeding,
    ...(current === undefined ? {} : { checkpoint: current.rare }),
    onProgress: tell,
    onCheckpoint: (make, after) => {
      save(() => ({ rare: make(), portraits: [...portraits], seconds: seconds() }), after)
    },
    onTop: (states, r) => {
      const size = S.law.components * N
      const count = Math.min(plan.portraits, states.length / size)
      for (let k = 0; k < count; k++) {
        // Spread over the population, where neighbours are no closer kin than others.
        const at = Math.floor((k * (states.length / size)) / count) * size
        portraits.push(portrait(of, field, S, states.subarray(at, at + size), `${seed}/portrait/${r}/${k}`))
      }
    },
  })
  return {
    ...{ cell, schedule: found.schedule, runs: found.runs, pilotScores: found.pilotScores, portraits },
    ...{ fieldError: field.error.high, seconds: seconds() },
  }
}

/** Of a cell, in any unit, for the progress alone: runs of states of N^2 pairs. */
const predictedCost = ({ N, population, runs, movesPerLevel }: TailCell): number =>
  (N * N + 50 * N) * population * runs * movesPerLevel
