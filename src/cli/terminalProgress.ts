/**
 * Progress of a command: on standard error, and only if a person watches it.
 */
import { type Progress, progress } from '../notebook/progress.js'

const SILENT: Progress = { update: () => undefined, finish: () => undefined }

/** A progress line with the time left, if standard error is a terminal; silence otherwise. */
export function terminalProgress(label: string, total: number): Progress {
  return process.stderr.isTTY ? progress(total, { label }) : SILENT
}
