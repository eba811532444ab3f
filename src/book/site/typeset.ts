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
    const html = katex.renderToString(tex.trim(), { displayMode: display, throwOnError: true, strict: 'ignore' })
    return display ? `<div class="formula" tabindex="0" role="group" aria-label="formula">${html}</div>` : html
  } catch (error) {
    onError(`the formula ${JSON.stringify(tex.slice(0, 80))}: ${(error as Error).message}`)
    return `<code class="unset">${escapeHtml(tex)}</code>`
  }
}

/** Formulas between $...$ inside plain text, which is escaped. */
export function typesetText(text: string, onError: (message: string) => void): string {
  return text
    .split(/\$([^$]+)\$/)
    .map((part, i) => (i % 2 === 1 ? typeset(part, false, onError) : escapeHtml(part)))
    .join('')
}
