import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { claimFiles } from '../../src/claims/core/claimFiles.js'
import { claims } from '../../src/claims/core/ledger.js'
import { root } from '../support/capabilities.js'

const page = readFileSync(join(root, 'docs', 'claims.md'), 'utf8')

/** The sections of docs/claims.md by their anchors. */
const sections: ReadonlyMap<string, string> = new Map(
  page.split(/^## /m).map(text => {
    const [heading = ''] = text.split('\n')
    const anchor = heading
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, '')
      .trim()
      .replaceAll(' ', '-')
    return [anchor, text.slice(heading.length)]
  }),
)

/** What is wrong with the docblock at the head of a claim's file; empty if nothing is. */
function faultsOf(source: string, derivation: string): string[] {
  const [, docblock = ''] = /^\/\*\*\n([\s\S]*?) \*\/\n/.exec(source) ?? []
  const lines = docblock.trimEnd().split('\n')
  const pointer = lines.findIndex(line => line.startsWith(' * Derivation:'))
  const [, anchor] = / \* Derivation: docs\/claims\.md#([\w-]+)$/.exec(lines[pointer] ?? '') ?? []
  return [
    ...(pointer < 1 || pointer > 3 ? ['the statement does not stand in one to three lines before its derivation'] : []),
    ...(lines[pointer + 1]?.startsWith(' * @source ') ? [] : ['something else than the source follows']),
    ...(sections.get(anchor ?? '')?.match(/\S/) ? [] : [`docs/claims.md has no derivation #${anchor}`]),
    ...(derivation === `docs/claims.md#${anchor}` ? [] : [`the claim says ${derivation}`]),
  ]
}

test('the file of every claim says what it states in one to three lines, and where in docs/claims.md the derivation stands', () => {
  for (const { id, derivation } of claims) {
    const { source } = claimFiles(id)
    expect(faultsOf(readFileSync(join(root, source), 'utf8'), derivation), source).toEqual([])
  }
})

/** Anchors that a text names and docs/claims.md does not have. */
const lostAnchors = (text: string): string[] =>
  [...text.matchAll(/docs\/claims\.md#([\w-]+)/g)].map(([, anchor]) => anchor!).filter(anchor => !sections.has(anchor))

test('no other file of src names an anchor that docs/claims.md does not have', () => {
  const src = join(root, 'src')
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.ts'))
  expect(files.filter(path => lostAnchors(readFileSync(join(src, path), 'utf8')).length > 0)).toEqual([])
  expect(lostAnchors('Derivation: docs/claims.md#lemma-61, docs/claims.md#lemma-99'), 'control').toEqual(['lemma-99'])
})

test('every derivation of docs/claims.md between the short answers and the errata is that of a claim', () => {
  const anchors = [...sections.keys()]
  const told = new Set(claims.map(({ derivation }) => derivation.split('#')[1]))
  const [first, last] = ['short-answers', 'errata-and-sharper-constants'].map(anchor => anchors.indexOf(anchor))
  const without = anchors.slice(first! + 1, last).filter(anchor => !told.has(anchor))
  expect(without).toEqual(['beyond-the-paper'])
})

test('an anchor that does not exist, another one than the claim has, and a derivation in the docblock are noticed (control)', () => {
  const file = (...lines: readonly string[]): string =>
    ['/**', ...lines.map(line => ` * ${line}`), ' */', ''].join('\n')
  const [here, there] = ['docs/claims.md#lemma-61', 'docs/claims.md#lemma-99']
  const source = '@source Lemma 6.1'
  expect(faultsOf(file('Lemma 6.1.', `Derivation: ${here}`, source), here)).toEqual([])
  expect(faultsOf(file('Lemma 6.1.', `Derivation: ${there}`, source), there)).toHaveLength(1)
  expect(faultsOf(file('Lemma 6.1.', `Derivation: ${here}`, source), there)).toHaveLength(1)
  expect(faultsOf(file('Lemma 6.1.', `Derivation: ${here}`, 'The inner ball gives c.', source), here)).toHaveLength(1)
  expect(faultsOf(file('a', 'b', 'c', 'd', `Derivation: ${here}`, source), here)).toHaveLength(1)
  expect(faultsOf(file('Lemma 6.1.', 'Derivation. The inner ball gives c.', source), here).length).toBeGreaterThan(1)
})
