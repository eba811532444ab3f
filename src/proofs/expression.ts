/**
 * Formulas as JSON trees, and their values in any arithmetic.
 */
import { z } from 'zod'
import { quote } from '../base/errors.js'
import type { Arithmetic, UnaryName } from '../base/interval/arithmetic.js'
import { PI } from '../base/interval/constants.js'
import type { Interval } from '../base/interval/interval.js'
import { isRational, parseRational } from '../base/interval/rational.js'
import { algebraic } from '../base/interval/sturm.js'

/** The name of a function of one argument. */
export type UnaryFunction = 'neg' | 'sqrt' | 'exp' | 'log' | 'sin' | 'cos' | 'atan' | 'erf' | 'abs' | 'W' | 'xlogx'

const UNARY: readonly [UnaryFunction, ...UnaryFunction[]] = [
  'neg',
  'sqrt',
  'exp',
  'log',
  'sin',
  'cos',
  'atan',
  'erf',
  'abs',
  'W',
  'xlogx',
]

const text = z.string().min(1).max(400)

/**
 * A formula.
 * - Leaves are texts: an exact rational ('3', '-0.25', '1e-10', '22/7'), 'pi', the name of a variable or of a definition,
 *   or '@id', the number that the certificate of that id encloses.
 * - ['+', ...], ['*', ...], ['max', ...], ['min', ...] of two or more; ['-', a, b], ['/', a, b].
 * - ['^', a, 'r'] with a rational r, whole unless a >= 0.
 * - ['neg' | 'sqrt' | 'exp' | 'log' | 'sin' | 'cos' | 'atan' | 'erf' | 'abs', a]; ['W', a] is Lambert's function, a >= 0;
 *   ['xlogx', a] is a ln a, 0 at 0; ['decay', 'k', a] is a^k e^-a, k >= 0, a >= 0, and 0 at infinity.
 * - ['cases', a, 'r', below, above]: below where a <= r, above elsewhere.
 * - ['algebraic', ['c0', 'c1', ...], 'a', 'b']: the one root of c0 + c1 x + ... in (a, b), whose ends are none.
 */
export type Expression =
  | string
  | readonly ['+' | '*' | 'max' | 'min', Expression, Expression, ...Expression[]]
  | readonly ['-' | '/', Expression, Expression]
  | readonly ['^', Expression, string]
  | readonly [UnaryFunction, Expression]
  | readonly ['decay', string, Expression]
  | readonly ['cases', Expression, string, Expression, Expression]
  | readonly ['algebraic', readonly string[], string, string]

/** The schema of an {@link Expression}. */
export const expressionSchema: z.ZodType<Expression> = z.lazy(() =>
  z.union([
    text,
    z.tuple([z.enum(['+', '*', 'max', 'min']), expressionSchema, expressionSchema], expressionSchema),
    z.tuple([z.enum(['-', '/']), expressionSchema, expressionSchema]),
    z.tuple([z.literal('^'), expressionSchema, text]),
    z.tuple([z.enum(UNARY), expressionSchema]),
    z.tuple([z.literal('decay'), text, expressionSchema]),
    z.tuple([z.literal('cases'), expressionSchema, text, expressionSchema, expressionSchema]),
    z.tuple([z.literal('algebraic'), z.array(text).min(2).max(40), text, text]),
  ]),
) as z.ZodType<Expression>

/** Names for parts of formulas, each of which may use those before. */
export type Definitions = readonly (readonly [name: string, expression: Expression])[]

/** What names and references stand for. */
export interface Names {
  readonly variables: readonly string[]
  readonly definitions: Definitions
  /** The enclosures that other certificates prove, by id. */
  readonly proved: Readonly<Record<string, Interval>>
}

/** A formula as a function of its variables. */
export type Evaluated<T> = (values: readonly T[]) => T

type Node<T> = (values: readonly T[], cache: T[]) => T

/**
 * Makes a formula a function in an arithmetic. Names are looked up now; definitions are evaluated once a call.
 * @throws RangeError for a name that stands for nothing
 * @example evaluator(['+', 'x', '1'], intervals, { variables: ['x'], definitions: [], proved: {} })([{ lo: 0, hi: 0 }])
 */
