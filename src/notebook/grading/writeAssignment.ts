/**
 * Writes a course folder of nbgrader: its settings for TypeScript, and the source of an assignment.
 */
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { quote, requireInteger } from '../../base/errors.js'
import { writeFileAtomic } from '../../files/files.js'
import { writeNotebook } from '../notebookFile.js'
import { assignmentNotebook } from './assignmentNotebook.js'
import { CONFIG_FILE, COURSE_CONFIG, STUB } from './courseConfig.js'
import { askedExercises } from './exerciseTexts.js'

/** What an assignment is made of. */
export interface AssignmentOptions {
  /** Its name, by which nbgrader calls it and its folder. */
  readonly name: string
  /** Ids of its exercises; each notebook that asks one of them becomes one of the assignment. */
  readonly exercises: readonly string[]
  /** Of each exercise. */
  readonly points: number
  /** Folder of the notebooks, by default those of this package. */
  readonly notebooks?: string
}

/** What was written. */
export interface WrittenAssignment {
  /** The folder that nbgrader's commands are called in. */
  readonly course: string
  /** The notebooks of the assignment, absolute paths. */
  readonly files: readonly string[]
  readonly exercises: number
  /** Of the whole assignment. */
  readonly points: number
}

/** Names that nbgrader takes and every system has as a folder. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/

/**
 * Writes an assignment into a course folder, which is made if it is not there. A course that has assignments keeps
 * them, and its settings. Everything is checked before anything is written, and what was written is removed if the
 * rest cannot be.
 * @throws RangeError for a name, points or a folder that will not do; Error if there is no write access, or if the
 * notebooks do not ask an exercise
 * @example writeAssignment('course', { name: 'week-1', exercises: ['01.1', '01.2'], points: 1 }).points // 2
 */
export function writeAssignment(course: string, options: AssignmentOptions): WrittenAssignment {
  const { name, exercises, notebooks } = options
  const points = requireInteger('points', options.points, 1, 1000)
  if (!NAME.test(name)) {
    throw new RangeError(`name must be 1 to 64 letters, digits, - and _, the first no sign, got ${quote(name)}`)
  }
  if (exercises.length === 0) throw new RangeError('exercises must be one or more ids, got an array of length 0')
  const folder = resolve(course)
  const target = join(folder, 'source', name)
  requireRoom(folder, target, name)
  const asked = askedExercises(exercises, notebooks)
  const files = asked.map(notebook => ({
    path: join(target, `${notebook.name}.ipynb`),
    notebook: assignmentNotebook(notebook, points),
  }))
  const top = firstMissing(target)
  try {
    for (const { path, notebook } of files) writeNotebook(path, notebook)
    const config = join(folder, CONFIG_FILE)
    if (!existsSync(config)) writeFileAtomic(config, COURSE_CONFIG)
  } catch (error) {
    // Nothing was there, so all that is there now comes from here.
    if (existsSync(top)) rmSync(top, { recursive: true })
    throw error
  }
  const count = asked.reduce((sum, notebook) => sum + notebook.exercises.length, 0)
  return { course: folder, files: files.map(({ path }) => path), exercises: count, points: count * points }
}

/** @throws RangeError unless the folder can take a new assignment of this name */
function requireRoom(folder: string, target: string, name: string): void {
  if (!existsSync(folder)) return
  const wanted = `folder must be new, empty, or a course with ${CONFIG_FILE}`
  if (!statSync(folder).isDirectory()) throw new RangeError(`${wanted}, got the file ${quote(folder)}`)
  const config = join(folder, CONFIG_FILE)
  if (existsSync(config)) {
    // A course of another language: its settings are its own.
    if (!/["']?typescript["']?\s*[:=]/.test(readFileSync(config, 'utf8'))) {
      throw new RangeError(`${config} must have ${STUB} in ClearSolutions.code_stub, got none: add it`)
    }
  } else if (readdirSync(folder).length > 0) {
    throw new RangeError(`${wanted}, got ${quote(folder)}, which has other files`)
  }
  if (existsSync(target)) throw new RangeError(`name must be new in this course, got ${quote(name)}: ${target} exists`)
}

/** The highest folder of a path that is not there yet. */
function firstMissing(path: string): string {
  const above = dirname(path)
  return existsSync(above) || above === path ? path : firstMissing(above)
}
