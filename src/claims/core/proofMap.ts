/**
 * The map of the proof, from the places that the claims declare: a box for every statement, and what it feeds.
 */
import type { Claim } from './claim.js'

/** A statement on the map. Columns run from the model (0) to the theorems (4); rows from top to bottom. */
export interface ProofNode {
  readonly id: string
  readonly label: string
  readonly gist: string
  readonly column: number
  readonly row: number
  /** Notebook file name without extension. */
  readonly notebook: string
  /** Ids of the ledger's claims on the statements that the label names; the box leads to the first. */
  readonly claims: readonly string[]
  /** Ids of its claims on steps of the proof, which may fail although the statement holds. */
  readonly steps: readonly string[]
  /** Ids of the statements that it is used in. */
  readonly feeds: readonly string[]
  /** Whether it is one of the theorems of the paper. */
  readonly theorem: boolean
}

/**
 * The boxes, column by column.
 * @param claims in the ledger's order
 * @example proofMap(claims).find(({ id }) => id === '7.2').steps // ['7.2.57']
 */
export function proofMap(claims: readonly Claim[]): ProofNode[] {
  const idsWith = (relation: 'partOf' | 'stepOf', id: string): string[] =>
    claims
      .filter(({ place }) => place !== undefined && (place as Record<string, unknown>)[relation] === id)
      .map(claim => claim.id)
  return claims
    .flatMap(({ id, notebook, place }): ProofNode[] => {
      if (place === undefined || !('gist' in place)) return []
      const related = { claims: [id, ...idsWith('partOf', id)], steps: idsWith('stepOf', id) }
      const { theorem = false } = place
      return [{ id, ...place, notebook: notebook.replace(/\.ipynb.*$/, ''), ...related, theorem }]
    })
    .sort((a, b) => a.column - b.column || a.row - b.row)
}
