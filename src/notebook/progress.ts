/**
 * Shows how far a computation is: in place in a notebook, on one line of a terminal, in plain lines elsewhere.
 */
import { quote, requireInteger, requireOptions } from '../base/errors.js'
import { InterruptedError, onInterrupt } from '../base/interrupt.js'
import { escapeHtml } from './html.js'
import { updatableOutput } from './jupyterOutput.js'

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

/** Milliseconds between two displays: in place, and line by line into a file. */
const INTERVAL = 100
const LINE_INTERVAL = 5_000

/**
 * Starts a progress display with an estimate of the time left.
 * @param total how many steps there are, an integer >= 0
 * @throws RangeError if total is not an integer >= 0
 * @example const steps = progress(1000, { label: 'pairs' }); steps.update(10); steps.finish()
 */
export function progress(total: number, options: ProgressOptions = {}): Progress {
  requireOptions<ProgressOptions>('progress', options, { label: true })
  requireInteger('total', total, 0)
  const label = options.label ?? 'progress'
  const write = writer(label)
  const start = performance.now()
  let last = Number.NEGATIVE_INFINITY
  let finished = false
  let reached = 0
  return {
    update(done) {
      const now = performance.now()
      reached = Math.min(Math.max(done, 0), total)
      if (finished || now - last < write.interval) return
      last = now
      write.state(reached, total, remaining(reached, total, now - start))
    },
    finish() {
      if (finished) return
      finished = true
      write.state(total, total, 'done')
      write.end()
    },
  }
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
  if (done === 0) return 'starting'
  const seconds = Math.round(((elapsed / done) * (total - done)) / 1000)
  if (seconds < 60) return `${seconds} s left`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s left`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min left`
}

interface Writer {
  readonly interval: number
  state(done: number, total: number, note: string): void
  end(): void
}

function writer(label: string): Writer {
  const output = updatableOutput()
  const line = (done: number, total: number, note: string) => {
    const percent = total === 0 ? 100 : Math.floor((100 * done) / total)
    return `${label}: ${done} of ${total} (${percent} %), ${note}`
  }
  if (output) {
    return {
      interval: INTERVAL,
      state: (done, total, note) =>
        output.replace({
          'text/html':
            `<progress value="${done}" max="${total || 1}" style="width:240px"></progress> ` +
            `<span>${escapeHtml(line(done, total, note))}</span>`,
          'text/plain': line(done, total, note),
        }),
      end: () => undefined,
    }
  }
  // Standard error: a command's standard output belongs to its result.
  const { stderr } = process
  if (stderr.isTTY) {
    return {
      interval: INTERVAL,
      state: (...state) => stderr.write(`\r\x1b[2K${line(...state).slice(0, (stderr.columns || 80) - 1)}`),
      end: () => stderr.write('\n'),
    }
  }
  return { interval: LINE_INTERVAL, state: (...state) => stderr.write(`${line(...state)}\n`), end: () => undefined }
}

function requireIterable(name: string, items: unknown): void {
  if (typeof Object(items)[Symbol.iterator] !== 'function' || typeof items === 'string') {
    throw new TypeError(`${name} must be an array or another iterable, got ${quote(items)}`)
  }
}
