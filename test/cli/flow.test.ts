// mfl flow, as a process: its numbers against the library, its verdict on the hypothesis, its table on disk.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readTable } from '../../src/files/parquetTable.js'
import { coupledFlow } from '../../src/flow/coupled/coupledFlow.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import { root } from '../support/capabilities.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mfl-flow-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function flow(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const command = [join(root, 'scripts', 'mfl.mjs'), 'flow', ...args]
  return spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 })
}

describe('mfl flow', () => {
  it('gives the run of the library, and a table that reads back', async () => {
    const { status, stdout } = flow('--n', '64', '--delta', '0.25', '--time', '0.25', '--out', 'run.parquet', '--json')
    expect(status).toBe(0)
    const document = JSON.parse(stdout)
    const run = await coupledFlow({ law: gaussianLaw(), N: 64, delta: 0.25, T: 0.25, seed: document.parameters.seed })
    expect(document.columns.position).toEqual(Array.from(run.columns.position!))
    expect(document.hypothesis).toBe(true)
    const { columns } = await readTable(join(folder, 'run.parquet'))
    expect(Array.from(columns.position as ArrayLike<number>)).toEqual(document.columns.position)
    expect(readdirSync(folder)).toEqual(['run.parquet'])
  })

  it('says when delta is outside the hypothesis of Theorem 4.2, and only then', () => {
    const sentence = /delta = 0\.7 is outside the hypothesis of Theorem 4\.2/
    const outside = flow('--n', '32', '--delta', '0.7', '--time', '0.25')
    expect(outside.status).toBe(0)
    expect(outside.stdout).toMatch(sentence)
    expect(flow('--n', '32', '--delta', '0.3', '--time', '0.25').stdout).not.toContain('outside the hypothesis')
    expect(JSON.parse(flow('--n', '32', '--delta', '0.7', '--time', '0.25', '--json').stdout).hypothesis).toBe(false)
  })

  it('refuses a wrong number before any work, and leaves nothing behind', () => {
    const { status, stderr } = flow('--n', '-3', '--delta', '0.25', '--time', '1', '--out', 'wrong.parquet')
    expect(status).not.toBe(0)
    expect(stderr).toMatch(/--n must be a whole number in .*; got "-3"/)
    expect(readdirSync(folder)).not.toContain('wrong.parquet')
  })
})
