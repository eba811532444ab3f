/** What Arb says of a million intervals and of every certificate, in an environment of its own. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { intervals } from '../../src/base/interval/arithmetic.js'
import { type Interval, interval } from '../../src/base/interval/interval.js'
import { rational } from '../../src/base/interval/rational.js'
import { randomStream } from '../../src/base/random.js'
import type { Certificate } from '../../src/proofs/index.js'
import { distanceCertificates } from '../proofs/distanceCertificates.js'
import { FALSEHOODS } from '../proofs/falsehoods.js'
import { spoilt } from '../proofs/spoilt.js'
import { root } from '../support/capabilities.js'

let home: string
let python: string
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'mfl-check-'))
  expect(spawnSync('python3', ['-m', 'venv', join(home, 'venv')]).status).toBe(0)
  python = join(home, 'venv', 'bin', 'python')
  const pins = ['-m', 'pip', 'install', '--quiet', '--require-hashes', '-r', join(root, 'requirements-check.txt')]
  const { status, stderr } = spawnSync(python, pins, { encoding: 'utf8' })
  expect(status, stderr).toBe(0)
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

function answer<T>(script: string, ...args: string[]): T {
  const { stdout, stderr } = spawnSync(python, [join(root, script), ...args], { encoding: 'utf8', maxBuffer: 1 << 28 })
  expect(stderr).toBe('')
  return JSON.parse(stdout) as T
}

/** In the order of intervalTruth.py. */
const two = rational(2n)
const FUNCTIONS: readonly ((x: Interval, y: Interval) => Interval)[] = [
  intervals.plus,
  intervals.minus,
  intervals.times,
  intervals.over,
  ...(['sqrt', 'exp', 'log', 'sin', 'cos', 'atan', 'erf', 'W', 'xlogx'] as const).map(
    name => (x: Interval) => intervals.unary[name](x),
  ),
  x => intervals.power(x, rational(2n, 3n)),
  x => intervals.power(x, rational(5n)),
  x => intervals.decay(x, two),
]
/** Those that take numbers > 0 only. */
const POSITIVE = new Set([4, 6, 11, 12, 13, 15])

describe('a million intervals', () => {
  const COUNT = 1_000_000
  const random = randomStream('intervals against Arb')
  const bits = new Uint32Array(2)
  const double = new Float64Array(bits.buffer)
  /** A double of any bits, subnormals and huge ones among them, or one of moderate size. */
  const draw = (): number => {
    if (random.uniform() < 0.5) return (random.uniform() - 0.5) * 2 ** Math.floor(random.uniform() * 80 - 40)
    do {
      bits[0] = random.uniform() * 2 ** 32
      bits[1] = random.uniform() * 2 ** 32
      if (random.uniform() < 0.1) bits[1] &= 0x800fffff
    } while (!Number.isFinite(double[0]!))
    return double[0]!
  }

  /** Rows; `top`: of each interval only its upper end. */
  const rows = (count: number, kept: 'all' | 'top'): Float64Array => {
    const table = new Float64Array(5 * count)
    for (let k = 0; k < count; k++) {
      const which = k % FUNCTIONS.length
      const x = POSITIVE.has(which) ? Math.abs(draw()) || 1 : draw()
      const y = draw() || 1
      const { lo, hi } = FUNCTIONS[which]!(interval(x), interval(y))
      table.set([which, x, y, kept === 'all' ? lo : hi, hi], 5 * k)
    }
    return table
  }
  const judged = (table: Float64Array) => {
    const path = join(home, 'rows')
    writeFileSync(path, table)
    return answer<{ seen: number[]; missed: number[]; first: unknown[] }>('test/full/intervalTruth.py', path)
  }

  it('hold what Arb encloses', () => {
    const { seen, missed, first } = judged(rows(COUNT, 'all'))
    expect(Math.min(...seen)).toBeGreaterThan(60_000)
    expect(missed, JSON.stringify(first)).toEqual(missed.map(() => 0))
  })

  it('do not if only their upper ends are kept (control)', () => {
    const { missed } = judged(rows(20_000, 'top'))
    expect(Math.min(...missed.slice(2))).toBeGreaterThan(100)
  })
})

describe('the second checker', () => {
  const folder = join(root, 'data', 'certificates')
  const stored = readdirSync(folder).map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Certificate)
  interface Result {
    readonly id: string
    readonly holds: boolean
    readonly reason?: string
  }

  it('finds that every stored certificate holds', () => {
    const results = answer<Result[]>('scripts/check_certificates.py', '--json')
    expect(results.length).toBe(stored.length)
    expect(results.filter(({ holds }) => !holds)).toEqual([])
  })

  it('finds that certificates of distances hold', () => {
    const path = join(home, 'distances.json')
    writeFileSync(path, JSON.stringify(distanceCertificates()))
    const results = answer<Result[]>('scripts/check_certificates.py', '--json', path)
    expect(results.filter(({ holds }) => !holds)).toEqual([])
  })

  it('finds that no spoilt one and no falsehood does', () => {
    const changed = [...stored, ...distanceCertificates()].flatMap(certificate =>
      spoilt(certificate).map(({ how, certificate: bad }) => ({
        how: `${certificate.id}: ${how}`,
        bad: bad as object,
      })),
    )
    for (const [how, bad] of Object.entries(FALSEHOODS)) changed.push({ how, bad })
    const path = join(home, 'spoilt.json')
    writeFileSync(path, JSON.stringify([...stored, ...changed.map(({ bad }, k) => ({ ...bad, id: `spoilt-${k}` }))]))
    const results = answer<Result[]>('scripts/check_certificates.py', '--json', path).slice(stored.length)
    expect(results.length).toBe(changed.length)
    expect(results.flatMap(({ holds }, k) => (holds ? [changed[k]!.how] : []))).toEqual([])
  })

  it('finds that nothing holds that rests on what does not, on itself, or on one of two', () => {
    const enclosure = (id: string, expression: string) => ({
      ...{ ...stored[0]!, kind: 'enclosure', id, expression, lo: '0', hi: '1' },
    })
    const certificates = [
      enclosure('true', '1'),
      enclosure('on the true', '@true'),
      enclosure('false', '2'),
      enclosure('on the false', '@false'),
      enclosure('circle', '@circle'),
      enclosure('there', '@back'),
      enclosure('back', '@there'),
      enclosure('two', '0'),
      enclosure('two', '1'),
      enclosure('on one of two', '@two'),
    ]
    const path = join(home, 'references.json')
    writeFileSync(path, JSON.stringify(certificates))
    const results = answer<Result[]>('scripts/check_certificates.py', '--json', path)
    expect(results.filter(({ holds }) => holds).map(({ id }) => id)).toEqual(['true', 'on the true'])
  })
})
