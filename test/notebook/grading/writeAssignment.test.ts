import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exercises, judgeAnswer } from '../../../src/notebook/exercises/checkAnswer.js'
import { writeAssignment } from '../../../src/notebook/grading/writeAssignment.js'
import { joined, type NotebookCell, readNotebook } from '../../../src/notebook/notebookFile.js'
import { root } from '../../support/capabilities.js'

let home: string
let course: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mfl-assignment-'))
  course = join(home, 'course')
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const write = (name: string, ids: readonly string[], points = 1) =>
  writeAssignment(course, { name, exercises: ids, points })

/** Every file below a folder with its content. */
function files(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  return Object.fromEntries(
    names
      .filter(entry => entry.isFile())
      .map(({ parentPath, name }) => {
        const path = join(parentPath, name)
        return [path, readFileSync(path, 'utf8')]
      }),
  )
}

interface Role {
  readonly schema_version: number
  readonly grade_id: string
  readonly grade: boolean
  readonly solution: boolean
  readonly locked: boolean
  readonly points?: number
}
const roleOf = ({ metadata }: NotebookCell): Role => metadata.nbgrader as Role

describe('an assignment of all exercises', () => {
  it('has a text, an answer and a test of each, in the form of nbgrader', () => {
    const ids = exercises.map(({ id }) => id)
    const { files: paths, exercises: count, points } = write('all', ids, 2)
    expect([count, points]).toEqual([ids.length, 2 * ids.length])
    const cells = paths.flatMap(path => readNotebook(path).cells)
    expect(paths.map(path => path.slice(join(course, 'source', 'all').length + 1))).toEqual(
      readdirSync(join(root, 'notebooks')).filter(name => /^\d\d-.*\.ipynb$/.test(name)),
    )
    expect(cells.map(roleOf).every(({ schema_version }) => schema_version === 3)).toBe(true)
    const parts = ids.map(id => ['exercise', 'answer', 'test'].map(part => `${part}-${id.replace('.', '-')}`))
    expect(cells.map(cell => roleOf(cell).grade_id).filter(id => id !== 'exercises')).toEqual(parts.flat())
    for (const cell of cells) {
      const { grade_id, grade, solution, locked, points: worth } = roleOf(cell)
      const [part] = grade_id.split('-')
      expect({ grade, solution, locked, worth }, grade_id).toEqual({
        grade: part === 'test',
        solution: part === 'answer',
        locked: part !== 'answer',
        worth: part === 'test' ? 2 : undefined,
      })
      expect(cell.cell_type).toBe(part === 'answer' || part === 'test' ? 'code' : 'markdown')
    }
  })

  it('asks what the notebooks ask, with two hints, and tells no answer outside of the solution', () => {
    const { files: paths } = write(
      'all',
      exercises.map(({ id }) => id),
    )
    for (const path of paths) {
      const original = readNotebook(join(root, 'notebooks', path.split(/[/\\]/).at(-1)!)).cells
      const source = original.map(cell => joined(cell.source)).join('\n')
      const ids = new Set<string>()
      for (const cell of readNotebook(path).cells) {
        expect(ids.has(cell.id!)).toBe(false)
        ids.add(cell.id!)
        const text = joined(cell.source)
        const { grade_id } = roleOf(cell)
        if (grade_id.startsWith('exercise-')) {
          const [, asked] = /^## Exercise \d\d\.\d \(1 point\)\n\n([\s\S]*)\n\nExercise /.exec(text)!
          expect(source).toContain(asked!)
          expect(text.match(/<summary>(A|Another) hint</g)).toHaveLength(2)
        } else if (grade_id.startsWith('answer-')) {
          const [, kept, answer] =
            /^let answer\d: (\w+) \| undefined\n\/\/ BEGIN SOLUTION\nanswer\d = (.*)\n\/\/ END SOLUTION$/.exec(text)!
          const value = answer!.startsWith("'") ? answer!.slice(1, -1) : JSON.parse(answer!)
          expect(typeof value).toBe(kept)
          expect(judgeAnswer(grade_id.slice(7).replace('-', '.'), value).verdict).toBe('right')
        } else if (grade_id.startsWith('test-')) {
          const id = grade_id.slice(5).replace('-', '.')
          const k = id.split('.')[1]
          expect(text).toBe(`import { handIn } from 'mean-field-limit/notebook'
handIn('${id}', answer${k})
// BEGIN HIDDEN TESTS
import { gradeAnswer } from 'mean-field-limit/notebook'
gradeAnswer('${id}', answer${k})
// END HIDDEN TESTS`)
        }
      }
    }
  })
})

