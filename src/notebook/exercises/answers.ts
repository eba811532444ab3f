/** What counts as an answer to an exercise. */
import { quote, requireNumber } from '../../base/errors.js'

/** A set of right answers of one kind. */
export interface Answer {
  readonly kind: 'number' | 'word' | 'true or false'
  /** In words, how close an answer must be; empty where it must be exact. */
  readonly precision: string
  /** One that is right. */
  readonly example: number | string | boolean
  /** @param answer of this kind */
  accepts(answer: number | string | boolean): boolean
}

/** Numbers within `relative` of a value other than 0. @example near(0.25).accepts(0.2501) // true */
export function near(value: number, relative: number = 0.01): Answer {
  return {
    kind: 'number',
    precision: relative <= 1e-6 ? 'exactly' : `to ${Number((100 * relative).toPrecision(1))} %`,
    example: value,
    accepts: answer => typeof answer === 'number' && Math.abs(answer - value) <= relative * Math.abs(value),
  }
}

/** Numbers whose size is at most a bound: zero up to rounding. @example nearlyZero(1e-12).accepts(0) // true */
export function nearlyZero(bound: number): Answer {
  return {
    kind: 'number',
    precision: bound === 0 ? 'exactly' : `to ${bound}`,
    example: 0,
    accepts: answer => typeof answer === 'number' && Math.abs(answer) <= bound,
  }
}

/** One word, in any case. @example word('momentum').accepts('Momentum') // true */
export function word(right: string): Answer {
  return {
    kind: 'word',
    precision: '',
    example: right,
    accepts: answer => typeof answer === 'string' && answer.trim().toLowerCase() === right,
  }
}

/** True or false. @example truth(true).accepts(false) // false */
export function truth(right: boolean): Answer {
  return { kind: 'true or false', precision: '', example: right, accepts: answer => answer === right }
}

/**
 * An answer of the kind that is asked for.
 * @throws TypeError for another kind, RangeError for a number that is not finite
 */
export function requireAnswer({ kind }: Answer, answer: unknown): number | string | boolean {
  if (kind === 'number') {
    requireNumber('answer', answer, -Number.MAX_VALUE, Number.MAX_VALUE)
    return answer as number
  }
  if (kind === 'word' && typeof answer === 'string') return answer
  if (kind === 'true or false' && typeof answer === 'boolean') return answer
  const what = kind === 'word' ? 'a word in quotation marks' : 'true or false'
  throw new TypeError(`answer must be ${what}, got ${quote(answer)}`)
}
