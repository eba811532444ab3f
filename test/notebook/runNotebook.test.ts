import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { joined, type NotebookOutput, readNotebook } from '../../src/notebook/notebookFile.js'
import { type RunResult, runNotebook } from '../../src/notebook/runNotebook.js'
import { chromium, requireOrSkip, root } from '../support/capabilities.js'
import { compareOutputs } from './compareOutputs.js'

const fixtures = join(root, 'test', 'notebooks', 'fixtures')
const folder = mkdtempSync(join(tmpdir(), 'mfl-run-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const text = (output: NotebookOutput | undefined): string =>
  output?.output_type === 'stream' ? joined(output.text) : JSON.stringify(output)

describe('a notebook with every kind of output', () => {
  const path = join(folder, 'everything.ipynb')
  let first: RunResult
  const cells: number[] = []
  beforeAll(async () => {
    cpSync(join(fixtures, 'everything.ipynb'), path)
    first = await runNotebook(path, { write: true, onCell: ({ cell }) => cells.push(cell) })
  })
  const outputs = (index: number) => first.notebook.cells[index]?.outputs ?? []

  it('runs to its end, reporting each code cell that has content', () => {
    expect(first.failure).toBeUndefined()
    expect(cells).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  it('numbers the cells in the order of execution, and leaves an empty one without number', () => {
    const counts = first.notebook.cells.filter(cell => cell.cell_type === 'code').map(cell => cell.execution_count)
    expect(counts).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, null, 10])
  })

  it('joins what a cell prints into one output, stored line by line', () => {
    expect(outputs(2)).toEqual([
      { output_type: 'stream', name: 'stdout', text: ['one\n', '2.718281828459045 0.00002\n', 'three\n'] },
    ])
  })

  it('keeps only the last state of a progress display, without times', () => {
    expect(outputs(7)).toHaveLength(2)
    const [progress, sum] = outputs(7)
    expect(JSON.stringify(progress)).toContain('cells: 50 of 50 (100 %), done')
    expect(text(sum)).toBe('1225\n')
  })

  it('goes on after a cell that is to fail, and after one that may write to standard error', () => {
    expect(text(outputs(8)[0])).toContain('RangeError: on purpose')
    expect(text(outputs(9)[0])).toBe('a warning on purpose\n')
    expect(text(outputs(11)[0])).toBe('2\n')
  })

  it('stores the same bytes when it runs again', async () => {
    const before = readFileSync(path)
    const second = await runNotebook(path, { write: true })
    expect(second.failure).toBeUndefined()
    expect(compareOutputs(first.notebook, second.notebook)).toEqual([])
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it.skipIf(!requireOrSkip('Chromium', chromium !== undefined))(
    'stores a figure as Plotly JSON, PNG and text in one output',
    () => {
      expect(outputs(3)).toHaveLength(1)
      const { data } = outputs(3)[0] as { data: Record<string, unknown> }
      expect(Object.keys(data).sort()).toEqual(['application/vnd.plotly.v1+json', 'image/png', 'text/plain'])
      const png = Buffer.from(String(data['image/png']), 'base64')
      expect(png.subarray(1, 4).toString()).toBe('PNG')
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([940, 420])
    },
  )
})

describe('a run stops and says why', () => {
  it.each([
    ['throws', 1, /RangeError: the hypothesis fails/],
    ['type-error', 0, /Type 'number' is not assignable to type 'string'/],
    ['stderr', 0, /text on standard error:\nonly a line of text/],
    ['floating', 0, /nobody awaits this/],
    ['not-raising', 0, /tagged "raises-exception" but ran without an error/],
    ['dies', 0, /the kernel died \(signal SIGKILL\)/],
  ])('when the notebook is fixtures/%s', async (name, index, message) => {
    const path = join(folder, `${name}.ipynb`)
    cpSync(join(fixtures, `${name}.ipynb`), path)
    const before = readFileSync(path)
    const { failure, notebook } = await runNotebook(path, { write: true, timeout: 900 })
    expect(failure).toMatchObject({ index, message: expect.stringMatching(message) })
    expect(notebook.cells.slice(index + 1).every(cell => cell.outputs?.length === 0)).toBe(true)
    expect(readFileSync(path).equals(before), 'a failed run leaves the file alone').toBe(true)
  })

  it('when a cell takes longer than its time, and the kernel is gone afterwards', async () => {
    const { failure } = await runNotebook(join(fixtures, 'endless.ipynb'), { timeout: 1 })
    expect(failure).toMatchObject({ index: 0, message: expect.stringMatching(/did not end within 1 s/) })
  })

  it('when the kernel can not be started', async () => {
    const argv = [process.execPath, '-e', 'process.stderr.write("no such kernel"); process.exit(3)']
    const { failure } = await runNotebook(join(fixtures, 'throws.ipynb'), { argv })
    expect(failure).toMatchObject({ index: -1, message: 'the kernel died (exit code 3): no such kernel' })
  })

  it('when the file is not a notebook', async () => {
    await expect(runNotebook(join(root, 'package.json'))).rejects.toThrow(/is not a notebook of nbformat 4/)
    await expect(runNotebook(join(folder, 'absent.ipynb'))).rejects.toThrow(/can't be read as a notebook/)
    await expect(runNotebook(join(fixtures, 'throws.ipynb'), { timeout: 0 })).rejects.toThrow(/timeout must be/)
  })
})

it('leaves no kernel folder behind', () => {
  // Each run of this file's process has removed its own; others may be at work at the same time.
  expect(readdirSync(tmpdir()).filter(name => name.startsWith(`mfl-k-${process.pid}-`))).toEqual([])
})

it('without Chromium the figure keeps its JSON and says in the text why there is no image', async () => {
  const path = join(folder, 'no-browser.ipynb')
  cpSync(join(fixtures, 'everything.ipynb'), path)
  const { notebook, failure } = await runNotebook(path, { env: { CHROME_PATH: '/nonexistent/chromium' } })
  expect(failure).toBeUndefined()
  const { data } = notebook.cells[3]!.outputs![0] as { data: Record<string, unknown> }
  expect(Object.keys(data).sort()).toEqual(['application/vnd.plotly.v1+json', 'text/plain'])
  expect(joined(data['text/plain'] as string[])).toMatch(/\n\[no image: no Chromium found/)
  // The comparison does not hold that against the machine.
  const stored = readNotebook(join(folder, 'everything.ipynb'))
  expect(compareOutputs(stored, notebook)).toEqual([])
})
