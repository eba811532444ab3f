/**
 * JSON files that the command line is given.
 */
import { readFileSync } from 'node:fs'
import { UsageError } from './report.js'

/** The value of a JSON file. @throws UsageError for a file that cannot be read as JSON */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new UsageError(`cannot read ${path} as JSON: ${(error as Error).message}`)
  }
}
