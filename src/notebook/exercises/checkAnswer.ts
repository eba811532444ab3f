/**
 * Says whether an answer to an exercise is right.
 */
import { requireOneOf } from '../../base/errors.js'
import { escapeHtml } from '../../present/html.js'
import { display } from '../../present/jupyterOutput.js'
import { plainText } from '../../present/plainText.js'
import { requireAnswer } from './answers.js'
import type { Exercise } from './exercise.js'
import { exerciseSets } from './exercises.generated.js'

/** Every exercise of the notebooks, in their order. */
export const exercises: readonly Exercise[] = exerciseSets.flat()

/** @throws RangeError for an exercise that does not exist */
export function exerciseById(id: string): Exercise {
  requireOneOf(
    'id of an exercise',
    id,
    exercises.map(({ id: known }) => known),
  )
  return exercises.find(exercise => exercise.id === id)!
}

/** What an exercise asks for, as a sentence. TeX between $...$. */
export function askedBy({ id, asks, right }: Exercise): string {
  return `Exercise ${id} asks ${right.kind === 'true or false' ? '' : 'for '}${asks}.`
}

/** What is said of an answer, in a word and in sentences. TeX between $...$. */
export interface Judgement {
  readonly verdict: 'right' | 'not yet' | 'no answer'
  readonly text: string
}

/**
 * What is to be said of an answer; it never tells the right one.
 * @param id number of the notebook and of the exercise, '06.1'
 * @param answer what the exercise asks for; undefined as long as there is none
 * @throws RangeError for an exercise that does not exist; TypeError, RangeError for an answer of another kind
 * @example judgeAnswer('06.1', 187.21).text // 'Exercise 06.1: not yet. That is the natural logarithm.'
 */
export function judgeAnswer(id: string, answer: unknown): Judgement {
  const exercise = exerciseById(id)
  const { right, mistakes = [] } = exercise
  if (answer === undefined) {
    return { verdict: 'no answer', text: `${askedBy(exercise)} Give it as the second argument.` }
  }
  const given = requireAnswer(right, answer)
  if (right.accepts(given)) return { verdict: 'right', text: `Exercise ${id}: right.` }
  const why = mistakes.find(([mistake]) => mistake.accepts(given))?.[1]
  const precision = right.precision && `It is asked for ${right.precision}.`
  return { verdict: 'not yet', text: `Exercise ${id}: not yet. ${why ?? precision}`.trim() }
}

/**
 * Displays below the cell whether an answer is right, and not which one is.
 * @param id number of the notebook and of the exercise, '06.1'
 * @param answer what the exercise asks for; undefined as long as there is none
 * @throws RangeError for an exercise that does not exist; TypeError, RangeError for an answer of another kind
 * @example checkAnswer('06.1', undefined)
 */
export function checkAnswer(id: string, answer: unknown): void {
  display(answerBundle(id, answer))
}

/** The two forms of what is displayed, by MIME type. */
export function answerBundle(
  id: string,
  answer: unknown,
): { readonly 'text/html': string; readonly 'text/plain': string } {
  const { verdict, text } = judgeAnswer(id, answer)
  const sign = SIGNS[verdict]
  return {
    'text/html': `<p role="status">${sign && `<b>${sign}</b> `}${escapeHtml(text)}</p>`,
    'text/plain': `${sign && `${sign} `}${plainText(text)}`,
  }
}

const SIGNS = { right: '✓', 'not yet': '✗', 'no answer': '' } as const
