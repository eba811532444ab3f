// Errors of cells: as messages of Jupyter's protocol, as text that leads to the line, and as Jupyter's own tools see
// them.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installKernelspec } from '../../../src/notebook/kernel/installKernelspec.js'
import { type KernelClient, startKernel } from '../../../src/notebook/kernel/kernelClient.js'
import type { KernelMessage } from '../../../src/notebook/kernel/kernelMessage.js'
import { type NotebookOutput, readNotebook } from '../../../src/notebook/notebookFile.js'
import { runNotebook } from '../../../src/notebook/runNotebook.js'
import { jupyter, requireOrSkip, root } from '../../support/capabilities.js'

const folder = mkdtempSync(join(tmpdir(), 'mfl-errors-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a failed cell', () => {
  let kernel: KernelClient
  beforeAll(async () => {
    kernel = await startKernel({ cwd: join(root, 'notebooks') })
  })
  afterAll(() => kernel.shutdown())

  const send = async (code: string) => {
    const published: KernelMessage[] = []
    const content = { code, silent: false, store_history: true, user_expressions: {}, stop_on_error: false }
    const reply = await kernel.request('execute_request', content, message => published.push(message))
    const of = (type: string) => published.filter(({ header }) => header.msg_type === type).map(each => each.content)
    return { reply: reply.content, error: of('error')[0], input: of('execute_input'), stream: of('stream') }
  }
  const traceback = async (code: string) => (((await send(code)).error?.traceback ?? []) as string[]).join('\n')

  it('is an error message and an error reply, with its number in execute_input', async () => {
    const { reply, error, input } = await send(`throw new RangeError('of h')`)
    const same = { ename: 'RangeError', evalue: 'of h' }
    expect(error).toMatchObject(same)
    expect(reply).toMatchObject({ status: 'error', ...same, traceback: error!.traceback })
    expect(input).toEqual([{ code: `throw new RangeError('of h')`, execution_count: reply.execution_count }])
  })

  it('does not make the cells that wait be dropped where the client wants to go on', async () => {
    const replies = await Promise.all([send(`throw new Error('first')`), send('1 + 1'), send('2 + 2')])
    expect(replies.map(({ reply }) => reply.status)).toEqual(['error', 'ok', 'ok'])
  })

  it('shows the line that was written, though types above it are gone when it runs, and no frame of the library', async () => {
    const code = [
      `import { cutoffKernel } from 'mean-field-limit'`,
      'interface Pair {',
      '  x: number',
      '}',
      'const pair: Pair = { x: -3 }',
      'const k = cutoffKernel({ N: pair.x, delta: 0.25 })',
    ].join('\n')
    const shown = (await traceback(code)).split('\n')
    expect(shown[0]).toBe('RangeError: N must be an integer >= 1, got -3')
    expect(shown[1]).toMatch(/^cell \[\d+\], line 6$/)
    expect(shown.slice(2)).toEqual([
      '  4 | }',
      '  5 | const pair: Pair = { x: -3 }',
      '> 6 | const k = cutoffKernel({ N: pair.x, delta: 0.25 })',
      // The call or its argument.
      expect.stringMatching(/^ {4}\| {11,23}\^$/),
    ])
  })

  it('names the earlier cell whose function threw, and the line that called it', async () => {
    await send('function f(x: number): number {\n  throw new Error("at " + x)\n}')
    expect(await traceback('const y = 1\nf(y)')).toMatch(
      /^Error: at 1\ncell \[\d+\], line 2\n[\s\S]*> 2 \| {3}throw[\s\S]*called from cell \[\d+\], line 2\n[\s\S]*> 2 \| f\(y\)/,
    )
  })

  it('that does not compile shows its own line, and how a function wants to be called', async () => {
    await send(`import { microscopicFlow, show } from 'mean-field-limit'`)
    expect(await traceback('const a = 1\nconst b: string = a')).toMatch(
      /^CompileError: Type 'number' is not assignable to type 'string'.\ncell \[\d+\], line 2\n/,
    )
    const arity = await traceback('await microscopicFlow()')
    expect(arity).toContain('CompileError: Expected 3 arguments, but got 0.')
    expect(arity).toContain('call it as microscopicFlow(start: Configuration | Uint8Array, kernel: Kernel, options:')
    expect(arity).toMatch(/for example\n {2}\S/)
  })

  it.each([
    ['const { x } = slow', 'slow'],
    ['slow.x + 1', 'slow'],
    ['show(slow)', 'slow'],
    ['const n: number = Promise.resolve(1)', 'Promise.resolve(1)'],
    ['const any: any = slow\nany.x.y', 'any'],
  ])('by a forgotten await is told so: %s', async (code, name) => {
    await send('const slow = Promise.resolve({ x: 1 })')
    expect(await traceback(code)).toContain(`did you forget await before ${name}?`)
  })

  it('is not told of await where a promise is wanted and something else given', async () => {
    const shown = await traceback('const p: Promise<number> = 3')
    expect(shown).toContain('is not assignable to type')
    expect(shown).not.toContain('await')
  })

  it('reports a rejection that nobody awaits on standard error before its reply', async () => {
    const { reply, stream } = await send(`void Promise.reject(new Error('alone'))`)
    expect(reply.status).toBe('ok')
    expect(stream).toEqual([
      { name: 'stderr', text: expect.stringMatching(/nobody awaited[\s\S]*Error: alone\ncell \[/) },
    ])
  })
})

/** A notebook of code cells. */
function notebook(name: string, sources: readonly string[]): string {
  const cells = sources.map((source, i) => {
    return { cell_type: 'code', id: `c${i}`, metadata: {}, source, outputs: [], execution_count: null }
  })
  const kernelspec = { name: 'mean-field-limit', display_name: 'TypeScript', language: 'typescript' }
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 }))
  return path
}

