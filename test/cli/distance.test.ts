import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { randomStream } from '../../src/base/random.js'
import { parsePoints } from '../../src/ensemble/store/readPoints.js'
import { writeTable } from '../../src/files/parquetTable.js'
import { root } from '../support/capabilities.js'

const script = join(root, 'scripts', 'mfl.mjs')
let folder: string

function mfl(args: string[], input = ''): { status: number | null; stdout: string; stderr: string } {
  const options = { encoding: 'utf8' as const, cwd: folder, input }
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], options)
  return { status, stdout, stderr }
}

function document(args: string[], input = ''): Record<string, unknown> {
  const { status, stdout, stderr } = mfl(['distance', ...args, '--json'], input)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return JSON.parse(stdout)
}

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mfl-distance-'))
  // The first call may have to build.
  expect(mfl(['--version']).status).toBe(0)
  // A 3-4-5 triangle: every point of b is (3, 4) from one of a, and pairings across are longer.
  write('a.csv', 'x,y\n0,0\n100,0\n0,100\n')
  write('b.csv', '103,4\r\n3,104\r\n3,4\r\n')
  write('line.csv', '0\n1\n')
  write('line3.csv', '0\n3\n6\n')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('parsePoints', () => {
  it('reads commas, semicolons, tabs, spaces, names, comments, empty lines and a byte order mark', () => {
    const points = { n: 2, d: 3, x: Float64Array.of(1, 4, -2.5, 0.5, 3e2, -1) }
    for (const text of [
      '1,-2.5,3e2\n4,.5,-1\n',
      '"q","p","E"\n1;-2.5;300.\n4;+0.5;-1',
      '\uFEFF# by hand\n\nq p E\r\n 1 -2.5\t3E+2 \r\n4  0.5 -1\r\n\r\n',
    ]) {
      expect(parsePoints('text', text)).toEqual(points)
    }
  })

  it.each([
    ['1,2\n3\n', 'text, line 2: every line must have 2 numbers as in line 1, got 1'],
    ['x,y\n\n1,2\n3,4,5\n', 'text, line 4: every line must have 2 numbers as in line 3, got 3'],
    ['1,two\n', 'text, line 1: every field must be a finite number, got "two"'],
    ['1,2\nx,y\n', 'text, line 2: every field must be a finite number, got "x"'],
    ['x,y\nu,v\n', 'text, line 2: every field must be a finite number, got "u"'],
    ['1,NaN\n', 'text, line 1: every field must be a finite number, got "NaN"'],
    ['nan,inf\n', 'text, line 1: every field must be a finite number, got "nan"'],
    ['1,1e999\n', 'text, line 1: every field must be a finite number, got "1e999"'],
    ['1,,2\n', 'text, line 1: every field must be a finite number, got ""'],
    ['0x10,1\n', 'text, line 1: every field must be a finite number, got "0x10"'],
    ['', 'text has no points'],
    ['x,y\n', 'text has no points'],
  ])('answers %j with one line', (text, message) => {
    expect(() => parsePoints('text', text)).toThrow(message)
  })
})

