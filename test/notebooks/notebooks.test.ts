// Every notebook of the walkthrough, executed headless in a fresh kernel, gives the outputs that are stored in it; what
// takes about a minute is left to the full tests. New outputs: `npx mfl run --write notebooks/*.ipynb`.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { joined, type Notebook, readNotebook } from '../../src/notebook/notebookFile.js'
import { runNotebook } from '../../src/notebook/runNotebook.js'
import { compareOutputs } from '../notebook/compareOutputs.js'
import { root } from '../support/capabilities.js'
import { folder, givesStoredOutputs, isLong, names, verdicts } from './storedOutputs.js'

describe.skipIf(names.length === 0)('a notebook of the walkthrough', () => {
  it.each(names.filter(name => !isLong(name)))('%s gives its stored outputs', givesStoredOutputs)

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
