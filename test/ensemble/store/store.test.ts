import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inlineExecutor } from '../../../src/ensemble/executors/inlineExecutor.js'
import { jobName } from '../../../src/ensemble/plan/job.js'
import { planCells } from '../../../src/ensemble/plan/planCells.js'
import { runEnsemble } from '../../../src/ensemble/run/runEnsemble.js'
import { encodeRecord } from '../../../src/ensemble/store/jobRecord.js'
import { type EnsembleStore, openStore } from '../../../src/ensemble/store/store.js'
import { readTable, writeTable } from '../../../src/files/parquetTable.js'
import { smallPlan } from '../plans.js'
import { drive } from '../processes.js'

const folder = mkdtempSync(join(tmpdir(), 'mfl-store-'))
// The tests below act as other users too.
chmodSync(folder, 0o755)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const plan = smallPlan()
const jobs = planCells(plan).flatMap(cell => [0, 1, 2].map(replica => cell.job(replica)))
const textOf = ({ jobs: stored }: EnsembleStore): [string, string][] =>
  [...stored.values()].map(({ name, rows }): [string, string] => [name, encodeRecord({ rows })]).sort()

let reference: EnsembleStore
beforeAll(async () => {
  reference = await openStore(join(folder, 'reference'), plan)
  await runEnsemble(reference, { executor: inlineExecutor({ fields: reference.fields }) })
})

/** A store with all results of the reference. */
function copyOfReference(name: string): string {
  const copy = join(folder, name)
  mkdirSync(join(copy, 'parts'), { recursive: true })
  copyFileSync(join(reference.folder, 'plan.json'), join(copy, 'plan.json'))
  for (const part of parts(reference.folder)) {
    copyFileSync(join(reference.folder, 'parts', part), join(copy, 'parts', part))
  }
  return copy
}
const parts = (of: string): string[] => readdirSync(join(of, 'parts')).sort()

describe('a part-file', () => {
  test('says in its metadata where it comes from', async () => {
    const { metadata } = await readTable(join(reference.folder, 'parts', parts(reference.folder)[0]!))
    expect(JSON.parse(metadata.specification!)).toEqual(plan)
    expect(metadata.seed).toBe('test')
    expect(JSON.parse(metadata.provenance!)).toMatchObject({ node: process.versions.node, executor: 'inline' })
    expect(Number(metadata.wallSeconds)).toBeGreaterThanOrEqual(0)
  })

  const damage: [string, (path: string) => void | Promise<void>, RegExp][] = [
    ['that is cut short', path => truncateSync(path, 300), /is not a Parquet file.*move it out/],
    ['that is empty', path => truncateSync(path, 0), /is not a Parquet file.*move it out/],
    ['that is no Parquet', path => writeFileSync(path, 'text'), /is not a Parquet file.*move it out/],
    [
      'of another program',
      path => writeTable(path, { columns: { a: [1] }, metadata: {} }),
      /was not written by an ensemble/,
    ],
    [
      'of another plan',
      async path => {
        const { columns, metadata } = await readTable(path)
        writeTable(path, { columns, metadata: { ...metadata, plan: 'f'.repeat(64) } })
      },
      /belongs to the ensemble of another plan/,
    ],
    [
      'with a changed number',
      async path => {
        const { columns, metadata } = await readTable(path)
        const position = Float64Array.from(columns.position as Float64Array)
        position[0] = position[0]! * (1 + Number.EPSILON)
        writeTable(path, { columns: { ...columns, position }, metadata })
      },
      /was changed after it was written/,
    ],
  ]
  test.each(damage)('%s is one clear sentence, and without it its jobs are run again', async (name, harm, message) => {
    const copy = copyOfReference(`damaged ${name}`)
    const path = join(copy, 'parts', parts(copy)[0]!)
    await harm(path)
    await expect(openStore(copy, plan)).rejects.toThrow(message)
    await expect(openStore(copy, plan)).rejects.toThrow(path)
    renameSync(path, join(folder, `away ${name}`))
    const store = await openStore(copy, plan)
    expect(store.jobs.size).toBeLessThan(12)
    await runEnsemble(store, { executor: inlineExecutor({ fields: reference.fields }) })
    expect(textOf(store)).toEqual(textOf(reference))
  })

  test('that holds what another holds too counts once', async () => {
    const copy = copyOfReference('twice')
    const [part] = parts(copy)
    copyFileSync(join(copy, 'parts', part!), join(copy, 'parts', `again-${part}`))
    expect(textOf(await openStore(copy))).toEqual(textOf(reference))
  })

  test('half-written under its temporary name is nobody’s concern', async () => {
    const copy = copyOfReference('half')
    writeFileSync(join(copy, 'parts', 'part-00-000000.parquet.0a0b0c0d.tmp'), 'PAR1')
    expect(textOf(await openStore(copy))).toEqual(textOf(reference))
  })
})

