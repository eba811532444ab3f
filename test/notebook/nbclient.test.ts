import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installKernelspec } from '../../src/notebook/kernel/installKernelspec.js'
import { readNotebook } from '../../src/notebook/notebookFile.js'
import { runNotebook } from '../../src/notebook/runNotebook.js'
import { jupyter, requireOrSkip, root } from '../support/capabilities.js'
import { compareOutputs } from './compareOutputs.js'

const fixtures = join(root, 'test', 'notebooks', 'fixtures')

describe.skipIf(!requireOrSkip('JupyterLab', jupyter !== undefined))('nbclient', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mfl-nbclient-'))
  const env = { ...process.env, JUPYTER_PATH: join(folder, 'share', 'jupyter') }
  beforeAll(() => void installKernelspec({ prefix: folder }))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const execute = (path: string) =>
    spawnSync(jupyter!, ['execute', '--inplace', path], { cwd: folder, env, encoding: 'utf8' })

  it('finds the kernelspec by JUPYTER_PATH', () => {
    const { stdout } = spawnSync(jupyter!, ['kernelspec', 'list', '--json'], { env, encoding: 'utf8' })
    const found = JSON.parse(stdout).kernelspecs['mean-field-limit']
    expect(found.resource_dir).toBe(join(folder, 'share', 'jupyter', 'kernels', 'mean-field-limit'))
  })

  it('executes a notebook with it and gets the outputs that our own runner gets, in the same bytes', async () => {
    const ours = join(folder, 'ours.ipynb')
    const theirs = join(folder, 'theirs.ipynb')
    for (const path of [ours, theirs]) cpSync(join(fixtures, 'simple.ipynb'), path)
    expect((await runNotebook(ours, { write: true })).failure).toBeUndefined()
    const { status, stderr } = execute(theirs)
    expect(status, stderr).toBe(0)
    expect(compareOutputs(readNotebook(ours), readNotebook(theirs))).toEqual([])
    // nbclient stamps each cell with the time of its execution.
    const cells = (path: string) =>
      readNotebook(path).cells.map(({ metadata: { execution: _, ...metadata }, ...cell }) => ({ ...cell, metadata }))
    expect(cells(theirs)).toEqual(cells(ours))
  })

  it('writes a notebook as we do, byte for byte', () => {
    const path = join(folder, 'ours.ipynb')
    const script = `import nbformat, sys; nbformat.write(nbformat.read(sys.argv[1], 4), sys.argv[2])`
    const python = jupyter!.replace(/jupyter(\.exe)?$/, 'python$1')
    const copy = join(folder, 'copy.ipynb')
    const { status, stderr } = spawnSync(python, ['-c', script, path, copy], { encoding: 'utf8' })
    expect(status, stderr).toBe(0)
    expect(readFileSync(copy, 'utf8')).toBe(readFileSync(path, 'utf8'))
  })

  it('stops at a failing cell', () => {
    const path = join(folder, 'throws.ipynb')
    cpSync(join(fixtures, 'throws.ipynb'), path)
    const { status, stderr } = execute(path)
    expect(status).not.toBe(0)
    expect(stderr).toContain('hypothesis fails')
  })
})
