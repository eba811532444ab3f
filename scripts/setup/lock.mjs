// One set-up or build of a clone at a time: a folder as a lock, with the owner's process id inside.
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Problem, say } from './problem.mjs'

const POLL_MS = 100
const PATIENCE_MS = 15 * 60 * 1000
/** A lock without an owner's id this long was left by a process that died between two system calls. */
const ORPHAN_MS = 5000

const pause = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_MS)

const held = new Set()

function ownerOf(path) {
  try {
    return Number(readFileSync(join(path, 'pid'), 'utf8'))
  } catch {
    return undefined
  }
}

function abandoned(path) {
  const owner = ownerOf(path)
  if (owner === undefined) {
    try {
      return Date.now() - statSync(path).mtimeMs > ORPHAN_MS
    } catch {
      return false
    }
  }
  try {
    process.kill(owner, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

/**
 * @param {string} path of the lock
 * @param {() => T} action what to do while it is held; synchronous
 * @returns {T}
 * @template T
 */
export function withLock(path, action) {
  if (held.has(path)) return action()
  mkdirSync(dirname(path), { recursive: true })
  for (let waited = 0; ; waited += POLL_MS) {
    try {
      mkdirSync(path)
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (abandoned(path)) {
      rmSync(path, { recursive: true, force: true })
      continue
    }
    if (waited === 0) say(`waiting for another set-up of this clone (process ${ownerOf(path) ?? 'unknown'})`)
    if (waited > PATIENCE_MS) throw new Problem(`another set-up still holds ${path}; if none runs, remove it`)
    pause()
  }
  held.add(path)
  try {
    writeFileSync(join(path, 'pid'), String(process.pid))
    return action()
  } finally {
    held.delete(path)
    rmSync(path, { recursive: true, force: true })
  }
}
