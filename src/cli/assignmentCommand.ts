/**
 * `mfl assignment`: the exercises of the notebooks as an assignment that nbgrader releases, collects and grades.
 */
import { exercises } from '../notebook/exercises/checkAnswer.js'
import { CONFIG_FILE } from '../notebook/grading/courseConfig.js'
import { writeAssignment } from '../notebook/grading/writeAssignment.js'
import { namesIn } from './lists.js'
import { numberIn } from './numbers.js'
import { type Report, UsageError } from './report.js'
import { requirePath } from './requirePath.js'

/** Options of `mfl assignment`. */
interface AssignmentCommandOptions {
  /** Notebooks and exercises, comma-separated: '01,04.2'; all exercises by default. */
  readonly only?: string
  readonly name: string
  /** Of each exercise. */
  readonly points: string
}

/**
 * @param course folder, made if it is not there
 * @throws UsageError for an exercise that there is not, points out of range, or a folder or name that is taken
 * @throws Error if there is no write access
 * @example assignmentCommand('course', { only: '01,04.2', name: 'week-1', points: '2' }).data.points // 8
 */
export function assignmentCommand(course: string, options: AssignmentCommandOptions): Report {
  requirePath('FOLDER', course)
  const points = numberIn('--points', options.points, { min: 1, max: 1000, whole: true })
  const wanted = idsIn(options.only)
  try {
    const written = writeAssignment(course, { name: options.name, exercises: wanted, points })
    const size = `${counted(written.exercises, 'exercise')}, ${counted(written.points, 'point')}`
    const text = [
      ...written.files,
      `${size}; next, in ${written.course}, where ${CONFIG_FILE} is:`,
      `nbgrader generate_assignment ${options.name} --create`,
    ].join('\n')
    return { data: { name: options.name, ...written }, text }
  } catch (error) {
    if (error instanceof RangeError)
      throw new UsageError(error.message.replace(/^name /, '--name ').replace(/^folder /, 'FOLDER '))
    throw error
  }
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

/** Ids of exercises, in the order of the notebooks; a notebook's number stands for all of its own. */
function idsIn(only: string | undefined): readonly string[] {
  const ids = exercises.map(({ id }) => id)
  if (only === undefined) return ids
  const notebooks = new Set(ids.map(id => id.split('.')[0]!))
  const chosen = namesIn('--only', only, [...notebooks, ...ids])
  return ids.filter(id => chosen.includes(id) || chosen.includes(id.split('.')[0]!))
}
