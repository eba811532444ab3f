/**
 * Pieces of work of the radial solver that come one after the other, and how far the whole is.
 */
import type { RadialProgress } from './radialRecord.js'

/** A computation in steps. */
export type Work<R> = Generator<RadialProgress, R, void>

/** How the whole is divided. */
export interface Shares {
  /** The share of what is left. */
  of(part: number): number
  /** The work with `overall` moved into the next share. */
  within<R>(share: number, work: Work<R>): Work<R>
}

/** Divides the whole among pieces of work that come one after the other. */
export function shares(): Shares {
  let done = 0
  return {
    of: part => part * (1 - done),
    *within(share, work) {
      const from = done
      for (;;) {
        const step = work.next()
        if (step.done === true) {
          done = from + share
          return step.value
        }
        yield { ...step.value, overall: from + share * step.value.overall }
      }
    },
  }
}
