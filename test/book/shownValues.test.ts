// What readers see of values: every page, table and card of the book, and the stored ledger in the terminal.
import { describe, expect, it } from 'vitest'
import { unescapeHtml } from '../../src/book/site/text/html.js'
import { writeSite } from '../../src/book/site/writeSite.js'
import { claims } from '../../src/claims/core/ledger.js'
import { claimsCommand } from '../../src/cli/claimsCommand.js'
import { root } from '../support/capabilities.js'

const RANGE = 'a range as two values'
/** What no reader should meet, and why. */
const BAD: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a value that is not there without a reason', /\bNaN\b|\bundefined\b|– : no value/],
  ['an object', /\[object \w+\]/],
  ['infinity in the language of programs', /\bInfinity\b/],
  ['a number said to be itself', /(?<![\w.])(\d[\d.]*) = \1(?![\w.])/],
  ['a limit as a value', /= to -?\d/],
  [RANGE, /\bfrom = -?\d/],
]
/** What rounding leaves; a column or a sentence about errors may tell their size. */
const NOISE = /(?<![\w.])-?\d[\d.]*e-1[5-9]\b/

/** Lines of text between tags: without formulas, which are typeset, and without source code and inline code. */
function linesOf(html: string): string[] {
  const text = html
    .replace(/<head>[\s\S]*?<\/head>|<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<span class="katex-mathml">[\s\S]*?<\/math><\/span>/g, '')
    .replace(/<pre(?! class="output)[\s\S]*?<\/pre>/g, '')
    // Inside cards <code> holds inputs, elsewhere code.
    .replace(/<div class="output html">[\s\S]*?<\/div>/g, card => card.replace(/<\/?code>/g, ''))
    .replace(/<code[\s\S]*?<\/code>/g, '')
    .replace(/<\/(p|tr|td|th|li|h\d|pre|div|summary|figcaption)>/g, '\n')
    .replace(/<[^>]*>/g, '')
  return unescapeHtml(text)
    .split('\n')
    .filter(line => line.trim() !== '')
}

function badLines(lines: readonly string[], patterns: readonly (readonly [string, RegExp])[]): string[] {
  return lines.flatMap(line =>
    patterns.flatMap(([what, pattern]) => (pattern.test(line) ? [`${what}: ${line.slice(0, 160)}`] : [])),
  )
}

describe('values are shown as people write them', () => {
  const pages = writeSite(root).files.filter(({ path }) => path.endsWith('.html'))

  it('on every page of the book', () => {
    expect(pages.length).toBeGreaterThan(25)
    const found = pages.flatMap(({ path, content }) => {
      // The page on performance tells measured errors, in columns of that name; the tables of Claims name the fields of
      // specs.
      const told = path === 'claims.html' ? BAD.filter(([what]) => what !== RANGE) : BAD
      const patterns = path === 'performance.html' ? told : [...told, ['noise of rounding', NOISE] as const]
      return badLines(linesOf(String(content)), patterns).map(line => `${path}: ${line}`)
    })
    expect(found).toEqual([])
  })

  it('in the stored ledger on the command line, all of it and each claim', async () => {
    const half = Math.floor(claims.length / 2)
    const ids = claims.map(({ id }) => id)
    const texts = await Promise.all(
      [undefined, ids.slice(0, half).join(','), ids.slice(half).join(',')].map(
        async only => (await claimsCommand({ seed: '1', recorded: true, ...(only !== undefined && { only }) })).text,
      ),
    )
    const lines = texts.join('\n').split('\n')
    expect(lines.length).toBeGreaterThan(4 * claims.length)
    expect(badLines(lines, [...BAD, ['noise of rounding', NOISE], ['TeX', /[\\{}$]/]])).toEqual([])
  })

  it('and the check sees each of them (control)', () => {
    const html =
      '<td>NaN</td><td>[object Object]</td><td>Infinity</td><td>2 = 2</td><p>T = to 0</p><p>from = 1, to = 2</p>' +
      '<div class="output html"><code>share = 2.5e-17</code></div><p>tends to 0 from 1 to 2, 12 = 2</p><pre>NaN</pre>'
    const found = badLines(linesOf(html), [...BAD, ['noise of rounding', NOISE]])
    expect(found.map(line => line.split(': ')[0])).toEqual([...BAD.map(([what]) => what), 'noise of rounding'])
  })
})
