/**
 * Stops work when the user interrupts: "Interrupt kernel" in JupyterLab, Ctrl-C in a terminal. Both send SIGINT.
 *
 * The kernel by itself stops synchronous JavaScript and WebAssembly. Awaited work and worker threads go on unless they
 * are registered here. Registering is for the time of the work only: with nothing registered, Ctrl-C keeps its usual
 * meaning, and a second Ctrl-C always has it. In browsers there is no such signal: registering does nothing there.
 */
import { requireFunction } from './errors.js'

const stops = new Set<() => void>()

const hasSignals = (): boolean => typeof process === 'object' && typeof process.on === 'function'

function interrupted(): void {
  const running = [...stops]
  stops.clear()
  process.off('SIGINT', interrupted)
  for (const stop of running) {
    try {
      stop()
    } catch (error) {
      // One that fails must not keep the others running.
      process.stderr.write(`while stopping: ${String(error)}\n`)
    }
  }
}

/** Set by the kernel of the notebooks, for the processes in which every long call is to be ended by an interrupt. */
export const HEEDS_INTERRUPTS = 'MEAN_FIELD_LIMIT_HEEDS_INTERRUPTS'

/** What interrupted work rejects with. */
export class InterruptedError extends Error {
  constructor() {
    super('interrupted')
    this.name = 'InterruptedError'
  }
}

/**
 * Calls `stop` once at the next interrupt.
 * @returns a function that takes the registration back; call it when the work is done
 * @example const done = onInterrupt(() => pool.destroy())
 */
export function onInterrupt(stop: () => void): () => void {
  requireFunction('stop', stop)
  if (!hasSignals()) return () => undefined
  const registered = () => stop()
  if (stops.size === 0) process.on('SIGINT', interrupted)
  stops.add(registered)
  return () => {
    if (stops.delete(registered) && stops.size === 0) process.off('SIGINT', interrupted)
  }
}

/**
 * Runs asynchronous work that an interrupt ends: the signal is aborted, and the returned promise rejects at once,
 * whether or not the work heeds the signal.
 * @param work gets the signal; it should stop when that is aborted
 * @returns what the work returns
 * @throws InterruptedError at an interrupt
 * @example const result = await interruptible(signal => longRun({ signal }))
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  requireFunction('work', work)
  const controller = new AbortController()
  let done = (): void => undefined
  const stopped = new Promise<never>((_, reject) => {
    done = onInterrupt(() => {
      const error = new InterruptedError()
      controller.abort(error)
      reject(error)
    })
  })
  // Work that is ended in its first, synchronous steps never comes to the race below.
  stopped.catch(() => undefined)
  try {
    return await Promise.race([work(controller.signal), stopped])
  } finally {
    done()
  }
}

/**
 * How long calls of the library heed an interrupt of a notebook's cell without being asked to: where the caller gave no
 * signal, and the process is the kernel of a notebook, `work` runs as {@link interruptible}. Elsewhere, in scripts and
 * on the command line, Ctrl-C keeps its meaning.
 * @param options those of the call
 * @param work gets them, with a signal where one is needed
 * @throws what `work` throws; InterruptedError at an interrupt of the cell
 * @example withInterrupts(options, compute)
 */
export function withInterrupts<Options extends { readonly signal?: AbortSignal }, T>(
  options: Options,
  work: (options: Options) => Promise<T>,
): Promise<T> {
  const heeds = hasSignals() && process.env?.[HEEDS_INTERRUPTS] === '1'
  return options?.signal === undefined && heeds ? interruptible(signal => work({ ...options, signal })) : work(options)
}

/** Milliseconds between two turns of the event loop: a signal is heard and a display seen well within a second. */
const TURN = 50

/**
 * Between the pieces of long work: gives the event loop its turn when 50 ms have passed since the last one, so that an
 * interrupt or an abort is heard, and throws the reason of an aborted signal.
 * @returns a function to be called after each piece; it returns a promise to be awaited, or undefined when it is not
 * yet time
 * @example const turn = turns(signal); for (const row of rows) { compute(row); await turn() }
 */
export function turns(signal?: AbortSignal): () => Promise<void> | undefined {
  let last = performance.now()
  return () => {
    signal?.throwIfAborted()
    if (performance.now() - last < TURN) return undefined
    return new Promise<void>(resolve => setTimeout(resolve, 0)).then(() => {
      last = performance.now()
      signal?.throwIfAborted()
    })
  }
}
