/** Runs the cells of a page of the book as a reader does, and reads what they show. */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { needsClone } from '../../src/book/site/notebookPage.js'
import {
  joined,
  type Notebook,
  type NotebookCell,
  type NotebookOutput,
  readNotebook,
} from '../../src/notebook/notebookFile.js'
import { root } from '../support/capabilities.js'
import { PATIENCE } from './bookVisit.js'

/** Whether a cell has buttons in the book. */
export const runs = (cell: NotebookCell): boolean =>
  cell.cell_type === 'code' && joined(cell.source).trim() !== '' && !needsClone(cell)

/** Presses "Run all" and waits for the end. @returns what the page says then */
export async function runAll(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Run all' }).click()
  const status = page.locator('.run-bar [role=status]')
  await status.filter({ hasText: /^Done|failed|ended|could not/ }).waitFor({ timeout: PATIENCE })
  return (await status.textContent()) ?? ''
}

/** The outputs of all cells of the page, as a notebook would store them. */
export async function outputsOf(page: Page): Promise<readonly (readonly NotebookOutput[])[]> {
  return page.evaluate(() => (window as unknown as { mflOutputs(): NotebookOutput[][] }).mflOutputs())
}

/** A notebook, and the same one with the outputs of the page. */
export async function bothOf(
  page: Page,
  file: string,
): Promise<{ readonly stored: Notebook; readonly fresh: Notebook }> {
  const stored = readNotebook(join(root, 'notebooks', file))
  const outputs = [...(await outputsOf(page))]
  const cells = stored.cells.map(cell => (runs(cell) ? { ...cell, outputs: visible(outputs.shift() ?? []) } : cell))
  return { stored, fresh: { ...stored, cells } }
}

/** Without the bars that have been taken away. */
const visible = (outputs: readonly NotebookOutput[]): NotebookOutput[] =>
  outputs.filter(output => output.output_type !== 'display_data' || output.data['text/plain'] !== '')
