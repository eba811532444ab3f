import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { reporting } from '../../src/base/progress.js'
import { progress } from '../../src/notebook/progress.js'
import { progressBars } from '../../src/notebook/progressBar.js'
import { runNotebook } from '../../src/notebook/runNotebook.js'

describe('the bar of a call on a terminal', () => {
  Object.defineProperty(process.stderr, 'isTTY', { value: process.stderr.isTTY, configurable: true, writable: true })
  afterEach(() => {
    vi.restoreAllMocks()
    progressBars('on')
    delete process.env.MFL_PROGRESS
  })
  /** What a call of four seconds by a clock moved by hand writes to standard error. */
  const written = async (tty: boolean): Promise<string[]> => {
    const lines: string[] = []
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => now)
    vi.spyOn(process.stderr, 'write').mockImplementation(text => lines.push(String(text)) > 0)
    vi.spyOn(process.stderr, 'isTTY', 'get').mockReturnValue(tty as true)
    await reporting('coupledFlow', {}, async report => {
      for (; now < 4000; now += 1000) report(now / 4000, 'steps')
    })
    vi.restoreAllMocks()
    return lines
  }

  it('is one line with the time left, and nothing is left of it', async () => {
    expect(await written(true)).toEqual([
      '\r\x1b[2KcoupledFlow: 25 %, 3 s left, steps',
      '\r\x1b[2KcoupledFlow: 50 %, 2 s left, steps',
      '\r\x1b[2KcoupledFlow: 75 %, 1 s left, steps',
      '\r\x1b[2K',
    ])
  })

  it('is not shown where standard error is no terminal, nor where it is switched off', async () => {
    expect(await written(false)).toEqual([])
    process.env.MFL_PROGRESS = '0'
    expect(await written(true)).toEqual([])
    delete process.env.MFL_PROGRESS
    progressBars('off')
    expect(await written(true)).toEqual([])
    expect(() => progressBars('maybe' as never)).toThrow('state must be one of "on", "off", got "maybe"')
  })

  it('is not shown beside a display of progress()', async () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const own = progress(10)
    expect(await written(true)).toEqual([])
    own.finish()
    expect(await written(true)).toHaveLength(4)
  })
})

describe('the bar of a call in a notebook', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mfl-bar-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'bar.ipynb')
  const source = [
    "import { cutoffKernel, gaussianLaw, microscopicFlow, randomStream } from 'mean-field-limit'",
    "const Z = gaussianLaw().sample(8, randomStream('bar'))",
    'const wait = () => new Promise(resolve => setTimeout(resolve, 450))',
    'const options = { T: 1, steps: 4, outputs: 4, onOutput: wait }',
    'console.log((await microscopicFlow(Z, cutoffKernel({ N: 8, delta: 0.25 }), options)).steps)',
  ].join('\n')
  const cell = { cell_type: 'code', id: 'a', metadata: {}, source, outputs: [], execution_count: null }
  writeFileSync(path, JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 }))

  it('is in no stored output of our runner', async () => {
    const { notebook, failure } = await runNotebook(path)
    expect(failure).toBeUndefined()
    expect(notebook.cells[0]!.outputs).toEqual([{ output_type: 'stream', name: 'stdout', text: ['4\n'] }])
  })

  it('is shown where it is wanted, and is empty in the end', async () => {
    const { notebook, failure } = await runNotebook(path, { env: { MFL_PROGRESS: '1' } })
    expect(failure).toBeUndefined()
    const outputs = notebook.cells[0]!.outputs as unknown as { output_type: string; data?: Record<string, unknown> }[]
    const bars = outputs.filter(({ output_type }) => output_type === 'display_data')
    expect(bars).toHaveLength(1)
    expect(JSON.stringify(bars[0]!.data)).not.toMatch(/%|left/)
  })
})
