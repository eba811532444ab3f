/** An assignment from its folder to the marks of eight submissions, by the commands of docs/teaching.md. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  joined,
  type Notebook,
  type NotebookCell,
  readNotebook,
  writeNotebook,
} from '../../src/notebook/notebookFile.js'
import { runNotebook } from '../../src/notebook/runNotebook.js'
import { root } from '../support/capabilities.js'
import { commands, grader, section } from '../support/grader.js'

/** Seconds for a cell: an honest one takes two. */
const LIMIT = 15
const ONE = '01-vlasov-poisson.ipynb'
const FOUR = '04-two-flows.ipynb'

const home = mkdtempSync(join(tmpdir(), 'mfl-grade-'))
const course = join(home, 'course')
let venv: string
let blocks: readonly string[]
afterAll(() => rmSync(home, { recursive: true, force: true }))

interface Outcome {
  readonly status: number | null
  readonly log: string
}

/** Runs commands as they are typed, in the clone or in the course folder; stops at the first that fails. */
function typed(lines: string, cwd: string = root): Outcome {
  const env = { ...process.env, PATH: `${join(venv, 'bin')}:${process.env.PATH}` }
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', lines], { cwd, env, encoding: 'utf8' })
  return { status, log: `${stdout}\n${stderr}` }
}
function succeeds(lines: string, cwd?: string): string {
  const { status, log } = typed(lines, cwd)
  expect(status, log).toBe(0)
  return log
}

const idOf = (cell: NotebookCell): string => (cell.metadata.nbgrader as { grade_id: string }).grade_id

/** What a student writes in place of the stub, by exercise; `tests`: what becomes of the test cells. */
interface Submission {
  readonly answers: Readonly<Record<string, string>>
  /** Both, unless the one is named that is handed in. */
  readonly only?: string
  readonly tests?: string
}

const RIGHT = {
  '01-1': "answer1 = 'Momentum'",
  '01-2': 'answer2 = 1 + Math.log(1 + Math.SQRT2) / Math.SQRT2',
  '01-3': 'answer3 = -1',
  '04-2': 'const p = await Promise.resolve(true)\nanswer2 = p',
}
const submissions: Readonly<Record<string, Submission>> = {
  right: { answers: RIGHT },
  half: { answers: { '01-1': RIGHT['01-1'], '04-2': RIGHT['04-2'] } },
  nothing: { answers: {} },
  wrong: {
    answers: {
      '01-1': "answer1 = 'mass'",
      '01-2': 'answer2 = 2.29559',
      '01-3': 'answer3 = 1',
      '04-2': 'answer2 = false',
    },
    tests: '// I need no test',
  },
  compile: { answers: { ...RIGHT, '01-2': "const R: number = 'two'\nanswer2 = 1.62323" }, only: ONE },
  loop: { answers: { ...RIGHT, '01-2': 'while (true) {}\nanswer2 = 1.62323' }, only: ONE },
  starved: { answers: { ...RIGHT, '01-3': 'for (;;) await 0' }, only: ONE },
  exit: { answers: { ...RIGHT, '01-2': 'process.exit(0)' }, only: ONE },
}

function answered(released: Notebook, { answers, tests }: Submission): Notebook {
  const cells = released.cells.map(cell => {
    const [part, ...exercise] = idOf(cell).split('-')
    const source = joined(cell.source)
    if (part === 'test') return { ...cell, source: tests ?? source }
    const answer = part === 'answer' ? answers[exercise.join('-')] : undefined
    return answer === undefined ? cell : { ...cell, source: source.replace('// YOUR CODE HERE', answer) }
  })
  return { ...released, cells }
}

/** An archive as a system for teaching gives it, the notebooks in a folder inside. */
function handIn(student: string, submission: Submission): void {
  const folder = join(home, 'desk', student, 'my work')
  for (const name of submission.only === undefined ? [ONE, FOUR] : [submission.only]) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    cpSync(join(course, 'release', 'week-1', name), path)
    writeNotebook(path, answered(readNotebook(path), submission))
  }
  const archive = join(course, 'downloaded', 'week-1', 'archive')
  mkdirSync(archive, { recursive: true })
  const pack = 'import shutil, sys; shutil.make_archive(sys.argv[1], "zip", sys.argv[2])'
  succeeds(`python -c '${pack}' '${join(archive, student)}' '${dirname(folder)}'`)
}

/** Student -> marks, of the table that nbgrader exports. */
function marks(): Record<string, number> {
  const [head, ...rows] = readFileSync(join(course, 'grades.csv'), 'utf8').trim().split(/\r?\n/)
  const at = (name: string) => head!.split(',').indexOf(name)
  const cells = rows.map(row => row.split(','))
  for (const row of cells) expect(Number(row[at('max_score')])).toBe(8)
  return Object.fromEntries(cells.map(row => [row[at('student_id')]!, Number(row[at('score')])]))
}
const feedback = (student: string, name: string): string =>
  readFileSync(join(course, 'feedback', student, 'week-1', name.replace('.ipynb', '.html')), 'utf8')

