// The recipes of CONTRIBUTING.md: a skeleton of each kind in a copy of the repository, whose test fails, three lines
// filled in, and it passes.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jupyter, requireOrSkip, root } from '../support/capabilities.js'

const copy = mkdtempSync(join(tmpdir(), 'mfl-new-'))

function run(...args: string[]): { readonly status: number | null; readonly text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, MFL_FULL: undefined, VITEST: undefined },
  })
  return { status, text: stdout + stderr }
}

const units = (...files: string[]): ReturnType<typeof run> =>
  run('node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', ...files)

/** Writes a skeleton and gives the paths of its files. */
function scaffolded(kind: string, name: string): string[] {
  const { status, text } = run('scripts/new.mjs', kind, name)
  expect(text).toContain('wrote ')
  expect(status).toBe(0)
  return [...text.matchAll(/wrote (\S+)/g)].map(([, path]) => path!)
}

/** Replaces what stands before each FILL IN, in the order of the files. */
function fillIn(paths: readonly string[], lines: readonly string[]): void {
  const left = [...lines]
  for (const path of paths) {
    const text = readFileSync(join(copy, path), 'utf8')
    writeFileSync(
      join(copy, path),
      text.replace(/^.*FILL IN.*$/gm, () => left.shift()!),
    )
  }
  expect(left).toEqual([])
}

beforeAll(() => {
  const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  for (const path of listed.stdout.trim().split('\n')) {
    mkdirSync(dirname(join(copy, path)), { recursive: true })
    cpSync(join(root, path), join(copy, path))
  }
  for (const name of readdirSync(join(root, 'src', 'wasm')).filter(file => file.endsWith('.generated.ts'))) {
    cpSync(join(root, 'src', 'wasm', name), join(copy, 'src', 'wasm', name))
  }
  // Every package of the clone, but the project itself, which cells import by its name, is the copy.
  mkdirSync(join(copy, 'node_modules'))
  for (const name of readdirSync(join(root, 'node_modules'))) {
    const own = name === 'mean-field-limit'
    symlinkSync(own ? copy : join(root, 'node_modules', name), join(copy, 'node_modules', name))
  }
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

describe('npm run new', () => {
  // First, before the skeleton of a claim asks the notebooks for a place.
  it.skipIf(!requireOrSkip('JupyterLab', jupyter !== undefined))(
    'notebook: a skeleton fails, four texts, its outputs and two links make it pass',
    () => {
      const [path] = scaffolded('notebook', 'two-streams')
      const check = (): ReturnType<typeof run> => units('test/notebooks/parts.test.ts')
      expect(check().text).toContain('two-streams.ipynb has all its parts')
      const edit = (file: string, change: (text: string) => string): void =>
        writeFileSync(join(copy, file), change(readFileSync(join(copy, file), 'utf8')))
      expect(readFileSync(join(copy, path!), 'utf8').match(/FILL IN/g)).toHaveLength(4)
      edit(path!, text => text.replace(/FILL IN:[^"\\]*/g, 'Told.'))
      const link = `[next](${path!.replace('notebooks/', '')})`
      const append = (file: string, marker: RegExp): void =>
        edit(file, text => {
          const notebook = JSON.parse(text)
          const cell = notebook.cells.findLast(({ source }: { source: string[] }) => marker.test(source.join('')))
          cell.source = `${cell.source.join('')} ${link}`
          return JSON.stringify(notebook)
        })
      append('notebooks/14-what-is-proved.ipynb', /^## References/m)
      append('notebooks/00-start-here.ipynb', /^## The notebooks/m)
      // The answers to its exercises are code.
      const built = run('scripts/build.mjs')
      expect(built.status, built.text).toBe(0)
      const stored = run('-e', `import('./dist/cli/mfl.js').then(m => m.main(['run', '--write', '${path}']))`)
      expect(stored.status, stored.text).toBe(0)
      const filled = check()
      expect(filled.status, filled.text.slice(-4000)).toBe(0)
    },
  )

  describe('of the four kinds that are code', () => {
    const KINDS = [
      {
        kind: 'claim',
        name: '3.5',
        files: 2,
        lines: [
          "const bound: Formula = formula('x')",
          '  const value = x * x',
          "  const reason = '$x^2\\\\le x$ on the unit interval.'",
        ],
        tests: ['test/claims/claim35.test.ts', 'test/layers'],
      },
      {
        kind: 'kernel',
        name: 'sine',
        files: 2,
        lines: [
          "    const tex = '\\\\sin(\\\\pi s/2)'",
          '    const value = (s: number): number => Math.sin((Math.PI / 2) * s)',
          '    const slope = (s: number): number => (Math.PI / 2) * Math.cos((Math.PI / 2) * s)',
        ],
        tests: ['test/interaction/profiles', 'test/layers'],
      },
      {
        kind: 'law',
        name: 'evenBall',
        files: 2,
        lines: [
          '  const rho = (r: number): number => (r < 1 ? 0.75 / Math.PI : 0)',
          '  const mass = (r: number): number => Math.min(1, r ** 3)',
          '  const bound = 16',
        ],
        tests: ['test/law/evenBallLaw.test.ts', 'test/law/everyLaw.test.ts', 'test/layers'],
      },
      {
        kind: 'figure',
        name: 'parabola',
        files: 2,
        lines: ["    caption: 'A parabola.',", "  seen: 'A parabola',", '    const y = x.map(t => t * t)'],
        tests: ['test/figures/parabolaFigure.test.ts', 'test/layers'],
      },
    ]

    const skeletons = KINDS.map(kind => ({
      ...kind,
      paths: [] as string[],
      before: undefined as number | null | undefined,
    }))
    let filled: ReturnType<typeof run>
    beforeAll(() => {
      // A failure of each alone; then all filled in, in one run.
      for (const skeleton of skeletons) {
        skeleton.paths = scaffolded(skeleton.kind, skeleton.name)
        skeleton.before = units(skeleton.tests[0]!).status
      }
      for (const { paths, lines } of skeletons) fillIn(paths, lines)
      filled = units(...new Set(skeletons.flatMap(({ tests }) => tests)))
    })

    it.each(skeletons)(
      '$kind: the test of a skeleton of $files files fails, three lines are to be filled in',
      ({ paths, files, lines, before }) => {
        expect(paths).toHaveLength(files)
        expect(lines).toHaveLength(3)
        expect(before).toBe(1)
      },
    )

    it('with these lines every test of the four passes, and the types are right', () => {
      expect(filled.status, filled.text.slice(-4000)).toBe(0)
      for (const { tests } of skeletons) expect(filled.text).toContain(tests[0]!)
      const types = run('node_modules/typescript/bin/tsc', '-p', 'test/tsconfig.json')
      expect(types.text).toBe('')
    })
  })

  it('writes nothing over what is there, and says what it wants', () => {
    const twice = run('scripts/new.mjs', 'kernel', 'truncated')
    expect(twice.status).toBe(1)
    expect(twice.text).toMatch(/src\/interaction\/profiles\/truncated\.ts.* exists already; nothing was written/)
    expect(run('scripts/new.mjs', 'kernels', 'a').text).toMatch(
      /kind must be one of claim, law, kernel, figure, notebook/,
    )
    expect(run('scripts/new.mjs', 'law', '../x').text).toMatch(/a law needs a name in camelCase/)
    expect(run('scripts/new.mjs', 'claim', '93').text).toMatch(/a claim needs section and number of the statement/)
    expect(run('scripts/new.mjs', 'notebook').text).toMatch(/a notebook needs a name in kebab-case/)
  })
})
