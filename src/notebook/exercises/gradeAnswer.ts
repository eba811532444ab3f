/**
 * The two steps of a graded exercise: an answer is there, which everybody may see tested, and it is right, which is
 * tested where the marks are made. Both fail by an error, as graders of notebooks want it.
 */
import { escapeHtml } from '../../present/html.js'
import { display } from '../../present/jupyterOutput.js'
import { plainText } from '../../present/plainText.js'
import { requireAnswer } from './answers.js'
import { askedBy, exerciseById, judgeAnswer } from './checkAnswer.js'

/**
 * Takes an answer without judging it, and displays that it is there.
 * @param id number of the notebook and of the exercise, '06.1'
 * @param answer what the exercise asks for
 * @throws RangeError for an exercise that does not exist; TypeError if there is no answer, or one of another kind
 * @throws RangeError for a number that is not finite
 * @example handIn('06.1', 81)
 */
export function handIn(id: string, answer: unknown): void {
  const exercise = exerciseById(id)
  if (answer === undefined) throw new TypeError(`there is no answer yet. ${plainText(askedBy(exercise))}`)
  const text = `Exercise ${id}: the answer ${JSON.stringify(requireAnswer(exercise.right, answer))} is handed in.`
  display({ 'text/html': `<p role="status">${escapeHtml(text)}</p>`, 'text/plain': text })
}

/**
 * Lets a right answer pass, and refuses every other; what it says never tells the right one.
 * @param id number of the notebook and of the exercise, '06.1'
 * @param answer what the exercise asks for
 * @throws RangeError for an answer that is not right, and for an exercise that does not exist
 * @throws TypeError if there is no answer, or one of another kind
 * @example gradeAnswer('06.2', 2)
 */
export function gradeAnswer(id: string, answer: unknown): void {
  const exercise = exerciseById(id)
  if (answer === undefined) throw new TypeError(`there is no answer. ${plainText(askedBy(exercise))}`)
  const { verdict, text } = judgeAnswer(id, answer)
  if (verdict !== 'right') throw new RangeError(`the answer gets no points. ${plainText(text)}`)
}
