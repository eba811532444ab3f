/**
 * Shows how far a computation is: in place in a notebook, on one line of a terminal, in plain lines elsewhere.
 */
import { quote, requireInteger, requireOptions } from '../base/errors.js'
import { InterruptedError, onInterrupt } from '../base/interrupt.js'
import { INTERVAL, progressLine, timeLeft } from '../present/progressLine.js'

/** Options of {@link progress}. */
export interface ProgressOptions {
  /** What is being done. */
  readonly label?: string
}

/** A display of how far a computation is. */
export interface Progress {
  /**
   * Shows a new state.
   * @param done how many of the total are done, 0 <= done <= total
   */
  update(done: number): void
  /** Shows the final state, which says nothing of the time taken: a stored output stays the same from run to run. */
  finish(): void
}

/** The latest display that has not come to its end: while there is one, calls show no bars of their own. */
let open: Progress | undefined

/** Whether a display of {@link progress} is shown now. */
export function progressShown(): boolean {
  return open !== undefined
}

/**
 * Starts a progress display with an estimate of the time left. Until it is finished, the calls of the library show no
 * bars of their own.
 * @param total how many steps there are, an integer >= 0
 * @throws RangeError if total is not an integer >= 0
 * @example const steps = progress(1000, { label: 'pairs' }); steps.update(10); steps.finish()
 */
export function progress(total: number, options: ProgressOptions = {}): Progress {
  requireOptions<ProgressOptions>('progress', options, { label: true })
  requireInteger('total', total, 0)
  const label = options.label ?? 'progress'
  const line = progressLine()
  const start = performance.now()
  let last = Number.NEGATIVE_INFINITY
  let finished = false
  let reached = 0
  const shown: Progress = {
    update(done) {
      const now = performance.now()
      reached = Math.min(Math.max(done, 0), total)
      if (finished || now - last < line.interval) return
      last = now
      line.write(stateLine(label, reached, total, remaining(reached, total, now - start)), reached, total)
    },
    finish() {
      if (finished) return
      finished = true
      line.write(stateLine(label, total, total, 'done'), total, total)
      line.end()
      if (open === shown) open = undefined
    },
  }
  open = shown
  return shown
}

/**
 * The items one by one, with a progress display; an interrupt ends the loop between two items.
 *
 * Between items the event loop gets its turn now and then, so that the interrupt arrives and the display is seen.
 * @throws InterruptedError at an interrupt
 * @example for await (const N of tracked([1e3, 1e4, 1e5], { label: 'N' })) measure(N)
 */
export async function* tracked<T>(items: Iterable<T>, options: ProgressOptions = {}): AsyncGenerator<T, void, void> {
  requireOptions<ProgressOptions>('tracked', options, { label: true })
  requireIterable('items', items)
  const all = [...items]
  const shown = progress(all.length, options)
  let stopped = false
  const done = onInterrupt(() => {
    stopped = true
  })
  let turn = performance.now()
  try {
    for (let i = 0; i < all.length; i++) {
      shown.update(i)
      if (performance.now() - turn > INTERVAL) {
        await new Promise(resolve => setImmediate(resolve))
        turn = performance.now()
      }
      if (stopped) throw new InterruptedError()
      yield all[i]!
    }
    shown.finish()
  } finally {
    done()
  }
}

function remaining(done: number, total: number, elapsed: number): string {
  return done === 0 ? 'starting' : timeLeft(((elapsed / done) * (total - done)) / 1000)
}

const stateLine = (label: string, done: number, total: number, note: string): string => {
  const percent = total === 0 ? 100 : Math.floor((100 * done) / total)
  return `${label}: ${done} of ${total} (${percent} %), ${note}`
}

function requireIterable(name: string, items: unknown): void {
  if (typeof Object(items)[Symbol.iterator] !== 'function' || typeof items === 'string') {
    throw new TypeError(`${name} must be an array or another iterable, got ${quote(items)}`)
  }
}
