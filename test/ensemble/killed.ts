/**
 * The experiment of the kill tests: a run that is killed at random instants, resumed each time, and compared at the
 * end.
 */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { randomStream } from '../../src/base/random.js'
import { inlineExecutor } from '../../src/ensemble/executors/inlineExecutor.js'
import { runEnsemble } from '../../src/ensemble/run/runEnsemble.js'
import { encodeRecord } from '../../src/ensemble/store/jobRecord.js'
import { liveRuns } from '../../src/ensemble/store/liveRuns.js'
import { openStore } from '../../src/ensemble/store/store.js'
import { smallPlan } from './plans.js'
import { drive, pause } from './processes.js'

/** 60 jobs of tens of milliseconds for each kill: no single life finishes them. */
const JOBS_PER_KILL = 60

/** Starts a run, kills it with SIGKILL at a random instant, as often as asked; then lets it finish. */
export async function killAndResume(folder: string, kills: number): Promise<void> {
  const longPlan = smallPlan({
    replicates: (kills * JOBS_PER_KILL) / 3,
    grid: { law: ['gaussian'], N: [128], delta: [0.2, 0.25, 0.3] },
    quantities: ['deviation', 'chaos', 'fluctuation'],
    steps: 100,
  })
  const inline = await openStore(join(folder, 'inline'), longPlan)
  await runEnsemble(inline, { executor: inlineExecutor({ fields: inline.fields }) })
  const store = join(folder, 'killed')
  // With the fields there, a life is spent on jobs.
  cpSync(inline.fields, join(store, 'fields'), { recursive: true })
  const uniform = randomStream(`kills/${kills}`)
  const acknowledged = new Map<string, string>()
  let killedAtWork = 0
  for (let k = 0; k < kills; k++) {
    const { child, began, ended } = drive(store, longPlan, 'threads')
    // Every fourth while it starts, the others while it works and writes.
    if (k % 4 < 3) await began
    await pause((k % 4 < 3 ? 400 : 1500) * uniform.uniform())
    child.kill('SIGKILL')
    const { stored, complete } = await ended
    if (!complete) killedAtWork++
    for (const [name, record] of stored) {
      expect(acknowledged.get(name) ?? record).toBe(record)
      acknowledged.set(name, record)
    }
    // Nobody takes the dead for living.
    expect(liveRuns(store)).toEqual([])
    // Every part-file can be read, and what was acknowledged is there.
    const present = await openStore(store, longPlan)
    for (const name of acknowledged.keys()) expect(present.jobs.has(name)).toBe(true)
  }
  // The experiment is one only if there was something to lose.
  expect(acknowledged.size).toBeGreaterThan(0)
  expect(killedAtWork).toBeGreaterThan(kills / 2)

  const last = await drive(store, longPlan, 'threads').ended
  expect(last).toMatchObject({ complete: true })
  const killed = await openStore(store)
  const text = (of: typeof killed): [string, string][] =>
    [...of.jobs.values()].map(({ name, rows }): [string, string] => [name, encodeRecord({ rows })]).sort()
  expect(killed.jobs.size).toBe(kills * JOBS_PER_KILL)
  expect(text(killed)).toEqual(text(inline))
  for (const [name, record] of acknowledged) expect(encodeRecord({ rows: killed.jobs.get(name)!.rows })).toBe(record)
}
