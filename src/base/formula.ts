/**
 * A formula with one mathjs source that is both shown (as TeX) and evaluated, so that what a reader sees is what
 * was computed.
 */
import type { MathNode } from 'mathjs/number'
import { quote, requireObject, requireOneOf, requireText } from './errors.js'
import { CALLABLE, parse } from './mathjs.js'

/** A formula that is both shown and evaluated. */
export interface Formula {
  /** mathjs expression. */
  readonly source: string
  /** The same expression as TeX. */
  readonly tex: string
  /** Names of the free variables. */
  readonly variables: readonly string[]
  /** Its value. @throws RangeError naming a variable that is missing or not a finite number or Infinity */
  evaluate(scope: Readonly<Record<string, number>>): number
}

const CONSTANTS = new Set(['pi', 'e', 'Infinity'])

/**
 * The formula of a mathjs expression.
 * @param source mathjs expression in the variables that `evaluate` will be given
 * @param symbols TeX of variables whose mathjs name does not read well, e.g. { norm1: '\\|\\rho\\|_1' }
 * @throws SyntaxError (by mathjs) if the source does not parse; RangeError, with the list, if it calls an unknown
 * function
 * @example formula('2 * (4 pi)^(2/3)').evaluate({}) // 10.8...
 */
export function formula(source: string, symbols: Readonly<Record<string, string>> = {}): Formula {
  requireText('source', source)
  requireObject('symbols', symbols)
  const tree = parse(source)
  const code = tree.compile()
  const functions = new Set<string>()
  tree.traverse((node, path) => {
    if (path === 'fn') functions.add((node as MathNode & { name: string }).name)
  })
  for (const name of functions) requireOneOf(`a function of "${source}"`, name, CALLABLE)
  const variables = [
    ...new Set(
      tree
        .filter(node => node.type === 'SymbolNode')
        .map(node => (node as MathNode & { name: string }).name)
        .filter(name => !CONSTANTS.has(name) && !functions.has(name)),
    ),
  ].sort()
  // mathjs puts no space behind \cdot, and \cdotW would be another command.
  const handler = (node: MathNode & { name?: string }): string | undefined =>
    node.type === 'SymbolNode' && node.name !== undefined
      ? symbols[node.name]?.replace(/^(?=[A-Za-z])/, ' ')
      : undefined
  return {
    source,
    tex: tree.toTex({ handler, parenthesis: 'auto' }).trim(),
    variables,
    evaluate: scope => {
      for (const name of variables) {
        if (typeof scope[name] !== 'number' || Number.isNaN(scope[name])) {
          throw new RangeError(`${name} must be a number in the scope of "${source}", got ${quote(scope[name])}`)
        }
      }
      return Number(code.evaluate({ ...scope }))
    },
  }
}
