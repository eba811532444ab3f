/**
 * What a command leaves behind, and how it is printed: as text for people, or with --json as one JSON document.
 */
import { printableJson } from '../base/printable.js'

/** The result of a command. */
export interface Report {
  /** The JSON document: an object. */
  readonly data: Readonly<Record<string, unknown>>
  /** The same for people, without a final line end. */
  readonly text: string
  /** Exit code, default 0. */
  readonly code?: number
}

/** A mistake in the command line: one line on standard error and exit code 2. */
export class UsageError extends RangeError {}

/**
 * A value as JSON. Numbers are numbers; the three that JSON lacks are the strings "Infinity", "-Infinity" and "NaN".
 * Typed arrays become arrays, and what has no value (undefined) is left out.
 * @example JSON.parse(json({ delta: Infinity })).delta // 'Infinity'
 */
export function json(value: unknown): string {
  const text = JSON.stringify(
    value,
    (_, entry: unknown) => {
      if (typeof entry === 'number' && !Number.isFinite(entry)) return String(entry)
      if (ArrayBuffer.isView(entry) && !(entry instanceof DataView)) return Array.from(entry as Float64Array)
      return entry
    },
    2,
  )
  return printableJson(text)
}
