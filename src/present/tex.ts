/**
 * Shows a formula.
 */
import { quote } from '../base/errors.js'
import type { Formula } from '../base/formula.js'
import { parse } from '../base/mathjs.js'
import { display } from './jupyterOutput.js'
import { plainTex } from './plainText.js'

/**
 * Displays a formula, typeset by the front end.
 * @param source a `Formula`; or TeX, with or without $ signs; or a mathjs expression. A string counts as TeX when it
 * has a backslash, a brace or a $ sign, or is no mathjs expression
 * @throws TypeError if it is neither
 * @example tex('6 * (1 + norm * log(N))')
 * @example tex('|k^N_\\delta(q)| \\leq |q|^{-2}')
 */
export function tex(source: Formula | string): void {
  requireSource(source)
  display(texBundle(source))
}

/** The formula's two forms by MIME type. @throws TypeError if it is neither a Formula nor a string */
export function texBundle(source: Formula | string): { readonly 'text/latex': string; readonly 'text/plain': string } {
  const { code, plain } = typeof source === 'string' ? fromText(source) : fromFormula(source)
  return { 'text/latex': `$\\displaystyle ${code}$`, 'text/plain': plain }
}

function fromFormula(source: Formula): { code: string; plain: string } {
  if (typeof source?.tex !== 'string' || typeof source.source !== 'string') {
    throw new TypeError(`tex takes a Formula, TeX or a mathjs expression, got ${quote(source)}`)
  }
  return { code: source.tex, plain: source.source }
}

function fromText(source: string): { code: string; plain: string } {
  const bare = source
    .trim()
    .replace(/^\$+|\$+$/g, '')
    .trim()
  if (/[\\{}$]/.test(source)) return { code: bare, plain: plainTex(bare) }
  try {
    return { code: parse(source).toTex({ parenthesis: 'auto' }), plain: source }
  } catch {
    return { code: bare, plain: plainTex(bare) }
  }
}

function requireSource(source: unknown): void {
  if (typeof source === 'string' || typeof (Object(source) as Partial<Formula>).tex === 'string') return
  throw new TypeError(`source must be a text or a formula, got ${quote(source)}`)
}
