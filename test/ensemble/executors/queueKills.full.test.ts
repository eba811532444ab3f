import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inlineExecutor } from '../../../src/ensemble/executors/inlineExecutor.js'
import { parsePlan } from '../../../src/ensemble/plan/plan.js'
import { runEnsemble } from '../../../src/ensemble/run/runEnsemble.js'
import { encodeRecord } from '../../../src/ensemble/store/jobRecord.js'
import { type EnsembleStore, openStore } from '../../../src/ensemble/store/store.js'
import { requireOrSkip, root } from '../../support/capabilities.js'
import { type QueueServer, queueServerProgram, startQueueServer } from '../../support/queueServer.js'
import {
  killMidJob,
  type QueueView,
  startWorker,
  until,
  viewQueue,
  type WorkerProcess,
} from '../../support/queueWorkers.js'

const plan = {
  name: 'kills',
  kind: 'coupled',
  seed: 'kills',
  replicates: 100,
  grid: { law: ['gaussian'], N: [600], delta: [0.2, 0.25, 0.3] },
  times: [0.25, 0.5],
  quantities: ['deviation', 'chaos', 'fluctuation', 'conservation'],
}

describe.skipIf(!requireOrSkip('Redis', queueServerProgram !== undefined))('an ensemble through a queue', () => {
  let folder: string
  let server: QueueServer
  let view: QueueView
  const processes: ChildProcess[] = []
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mfl-kills-'))
    writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan))
    server = await startQueueServer()
    view = viewQueue(server.url)
  })
  afterAll(async () => {
    for (const process of processes) process.kill('SIGKILL')
    await view.close()
    await server.end()
    rmSync(folder, { recursive: true, force: true })
  })
  const worker = (): WorkerProcess => {
    const started = startWorker(server.url, ['--fields', join(folder, 'fields')])
    processes.push(started.process)
    return started
  }
  const collector = (): Promise<{ code: number | null; output: string }> => {
    const flags = ['--executor', 'queue', '--queue', server.url, '--out', join(folder, 'out')]
    const mfl = join(root, 'scripts', 'mfl.mjs')
    const child = spawn(process.execPath, [mfl, 'ensemble', 'run', join(folder, 'plan.json'), ...flags])
    processes.push(child)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', part => (output += String(part)))
    return new Promise(resolve => child.once('close', code => resolve({ code, output })))
  }
  const recordsOf = (store: EnsembleStore): Map<string, string> =>
    new Map([...store.jobs].map(([name, { rows }]) => [name, encodeRecord({ rows })]))

  test('submitted twice has all 300 results once, bit for bit those of the inline run, whatever is killed', async () => {
    const inline = await openStore(join(folder, 'inline'), parsePlan(plan))
    await runEnsemble(inline, { executor: inlineExecutor({ fields: inline.fields }) })
    const expected = recordsOf(inline)
    expect(expected.size).toBe(300)

    const runs = Promise.all([collector(), collector()])
    // Nobody works but those that are about to die, so that work is left for each of them.
    let killed = 0
    while (killed < 2) if (await killMidJob(view, worker())) killed++
    const third = worker()
    await until('a worker computes a job', async () => (await view.busy()).has(third.process.pid!))
    await server.kill()
    await new Promise(resolve => setTimeout(resolve, 3000))
    await server.restart()
    await until('work goes on', async () => (await view.busy()).has(third.process.pid!))
    if (await killMidJob(view, third)) killed++
    while (killed < 3) if (await killMidJob(view, worker())) killed++
    worker()
    worker()
    const ended = await runs
    expect(ended.map(({ code }) => code)).toEqual([0, 0])
    for (const { output } of ended) {
      expect(output).toMatch(/went away; waiting for it/)
      expect(output).toMatch(/is back/)
    }

    const store = await openStore(join(folder, 'out'))
    expect(store.failures()).toEqual([])
    expect(recordsOf(store)).toEqual(expected)
    expect(await view.queue.getJobCountByTypes('wait', 'active', 'delayed', 'failed', 'completed')).toBe(0)
  })
})