beforeAll(async () => {
  venv = await grader()
  blocks = commands(venv, course)
  expect(blocks).toHaveLength(3)
  succeeds(blocks[1]!)
  const config = join(course, 'nbgrader_config.py')
  const settings = readFileSync(config, 'utf8')
  expect(settings).toContain('\nc.Execute.timeout = 120\n')
  writeFileSync(config, settings.replace('c.Execute.timeout = 120', `c.Execute.timeout = ${LIMIT}`))
})

describe('what is released', () => {
  it('has the texts, neither solutions nor hidden tests, and cells that students cannot delete', () => {
    for (const name of [ONE, FOUR]) {
      const source = readNotebook(join(course, 'source', 'week-1', name))
      const released = readNotebook(join(course, 'release', 'week-1', name))
      expect(released.cells.map(idOf)).toEqual(source.cells.map(idOf))
      for (const [k, cell] of released.cells.entries()) {
        const [part, notebook, number] = idOf(cell).split('-')
        const text = joined(cell.source)
        if (part === 'answer') expect(text).toMatch(/^let answer\d: \w+ \| undefined\n\/\/ YOUR CODE HERE$/)
        else if (part === 'test') {
          const test = `handIn('${notebook}.${number}', answer${number})`
          expect(text).toBe(`import { handIn } from 'mean-field-limit/notebook'\n${test}`)
        } else expect(text).toBe(joined(source.cells[k]!.source))
        expect(cell.metadata.deletable).toBe(false)
      }
      const file = readFileSync(join(course, 'release', 'week-1', name), 'utf8')
      expect(file).not.toMatch(/SOLUTION|HIDDEN|gradeAnswer|1\.62323/)
    }
  })

  it('was made from answers that are right', async () => {
    const { failure } = await runNotebook(join(course, 'source', 'week-1', ONE))
    expect(failure).toBeUndefined()
  })
})

describe('a test of your own', () => {
  const [, test] = /^```ts\n([\s\S]*?)^```$/m.exec(section)!
  const run = (law: string) => {
    const path = join(home, 'own.ipynb')
    const { metadata } = readNotebook(join(course, 'source', 'week-1', ONE))
    const sources = [`const magnitude = (r: number): number => ${law}`, test!]
    const cells = sources.map((source, k) => ({
      cell_type: 'code' as const,
      id: `c${k}`,
      metadata: {},
      source,
      outputs: [],
    }))
    writeNotebook(path, { cells, metadata, nbformat: 4, nbformat_minor: 5 })
    return runNotebook(path)
  }

  it('passes in silence, or fails by its error', async () => {
    const { notebook, failure } = await run('1 / r ** 2')
    expect([failure, notebook.cells[1]!.outputs]).toEqual([undefined, []])
    expect((await run('1 / r')).failure).toMatchObject({ index: 1, message: expect.stringContaining('it is 1/r²') })
  })
})

describe('eight submissions', () => {
  let log: string
  beforeAll(() => {
    for (const [student, submission] of Object.entries(submissions)) handIn(student, submission)
    const [collect, autograde, ...rest] = blocks[2]!.trim().split('\n')
    expect(succeeds(collect!, course)).toContain('12 files collected')
    // One of them ends its kernel, which nbgrader tells by its exit code.
    const graded = typed(autograde!, course)
    expect(graded.status, graded.log).toBe(1)
    log = graded.log
    succeeds(rest.join('\n'), course)
  })

  it('get the marks that they deserve', () => {
    expect(marks()).toEqual({ right: 8, half: 4, nothing: 0, wrong: 0, compile: 4, loop: 4, starved: 4, exit: 0 })
  })

  it('fail to be marked only where the kernel is ended, and the log says whose', () => {
    expect(log.match(/error processing assignment 'week-1' for student '\w+'/g)).toEqual([
      "error processing assignment 'week-1' for student 'exit'",
    ])
    expect(log).toContain('Kernel died')
    expect(existsSync(join(course, 'autograded', 'exit', 'week-1'))).toBe(false)
    expect(readdirSync(join(course, 'feedback')).sort()).toEqual(
      Object.keys(submissions)
        .filter(student => student !== 'exit')
        .sort(),
    )
  })

  it('end an endless loop by the time limit, and the log says so', () => {
    // The loop once; the one that starves its kernel in its own cell and in the test after it.
    expect(log.match(new RegExp(`Timeout waiting for execute reply \\(${LIMIT}s\\)`, 'g'))).toHaveLength(3)
    expect(feedback('loop', ONE)).toContain('CellTimeoutError')
    expect(feedback('loop', ONE)).toContain('Cannot find name')
    expect(feedback('starved', ONE)).toContain('CellTimeoutError')
    expect(feedback('right', ONE)).not.toContain('CellTimeoutError')
  })

  it('are told what went wrong, and not what is right', () => {
    expect(feedback('compile', ONE)).toMatch(/Type (&#39;|')string(&#39;|') is not assignable to type/)
    expect(feedback('half', ONE)).toContain(
      'there is no answer yet. Exercise 01.2 asks for the time to twice the radius',
    )
    expect(feedback('wrong', ONE)).toContain('the answer gets no points. Exercise 01.1: not yet. No particle is lost.')
    expect(feedback('wrong', ONE)).toContain('A factor is missing in the energy')
    for (const student of ['wrong', 'nothing']) expect(feedback(student, ONE)).not.toMatch(/1\.62323|SOLUTION/)
  })
})
