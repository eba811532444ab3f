/**
 * Whether a cut-off exponent is one that Theorem 4.2 speaks of, and how a run outside says so.
 */
import type { Kernel } from '../../interaction/kernel.js'

/** 0 < delta < 1/3, the hypothesis of Theorem 4.2 on the cut-off. @example withinHypothesis(0.4) // false */
export function withinHypothesis(delta: number): boolean {
  return delta > 0 && delta < 1 / 3
}

/** What a run with such a delta says; undefined inside the hypothesis. @example hypothesisNote(0.25) // undefined */
export function hypothesisNote(delta: number): string | undefined {
  if (withinHypothesis(delta)) return undefined
  return `delta = ${delta} is outside the hypothesis of Theorem 4.2, 0 < delta < 1/3: the theorem says nothing of this run`
}

let told = false

/**
 * Says once in a process, on standard error, that delta >= 1/3 is outside the hypothesis; for singularities other than
 * Coulomb's, of which Theorem 4.2 does not speak, nothing.
 */
export function tellHypothesis(delta: number, kernel: Kernel): void {
  if (told || kernel.alpha !== 2 || !(delta >= 1 / 3)) return
  told = true
  const note = `mean-field-limit: ${hypothesisNote(delta)} (said once)`
  if (typeof process === 'object' && typeof process.stderr?.write === 'function') process.stderr.write(`${note}\n`)
  else console.warn(note)
}