export function evaluator<T>(expression: Expression, arithmetic: Arithmetic<T>, names: Names): Evaluated<T> {
  const known = new Map<string, Node<T>>(names.variables.map((name, i) => [name, values => values[i]!]))
  for (const [k, [name, definition]] of names.definitions.entries()) {
    if (known.has(name)) throw new RangeError(`names must differ, got ${quote(name)} twice`)
    const node = nodeOf(definition, arithmetic, known, names.proved)
    known.set(name, (values, cache) => {
      cache[k] ??= node(values, cache)
      return cache[k]
    })
  }
  const top = nodeOf(expression, arithmetic, known, names.proved)
  return values => top(values, [])
}

function nodeOf<T>(
  expression: Expression,
  arithmetic: Arithmetic<T>,
  known: ReadonlyMap<string, Node<T>>,
  proved: Names['proved'],
): Node<T> {
  const of = (part: Expression): Node<T> => nodeOf(part, arithmetic, known, proved)
  if (typeof expression === 'string') return leaf(expression, arithmetic, known, proved)
  const [name] = expression
  if (name === 'algebraic') {
    const [, coefficients, a, b] = expression
    const value = algebraic(coefficients.map(parseRational), parseRational(a), parseRational(b))
    return () => arithmetic.enclosed(value)
  }
  if (name === 'cases') {
    const [a, below, above] = [of(expression[1]), of(expression[3]), of(expression[4])]
    const r = parseRational(expression[2])
    return (values, cache) => {
      const side = arithmetic.side(a(values, cache), r)
      if (side !== 0) return (side < 0 ? below : above)(values, cache)
      return arithmetic.either(below(values, cache), above(values, cache))
    }
  }
  if (name === '^' || name === 'decay') {
    const [base, exponent] = name === '^' ? [expression[1], expression[2]] : [expression[2], expression[1]]
    const [a, r] = [of(base), parseRational(exponent as string)]
    const act = name === '^' ? arithmetic.power : arithmetic.decay
    return (values, cache) => act(a(values, cache), r)
  }
  const parts = (expression.slice(1) as Expression[]).map(of)
  if (parts.length === 1) {
    const act = name === 'neg' ? arithmetic.negative : arithmetic.unary[name as UnaryName]
    return (values, cache) => act(parts[0]!(values, cache))
  }
  const act = binary(arithmetic, name)
  return (values, cache) => parts.map(part => part(values, cache)).reduce(act)
}

function binary<T>(arithmetic: Arithmetic<T>, name: string): (a: T, b: T) => T {
  const { plus, minus, times, over, larger, smaller } = arithmetic
  const acts: Record<string, (a: T, b: T) => T> = {
    '+': plus,
    '-': minus,
    '*': times,
    '/': over,
    max: larger,
    min: smaller,
  }
  return (a, b) => acts[name]!(a, b)
}

function leaf<T>(
  name: string,
  arithmetic: Arithmetic<T>,
  known: ReadonlyMap<string, Node<T>>,
  proved: Names['proved'],
): Node<T> {
  const variable = known.get(name)
  if (variable !== undefined) return variable
  if (name === 'pi' || name.startsWith('@')) {
    const found = name === 'pi' ? PI : proved[name.slice(1)]
    if (found === undefined) throw new RangeError(`${quote(name)} must be among the certificates, and is not`)
    // An arithmetic may refuse it only once it is asked.
    return () => arithmetic.enclosed(found)
  }
  if (!isRational(name)) throw new RangeError(`${quote(name)} must be a rational, 'pi', a variable or a definition`)
  const value = arithmetic.rational(parseRational(name))
  return () => value
}

/** The ids of the certificates that formulas refer to. @example referencesIn(['+', '@a', '1']) // ['a'] */
export function referencesIn(expression: Expression | readonly Expression[]): string[] {
  if (typeof expression === 'string') return expression.startsWith('@') ? [expression.slice(1)] : []
  return (expression as readonly Expression[]).flatMap(part => referencesIn(part))
}

/** A value, or nothing where the arithmetic has none. */
export function valueOrNothing<T>(value: () => T): T | undefined {
  try {
    return value()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
