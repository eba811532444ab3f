// Every notebook of the walkthrough, executed headless in a fresh kernel, gives the outputs that are stored in it.
// New outputs: `npx mfl run --write notebooks/*.ipynb`.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { joined, type Notebook, readNotebook } from '../../src/notebook/notebookFile.js'
import { notebookFiles } from '../../src/notebook/notebookFolder.js'
import { runNotebook } from '../../src/notebook/runNotebook.js'
import { compareOutputs, type OutputDifference } from '../notebook/compareOutputs.js'
import { root } from '../support/capabilities.js'

const folder = join(root, 'notebooks')
const names = notebookFiles(root)

/**
 * The outputs are stored by Node 20. On another version Math.exp, Math.sin, ... may differ in the last bit, and a search
 * that takes thousands of decisions then stops at another point, as good to its tolerance: cells tagged `search`.
 */
const SAME_ENGINE = process.versions.node.startsWith('20.')

function split(differences: OutputDifference[], { cells }: Notebook): Record<'exact' | 'searched', OutputDifference[]> {
  const tagged = new Set(
    cells.filter(cell => (cell.metadata.tags as string[] | undefined)?.includes('search')).map(cell => cell.id),
  )
  return {
    exact: differences.filter(difference => !tagged.has(difference.cell)),
    searched: differences.filter(difference => tagged.has(difference.cell)),
  }
}

/** The line of every verdict card that names the status. */
function verdicts(notebook: Notebook): string[] {
  return JSON.stringify(notebook.cells.map(cell => cell.outputs)).match(/\[[✔✘≈?][^\]]*\]/gu) ?? []
}

describe.skipIf(names.length === 0)('a notebook of the walkthrough', () => {
  it.each(names)('%s gives its stored outputs', async name => {
    const path = join(folder, name)
    const { notebook, failure } = await runNotebook(path)
    expect(failure, failure && `cell ${failure.index}: ${failure.message}`).toBeUndefined()
    const stored = readNotebook(path)
    const { exact, searched } = split(compareOutputs(stored, notebook), stored)
    expect(exact).toEqual([])
    if (SAME_ENGINE) expect(searched).toEqual([])
    // Whatever the last digits: the same verdicts.
    expect(verdicts(notebook)).toEqual(verdicts(stored))
  })

  it.each(names)('%s is stored executed in order, with ids, our kernel and no leftover of an error', name => {
    const notebook = readNotebook(join(folder, name))
    const code = notebook.cells.filter(cell => cell.cell_type === 'code' && joined(cell.source).trim())
    expect(code.map(cell => cell.execution_count)).toEqual(code.map((_, i) => i + 1))
    expect(new Set(notebook.cells.map(cell => cell.id)).size).toBe(notebook.cells.length)
    expect(notebook.metadata.kernelspec).toMatchObject({ name: 'mean-field-limit' })
    expect(readFileSync(join(folder, name), 'utf8')).not.toContain('"output_type": "error"')
  })
})

describe('this check would notice', () => {
  it('another verdict', () => {
    const path = join(folder, '06-lipschitz-log-growth.ipynb')
    const other = JSON.parse(readFileSync(path, 'utf8').replaceAll('fails as printed]', 'holds]')) as Notebook
    expect(verdicts(readNotebook(path)).length).toBeGreaterThan(1)
    expect(verdicts(other)).not.toEqual(verdicts(readNotebook(path)))
  })

  const temporary = mkdtempSync(join(tmpdir(), 'mfl-notebooks-'))
  afterAll(() => rmSync(temporary, { recursive: true, force: true }))

  it('a stored number that the run does not give', async () => {
    const path = join(temporary, 'simple.ipynb')
    cpSync(join(root, 'test', 'notebooks', 'fixtures', 'simple.ipynb'), path)
    expect((await runNotebook(path, { write: true })).failure).toBeUndefined()
    writeFileSync(path, readFileSync(path, 'utf8').replace('2.718281828459045', '2.718281838459045'))
    const { notebook } = await runNotebook(path)
    expect(compareOutputs(readNotebook(path), notebook)).toHaveLength(1)
  })
})
