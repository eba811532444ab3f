/**
 * A folder or file that a command line names.
 */
import { quote } from '../base/errors.js'
import { UsageError } from './report.js'

/**
 * The path, unless it is none: an empty one would be the current folder without saying so.
 * @param name as the command line calls it
 * @throws UsageError for an empty path, one of blanks, or one with a zero byte
 * @example requirePath('--out', 'runs/curve') // 'runs/curve'
 */
export function requirePath(name: string, path: string): string {
  if (path.trim() === '' || path.includes('\0')) {
    throw new UsageError(`${name} must be a path, which is not empty and has no zero byte; got ${quote(path)}`)
  }
  return path
}
