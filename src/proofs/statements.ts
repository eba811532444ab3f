/**
 * The statements that have a file, and what they refer to.
 */
import { requireOneOf } from '../base/errors.js'
import type { Statement } from './certificate.js'
import { referencesOf } from './checkCertificate.js'
import { statements } from './statements.generated.js'

/** The ids of all statements, in the order of their files. */
export const statementIds: readonly string[] = statements.map(({ id }) => id)

/**
 * A statement. @throws RangeError for an id that does not exist
 * @example statementById('cubic-gradient').kind // 'supremum'
 */
export function statementById(id: string): Statement {
  requireOneOf('id', id, statementIds)
  return statements.find(statement => statement.id === id)!
}

/**
 * Statements with all that they refer to, each after those.
 * @throws RangeError for an id that does not exist, or for statements that refer to each other in a circle
 * @example statementsFor(['kernel-difference-sharp']).map(({ id }) => id)
 *   // ['kernel-difference', 'kernel-difference-sharp']
 */
export function statementsFor(ids: readonly string[] = statementIds): Statement[] {
  if (!Array.isArray(ids)) throw new TypeError('ids must be an array of ids')
  const ordered = new Set<Statement>()
  const add = (id: string, path: readonly string[]): void => {
    if (path.includes(id)) throw new RangeError(`ids must not refer to each other in a circle, got ${path.join(', ')}`)
    const statement = statementById(id)
    for (const other of referencesOf(statement)) add(other, [...path, id])
    ordered.add(statement)
  }
  for (const id of ids) add(id, [])
  return [...ordered]
}
