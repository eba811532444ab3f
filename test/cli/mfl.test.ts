import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claimGallery, figureGallery } from '../../src/figures/gallery.js'
import { root } from '../support/capabilities.js'
import { unprivileged } from './fakeClone.js'

interface Outcome {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

function mfl(...args: string[]): Outcome {
  const options = { encoding: 'utf8' as const, cwd: folder, maxBuffer: 1 << 28 }
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'scripts', 'mfl.mjs'), ...args], options)
  return { status, stdout, stderr }
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mfl-cli-'))
  // The first call may have to build, and says so on standard error.
  expect(mfl('--version').status).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a command that succeeds with --json and returns its document. */
function document(...args: string[]): Record<string, unknown> {
  const { status, stdout, stderr } = mfl(...args, '--json')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  // One document, nothing before or after it but the line end.
  const value = JSON.parse(stdout)
  expect(stdout).toBe(`${JSON.stringify(value, null, 2)}\n`)
  return value
}

describe('mfl', () => {
  it('prints the version of package.json', () => {
    expect(mfl('--version')).toEqual({
      status: 0,
      stdout: `${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version}\n`,
      stderr: '',
    })
  })

  it('lists its commands', () => {
    const { status, stdout } = mfl('--help')
    expect(status).toBe(0)
    for (const command of ['setup', 'lab', 'claims', 'figures', 'run'])
      expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'))
  })

  it('gives every command --json', () => {
    for (const command of ['setup', 'lab', 'claims', 'figures', 'run'])
      expect(mfl(command, '--help').stdout).toContain('--json')
  })

  const mistakes: [string[], RegExp][] = [
    [['nonsense'], /unknown command 'nonsense'/],
    [['claims', '--nonsense'], /unknown option '--nonsense'/],
    [['claims', '--only', '7.7'], /--only must be a list of .*3\.4.*; got "7\.7"/],
    [['claims', '--only', ''], /--only must be a list of .*; got ""/],
    [['claims', '--only', '3.4,nonsense', '--json'], /got "nonsense"/],
    [['claims', '--only'], /argument missing/],
    [['claims', 'extra'], /too many arguments/],
    [['figures', '--only', 'nonsense'], /--only must be .*; got "nonsense"/],
    [['figures', '--export', '--formats', 'svg,bmp'], /--formats must be a list of svg, png, pdf, csv; got "bmp"/],
    [['figures', '--export', '--size', 'poster'], /--size must be one of column, page, slide; got "poster"/],
    [['figures', '--export', '--out', ''], /--out must be a folder; got ""/],
    [['cite', '--format', 'ris'], /--format must be one of bibtex, text, cff; got "ris"/],
    [['distanc'], /unknown command 'distanc' \(Did you mean distance\?\)/],
    [['ensemble', 'shwo'], /unknown command 'shwo' \(Did you mean show\?\)/],
    [['claims', '--onyl', '3.4'], /unknown option '--onyl' \(Did you mean --only\?\)/],
    [['claims', '--only', '6.33'], /--only must be a list of .*; got "6\.33"; did you mean "6\.3"\?/],
    [['figures', '--only', 'chaos-treshold'], /got "chaos-treshold"; did you mean "chaos-threshold"\?/],
    [['cite', '--format', 'bibtx'], /got "bibtx"; did you mean "bibtex"\?/],
    [['flow', '--law', 'gausian'], /--law must be one of .*; got "gausian"; did you mean "gaussian"\?/],
    [['flow', '--profile', 'truncate'], /--profile must be one of .*; did you mean "truncated"\?/],
    [['flow', '--scheme', 'leapfrgo'], /--scheme must be one of leapfrog, suzuki4; .*did you mean "leapfrog"\?/],
    [['flow', '--n', '1e12'], /--n must be a whole number in \[2, \d+\]; got "1e12"/],
    [['flow', '--n', '2.5'], /--n must be a whole number in \[2, \d+\]; got "2\.5"/],
    [['flow', '--time', '1e12'], /--time must be a number in \(0, \d+\); got "1e12"/],
    [['flow', '--time', '-1'], /--time must be a number in \(0, \d+\); got "-1"/],
    [['flow', '--outputs', '1e12'], /--outputs must be a whole number in \[1, \d+\]; got "1e12"/],
    [['flow', '--steps', '1e12'], /--steps must be a whole number in \[1, \d+\]; got "1e12"/],
    [['flow', '--sigma', '0.5'], /--sigma must be a whole number in \[-1, 1\]; got "0\.5"/],
    [
      ['flow', '--delta', 'x'.repeat(1000)],
      /--delta must be a number in \[0, Infinity\]; got "x{60}"\.\.\. \(1000 characters\)\n$/,
    ],
    [['run'], /missing required argument 'notebook'/],
    [['run', 'missing.ipynb'], /NOTEBOOK must be an existing \.ipynb file; got "missing\.ipynb"/],
    [['run', 'text.ipynb'], /text\.ipynb can't be read as a notebook/],
    [['run', 'text.ipynb', '--timeout', 'soon'], /--timeout must be a number in \(0, 1000000\); got "soon"/],
    [['run', 'text.ipynb', '--timeout', '-1'], /--timeout must be/],
    [['setup', '--prefix', 'text.ipynb'], /--prefix must be a folder; got "text\.ipynb"/],
    [['setup', '--prefix', ''], /--prefix must be a folder; got ""/],
  ]
  it.each(mistakes)('answers %j with one line and exit code 2', (args, message) => {
    writeFileSync(join(folder, 'text.ipynb'), 'plain text')
    const { status, stdout, stderr } = mfl(...args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(message)
    expect(stderr).toMatch(/^mfl: [^\n]+\n$/)
  })

  it('without a command prints its help on standard error, with exit code 2', () => {
    const { status, stdout, stderr } = mfl()
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain('Usage: mfl')
  })

  it('runs as npx mfl in a clone', () => {
    const { status, stdout } = spawnSync('npx', ['mfl', '--version'], { cwd: root, encoding: 'utf8' })
    expect({ status, stdout: stdout.trim() }).toEqual({ status: 0, stdout: mfl('--version').stdout.trim() })
  })
})

describe('mfl setup --prefix', () => {
  it('puts kernel and renderer where an existing Jupyter looks, twice over without a change', () => {
    const prefix = join(folder, 'hub')
    const { kernelspec, labextension } = document('setup', '--prefix', 'hub')
    expect(kernelspec).toBe(join(prefix, 'share', 'jupyter', 'kernels', 'mean-field-limit'))
    expect(labextension).toBe(join(prefix, 'share', 'jupyter', 'labextensions', 'mean-field-limit-plotly'))
    const spec = readFileSync(join(String(kernelspec), 'kernel.json'), 'utf8')
    expect(JSON.parse(spec).argv[0]).toBe(process.execPath)
    document('setup', '--prefix', 'hub')
    expect(readFileSync(join(String(kernelspec), 'kernel.json'), 'utf8')).toBe(spec)
    expect(existsSync(join(String(labextension), 'package.json'))).toBe(true)
  })

  it('prints both folders for people', () => {
    expect(mfl('setup', '--prefix', 'hub').stdout).toMatch(/^kernel {4}\/.*\nrenderer {2}\/.*\n$/)
  })

  it.skipIf(unprivileged === undefined)('without write access says so in one line, with exit code 1', () => {
    const args = [join(root, 'scripts', 'mfl.mjs'), 'setup', '--prefix', '/usr/nowhere']
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', ...unprivileged })
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(/^mfl: no write access to \/usr\/nowhere\S* \(E[A-Z]+\)[^\n]*\n$/)
  })

  it('below a file says so in one line, with exit code 1', () => {
    writeFileSync(join(folder, 'file'), '')
    const { status, stdout, stderr } = mfl('setup', '--prefix', 'file/below')
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(/^mfl: cannot write [^\n]*a part of this path is a file, not a folder\n$/)
  })
})

describe('mfl run', () => {
  const notebook = (name: string, source: string): void => {
    const cell = { cell_type: 'code', id: 'a', metadata: {}, source, outputs: [], execution_count: null }
    const metadata = { kernelspec: { name: 'mean-field-limit', display_name: '', language: 'typescript' } }
    writeFileSync(join(folder, name), JSON.stringify({ cells: [cell], metadata, nbformat: 4, nbformat_minor: 5 }))
  }

  it('executes a notebook, leaves the file alone, and with --write stores the outputs', () => {
    notebook('good.ipynb', "import { configuration } from 'mean-field-limit'\nconfiguration(2).q.length")
    const before = readFileSync(join(folder, 'good.ipynb'), 'utf8')
    expect(document('run', 'good.ipynb')).toEqual({ runs: [{ notebook: 'good.ipynb', status: 'ok', cells: 1 }] })
    expect(readFileSync(join(folder, 'good.ipynb'), 'utf8')).toBe(before)
    document('run', 'good.ipynb', '--write')
    const [cell] = JSON.parse(readFileSync(join(folder, 'good.ipynb'), 'utf8')).cells
    expect(JSON.stringify(cell.outputs)).toContain('"6\\n"')
  })

  it('runs all notebooks, names the cell and the error of one that fails, and exits with 1', () => {
    notebook('bad.ipynb', "throw new Error('on purpose')")
    const { status, stdout } = mfl('run', 'bad.ipynb', 'good.ipynb', '--json')
    expect(status).toBe(1)
    const { runs } = JSON.parse(stdout)
    expect(runs[0]).toMatchObject({ notebook: 'bad.ipynb', status: 'failed', failure: { cell: 0 } })
    expect(runs[0].failure.message).toContain('on purpose')
    expect(runs[1]).toMatchObject({ notebook: 'good.ipynb', status: 'ok' })
  })
})

describe('mfl cite', () => {
  it('prints BibTeX by default, and other formats when asked', () => {
    expect(mfl('cite').stdout).toMatch(/^@software\{[\s\S]*@article\{[\s\S]*\}\n$/)
    const { format, citation } = document('cite', '--format', 'cff')
    expect(format).toBe('cff')
    expect(citation).toBe(readFileSync(join(root, 'CITATION.cff'), 'utf8').trimEnd())
    expect(mfl('cite', '--format', 'text').stdout.trimEnd().split('\n')).toHaveLength(2)
  })
})

describe('mfl figures', () => {
  it('lists every figure with what is seen in it', () => {
    const figures = document('figures').figures as { id: string; seen: string }[]
    expect(figures.map(({ id }) => id)).toEqual([...Object.keys(figureGallery), ...Object.keys(claimGallery)])
    expect(new Set(figures.map(({ seen }) => seen)).size).toBe(figures.length)
    for (const { seen } of figures) expect(seen).toMatch(/^[A-Z].*\w+ \w+.*[^.]$/)
  })

  it('exports the data of one figure as CSV without a browser, and prints for people', () => {
    const csv = join(folder, 'out', 'regularised-kernels.csv')
    const args = ['figures', '--only', 'regularised-kernels']
    const exported = document(...args, '--export', '--formats', 'csv', '--out', 'out').figures
    expect(exported).toMatchObject([{ id: 'regularised-kernels', files: [csv] }])
    const { columns } = (exported as [{ columns: string[] }])[0]
    expect(readdirSync(join(folder, 'out'))).toEqual(['regularised-kernels.csv'])
    const [head, ...rows] = readFileSync(csv, 'utf8').trimEnd().split('\r\n')
    expect(head!.split(',').length).toBeGreaterThanOrEqual(columns.length)
    expect(rows.length).toBeGreaterThan(10)
    expect(mfl(...args).stdout).toMatch(/^figure +what is seen\n-.*\nregularised-kernels +\w/)
  })

  it('without Chromium says so in one line, before it computes anything', () => {
    const options = { encoding: 'utf8' as const, cwd: folder, env: { ...process.env, CHROME_PATH: '/no/such/browser' } }
    const args = [join(root, 'scripts', 'mfl.mjs'), 'figures', '--export', '--out', 'none']
    const { status, stdout, stderr } = spawnSync(process.execPath, args, options)
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(/^mfl: images need Chromium, .*CHROME_PATH.*\n$/)
    expect(existsSync(join(folder, 'none'))).toBe(false)
  })
})

describe('mfl claims', () => {
  interface Constant {
    readonly name: string
    readonly printed: number | null
    readonly sharp: { readonly value: number }
    readonly attacked: { readonly value: number }
    readonly extremal: object
  }
  interface ClaimDocument {
    readonly id: string
    readonly verdict: { readonly status: string; readonly basis: string; readonly reason: string }
    readonly records: readonly { readonly seed: string; readonly constants: readonly Constant[] }[]
  }
  interface ClaimsDocument {
    readonly seed: string
    readonly claims: readonly ClaimDocument[]
  }

  let all: ClaimsDocument
  beforeAll(() => {
    // The others are measured by the tests of the ledger.
    all = document('claims', '--only', '2.1,3.4,6.1,6.3') as unknown as ClaimsDocument
  })

  it('gives for 3.4, 6.1, 6.3 and (9) the printed constant, the sharpest one with its extremal input, and the verdict', () => {
    expect(all.seed).toBe('1')
    expect(all.claims.map(({ id }) => id)).toEqual(expect.arrayContaining(['2.1', '3.4', '6.1', '6.3']))
    for (const { id, verdict, records } of all.claims) {
      expect(verdict.status).toMatch(/^(holds|fails|not contradicted|not testable)/)
      expect(verdict.reason).not.toBe('')
      const constants = records.flatMap(record => record.constants)
      const asked = ['2.1', '3.4', '6.1', '6.3'].includes(id)
      expect(constants.some(({ printed }) => typeof printed === 'number') || !asked, id).toBe(true)
      for (const { name, sharp, attacked, extremal } of constants) {
        // A search never beats the best possible constant beyond rounding, and to 6 digits it reaches it.
        expect(attacked.value, name).toBeLessThanOrEqual(sharp.value * (1 + 1e-12))
        expect(attacked.value, name).toBeGreaterThan(sharp.value * (1 - 1e-6))
        expect(Object.keys(extremal).length).toBeGreaterThan(0)
      }
    }
  })

  it('measures only what is asked for, with the same result again', () => {
    const { claims } = document('claims', '--only', '3.4') as unknown as ClaimsDocument
    expect(claims).toEqual(all.claims.filter(({ id }) => id === '3.4'))
  })

  it('shows the stored ledger without measuring, with the same verdicts', () => {
    const { claims } = document('claims', '--recorded') as unknown as ClaimsDocument
    for (const { id, verdict } of all.claims) {
      const { status, basis } = claims.find(row => row.id === id)!.verdict
      expect({ status, basis }).toEqual({ status: verdict.status, basis: verdict.basis })
    }
  })

  it('prints the table of docs/statements.md from the stored ledger', () => {
    const page = readFileSync(join(root, 'docs', 'statements.md'), 'utf8')
    expect(page).toContain(`\n\n${mfl('claims', '--recorded', '--markdown').stdout}\n`)
    expect(mfl('claims', '--recorded', '--full').stderr).toMatch(/--recorded measures nothing/)
  })

  it('takes another seed, and prints for people', () => {
    const { status, stdout, stderr } = mfl('claims', '--only', '3.4', '--seed', 'another')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^id +claim +verdict/)
    expect(stdout).toMatch(/Lemma 3\.4.*printed.*sharp.*notebooks\/.*src\/claims\/section3\/lemma34\.ts/s)
  })
})