describe('mfl distance', () => {
  it('prints value, bracket, gap, method and time', () => {
    const { status, stdout, stderr } = mfl(['distance', 'a.csv', 'b.csv', '--p', '2'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const number = '[0-9.e-]+'
    for (const line of [
      /^W_2 {6}(5|4\.99999999999999\d*|5\.00000000000000\d*)$/m,
      new RegExp(`^bracket {2}\\[${number}, ${number}\\]$`, 'm'),
      new RegExp(`^gap {6}${number} \\(exact: rounding only\\)$`, 'm'),
      /^points {3}3 and 3 in dimension 2, equal weights$/m,
      /^method {3}\w+/m,
      new RegExp(`^time {5}${number} s$`, 'm'),
    ]) {
      expect(stdout).toMatch(line)
    }
  })

  it.each(['1', '2', '3.5', 'inf'])('gives the same with --json, p = %s', p => {
    const result = document(['a.csv', 'b.csv', '--p', p])
    expect(result.value).toBeCloseTo(5, 12)
    expect(result.low).toBeLessThanOrEqual(5)
    expect(result.high).toBeGreaterThanOrEqual(5)
    expect(result).toMatchObject({ d: 2, n: { a: 3, b: 3 }, status: 'exact', p: p === 'inf' ? 'Infinity' : Number(p) })
    expect(result.gap).toBeLessThan(1e-12)
  })

  it('proves the bracket with --prove', () => {
    for (const p of ['1', '2', 'inf']) {
      expect(document(['a.csv', 'b.csv', '--p', p, '--prove']).proved).toEqual({
        ...{ p: p === 'inf' ? 'Infinity' : Number(p), low: 5, high: 5, encloses: p === '1' ? 'distance' : 'square' },
        ...{ exact: p === '1' ? { low: '5', high: '5' } : { low: '25', high: '25' } },
        ...{ pairs: p === 'inf' ? 3 : 9, open: 3 },
      })
    }
    const { status, stdout, stderr } = mfl(['distance', 'a.csv', 'b.csv', '--p', '2', '--prove'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^proved {3}\[5, 5\], by the plan and potentials, for the points as read$/m)
    expect(stdout).toMatch(/^exactly {2}W_2\^2 = 25$/m)
    expect(document(['a.csv', 'b.csv'])).not.toHaveProperty('proved')
    // The certificate, for whoever doubts it.
    expect(mfl(['distance', 'a.csv', 'b.csv', '--prove', '--certificate', 'five.json']).status).toBe(0)
    expect(mfl(['check', 'five.json']).stdout).toMatch(/^distance +\[5, 5\] +proved +9/m)
    const read = JSON.parse(readFileSync(join(folder, 'five.json'), 'utf8'))
    write('six.json', JSON.stringify({ ...read, to: [...read.to.slice(0, 2), [3, 5]] }))
    expect(mfl(['check', 'six.json']).stdout).toMatch(/not proved/)
  })

  it('reads Parquet and standard input, on either side', () => {
    const columns = { q: [3, 103, 3], p: [4, 4, 104] }
    writeTable(join(folder, 'b.parquet'), { columns, metadata: {} })
    expect(document(['a.csv', 'b.parquet']).value).toBeCloseTo(5, 12)
    expect(document(['b.parquet', '-'], '0 0\n100 0\n0 100\n').value).toBeCloseTo(5, 12)
    expect(document(['-', 'a.csv'], '0 0\n100 0\n0 100\n').value).toBe(0)
  })

  it('takes unequal numbers of points', () => {
    // Quantiles: (0,0), (0,3) and (1,3), (1,6) with masses 1/3, 1/6, 1/6, 1/3.
    expect(document(['line.csv', 'line3.csv']).value).toBeCloseTo(0.5 + 1 / 3 + 5 / 3, 12)
    write('two.csv', '0 0\n3 4\n')
    write('one.csv', '0 0\n')
    expect(document(['two.csv', 'one.csv']).value).toBeCloseTo(2.5, 12)
  })

  it('stops at the gap, and at the time limit with a bracket around the value', () => {
    const s = randomStream('cli/distance')
    const cloud = (): string =>
      Array.from({ length: 1500 }, () => `${s.normal()},${s.normal()},${s.normal()}`).join('\n')
    write('x.csv', cloud())
    write('y.csv', cloud())
    const exact = document(['x.csv', 'y.csv', '--p', '2'])
    const rough = document(['x.csv', 'y.csv', '--p', '2', '--gap', '0.05'])
    const late = document(['x.csv', 'y.csv', '--p', '2', '--time-limit', '0.001'])
    expect(rough.gap).toBeLessThanOrEqual(0.05)
    for (const { low, high } of [rough, late]) {
      expect(low).toBeLessThanOrEqual(exact.high as number)
      expect(high).toBeGreaterThanOrEqual(exact.low as number)
    }
    expect(late.status).toBe('interrupted')
  })

  it.skipIf(process.platform === 'win32')('on Ctrl-C prints the best bracket and exits with 130', async () => {
    const s = randomStream('cli/interrupt')
    const cloud = (): string =>
      Array.from({ length: 20_000 }, () => Array.from({ length: 6 }, () => s.normal())).join('\n')
    write('big.csv', cloud())
    const child = spawn(process.execPath, [script, 'distance', 'big.csv', '-', '--json'], { cwd: folder })
    let stdout = ''
    child.stdout.on('data', chunk => {
      stdout += chunk
    })
    // More than a pipe holds: when all is written, the command is reading, long before the distance is known.
    child.stdin.end(cloud(), () => child.kill('SIGINT'))
    const code = await new Promise(resolve => child.on('close', resolve))
    expect(code).toBe(130)
    const { low, high, status } = JSON.parse(stdout)
    expect(status).toBe('interrupted')
    expect(low).toBeLessThan(high)
  })

  const mistakes: [string[], RegExp][] = [
    [['a.csv'], /missing required argument 'b'/],
    [['a.csv', 'none.csv'], /cannot read none\.csv: there is no such file/],
    [['a.csv', '.'], /cannot read \.: it is a folder/],
    [['a.csv', 'line.csv'], /A and B must have the same dimension; got 2 and 1/],
    [['a.csv', 'ragged.csv'], /ragged\.csv, line 3: every line must have 2 numbers as in line 2, got 1/],
    [['a.csv', 'words.csv'], /words\.csv, line 2: every field must be a finite number, got "far"/],
    [['a.csv', 'words.parquet'], /words\.parquet, column "name", row 1: must be a finite number, got "far"/],
    [['a.csv', 'nan.parquet'], /nan\.parquet, column "x", row 2: must be a finite number, got NaN/],
    [['a.csv', 'empty.csv'], /empty\.csv has no points/],
    [['-', '-'], /only one of A and B can be standard input/],
    [['a.csv', 'b.csv', '--p', '0.5'], /--p must be a number in \[1, 100\] or inf; got "0\.5"/],
    [['a.csv', 'b.csv', '--p', ''], /--p must be/],
    [['a.csv', 'b.csv', '--p', '3.5', '--prove'], /--prove needs --p 1, 2 or inf; got "3\.5"/],
    [['a.csv', 'b.csv', '--certificate', 'c.json'], /--certificate needs --prove/],
    [
      ['line.csv', 'line3.csv', '--prove', '--certificate', 'c.json'],
      /--certificate: result\.plan must be a permutation/,
    ],
    [['a.csv', 'b.csv', '--gap', '2'], /--gap must be a number in \(0, 1\); got "2"/],
    [['a.csv', 'b.csv', '--time-limit', 'soon'], /--time-limit must be a number in/],
    [['two.csv', 'one.csv', '--p', 'inf'], /--p inf needs equally many points in more than one dimension; got 2 and 1/],
  ]
  it.each(mistakes)('answers %j with one line and exit code 2', (args, message) => {
    write('ragged.csv', 'x,y\n1,2\n3\n')
    write('words.csv', '1,2\n3,far\n')
    write('empty.csv', '')
    write('two.csv', '0 0\n3 4\n')
    write('one.csv', '0 0\n')
    writeTable(join(folder, 'words.parquet'), { columns: { name: ['far', 'near'], x: [1, 2] }, metadata: {} })
    writeTable(join(folder, 'nan.parquet'), { columns: { x: [1, Number.NaN], y: [1, 2] }, metadata: {} })
    const { status, stdout, stderr } = mfl(['distance', ...args])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(message)
    expect(stderr).toMatch(/^mfl: [^\n]+\n$/)
  })
})
