/**
 * Long work written once, as a generator that yields how far it is: run at once, or in turns with the event loop, where
 * it tells its progress and heeds a signal. Both give the same bits, since the steps do not know who runs them.
 */
import { turns } from './interrupt.js'
import type { Report } from './progress.js'

/** How far work is. */
export interface Step {
  /** Predicted, in [0, 1]. */
  readonly fraction: number
  /** What it does now; may be empty. */
  readonly stage: string
}

/** Work in steps of some milliseconds. */
export type Steps<T> = Generator<Step, T, void>

/** Options of calls that run in turns. */
export interface TurnOptions {
  /** Stops the computation; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal
  /** Called some times a second, with a fraction that is never less than before. */
  readonly onProgress?: (progress: Step) => void
}

/** Runs work at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** Runs work in turns with the event loop. @throws the signal's reason, and what the work throws */
export async function inTurns<T>(steps: Steps<T>, { signal, onProgress }: TurnOptions, report: Report): Promise<T> {
  const turn = turns(signal)
  signal?.throwIfAborted()
  let fraction = 0
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    const { stage } = step.value
    fraction = Math.max(fraction, step.value.fraction)
    report(fraction, stage)
    const pause = turn()
    if (pause === undefined) continue
    onProgress?.({ fraction, stage })
    await pause
  }
}

/**
 * Work made of parts, one after the other.
 * @param total what all of them are predicted to cost, in any unit
 * @returns a function that gives a part the share cost/total of the whole
 *
 *     const part = parts(3)
 *     const a = yield* part('first', 1, first())
 *     return a + (yield* part('second', 2, second(a)))
 */
export function parts(total: number): <T>(stage: string, cost: number, steps: Steps<T>) => Steps<T> {
  let begun = 0
  return function* (stage, cost, steps) {
    const from = begun
    begun += cost
    for (;;) {
      const step = steps.next()
      if (step.done === true) return step.value
      yield { fraction: Math.min(1, (from + cost * step.value.fraction) / total), stage: stage || step.value.stage }
    }
  }
}

/** Operations, of a nanosecond or a few, between two steps. */
const OPERATIONS = 1e6

/** A function that is told the operations of each piece of work, and says when it is time for a step. */
export function pace(): (operations: number) => boolean {
  let sum = 0
  return operations => {
    sum += operations
    if (sum < OPERATIONS) return false
    sum = 0
    return true
  }
}
