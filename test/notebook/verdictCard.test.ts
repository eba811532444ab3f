// The cards of all claims, as recorded: what a reader sees before the evidence is opened, held to rules that the code
// of the card does not know.
import { expect, test } from 'vitest'
import { unescapeHtml } from '../../src/book/site/text/html.js'
import { ledgerRows } from '../../src/book/site/text/statements.js'
import type { Verdict } from '../../src/claims/core/claim.js'
import { recordedLedger } from '../../src/ensemble/store/recordedLedger.js'
import type { CardClaim, CardRecord } from '../../src/present/cardParts.js'
import { firstSentence } from '../../src/present/firstSentence.js'
import { verdictBundle } from '../../src/present/verdictCard.js'

const rows = ledgerRows(recordedLedger())

const card = (claim: CardClaim, verdict: Verdict, record?: CardRecord) =>
  verdictBundle(claim, verdict, record as Parameters<typeof verdictBundle>[2])

/** Text of HTML, a line for each paragraph. */
const textOf = (html: string): string =>
  unescapeHtml(html.replace(/<\/(p|div|dl)>/g, '\n').replace(/<[^>]*>/g, '')).replace(/\n\s*\n/g, '\n')

const BAD: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['braces or quotation marks', /[{}"]/],
  ['a name of programs', /\b(?!arXiv)[a-z]+[0-9]*[A-Z]\w*|\b[a-z]+_[a-z]+\b/],
  ['a thing that is itself', /(?<![\w.=<>])([\w.√]+) = \1(?![\w.])/],
  ['a value of programs', /\bNaN\b|\bundefined\b|\bnull\b|\[object|\de-?\d/],
]

/** What is wrong with a card, in words; nothing where all is well. */
function problems({ 'text/html': html, 'text/plain': text }: ReturnType<typeof card>): string[] {
  const [shown, ...folded] = html.split(/<details\b[^>]*>/)
  const plain = textOf(shown!)
  // Formulas that stand for a number or a sentence are typeset; words between them are looked at.
  const words = plain.replace(/\$[^$]*\$/g, ' … ')
  const formulas = [...plain.matchAll(/\$([^$]*)\$/g)].map(([, tex]) => tex!)
  const terminal = text.split('\nevidence:\n')
  const gist = /<\/span>([^<]*)<\/p>/.exec(shown!)?.[1]?.trim() ?? ''
  const found = [
    ...BAD.filter(([, pattern]) => pattern.test(words)).map(([what]) => what),
    ...(formulas.some(tex => /(?<![\w.=<>+\-\\])([\w.]+)\s*=\s*\1(?![\w.^_])/.test(tex))
      ? ['a formula that is itself']
      : []),
    ...((shown!.match(/<dd/g) ?? []).length > 3 ? ['more than three numbers'] : []),
    ...(folded.length === 1 && !/<details\b[^>]*\bopen/.test(html) ? [] : ['evidence that is not folded']),
    ...(/<table|<code|class=|<script/.test(html) ? ['a table, code, class or script'] : []),
    ...(gist !== '' && /[.]$/.test(gist) && firstSentence(gist) === gist ? [] : ['no single sentence']),
    ...(/\d\.\d/.test(gist.replace(/(Lemmas?|Theorem|Proposition|Corollary) [\d.]+\d/g, ''))
      ? ['a measured number in the sentence']
      : []),
    ...(terminal.length === 2 && terminal[0]!.split('\n').length <= 6 ? [] : ['a long form for terminals']),
    ...(/[\\{}"]/.test(terminal[0]!.replace(/^bound:.*$/m, ''))
      ? ['TeX, braces or quotation marks in a terminal']
      : []),
  ]
  const example = /<b>Counter-example:<\/b>([^<]*)/.exec(shown!)?.[1]
  if (example !== undefined && !/\.\s*$/.test(example)) found.push('a counter-example without its full stop')
  return found
}

test.each(rows.map(row => [row.claim.id, row] as const))(
  'the card of %s is short, and folds the rest',
  (_, { claim, verdict, record }) => {
    expect(problems(card(claim, verdict, record))).toEqual([])
  },
)

test('every recorded counter-example is told by its claim, with a formula', () => {
  const told = rows.filter(({ verdict }) => verdict.counterExample !== undefined)
  expect(told.map(({ claim }) => claim.id)).toEqual(['4.3', '4.4', '5.2', '6.1', '6.3', '7.1', '7.2.57', '7.3.B', '91'])
  for (const { claim, verdict } of told) {
    expect(claim.counterExampleText!(verdict.counterExample!), claim.id).toMatch(/\$.*\$.*\.$/)
    expect(claim.counterExampleText!({ other: 1 }), claim.id).toBeUndefined()
  }
})

test('shows printed, sharp and largest found, and of an exceeded constant rather than of the first', () => {
  const numbers = (id: string): string[] => {
    const { claim, verdict, record } = rows.find(row => row.claim.id === id)!
    const [shown] = card(claim, verdict, record)['text/html'].split('<details')
    return [...shown!.matchAll(/<dt[^>]*>([^<]*)<\/dt> <dd[^>]*>([^<]*)<\/dd>/g)].map(
      ([, name, value]) => `${name} ${value}`,
    )
  }
  expect(numbers('3.4')).toEqual(['printed 10.8103', 'sharp 2.66604', 'largest found 2.66604'])
  expect(numbers('5.2')).toEqual(['printed 1', 'sharp 2.44949', 'largest found 2.44949'])
  expect(numbers('9.3')).toEqual(['largest measured 0.0443 [0, 0.135]'])
  // A statement that fails otherwise has no number beside its counter-example.
  expect(numbers('6.1')).toEqual([])
})

test('and the rules see each fault (control)', () => {
  const claim: CardClaim = {
    ...{ label: 'Lemma 0', title: 'title', statement: 'so', reference: 'ref' },
    bound: { tex: 'x=x', source: 'x' },
  }
  const verdict: Verdict = { status: 'holds', basis: 'measured', gist: 'As $C$ is 2.5 of it. So it is.', reason: 'So.' }
  const told = { ...claim, counterExampleText: () => 'with {"spec":1, logOfBound = 2 = 2, NaN}' }
  const bad = card(told, { ...verdict, counterExample: {} })
  const long = bad['text/plain'].replace('\nevidence:', '\n\n\n\n\nevidence:')
  const html = bad['text/html'].replace('<details', `<dl>${'<dd>1</dd>'.repeat(4)}</dl><table></table><details open`)
  expect(problems({ 'text/html': html, 'text/plain': long }).sort()).toEqual(
    [
      ...BAD.map(([what]) => what),
      'a formula that is itself',
      'more than three numbers',
      'evidence that is not folded',
      'a table, code, class or script',
      'no single sentence',
      'a measured number in the sentence',
      'a long form for terminals',
      'TeX, braces or quotation marks in a terminal',
      'a counter-example without its full stop',
    ].sort(),
  )
  expect(problems(card(claim, { ...verdict, gist: 'So it is.' }))).toEqual(['a formula that is itself'])
})

test('a counter-example without a formula of its own is told by names and values', () => {
  const { claim, verdict } = rows[0]!
  const counterExample = { logOfBound: -3, T: 'to 0', q: [1, 0], set: '{"a"}' }
  const { 'text/plain': text } = card(claim, { ...verdict, counterExample })
  expect(text).toContain('counter-example: log of bound = -3, T → 0, q = (1, 0), set = (a).')
})

test('a sentence ends at a full stop before a space, outside formulas', () => {
  expect(firstSentence('For $a. b$ at 2.5 only. Else not.')).toBe('For $a. b$ at 2.5 only.')
  expect(firstSentence('See Def. 5.1 first. Then go on.')).toBe('See Def. 5.1 first.')
  expect(firstSentence('none')).toBe('none')
})
