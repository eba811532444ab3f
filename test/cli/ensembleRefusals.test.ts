import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { main } from '../../src/cli/mfl.js'
import { attempt } from '../../src/ensemble/executors/executor.js'
import { jobName } from '../../src/ensemble/plan/job.js'
import { planCells } from '../../src/ensemble/plan/planCells.js'
import { liveRuns } from '../../src/ensemble/store/liveRuns.js'
import { partOrigin, writePart } from '../../src/ensemble/store/partFile.js'
import { openStore } from '../../src/ensemble/store/store.js'
import { recordLike, smallPlan } from '../ensemble/plans.js'
import { root } from '../support/capabilities.js'

const folder = mkdtempSync(join(tmpdir(), 'mfl-refusals-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
process.stdout.setMaxListeners(100)

/** `mfl ensemble ...` in this process. */
async function mfl(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const written = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map(stream =>
    vi.spyOn(process[stream], 'write').mockImplementation(text => {
      written[stream] += String(text)
      return true
    }),
  )
  try {
    return { status: await main(['ensemble', ...args]), ...written }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}
const oneLine = (text: string): boolean => /^mfl: [^\n]+\n$/.test(text)

const ESCAPES = '\u001b[2J\u001b]0;title\u0007\u009b31m\u202e\r'
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must be gone
const RAW = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/
const plan = smallPlan({ name: `name${ESCAPES}`, replicates: 1 })
const planFile = join(folder, 'plan.json')
const job = planCells(plan)[0]!.job(0)
beforeAll(() => writeFileSync(planFile, JSON.stringify(plan)))

describe('a queue server that takes connections and says nothing', () => {
  const sockets = new Set<Socket>()
  let server: Server
  let url: string
  beforeAll(async () => {
    server = createServer(socket => void sockets.add(socket.on('error', () => undefined)))
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    url = `redis://127.0.0.1:${(server.address() as { port: number }).port}`
  })
  afterAll(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })

  test.each([
    ['status', () => ['status', '--queue', url]],
    ['run', () => ['run', planFile, '--out', join(folder, 'silent'), '--executor', 'queue', '--queue', url]],
    ['worker', () => ['worker', '--queue', url, '--threads', '1', '--fields', folder]],
  ])('is told in one line by %s', async (_, args) => {
    const { status, stderr } = await mfl(...args(), '--queue-timeout', '0.3')
    expect(status).toBe(1)
    expect(stderr).toMatch(/^mfl: the queue redis:\/\/127\.0\.0\.1:\d+ does not answer within 0\.3 s: /m)
    expect(sockets.size).toBeGreaterThan(0)
  })

  test('a limit that is none is refused', async () => {
    for (const limit of ['0', '-1', 'soon', '', '1e9']) {
      const { status, stderr } = await mfl('status', '--queue', url, '--queue-timeout', limit)
      expect([status, stderr]).toEqual([2, expect.stringContaining('--queue-timeout must be a number in [0.1, 3600]')])
    }
  })
})

test.each([
  [['status', ''], 'FOLDER'],
  [['status', ' '], 'FOLDER'],
  [['show', ''], 'FOLDER'],
  [['query', '', 'select 1'], 'FOLDER'],
  [['export', '', '--csv', 'x'], 'FOLDER'],
  [['export', 'x', '--csv', ''], '--csv'],
  [['export', 'x', '--parquet', ''], '--parquet'],
  [['run', planFile, '--out', ''], '--out'],
  [['run', planFile, '--out', 'a\0b'], '--out'],
])('%j is refused: an empty path is no path', async (args, name) => {
  const { status, stderr } = await mfl(...args)
  expect(status).toBe(2)
  expect(stderr).toMatch(new RegExp(`^mfl: ${name} must be a path`))
  expect(oneLine(stderr)).toBe(true)
  expect(existsSync('plan.json')).toBe(false)
})

describe('what others left in a store', () => {
  const store = async (name: string): Promise<string> => {
    const { folder: at } = await openStore(join(folder, name), plan)
    for (const part of ['failures', 'runs', 'parts']) mkdirSync(join(at, part), { recursive: true })
    return at
  }

  test.each([
    ['failures', 'cut.json', '{"job": "a', 'note of a failure'],
    ['failures', 'empty.json', '', 'note of a failure'],
    ['failures', 'null.json', 'null', 'note of a failure'],
    ['failures', 'other.json', '{"job": 1, "title": "t", "reason": "r"}', 'note of a failure'],
    ['runs', 'cut.json', '{"run": "a', 'state of a run'],
    ['runs', 'list.json', '[]', 'state of a run'],
    ['runs', 'negative.json', JSON.stringify({ run: 'a', host: 'h', pid: -1 }), 'state of a run'],
  ])('%s/%s is told with its name, by status and before a run', async (part, file, content, what) => {
    const at = await store(`broken ${part} ${file}`)
    const path = join(at, part, file)
    writeFileSync(path, content)
    for (const args of [
      ['status', at],
      ['run', planFile, '--out', at, '--executor', 'inline'],
    ]) {
      const { status, stderr } = await mfl(...args)
      expect(status).toBe(1)
      expect(stderr).toContain(`mfl: ${path} is no ${what}`)
      expect(oneLine(stderr)).toBe(true)
    }
    expect((await openStore(at)).jobs.size).toBe(0)
  })

  test('is never printed raw, neither as text nor as JSON nor in an error', async () => {
    const at = await store('escapes')
    const note = { job: jobName(job), title: `title${ESCAPES}`, reason: `reason${ESCAPES}`, specification: job }
    writeFileSync(join(at, 'failures', 'a.json'), JSON.stringify(note))
    const run = {
      ...{ run: 'a', host: `host${ESCAPES}`, pid: 1, executor: `executor${ESCAPES}`, shard: '', started: 0 },
      ...{ updated: Date.now(), done: 0, failed: 0, remaining: 1, secondsLeft: 1, running: [`running${ESCAPES}`] },
    }
    writeFileSync(join(at, 'runs', 'a.json'), JSON.stringify(run))
    expect(liveRuns(at)).toHaveLength(1)
    const bad = [{ ...recordLike(job).rows[0]!, law: `law${ESCAPES}` }]
    writePart(
      join(at, 'parts', 'bad.parquet'),
      [{ name: jobName(job), rows: bad, seconds: 1 }],
      partOrigin(plan, {}),
      1,
    )
    const { status, stdout } = await mfl('status', at)
    expect(status).toBe(0)
    for (const word of ['name', 'title', 'reason', 'host', 'executor', 'running']) {
      expect(stdout).toContain(`${word}\\x1b[2J`)
    }
    expect(stdout).toMatch(/BAD ROWS in .*bad\.parquet: job [0-9a-f]{12}: .*move the file out of the folder/)
    expect(stdout).not.toMatch(RAW)
    const document = await mfl('status', at, '--json')
    expect(document.stdout).not.toMatch(RAW)
    expect(JSON.parse(document.stdout)).toMatchObject({ failures: [{ title: `title${ESCAPES}` }], done: 0 })
    const wrong = await mfl('run', `missing${ESCAPES}.json`, '--out', at)
    expect(wrong.stderr).not.toMatch(RAW)
    expect(oneLine(wrong.stderr)).toBe(true)
  })
})

describe('what a machine runs out of', () => {
  const script = join(root, 'scripts', 'mfl.mjs')
  test.skipIf(process.platform === 'win32')('files: one line that says what to do', () => {
    const at = join(folder, 'few files')
    const command = `ulimit -n 30 && exec "$0" "$1" ensemble run "$2" --out "$3" --threads 2`
    const { status, stderr } = spawnSync('sh', ['-c', command, process.execPath, script, planFile, at], {
      encoding: 'utf8',
    })
    expect(status).toBe(1)
    expect(stderr).toMatch(/EMFILE.*raise the limit with ulimit -n/)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  test.skipIf(process.platform === 'win32')('files before its own modules are open: the same line', () => {
    for (const name of ['mfl.mjs', 'test.mjs', 'start.mjs']) {
      const command = 'ulimit -n 20 && exec "$0" "$1" claims'
      const own = join(root, 'scripts', name)
      const { status, stderr } = spawnSync('sh', ['-c', command, process.execPath, own], { encoding: 'utf8' })
      expect([name, status]).toEqual([name, 1])
      expect(stderr).toMatch(/^mean-field-limit: .*EMFILE.*raise the limit with ulimit -n\n$/)
    }
  })

  test.skipIf(!existsSync('/dev/full'))('space on standard output: one line', () => {
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', '"$0" "$1" ensemble schema > /dev/full', process.execPath, script],
      { encoding: 'utf8' },
    )
    expect([status, stderr]).toEqual([1, 'mfl: cannot write standard output: the disk is full\n'])
  })

  test('memory: a table of points takes little more of the heap than its text', () => {
    const points = join(folder, 'many points.csv')
    writeFileSync(points, '0\n1\n2\n3\n'.repeat(500_000))
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, 'distance', points, points, '--json'], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '--max-old-space-size=64' },
    })
    expect([status, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout)).toMatchObject({ value: 0 })
  })

  test('memory: the job fails with what to do', async () => {
    // What Node gives for a thread at the end of its heap, and V8 for arrays.
    const ends = [
      Object.assign(new Error('Worker terminated due to reaching memory limit: JS heap out of memory'), {
        code: 'ERR_WORKER_OUT_OF_MEMORY',
      }),
      new RangeError('Array buffer allocation failed'),
      new RangeError('WebAssembly.Memory(): could not allocate memory'),
    ]
    for (const error of ends) {
      const result = await attempt(job, () => Promise.reject(error), undefined)
      expect(result).toMatchObject({ status: 'failed', job })
      const { reason } = result as { reason: string }
      expect(reason).toMatch(/^there was not enough memory for this job \(.*\): run it with fewer threads, /)
      expect(reason).not.toContain('\n')
    }
  })
})
