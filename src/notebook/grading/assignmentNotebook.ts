/**
 * The notebook of an assignment as nbgrader's source folder has it: for each exercise its text, a cell for the answer
 * with the solution in it, and tests that make the marks, part of them hidden from students.
 */
import { askedBy } from '../exercises/checkAnswer.js'
import { lines, type Notebook, type NotebookCell } from '../notebookFile.js'
import type { AskedExercise, AskedNotebook } from './exerciseTexts.js'

/** Of nbgrader's metadata of cells, in nbgrader 0.8 and 0.9. */
const SCHEMA = 3

/** How each kind of answer is asked for, and its type. */
const KINDS = {
  number: { words: ', a number', type: 'number' },
  word: { words: ', a word in quotation marks', type: 'string' },
  'true or false': { words: '', type: 'boolean' },
} as const

/** @param points of each exercise */
export function assignmentNotebook(asked: AskedNotebook, points: number): Notebook {
  const cells = [head(asked), ...asked.exercises.flatMap(exercise => exerciseCells(exercise, points))]
  return { cells, metadata: asked.metadata, nbformat: 4, nbformat_minor: 5 }
}

function head({ name, title }: AskedNotebook): NotebookCell {
  return cell('markdown', 'exercises', { locked: true }, [
    `# Exercises · ${title}`,
    '',
    `They are those of the notebook \`${name}.ipynb\` of mean-field-limit: read it first. What they call *above* is`,
    'there; this page runs by itself, so import in your cells what they use.',
    '',
    'Put your work, and the answer, in the cell below each exercise. The cell after it says whether there is an',
    'answer, and not whether it is right. Before you hand in: *Kernel → Restart Kernel and Run All Cells*.',
  ])
}

function exerciseCells({ exercise, number, text }: AskedExercise, points: number): NotebookCell[] {
  const { id, right } = exercise
  const name = `answer${number}`
  const { words, type } = KINDS[right.kind]
  const precision = right.precision && `, ${right.precision}`
  const key = id.replace('.', '-')
  return [
    cell('markdown', `exercise-${key}`, { locked: true }, [
      `## Exercise ${id} (${points} ${points === 1 ? 'point' : 'points'})`,
      '',
      text,
      '',
      `${askedBy(exercise)} Give it to \`${name}\`${words}${precision}.`,
    ]),
    cell('code', `answer-${key}`, { solution: true }, [
      `let ${name}: ${type} | undefined`,
      '// BEGIN SOLUTION',
      `${name} = ${literal(right.example)}`,
      '// END SOLUTION',
    ]),
    cell('code', `test-${key}`, { grade: true, locked: true, points }, [
      "import { handIn } from 'mean-field-limit/notebook'",
      `handIn('${id}', ${name})`,
      '// BEGIN HIDDEN TESTS',
      "import { gradeAnswer } from 'mean-field-limit/notebook'",
      `gradeAnswer('${id}', ${name})`,
      '// END HIDDEN TESTS',
    ]),
  ]
}

function literal(value: number | string | boolean): string {
  return typeof value === 'string' ? `'${value}'` : String(value)
}

interface Role {
  readonly grade?: boolean
  readonly solution?: boolean
  readonly locked?: boolean
  readonly points?: number
}

function cell(type: 'code' | 'markdown', id: string, role: Role, source: readonly string[]): NotebookCell {
  const nbgrader = { schema_version: SCHEMA, grade: false, solution: false, locked: false, task: false, ...role }
  return {
    cell_type: type,
    id,
    metadata: { nbgrader: { ...nbgrader, grade_id: id } },
    source: lines(source.join('\n')),
    ...(type === 'code' && { execution_count: null, outputs: [] }),
  }
}
