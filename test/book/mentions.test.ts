// Which words of a page become links to statements, and what the cards say.
import { describe, expect, it } from 'vitest'
import { markMentions, mentionsOf, statementCards } from '../../src/book/site/text/mentions.js'
import { ledgerRows } from '../../src/book/site/text/statements.js'
import type { Claim } from '../../src/claims/core/claim.js'
import { claimById, claims } from '../../src/claims/core/ledger.js'
import { STATUS } from '../../src/claims/core/status.js'
import { recordedLedger } from '../../src/ensemble/store/recordedLedger.js'

const mentions = mentionsOf(claims)
const mark = (html: string, page = 'setup'): string => markMentions(html, page, mentions)
/** Words and address of every link made. */
const links = (html: string, page?: string): string[] =>
  [
    ...mark(html, page).matchAll(
      /<a class="mention" data-card="[^"]*" href="ledger\.html#claim-([^"]*)">([^<]*)<\/a>/g,
    ),
  ].map(([, id, words]) => `${words} -> ${id}`)

describe('what a page speaks of', () => {
  it('becomes a link to its entry in the ledger, with the name of its card', () => {
    expect(mark('<p>By Lemma 6.3, x.</p>')).toBe(
      '<p>By <a class="mention" data-card="claim-6-3" href="ledger.html#claim-6-3">Lemma 6.3</a>, x.</p>',
    )
  })

  it('is found as name, short name, plural, list, number, and over the end of a line', () => {
    expect(links('Theorem\n4.2; Thm 3.1; Prop. 7.2; Cor. 9.4, (48)')).toEqual([
      ...['Theorem\n4.2 -> 4-2', 'Thm 3.1 -> 3-1', 'Prop. 7.2 -> 7-2', 'Cor. 9.4 -> 9-4', '(48) -> 6-3'],
    ])
    expect(links('Lemmas 3.2, 6.1, and 6.3. Remark 4.5, Remarks 4.5')).toEqual([
      ...['Lemmas 3.2 -> 3-2', '6.1 -> 6-1', '6.3 -> 6-3', 'Remark 4.5 -> 4-5', 'Remarks 4.5 -> 4-5'],
    ])
    expect(links('<td>(69)–(77)</td>')).toEqual(['(69) -> 69', '(77) -> 69'])
  })

  it('has one card for the two halves of Corollary 7.3', () => {
    expect(mark('Corollary 7.3')).toContain('data-card="claim-7-3-B_claim-7-3-C" href="ledger.html#claim-7-3-B"')
  })

  it('is no other number, section, version, argument or count, and no other lemma', () => {
    const plain =
      'Lemma 6.31, Lemma 6.3.1, Lemma 6.9, Section 6.3, Node 22.12, Lemma 62; f(48), (48 bytes), (48)th, ' +
      '[1](48), (999), Lemma 0.3 and 6.3, 6.3'
    expect(mark(plain)).toBe(plain)
    // After a singular no list follows.
    expect(links('Lemma 6.1 and 6.3 of the radius')).toEqual(['Lemma 6.1 -> 6-1'])
  })

  it.each([
    '<a href="x.html">Lemma 6.3</a>',
    '<code>Lemma 6.3</code>',
    '<pre class="code"><code><span class="hljs-comment">// Lemma 6.3</span> (48)</code></pre>',
    '<h2 id="x">Lemma 6.3 <span>(48)</span></h2>',
    '<button type="button">Lemma 6.3</button>',
    '<details><summary>Lemma 6.3</summary></details>',
    '<span class="katex"><span class="katex-html"><span>(48)</span></span> (48)</span>',
    '<div class="outputs"><div><p>Lemma 6.3</p></div><p>(48)</p></div>',
    '<img alt="Lemma 6.3 and (48)">',
    '<svg><text>(48)</text></svg>',
  ])('is not marked in %s, and behind it again', html => {
    expect(mark(html)).toBe(html)
    expect(links(`${html} Lemma 6.3`)).toEqual(['Lemma 6.3 -> 6-3'])
  })

  it('is not marked where it has its own place, and is in the sections before and behind', () => {
    const told = '(48)<h2 id="lemma-63">x</h2>(48)<h3 id="y">y</h3>(48) (46)<h2 id="lemma-61">z</h2>(48)'
    const page = '06-lipschitz-log-growth'
    expect(links(told, page)).toEqual(['(48) -> 6-3', '(46) -> 6-1', '(48) -> 6-3'])
    expect(links(told, 'claims')).toEqual(['(48) -> 6-3', '(46) -> 6-1', '(48) -> 6-3'])
    expect(links(told, 'setup')).toHaveLength(5)
    const entry = (id: string): string => `<li id="claim-${id}" class="claim fails"><p>(48)</p></li>`
    expect(links(entry('6-3') + entry('6-1'), 'ledger')).toEqual(['(48) -> 6-3'])
  })
})

