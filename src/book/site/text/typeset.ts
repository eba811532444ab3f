/**
 * Formulas: TeX to HTML and MathML with KaTeX, at build time.
 */
import katex from 'katex'
import { escapeHtml } from './html.js'

/**
 * A formula as HTML, with MathML beside it for screen readers.
 * @param tex TeX without its dollar signs
 * @param display whether it stands on a line of its own
 * @param onError called with what KaTeX says; the formula then appears as its source
 * @example typeset('N^{-\\delta}', false, console.error)
 */
export function typeset(tex: string, display: boolean, onError: (message: string) => void): string {
  try {
    const made = katex.renderToString(tex.trim(), { displayMode: display, throwOnError: true, strict: 'ignore' })
    const html = made.replace(LONE_OPERATOR, '<mrow>$1</mrow>')
    return display ? `<div class="formula" tabindex="0" role="group" aria-label="formula">${html}</div>` : html
  } catch (error) {
    onError(`the formula ${JSON.stringify(tex.slice(0, 80))}: ${(error as Error).message}`)
    return `<code class="unset">${escapeHtml(tex)}</code>`
  }
}

/** An index that is an operator, as in b_{\\max}: KaTeX gives two children for it, and MathML asks for one. */
const LONE_OPERATOR = /(<mi>\w+<\/mi><mo>\u2061<\/mo>)(?=<\/m(?:sub|sup|subsup)>)/g

/**
 * A formula is boxes to the browser, which may break the line between them, as in |·|, and before the comma behind the
 * last: short ones are kept together.
 */
const KEPT = 24

const isShort = (tex: string): boolean => tex.replace(/\\[vV]ert ?/g, '|').length <= KEPT

/** What sticks to a formula from the text behind it: punctuation, behind a short one. */
export function tailOf(tex: string, behind: string): string {
  return isShort(tex) ? (/^[.,;:!?)\]’”"–-]+/.exec(behind)?.[0] ?? '') : ''
}

/** A typeset formula and its tail on one line, where it is short. */
export function kept(tex: string, formula: string, tail: string): string {
  const breaks = tail !== '' || (isShort(tex) && formula.split('class="base"').length > 2)
  return breaks ? `<span class="keep">${formula}${escapeHtml(tail)}</span>` : formula
}

/** Formulas between $...$ inside plain text, which is escaped. */
export function typesetText(text: string, onError: (message: string) => void): string {
  const parts = text.split(/\$([^$]+)\$/)
  let html = escapeHtml(parts[0]!)
  for (let i = 1; i < parts.length; i += 2) {
    const tail = tailOf(parts[i]!, parts[i + 1]!)
    html += kept(parts[i]!, typeset(parts[i]!, false, onError), tail) + escapeHtml(parts[i + 1]!.slice(tail.length))
  }
  return html
}
