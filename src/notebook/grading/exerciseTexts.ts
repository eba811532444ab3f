/**
 * The exercises as the notebooks ask them: the text stands in the notebook, what is right in src/notebook/exercises.
 */
import { join } from 'node:path'
import { packageRoot } from '../../files/packageRoot.js'
import { exercises } from '../exercises/checkAnswer.js'
import type { Exercise } from '../exercises/exercise.js'
import { joined, type Notebook, readNotebook } from '../notebookFile.js'
import { notebookFiles } from '../notebookFolder.js'

/** An exercise with its text. */
export interface AskedExercise {
  readonly exercise: Exercise
  /** Its number in its notebook, from 1. */
  readonly number: number
  /** What is asked, hints included, as Markdown without the number. */
  readonly text: string
}

/** The exercises of one notebook. */
export interface AskedNotebook {
  /** Name of the file without its ending: '01-vlasov-poisson'. */
  readonly name: string
  readonly title: string
  readonly metadata: Notebook['metadata']
  readonly exercises: readonly AskedExercise[]
}

/**
 * The notebooks that ask the exercises wanted, each with these, in the order of the walkthrough.
 * @param wanted ids of exercises
 * @param folder of the notebooks, by default those of this package
 * @throws Error for an exercise that no notebook asks, or whose text is not where it is expected
 * @example askedExercises(['01.1', '01.3'])[0].name // '01-vlasov-poisson'
 */
export function askedExercises(
  wanted: readonly string[],
  folder: string = join(packageRoot(), 'notebooks'),
): readonly AskedNotebook[] {
  const numbers = new Set(wanted.map(id => id.split('.')[0]!))
  const asked = notebookFiles(packageRoot(), folder)
    .filter(file => numbers.has(file.slice(0, 2)))
    .map(file => readAsked(join(folder, file), file.replace(/\.ipynb$/, ''), new Set(wanted)))
  const found = new Set(asked.flatMap(notebook => notebook.exercises.map(({ exercise }) => exercise.id)))
  const lost = wanted.find(id => !found.has(id))
  if (lost !== undefined) throw new Error(`no notebook in ${folder} asks exercise ${lost}`)
  return asked
}

function readAsked(path: string, name: string, wanted: ReadonlySet<string>): AskedNotebook {
  const { cells, metadata } = readNotebook(path)
  const title = /^# (.+)$/m.exec(joined(cells[0]?.source ?? ''))?.[1] ?? name
  const found = cells.flatMap((cell, index): AskedExercise[] => {
    const id = cell.cell_type === 'code' ? /^checkAnswer\('(.+)', undefined\)$/m.exec(joined(cell.source))?.[1] : ''
    const exercise = exercises.find(known => known.id === id && wanted.has(known.id))
    if (exercise === undefined) return []
    const number = Number(exercise.id.split('.')[1])
    const before = joined(cells[index - 1]?.source ?? '')
    const start = before.search(new RegExp(`^\\*\\*${number}\\.\\*\\* `, 'm'))
    if (start < 0)
      throw new Error(`${path}: the cell before the check of exercise ${id} must ask it, after **${number}.**`)
    return [{ exercise, number, text: before.slice(start).replace(/^\S+ /, '').trim() }]
  })
  return { name, title, metadata, exercises: found }
}