describe('who has a number', () => {
  const claim = (label: string, reference: string): Claim => ({ ...claimById('6.3'), id: label, label, reference })
  const ownerOf = (number: string, ...some: Claim[]): string | undefined => mentionsOf(some).get(number)?.[0]?.label

  it('is the one whose label has it alone, then as part of a range, then the reference of a name', () => {
    const named = claim('Lemma 1.1', 'Lemma 1.1, (3), (5)-(7)')
    const ranged = claim('(5)-(9)', '(3)')
    const alone = claim('(6), (10)', '(6)')
    expect(['(3)', '(5)', '(6)', '(8)', '(10)'].map(number => ownerOf(number, named, ranged, alone))).toEqual([
      ...['Lemma 1.1', '(5)-(9)', '(6), (10)', '(5)-(9)', '(6), (10)'],
    ])
  })

  it('is nobody where two have it, or a reference lists it without the name in the label', () => {
    expect(ownerOf('(3)', claim('(3)', ''), claim('Lemma 1.1, (3)', ''))).toBeUndefined()
    expect(ownerOf('(3)', claim('(4)', '(3), (4)'))).toBeUndefined()
    expect(ownerOf('(3)', claim('Lemma 1.1', 'beyond Lemma 1.1, (3)'))).toBeUndefined()
    expect(ownerOf('(3)', claim('(2), (3) along runs', ''))).toBeUndefined()
  })
})

describe('a card', () => {
  const rows = ledgerRows(recordedLedger())
  const cards = (link: (target: string) => string | undefined): Map<string, string> => {
    const onError = (message: string): never => expect.fail(message)
    const found = new Map<string, string>()
    for (const { path, content } of statementCards(mentions, rows, { link, onError })) {
      new Function('mflStatement', String(content))((name: string, html: string) => found.set(name, html))
      expect(found.has(path.replace(/^assets\/statements\/|\.js$/g, ''))).toBe(true)
    }
    return found
  }

  it('has label, title, bound, verdict and ways', () => {
    const card = cards(target => `to:${target}`).get('claim-6-3')!
    const { label, title, notebook, derivation } = claimById('6.3')
    const { status } = recordedLedger().claims.find(({ id }) => id === '6.3')!.verdict
    for (const part of [label, title, 'class="katex-display"', `${STATUS[status].sign} ${status}`, '#claim-6-3'])
      expect(card).toContain(part)
    expect(card).toContain(`href="to:notebooks/${notebook}"`)
    expect(card).toContain(`href="to:${derivation}"`)
  })

  it('leaves out ways that the book does not have, and is there for every link', () => {
    const found = cards(() => undefined)
    expect(found.get('claim-6-3')!.match(/href=/g)).toHaveLength(1)
    for (const words of mentions.keys()) {
      const name = /data-card="([^"]*)"/.exec(mark(words.replace(/^[a-z]/, first => first.toUpperCase())))![1]!
      expect(found.get(name)).toMatch(/katex/)
    }
    expect(found.get('claim-7-3-B_claim-7-3-C')!.match(/class="verdict/g)).toHaveLength(2)
  })
})
