/**
 * Which processes are at work on an ensemble: each keeps a small file in DIR/runs up to date. For `status`, and so that
 * two runs begin at different ends.
 */
import { randomBytes } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomic } from '../../files/files.js'
import { readNote } from './readNote.js'

/** What a run says about itself. */
export interface RunState {
  readonly run: string
  readonly host: string
  readonly pid: number
  readonly executor: string
  /** 'k/K', or '' for all jobs. */
  readonly shard: string
  /** Milliseconds since 1970. */
  readonly started: number
  readonly updated: number
  /** Of this run: jobs on the disk, failed, and still to do as far as is known. */
  readonly done: number
  readonly failed: number
  readonly remaining: number
  /** Seconds, null while unknown. */
  readonly secondsLeft: number | null
  /** Titles of the jobs being computed, as far as that is known. */
  readonly running: readonly string[]
}

const count = z.int().min(0)
const runSchema: z.ZodType<RunState> = z.object({
  run: z.string(),
  host: z.string(),
  pid: z.int().min(1),
  executor: z.string(),
  shard: z.string(),
  started: z.number().min(0),
  updated: z.number().min(0),
  done: count,
  failed: count,
  remaining: count,
  secondsLeft: z.number().min(0).nullable(),
  running: z.array(z.string()),
})

/** After so long without a sign a run on another host is taken for dead. */
const SILENCE = 600_000

interface RunMark {
  update(state: Omit<RunState, 'run' | 'host' | 'pid' | 'started' | 'updated'>): void
  remove(): void
}

/** Announces this process. @throws Error in one sentence if the folder cannot be written */
export function markRun(folder: string): RunMark {
  const run = randomBytes(6).toString('hex')
  const path = join(folder, 'runs', `${run}.json`)
  const started = Date.now()
  return {
    update: state => {
      const full: RunState = { run, host: hostname(), pid: process.pid, started, updated: Date.now(), ...state }
      writeFileAtomic(path, `${JSON.stringify(full)}\n`)
    },
    remove: () => rmSync(path, { force: true }),
  }
}

/**
 * The runs that are alive; files of dead ones are removed where that is allowed.
 * @throws Error that names a file of DIR/runs that is no state of a run
 */
export function liveRuns(folder: string): RunState[] {
  const runs = join(folder, 'runs')
  const alive: RunState[] = []
  for (const file of filesOf(runs)) {
    const path = join(runs, file)
    const state = readNote(path, runSchema, 'state of a run')
    if (state === undefined) continue
    if (isAlive(state)) alive.push(state)
    else removeIfAllowed(path)
  }
  return alive.sort((a, b) => a.started - b.started)
}

function removeIfAllowed(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // The folder may only be read.
  }
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder).filter(file => file.endsWith('.json'))
  } catch {
    return []
  }
}

function isAlive({ host, pid, updated }: RunState): boolean {
  if (host !== hostname()) return Date.now() - updated < SILENCE
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
