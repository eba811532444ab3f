/**
 * How long calls tell how far they are, without knowing who watches: notebooks and terminals register a channel, calls
 * report into it. A call that another call makes reports into a share of that one, so that a person sees one bar, which
 * never goes back.
 */
import { requireOneOf } from './errors.js'

/** What is shown of a call. */
export interface ProgressState {
  /** The outermost call. */
  readonly label: string
  /** What it is doing now; may be empty. */
  readonly stage: string
  /** In [0, 1], never less than before. */
  readonly fraction: number
  /** null while nothing is done. */
  readonly secondsLeft: number | null
}

/** The display of one call. */
export interface ProgressDisplay {
  show(state: ProgressState): void
  /** Takes the display away; what is left of it does not depend on time. */
  end(): void
}

/** Who watches. */
export interface ProgressChannel {
  /** Whether anybody can see a display now. */
  ready(): boolean
  /** A display for a call that has been running for a second; undefined: not now. */
  open(label: string): ProgressDisplay | undefined
  /** What a call and all that it awaits have in common, such as an AsyncLocalStorage. */
  readonly context: { run<T>(store: unknown, work: () => T): T; getStore(): unknown }
}

/** The option of calls that show a bar. */
export interface BarOption {
  /**
   * 'show', the default: after a second a progress bar in notebooks and terminals, with what the call makes others do
   * as its parts. 'hide': none, and none of theirs. Default 'hide' where the call is given a function that is told the
   * progress.
   */
  readonly bar?: 'show' | 'hide'
}

/** How a call tells what it has done. */
export interface Report {
  /** @param fraction of the whole call, in [0, 1]; less than before is taken for as much as before */
  (fraction: number, stage?: string, secondsLeft?: number | null): void
  /**
   * Does a part of the work that takes the share cost/(cost + later) of what is left of the call. Calls that it makes
   * report into that share.
   * @param cost what the part is predicted to cost, >= 0, in any unit
   * @param later what all after it is predicted to cost, in the same unit
   * @param work gets a function that reports the fraction of the part
   */
  stage<T>(
    name: string,
    cost: number,
    later: number,
    work: (report: (fraction: number, stage?: string) => void) => Promise<T>,
  ): Promise<T>
}

/** Milliseconds before anything is shown, and between two states. */
const DELAY = 1000
const INTERVAL = 100

/** What calls find in the context: whom they report to. */
interface Parent {
  readonly send: (fraction: number, stage: string, secondsLeft?: number | null) => void
}
const NOBODY: Parent = { send: () => undefined }

let channel: ProgressChannel | undefined

/** Registers who watches all calls of this process, and returns who did before. */
export function setProgressChannel(next: ProgressChannel | undefined): ProgressChannel | undefined {
  const before = channel
  channel = next
  return before
}

/**
 * Runs a call that reports what it has done.
 * @param label the name of the function that was called
 * @param options of the call; a function `onProgress` or `progress` among them hides the bar, unless `bar` is 'show'
 * @param work the call
 * @example reporting('coupledFlow', options, report => run(options, report))
 */
export async function reporting<T>(
  label: string,
  options: BarOption,
  work: (report: Report) => Promise<T>,
): Promise<T> {
  const told = options as { readonly onProgress?: unknown; readonly progress?: unknown }
  const { bar = told?.onProgress === undefined && told?.progress === undefined ? 'show' : 'hide' } = options ?? {}
  requireOneOf('bar', bar, ['show', 'hide'])
  const watched = channel?.ready() ? channel : undefined
  if (watched === undefined) return work(reportTo(NOBODY, (_, part) => part()))
  const { context } = watched
  const within = <U>(parent: Parent, part: () => U): U => context.run(parent, part)
  const above = context.getStore() as Parent | undefined
  if (bar === 'hide' && (above === undefined || above === NOBODY)) {
    return within(NOBODY, () => work(reportTo(NOBODY, within)))
  }
  // Within another call it is that call which is shown or not.
  if (above !== undefined) return within(NOBODY, () => work(reportTo(above, within)))
  const root = shown(label, watched)
  const done = (): void => root.end()
  return within(NOBODY, () => work(reportTo(root, within))).finally(done)
}

/** The reports of a call; in its context calls report to nobody, in that of a stage into its share. */
function reportTo(parent: Parent, within: <U>(parent: Parent, part: () => U) => U): Report {
  let done = 0
  const report = (fraction: number, stage: string = '', secondsLeft?: number | null): void => {
    done = Math.max(done, Math.min(1, fraction))
    parent.send(done, stage, secondsLeft)
  }
  const stage: Report['stage'] = async (name, cost, later, work) => {
    const from = done
    const share = cost > 0 ? ((1 - from) * cost) / (cost + later) : 0
    const send = (fraction: number, inner: string = ''): void => report(from + share * fraction, inner || name)
    if (share > 0) send(0)
    const result = await within({ send }, () => work(send))
    send(1)
    return result
  }
  return Object.assign(report, { stage })
}

/** The outermost call, and its display once it has run for a second. */
function shown(label: string, watched: ProgressChannel): Parent & { end(): void } {
  const start = performance.now()
  let reached = 0
  let last = Number.NEGATIVE_INFINITY
  let display: ProgressDisplay | undefined
  let ended = false
  return {
    send: (fraction, stage, given) => {
      reached = Math.max(reached, fraction)
      const now = performance.now()
      if (ended || now - start < DELAY || now - last < INTERVAL) return
      last = now
      display ??= watched.open(label)
      const elapsed = (now - start) / 1000
      const secondsLeft = given !== undefined ? given : reached > 0 ? (elapsed / reached) * (1 - reached) : null
      display?.show({ label, stage, fraction: reached, secondsLeft })
    },
    end: () => {
      ended = true
      display?.end()
    },
  }
}