describe('a store', () => {
  test('of another plan is refused', async () => {
    await expect(openStore(reference.folder, smallPlan({ seed: 'other' }))).rejects.toThrow('another plan')
    await expect(openStore(reference.folder, smallPlan({ replicates: 4 }))).rejects.toThrow('another plan')
    // The name is for people.
    await openStore(reference.folder, smallPlan({ name: 'renamed' }))
  })

  test('made by another version of the measurement is refused', async () => {
    const copy = copyOfReference('version')
    const path = join(copy, 'plan.json')
    writeFileSync(path, readFileSync(path, 'utf8').replace('"measureVersion": 1', '"measureVersion": 0'))
    await expect(openStore(copy, plan)).rejects.toThrow('version 0 of the coupled measurement')
  })

  test('without a plan, or with parts but no plan, is refused', async () => {
    await expect(openStore(join(folder, 'nothing'))).rejects.toThrow('holds no ensemble')
    const copy = copyOfReference('planless')
    rmSync(join(copy, 'plan.json'))
    await expect(openStore(copy, plan)).rejects.toThrow('no plan.json')
  })

  test('takes a job that is delivered twice once, and a late result of another process not at all', async () => {
    const name = join(folder, 'idempotent')
    const one = await openStore(name, plan)
    const two = await openStore(name, plan)
    const done = jobs.slice(0, 3).map(job => {
      const { rows } = reference.jobs.get(jobName(job))!
      return { job, name: jobName(job), seconds: 1, status: 'done' as const, record: { rows } }
    })
    const origin = { executor: 'test', seconds: 1 }
    await one.append([done[0]!, done[0]!, done[1]!], origin)
    await two.append([done[1]!, done[2]!], origin)
    const table = await Promise.all(parts(name).map(part => readTable(join(name, 'parts', part))))
    expect(table.flatMap(({ columns }) => [...new Set(columns.job as string[])])).toHaveLength(3)
    await one.refresh()
    expect(one.jobs.size).toBe(3)
  })

  test('serves two runs at once, each of which sees the other', async () => {
    const both = join(folder, 'both')
    const long = smallPlan({ replicates: 40, steps: 200 })
    const runs = [drive(both, long, 'inline'), drive(both, long, 'inline')]
    const ends = await Promise.all(runs.map(({ ended }) => ended))
    for (const end of ends) expect(end).toMatchObject({ complete: true })
    const store = await openStore(both)
    expect(store.jobs.size).toBe(160)
    // They shared the work: together hardly more than once, and both did a part.
    const [a, b] = ends.map(({ stored }) => stored.size) as [number, number]
    expect(Math.min(a, b)).toBeGreaterThan(0)
    for (const [name, record] of [...ends[0]!.stored, ...ends[1]!.stored]) {
      expect(encodeRecord({ rows: store.jobs.get(name)!.rows })).toBe(record)
    }
  })

  test('in a folder that may only be read can be looked at, and a run says so before any work', async () => {
    const root = process.getuid?.() === 0
    const copy = copyOfReference('read-only')
    rmSync(join(copy, 'parts', parts(copy)[0]!))
    const nobody = 65534
    if (!root) for (const path of [copy, join(copy, 'parts')]) chmodSync(path, 0o555)
    const { ended } = drive(copy, plan, 'inline', root ? nobody : undefined)
    expect((await ended).error).toMatch(/^no write access to .*EACCES/)
    expect(readdirSync(copy).sort()).toEqual(['parts', 'plan.json'])
  })
})

describe('a full disk', () => {
  const mount = join(folder, 'tiny')
  mkdirSync(mount)
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', mount]).status === 0
  if (!mounted) process.stderr.write('\n*** SKIPPED: a full disk, which needs the right to mount a tmpfs ***\n')
  afterAll(() => {
    if (mounted) spawnSync('umount', [mount])
  })

  test.skipIf(!mounted)(
    'ends the run with one sentence, keeps what was acknowledged, and space lets it finish',
    async () => {
      const long = smallPlan({ replicates: 200, grid: { law: ['gaussian'], N: [4], delta: [0.2, 0.3] } })
      const store = join(mount, 'store')
      const { stored, error } = await drive(store, long, 'inline').ended
      expect(error).toMatch(/^cannot write .*: the disk is full$/)
      expect(stored.size).toBeGreaterThan(0)
      const kept = await openStore(store)
      for (const [name, record] of stored) expect(encodeRecord({ rows: kept.jobs.get(name)!.rows })).toBe(record)
      expect(parts(store).filter(part => part.endsWith('.tmp'))).toEqual([])
      expect(spawnSync('mount', ['-o', 'remount,size=16m', mount]).status).toBe(0)
      expect(await drive(store, long, 'inline').ended).toMatchObject({ complete: true })
      expect((await openStore(store)).jobs.size).toBe(400)
    },
  )
})