describe.skipIf(!requireOrSkip('JupyterLab', jupyter !== undefined))('nbconvert', () => {
  const sources = ['1 + 1', `throw new RangeError('of the hypothesis')`, '2 + 2']
  const convert = (path: string, ...options: string[]) => {
    installKernelspec({ prefix: folder })
    const env = { ...process.env, JUPYTER_PATH: join(folder, 'share', 'jupyter') }
    const words = ['nbconvert', '--to', 'notebook', '--execute', '--inplace', ...options, path]
    return spawnSync(jupyter!, words, { cwd: folder, env, encoding: 'utf8', timeout: 120_000 })
  }

  it('ends at the failing cell with the error in its output', () => {
    const { status, stderr } = convert(notebook('stops.ipynb', sources))
    expect(status).not.toBe(0)
    expect(stderr).toContain('RangeError: of the hypothesis')
  })

  it('stores the error and goes on where errors are allowed', () => {
    const path = notebook('goes-on.ipynb', sources)
    const { status, stderr } = convert(path, '--allow-errors')
    expect(status, stderr).toBe(0)
    const { cells } = readNotebook(path)
    expect(cells.map(cell => cell.execution_count)).toEqual([1, 2, 3])
    const error = cells[1]!.outputs![0] as Extract<NotebookOutput, { output_type: 'error' }>
    expect(error).toMatchObject({ output_type: 'error', ename: 'RangeError', evalue: 'of the hypothesis' })
    expect(JSON.stringify(cells[2]!.outputs)).toContain('4\\n')
  })
})

describe('a file that is no notebook is refused in one line that names it', () => {
  const valid = { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 }
  const code = { cell_type: 'code', metadata: {}, source: '1', outputs: [] }
  it.each([
    ['not JSON', '{"cells": [\n', /can't be read as a notebook: /],
    ['null', 'null', /is not a notebook of nbformat 4: /],
    ['no cells', JSON.stringify({ ...valid, cells: undefined }), /: cells: /],
    ['an older format', JSON.stringify({ ...valid, nbformat: 3 }), /: nbformat: /],
    ['a cell that is a number', JSON.stringify({ ...valid, cells: [7] }), /: cells\.0: /],
    [
      'a cell without source',
      JSON.stringify({ ...valid, cells: [{ ...code, source: undefined }] }),
      /cells\.0\.source: /,
    ],
    ['tags that are no list', JSON.stringify({ ...valid, cells: [{ ...code, metadata: { tags: 1 } }] }), /tags: /],
    [
      'an unknown output',
      JSON.stringify({ ...valid, cells: [{ ...code, outputs: [{}] }] }),
      /outputs\.0\.output_type: /,
    ],
  ])('%s', async (_, content, message) => {
    const path = join(folder, 'broken.ipynb')
    writeFileSync(path, content)
    const error = await runNotebook(path).then(
      () => undefined,
      (thrown: Error) => thrown,
    )
    expect(error?.message).toMatch(message)
    expect(error?.message.startsWith(path)).toBe(true)
    expect(error?.message).not.toContain('\n')
    expect(readFileSync(path, 'utf8')).toBe(content)
  })
})
