/**
 * A notebook of the walkthrough, executed headless in a fresh kernel and compared with the outputs that are stored in
 * it.
 */
import { join } from 'node:path'
import { expect } from 'vitest'
import { joined, type Notebook, readNotebook } from '../../src/notebook/notebookFile.js'
import { notebookFiles } from '../../src/notebook/notebookFolder.js'
import { runNotebook } from '../../src/notebook/runNotebook.js'
import { compareOutputs, type OutputDifference } from '../notebook/compareOutputs.js'
import { root } from '../support/capabilities.js'

export const folder: string = join(root, 'notebooks')

/** All notebooks, those left to the full tests among them. */
export const names: readonly string[] = notebookFiles(root)

/** Whether it tells its readers that it takes as long as all others are below: the full tests run it. */
export const isLong = (name: string): boolean =>
  readNotebook(join(folder, name)).cells.some(cell => joined(cell.source).includes('**Running time:** about a minute'))

/** Runs it, and compares all that it shows with what is stored. */
export async function givesStoredOutputs(name: string): Promise<void> {
  const path = join(folder, name)
  const { notebook, failure } = await runNotebook(path)
  expect(failure, failure && `cell ${failure.index}: ${failure.message}`).toBeUndefined()
  const stored = readNotebook(path)
  const { exact, searched } = split(compareOutputs(stored, notebook), stored)
  expect(exact).toEqual([])
  if (SAME_ENGINE) expect(searched).toEqual([])
  // Whatever the last digits: the same verdicts.
  expect(verdicts(notebook)).toEqual(verdicts(stored))
}

/**
 * The outputs are stored by Node 20. On another version Math.exp, Math.sin, ... may differ in the last bit, and a
 * search that takes thousands of decisions then stops at another point, as good to its tolerance: cells tagged
 * `search`.
 */
const SAME_ENGINE = process.versions.node.startsWith('20.')

/** The differences in cells tagged `search`, and all others. */
export function split(
  differences: OutputDifference[],
  { cells }: Notebook,
): Record<'exact' | 'searched', OutputDifference[]> {
  const tagged = new Set(
    cells.filter(cell => (cell.metadata.tags as string[] | undefined)?.includes('search')).map(cell => cell.id),
  )
  return {
    exact: differences.filter(difference => !tagged.has(difference.cell)),
    searched: differences.filter(difference => tagged.has(difference.cell)),
  }
}

/** The line of every verdict card that names the status. */
export function verdicts(notebook: Notebook): string[] {
  return JSON.stringify(notebook.cells.map(cell => cell.outputs)).match(/\[[✔✘≈?][^\]]*\]/gu) ?? []
}
