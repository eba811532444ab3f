/**
 * Where a progress line is written: in place in a notebook, on one line of a terminal, in plain lines elsewhere.
 */
import { escapeHtml } from './html.js'
import { updatableOutput } from './jupyterOutput.js'

/** Milliseconds between two displays: in place, and line by line into a file. */
export const INTERVAL = 100
const LINE_INTERVAL = 5_000

/** A line that is written again and again. */
interface ProgressLine {
  readonly interval: number
  /** @param line the text @param done how much of `total` is done */
  write(line: string, done: number, total: number): void
  /** Leaves the last text as it is. */
  end(): void
  /** Takes it away. */
  clear(): void
}

/** @example timeLeft(75) // '1 min 15 s left' */
export function timeLeft(secondsLeft: number): string {
  const seconds = Math.round(secondsLeft)
  if (seconds < 60) return `${seconds} s left`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s left`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min left`
}

/** A line in a notebook or on a terminal; undefined elsewhere. */
export function liveLine(): ProgressLine | undefined {
  const output = updatableOutput()
  if (output) {
    return {
      interval: INTERVAL,
      write: (line, done, total) =>
        output.replace({
          'text/html':
            `<progress value="${done}" max="${total || 1}" style="width:240px"></progress> ` +
            `<span>${escapeHtml(line)}</span>`,
          'text/plain': line,
        }),
      end: () => undefined,
      clear: () => output.replace({ 'text/html': '', 'text/plain': '' }),
    }
  }
  // Standard error: a command's standard output belongs to its result.
  const { stderr } = process
  if (!stderr.isTTY) return undefined
  return {
    interval: INTERVAL,
    write: line => stderr.write(`\r\x1b[2K${line.slice(0, (stderr.columns || 80) - 1)}`),
    end: () => stderr.write('\n'),
    clear: () => stderr.write('\r\x1b[2K'),
  }
}

/** {@link liveLine}, or plain lines on standard error. */
export function progressLine(): ProgressLine {
  return (
    liveLine() ?? {
      interval: LINE_INTERVAL,
      write: line => process.stderr.write(`${line}\n`),
      end: () => undefined,
      clear: () => undefined,
    }
  )
}
