/**
 * Progress of an ensemble on standard error: one line that is rewritten on a terminal, plain lines now and then
 * elsewhere.
 */
import { printable } from '../../base/printable.js'
import type { EnsembleProgress } from '../../ensemble/run/runEnsemble.js'

export interface ProgressDisplay {
  update(progress: EnsembleProgress): void
  /** Ends the line. */
  finish(): void
}

/** Milliseconds between two plain lines. */
const LINE_INTERVAL = 10_000

/** @example const shown = ensembleProgress(); await runEnsemble(store, { executor, onProgress: shown.update }) */
export function ensembleProgress(): ProgressDisplay {
  const { stderr } = process
  let last = Number.NEGATIVE_INFINITY
  let shown = false
  return {
    update: progress => {
      const line = progressLine(progress)
      if (stderr.isTTY) {
        stderr.write(`\r\x1b[2K${line.slice(0, (stderr.columns || 80) - 1)}`)
        shown = true
        return
      }
      const now = performance.now()
      const ended = progress.done + progress.failed === progress.total
      if (now - last < LINE_INTERVAL && !ended) return
      last = now
      stderr.write(`${line}\n`)
    },
    finish: () => {
      if (shown) stderr.write('\n')
    },
  }
}

/**
 * A message, of whoever's words, on a line of its own; on a terminal it takes the place of the progress line, which
 * comes again below it.
 */
export function notice(message: string): void {
  process.stderr.write(`${process.stderr.isTTY ? '\r\x1b[2K' : ''}${printable(message)}\n`)
}

/**
 * @example progressLine({ done: 30, failed: 0, total: 120, rate: 2, secondsLeft: 45 }) // '30 of 120 jobs (25 %), 2/s, 45 s left'
 */
export function progressLine({ done, failed, total, rate, secondsLeft }: EnsembleProgress): string {
  const percent = total === 0 ? 100 : Math.floor((100 * done) / total)
  return [
    `${done} of ${total} jobs (${percent} %)`,
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(rate === 0 ? [] : [`${rateText(rate)}`]),
    done + failed === total ? 'nothing left' : secondsLeft === null ? 'starting' : `${duration(secondsLeft)} left`,
  ].join(', ')
}

function rateText(rate: number): string {
  if (rate >= 0.5) return `${Number(rate.toPrecision(2))}/s`
  return rate * 60 >= 0.5 ? `${Number((rate * 60).toPrecision(2))}/min` : `${Number((rate * 3600).toPrecision(2))}/h`
}

/** @example duration(3700) // '1 h 1 min' */
export function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  if (whole < 48 * 3600) return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
  return `${Math.floor(whole / 86400)} d ${Math.floor((whole % 86400) / 3600)} h`
}
