import { spawn } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { progressLine } from '../../src/cli/ensemble/ensembleProgress.js'
import { main } from '../../src/cli/mfl.js'
import { ensembleStatus } from '../../src/ensemble/store/ensembleStatus.js'
import { encodeRecord } from '../../src/ensemble/store/jobRecord.js'
import { readEnsemble } from '../../src/ensemble/store/packedEnsemble.js'
import { openStore } from '../../src/ensemble/store/store.js'
import { smallPlan } from '../ensemble/plans.js'
import { root } from '../support/capabilities.js'

const folder = mkdtempSync(join(tmpdir(), 'mfl-cli-ensemble-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const script = join(root, 'scripts', 'mfl.mjs')
// Each call listens on standard output for a reader that has gone.
process.stdout.setMaxListeners(100)

/** The command in this process. */
async function mfl(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const written = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map(stream =>
    vi.spyOn(process[stream], 'write').mockImplementation(text => {
      written[stream] += String(text)
      return true
    }),
  )
  try {
    const status = await main(['ensemble', ...args])
    return { status, ...written }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}
const plan = join(folder, 'plan.json')
const out = join(folder, 'out')

beforeAll(async () => {
  writeFileSync(plan, JSON.stringify(smallPlan({ name: 'by command' })))
  const run = await mfl('run', plan, '--out', out, '--executor', 'inline')
  expect(run.stderr).toMatch(/12 of 12 jobs \(100 %\).*nothing left/)
  expect(run.status).toBe(0)
})

describe('mfl ensemble', () => {
  test('run shows probabilities with intervals, and run again does nothing', async () => {
    const { status, stdout } = await mfl('run', plan, '--out', out)
    expect(status).toBe(0)
    expect(stdout).toMatch(/by command: 12 of 12 jobs done, 0 of them now/)
    // 0 of 3: 1 - 0.025^(1/3) = 0.708.
    expect(stdout).toMatch(/0 \[0, 0\.708\]/)
    expect(stdout).toMatch(/exponent of N/)
  })

  test('run --resume needs an ensemble and no plan', async () => {
    expect((await mfl('run', '--resume', '--out', out)).status).toBe(0)
    const { status, stderr } = await mfl('run', '--resume', '--out', join(folder, 'none'))
    expect(status).toBe(1)
    expect(stderr).toMatch(/^mfl: .*holds no ensemble/)
  })

  test.each([
    [['run', '--out', 'x'], 'a plan is needed'],
    [['run', 'missing.json', '--out', 'x'], 'missing.json'],
    [['run', plan, '--out', 'x', '--executor', 'cluster'], '--executor must be'],
    [['run', plan, '--out', 'x', '--shard', '3/2'], '--shard must be k/K'],
    [['run', plan, '--out', 'x', '--threads', '0'], '--threads must be'],
    [['show', out, '--level', '2'], '--level must be'],
    [['export', out], 'either --csv or --parquet'],
  ])('%j is a usage error in one line', async (args, words) => {
    const { status, stderr } = await mfl(...args)
    expect(status).toBe(2)
    expect(stderr).toContain(words)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  test('a plan with a mistake is told by its member', async () => {
    const path = join(folder, 'wrong.json')
    writeFileSync(path, JSON.stringify({ ...smallPlan(), replicates: -1 }))
    const { status, stderr } = await mfl('run', path, '--out', join(folder, 'wrong'))
    expect(status).toBe(2)
    expect(stderr).toMatch(/wrong\.json: the plan is not valid: replicates/)
  })

  test('shards together are the whole, with the same numbers', async () => {
    const sharded = join(folder, 'sharded')
    for (const shard of ['1/3', '2/3', '3/3']) {
      expect((await mfl('run', plan, '--out', sharded, '--executor', 'inline', '--shard', shard)).status).toBe(0)
    }
    const text = async (of: string) =>
      [...(await openStore(of)).jobs.values()].map(({ name, rows }) => [name, encodeRecord({ rows })]).sort()
    expect(await text(sharded)).toEqual(await text(out))
  })

  test('status and show as JSON are one document', async () => {
    const status = JSON.parse((await mfl('status', out, '--json')).stdout)
    expect(status).toMatchObject({ done: 12, total: 12, complete: true, failures: [], runs: [] })
    const show = JSON.parse((await mfl('show', out, '--json')).stdout)
    expect(show.points[0].outside).toMatchObject({ value: 0, method: 'Clopper-Pearson, 0 of 3' })
  })

  test('query answers in SQL what the rows say, and a mistake is one line', async () => {
    const sql =
      'select N, delta, t, avg(sup) as mean, count(*) as replicates from rows group by all order by N, delta, t'
    const { rows } = JSON.parse((await mfl('query', out, sql, '--json')).stdout)
    expect(rows).toHaveLength(8)
    const own = [...(await openStore(out)).jobs.values()].flatMap(job => job.rows)
    const first = own.filter(row => row.N === 4 && row.delta === 0.2 && row.t === 0.1).map(row => Number(row.sup))
    expect(rows[0]).toMatchObject({ N: 4, delta: 0.2, t: 0.1, replicates: 3 })
    expect(rows[0].mean).toBeCloseTo(first.reduce((sum, x) => sum + x, 0) / 3, 14)
    const { status, stderr } = await mfl('query', out, 'selct 1')
    expect(status).toBe(1)
    expect(stderr).toMatch(/^mfl: the query failed: .*\n$/)
  })

  test('export gives the same numbers as CSV and as one Parquet file', async () => {
    const csv = join(folder, 'all.csv')
    const parquet = join(folder, 'all.parquet')
    expect((await mfl('export', out, '--csv', csv)).status).toBe(0)
    expect((await mfl('export', out, '--parquet', parquet)).status).toBe(0)
    const [head, ...lines] = readFileSync(csv, 'utf8').trimEnd().split('\n')
    const names = head!.split(',')
    const { jobs } = await readEnsemble(parquet)
    const packed = [...jobs.values()].flatMap(({ name, rows }) => rows.map(row => [name, ...Object.values(row)]))
    expect(lines.map(line => line.split(','))).toEqual(packed.map(row => row.map(String)))
    expect(names.slice(0, 4)).toEqual(['job', 'law', 'N', 'delta'])
    copyFileSync(csv, parquet)
    await expect(readEnsemble(parquet)).rejects.toThrow('is not a Parquet file')
  })

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends a run with exit code %i, and a rerun completes it', async (signal, code) => {
    const long = join(folder, `${signal}.json`)
    const longPlan = smallPlan({ replicates: 150, grid: { law: ['gaussian'], N: [64], delta: [0.2, 0.3] }, steps: 200 })
    const store = join(folder, signal)
    writeFileSync(long, JSON.stringify(longPlan))
    const child = spawn(process.execPath, [script, 'ensemble', 'run', long, '--out', store, '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    const ended = new Promise<number | null>(resolve => child.on('close', resolve))
    // Until work is under way: the first part-file is there.
    while (child.exitCode === null) {
      await new Promise(resolve => setTimeout(resolve, 100))
      const running = await openStore(store).catch(() => undefined)
      if (running === undefined || running.jobs.size === 0) continue
      expect(ensembleStatus(running).runs).toMatchObject([{ pid: child.pid, shard: '' }])
      break
    }
    child.kill(signal)
    expect(await ended).toBe(code)
    const report = JSON.parse(stdout)
    expect(report).toMatchObject({ interrupted: signal, total: 300, failures: [] })
    const kept = await openStore(store)
    expect(kept.jobs.size).toBe(report.done)
    expect(report.done).toBeGreaterThan(0)
    expect(report.done).toBeLessThan(300)
    const status = JSON.parse((await mfl('status', store, '--json')).stdout)
    expect(status).toMatchObject({ done: report.done, total: 300, complete: false, runs: [] })
    expect((await mfl('run', long, '--out', store)).status).toBe(0)
    expect((await openStore(store)).jobs.size).toBe(300)
  })
})

test('the progress line says how far, how fast and how long', () => {
  expect(progressLine({ done: 30, failed: 0, total: 120, rate: 2, secondsLeft: 45 })).toBe(
    '30 of 120 jobs (25 %), 2/s, 45 s left',
  )
  expect(progressLine({ done: 1, failed: 2, total: 9, rate: 0.01, secondsLeft: 7300 })).toBe(
    '1 of 9 jobs (11 %), 2 failed, 0.6/min, 2 h 1 min left',
  )
  expect(progressLine({ done: 0, failed: 0, total: 9, rate: 0, secondsLeft: null })).toBe('0 of 9 jobs (0 %), starting')
})
