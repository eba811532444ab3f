import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { once, RUN_FOLDER } from './once.js'

const before = process.env[RUN_FOLDER]
let run: string
beforeEach(() => {
  run = mkdtempSync(join(tmpdir(), 'mfl-once-'))
  process.env[RUN_FOLDER] = run
})
afterEach(() => {
  if (before !== undefined) process.env[RUN_FOLDER] = before
  rmSync(run, { recursive: true, force: true })
})

describe('what is made once', () => {
  it('is made once by those who ask together, and whole for all', async () => {
    let made = 0
    const make = async (folder: string): Promise<void> => {
      made++
      writeFileSync(join(folder, 'half'), '')
      await new Promise(resolve => setTimeout(resolve, 100))
      writeFileSync(join(folder, 'whole'), 'yes')
    }
    const folders = await Promise.all([1, 2, 3].map(() => once('a/b', make)))
    for (const folder of folders) expect(readFileSync(join(folder, 'whole'), 'utf8')).toBe('yes')
    expect(made).toBe(1)
  })

  it('that failed is made by the next one', async () => {
    const fail = (folder: string): never => {
      writeFileSync(join(folder, 'left'), '')
      throw new Error('on purpose')
    }
    await expect(once('c', fail)).rejects.toThrow('on purpose')
    const folder = await once('c', into => writeFileSync(join(into, 'made'), ''))
    expect(() => readFileSync(join(folder, 'left'))).toThrow(/ENOENT/)
    expect(readFileSync(join(folder, 'made'), 'utf8')).toBe('')
  })

  it('by a process that died is made anew, and one that lives is waited for', async () => {
    mkdirSync(join(run, 'd.half'))
    const other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'])
    writeFileSync(join(run, 'd.lock'), String(other.pid))
    let made = false
    const waiting = once('d', () => {
      made = true
    })
    await new Promise(resolve => setTimeout(resolve, 200))
    expect(made).toBe(false)
    const ended = new Promise(resolve => other.once('exit', resolve))
    other.kill('SIGKILL')
    await ended
    await waiting
    expect(made).toBe(true)
  })
})
