import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { claimFiles } from '../../src/claims/core/claimFiles.js'
import { claims } from '../../src/claims/core/ledger.js'
import { LEDGER_PAGES, withLedger } from '../../src/claims/core/ledgerPages.js'
import { statementsTable } from '../../src/claims/core/statementsTable.js'
import { recordedLedger } from '../../src/ensemble/store/recordedLedger.js'
import { root } from '../support/capabilities.js'

const [BEGIN, END] = ['<!-- statements -->\n', '<!-- end of statements -->']

const PAGES = [
  { page: 'README.md', folder: '' },
  { page: 'docs/statements.md', folder: 'docs' },
] as const

/** The rows between the marks of a page, each a list of cells. */
function rowsOf(page: string): string[][] {
  const text = readFileSync(join(root, page), 'utf8').split(BEGIN)[1]!.split(END)[0]!
  const lines = text.split('\n').filter(line => line.startsWith('| '))
  return lines.slice(2).map(line => line.slice(2, -2).split(' | '))
}

/** The anchors of a notebook or a page: those that stand in it, and those that its headings get. */
function anchorsOf(path: string): Set<string> {
  const file = readFileSync(path, 'utf8')
  const text = path.endsWith('.ipynb')
    ? (JSON.parse(file).cells as { source: string[] }[]).map(({ source }) => source.join('')).join('\n')
    : file
  const marks = [...text.matchAll(/<a id="([\w.-]+)">/g)].map(match => match[1]!)
  const headings = [...text.matchAll(/^#{1,6} (.*)$/gm)].map(match =>
    match[1]!
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, '')
      .trim()
      .replace(/ /g, '-'),
  )
  return new Set([...marks, ...headings])
}

/** What is wrong with the links of a row. */
function deadLinks(folder: string, cells: readonly string[]): string[] {
  const targets = [...cells.join(' ').matchAll(/\]\(([^)]*)\)/g)].map(match => match[1]!)
  return targets.filter(target => {
    const [path = '', anchor] = target.split('#')
    const place = join(root, folder, path)
    return !existsSync(place) || (anchor !== undefined && !anchorsOf(place).has(anchor))
  })
}

for (const ledgerPage of LEDGER_PAGES) {
  test(`the table in ${ledgerPage.page} is the recorded ledger's (npm run ledger)`, () => {
    const text = readFileSync(join(root, ledgerPage.page), 'utf8')
    expect(withLedger(ledgerPage, text, recordedLedger().claims)).toBe(text)
    expect(withLedger(ledgerPage, text, recordedLedger().claims.slice(1)), 'control').not.toBe(text)
  })
}

for (const { page, folder } of PAGES) {
  test(`the table in ${page} leads from every claim to its derivation, notebook, source and test, and all of it exists`, () => {
    const rows = rowsOf(page)
    expect(rows).toHaveLength(claims.length)
    for (const [i, { id, label, notebook }] of claims.entries()) {
      const cells = rows[i]!
      expect(cells.join(' | '), id).toContain(label.replaceAll('|', '\\vert '))
      expect(cells.at(-4)).toContain(`notebooks/${notebook})`)
      expect(cells.at(-3)).toBe(`\`npx mfl claims --only ${id}\``)
      expect(cells.at(-2)).toContain(`${claimFiles(id).source})`)
      expect(cells.at(-1)).toContain(`${claimFiles(id).test})`)
      expect(deadLinks(folder, cells), id).toEqual([])
    }
  })
}

/** Formulas in the rows of tables whose dollar signs are none to Markdown, as a space stands beside them. */
const unsetFormulas = (text: string): string[] =>
  text
    .split('\n')
    .filter(line => line.startsWith('| '))
    .flatMap(line => line.split('$').filter((part, i) => i % 2 === 1 && part !== part.trim()))

test('no formula in a table of the ledger begins or ends with a space, which would leave it as its TeX', () => {
  for (const { page } of LEDGER_PAGES) {
    expect(unsetFormulas(readFileSync(join(root, page), 'utf8')), page).toEqual([])
  }
  expect(unsetFormulas('| in $\\vert \\cdot\\vert $ | $1$ |'), 'control').toHaveLength(1)
})

test('README.md says how many statements its table has', () => {
  expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(`<summary>${claims.length} statements`)
})

test('a file or an anchor that does not exist is noticed (control)', () => {
  const cells = [
    '[a](notebooks/06-lipschitz-log-growth.ipynb#lemma-99)',
    '[b](src/claims/lemma99.ts)',
    '[c](README.md)',
  ]
  expect(deadLinks('', cells)).toEqual(['notebooks/06-lipschitz-log-growth.ipynb#lemma-99', 'src/claims/lemma99.ts'])
})

test('a verdict that changes changes the table (control)', () => {
  const [first, ...rest] = recordedLedger().claims
  const other = { ...first!, verdict: { ...first!.verdict, status: 'fails as printed' as const } }
  const before = statementsTable([first!, ...rest], '', 'compact')
  expect(first!.verdict.status).toBe('holds')
  expect(statementsTable([other, ...rest], '', 'compact')).not.toBe(before)
})