describe('a course', () => {
  it('gets one more assignment and keeps what it has, its settings too', () => {
    write('week-1', ['01.1'])
    const config = join(course, 'nbgrader_config.py')
    expect(readFileSync(config, 'utf8')).toContain('"typescript": "// YOUR CODE HERE"')
    writeFileSync(config, `${readFileSync(config, 'utf8')}c.Execute.timeout = 5\n`)
    const before = files(course)
    write('week-2', ['04.2', '04.1'], 3)
    expect(files(course)).toMatchObject(before)
    expect(readdirSync(join(course, 'source', 'week-2'))).toEqual(['04-two-flows.ipynb'])
    expect(Object.keys(files(course))).toHaveLength(3)
  })

  it('may be an empty folder', () => {
    mkdirSync(course)
    expect(write('week-1', ['01.1', '02.1'], 2)).toMatchObject({ course, exercises: 2, points: 4 })
  })
})

describe('what cannot be', () => {
  const refused = (act: () => unknown, words: RegExp): void => {
    const before = files(home)
    expect(act).toThrow(words)
    expect(files(home)).toEqual(before)
  }

  it('is refused by its name and range, and nothing is written', () => {
    refused(() => write('week 1', ['01.1']), /^name must be 1 to 64 letters, .*, got "week 1"$/)
    refused(() => write('../up', ['01.1']), /^name must be .*, got "..\/up"$/)
    refused(() => write('week-1', ['01.1'], 0), /^points must be an integer in \[1, 1000\], got 0$/)
    refused(() => write('week-1', []), /^exercises must be one or more ids, got an array of length 0$/)
    refused(() => write('week-1', ['01.9']), /asks exercise 01\.9$/)
    expect(existsSync(course)).toBe(false)
  })

  it('is a folder with other files, or none', () => {
    writeFileSync(course, '')
    refused(() => write('week-1', ['01.1']), /^folder must be new, empty, or a course .*, got the file ".*course"$/)
    rmSync(course)
    mkdirSync(course)
    writeFileSync(join(course, 'thesis.tex'), 'years')
    refused(() => write('week-1', ['01.1']), /^folder must be .*, got ".*course", which has other files$/)
  })

  it('is a course of another language, until it knows this one', () => {
    mkdirSync(course)
    const config = join(course, 'nbgrader_config.py')
    writeFileSync(config, 'c = get_config()\nc.ClearSolutions.code_stub = dict(R="fail()")\n')
    refused(
      () => write('week-1', ['01.1']),
      /nbgrader_config\.py must have "typescript": .* in ClearSolutions\.code_stub/,
    )
    writeFileSync(config, 'c = get_config()\nc.ClearSolutions.code_stub = dict(typescript="// here")\n')
    expect(write('week-1', ['01.1']).points).toBe(1)
  })

  it('is an assignment twice', () => {
    write('week-1', ['01.1'])
    refused(() => write('week-1', ['02.1']), /^name must be new in this course, got "week-1": .* exists$/)
  })

  it('is what cannot be written whole', () => {
    write('week-1', ['01.1'])
    rmSync(join(course, 'source'), { recursive: true })
    writeFileSync(join(course, 'source'), 'a file')
    refused(() => write('week-2', ['01.1', '02.1']), /a part of this path is a file, not a folder$/)
  })

  it('is an assignment of which the second notebook cannot be written', () => {
    const notebooks = join(home, 'notebooks')
    mkdirSync(notebooks)
    cpSync(join(root, 'notebooks', '01-vlasov-poisson.ipynb'), join(notebooks, '01-a.ipynb'))
    // Short enough for a name, too long for the temporary one that is written first.
    cpSync(join(root, 'notebooks', '02-the-kernel.ipynb'), join(notebooks, `02-${'b'.repeat(240)}.ipynb`))
    const options = { name: 'week-1', points: 1, notebooks }
    refused(() => writeAssignment(course, { ...options, exercises: ['01.1', '02.1'] }), /^cannot write .*ENAMETOOLONG/)
    expect(existsSync(course)).toBe(false)
    expect(writeAssignment(course, { ...options, exercises: ['01.1'] }).points).toBe(1)
  })

  it('is an exercise whose text does not stand before its check', () => {
    const notebooks = join(home, 'notebooks')
    mkdirSync(notebooks)
    const file = '01-vlasov-poisson.ipynb'
    const spoilt = readFileSync(join(root, 'notebooks', file), 'utf8').replace('**2.** ', '**Two.** ')
    writeFileSync(join(notebooks, file), spoilt)
    const options = { name: 'week-1', points: 1, notebooks }
    refused(
      () => writeAssignment(course, { ...options, exercises: ['01.1', '01.2'] }),
      /the cell before the check of exercise 01\.2 must ask it, after \*\*2\.\*\*$/,
    )
    expect(writeAssignment(course, { ...options, exercises: ['01.1'] }).exercises).toBe(1)
  })
})
