/** Real processes that run an ensemble, for tests that kill them. */
import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plan } from '../../src/ensemble/plan/plan.js'

interface Line {
  readonly stored?: string
  readonly record?: string
  readonly end?: true
  readonly error?: string
}

export interface Driven {
  readonly child: ChildProcess
  /** Resolves when the first result is on the disk, or the process has ended. */
  readonly began: Promise<void>
  /** Resolves with everything that the process had printed when it ended. */
  readonly ended: Promise<{
    readonly stored: ReadonlyMap<string, string>
    readonly complete: boolean
    readonly error?: string
  }>
}

/**
 * @param folder of the store; the plan's file is put beside it @param uid of the user that the process becomes, needs
 * root
 */
export function drive(folder: string, plan: Plan, executor: 'inline' | 'threads', uid?: number): Driven {
  const planFile = `${folder}.plan.json`
  writeFileSync(planFile, JSON.stringify(plan))
  const driver = join(import.meta.dirname, 'driver.mjs')
  const child = spawn(
    process.execPath,
    [driver, folder, planFile, executor, ...(uid === undefined ? [] : [`${uid}`])],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const stored = new Map<string, string>()
  let complete = false
  let error: string | undefined
  let stderr = ''
  let rest = ''
  let begin = (): void => undefined
  const began = new Promise<void>(resolve => {
    begin = resolve
  })
  const read = (text: string): void => {
    const line: Line = JSON.parse(text)
    if (line.stored !== undefined) {
      stored.set(line.stored, line.record!)
      begin()
    }
    if (line.end) complete = true
    if (line.error !== undefined) error = line.error
  }
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop()!
    lines.forEach(read)
  })
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk
  })
  const ended = new Promise<Awaited<Driven['ended']>>(resolve => {
    child.on('close', () => {
      begin()
      if (stderr !== '') error ??= stderr
      resolve({ stored, complete, ...(error === undefined ? {} : { error }) })
    })
  })
  return { child, began, ended }
}

export const pause = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds))
