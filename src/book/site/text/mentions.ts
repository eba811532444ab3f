/**
 * Numbered statements that a page speaks of, as 'Lemma 6.3' or '(48)': links to their places in the ledger, beside
 * which a script of the page shows a card. Which names and numbers there are the claims say themselves.
 */
import type { Claim } from '../../../claims/core/claim.js'
import { STATUS } from '../../../claims/core/status.js'
import type { BookFile } from '../figures/figureFiles.js'
import { badge, claimAnchor, type LedgerLinks } from '../ledgerPage.js'
import { escapeHtml } from './html.js'
import { type LedgerRow, statementKind } from './statements.js'
import { typeset, typesetText } from './typeset.js'

/** What a name or a number stands for: a claim, or those that are the parts of one statement. */
export type Mentioned = readonly Claim[]

/** The statements by 'lemma 6.3' and by '(48)'. */
export type Mentions = ReadonlyMap<string, Mentioned>

const NAME = /^([A-Z][a-z]+)\.? (\d+\.\d+)$/
const NUMBERS = /^\((\d+)\)(?:-\((\d+)\))?( .*)?$/

interface Items {
  /** As 'lemma 6.3'. */
  readonly names: readonly string[]
  /** Equation numbers that stand alone, as '(48)'. */
  readonly alone: readonly string[]
  /** Those of ranges. */
  readonly ranged: readonly string[]
}

/** The names and equation numbers among the items of a label or a reference; what else stands there is no item. */
function itemsOf(text: string): Items {
  const names: string[] = []
  const alone: string[] = []
  const ranged: string[] = []
  for (const item of text.split(/[,;] /)) {
    const [, kind, number] = NAME.exec(item) ?? []
    if (kind !== undefined) names.push(`${statementKind(kind)} ${number}`)
    const [, first, last, words] = NUMBERS.exec(item) ?? []
    // '(85), (86) along runs' is about something else than these equations.
    if (words !== undefined) return { names, alone: [], ranged: [] }
    if (first !== undefined && last === undefined) alone.push(`(${first})`)
    for (let n = Number(first); n <= Number(last); n++) ranged.push(`(${n})`)
  }
  return { names, alone, ranged }
}

/**
 * Who has which name and number. A name belongs to all claims that have it in their label, as the two halves of one
 * corollary. A number belongs to the claim in whose label it stands alone, else to that whose label has a range with
 * it, else to that whose reference lists it behind the name in its label; a number of two claims belongs to none.
 * @example mentionsOf(claims).get('(48)').length // 1
 */
export function mentionsOf(claims: readonly Claim[]): Mentions {
  const all = claims.map(claim => ({ claim, label: itemsOf(claim.label), reference: itemsOf(claim.reference) }))
  const referenced = ({ label, reference }: (typeof all)[number]): readonly string[] =>
    label.names.some(name => reference.names.includes(name)) ? [...reference.alone, ...reference.ranged] : []
  const owners = (keysOf: (items: (typeof all)[number]) => readonly string[]): Map<string, Claim[]> => {
    const found = new Map<string, Claim[]>()
    for (const items of all) for (const key of keysOf(items)) found.set(key, [...(found.get(key) ?? []), items.claim])
    return found
  }
  // Of a number that several ways find, the last counts.
  const numbers = new Map([
    ...owners(referenced),
    ...owners(({ label }) => label.ranged),
    ...owners(({ label }) => label.alone),
  ])
  return new Map([...owners(({ label }) => label.names), ...[...numbers].filter(([, { length }]) => length === 1)])
}

/** The name of a card, and of its file. */
const cardName = (mentioned: Mentioned): string => mentioned.map(({ id }) => claimAnchor(id)).join('_')

/**
 * Where nothing is marked: code, headings, what can be pressed already, formulas, and outputs, which stay as stored.
 */
const LEFT_TAGS = /^<(a|code|pre|h[1-6]|button|summary|label|select|textarea|nav|svg|math)[\s>]/
const LEFT_CLASSES = /^<(\w+)[^>]* class="(?:[^"]* )?(?:katex|outputs)[ "]/

/** 'Lemma 6.3', 'Lemmas 6.1 and 6.3', '(48)'. */
const MENTION =
  /\b([A-Z][a-z]+)\.?\s(\d+\.\d+)(?:((?<=[a-z]s\s\d+\.\d+)(?:(?:,|,? and|,? or)\s\d+\.\d+)+))?(?!\.?\d)|(?<![\w)\]])(\(\d+\))(?!\w)/g

/**
 * The HTML of a page with links for the statements that it speaks of, except where a statement has its own place.
 * @param page file name without extension
 */
export function markMentions(html: string, page: string, mentions: Mentions): string {
  const link = (key: string, words: string, open: ReadonlySet<string>): string => {
    const mentioned = mentions.get(key)
    if (mentioned === undefined || mentioned.some(claim => placesOf(claim).some(place => open.has(place)))) return words
    const address = `ledger.html#${claimAnchor(mentioned[0]!.id)}`
    return `<a class="mention" data-card="${cardName(mentioned)}" href="${address}">${words}</a>`
  }
  const marked = (text: string, open: ReadonlySet<string>): string =>
    text.replace(MENTION, (whole, word?: string, first?: string, more?: string, number?: string) => {
      if (number !== undefined) return link(number, number, open)
      const kind = statementKind(word!)
      const head = more === undefined ? whole : whole.slice(0, -more.length)
      const rest = (more ?? '').replace(/\d+\.\d+/g, other => link(`${kind} ${other}`, other, open))
      return link(`${kind} ${first}`, head, open) + rest
    })
  const where = placeOnPage(page)
  let left: { readonly tag: string; depth: number } | undefined
  return html
    .split(/(<[^>]*>)/)
    .map((part, i) => {
      if (i % 2 === 0) return left === undefined ? marked(part, where.open()) : part
      where.pass(part)
      if (left === undefined) {
        const tag = (LEFT_TAGS.exec(part) ?? LEFT_CLASSES.exec(part))?.[1]
        if (tag !== undefined) left = { tag, depth: 1 }
      } else if (new RegExp(`^</?${left.tag}[\\s>]`).test(part)) {
        left.depth += part.startsWith('</') ? -1 : 1
        if (left.depth === 0) left = undefined
      }
      return part
    })
    .join('')
}

/** Page and anchor of a target in the clone: 'notebooks/a.ipynb#b' gives 'a#b'. */
const placeIn = (target: string): string => target.replace(/^.*\//, '').replace(/\.\w+(?=#|$)/, '')

/** Where a statement has its own places, which need no link to it. */
const placesOf = ({ id, notebook, derivation }: Claim): string[] => [
  `ledger#${claimAnchor(id)}`,
  placeIn(notebook),
  placeIn(derivation),
]

/** Follows the tags of a page: in which sections, and in which entry of the ledger, one is. */
function placeOnPage(page: string): { pass(tag: string): void; open(): ReadonlySet<string> } {
  let sections: { readonly level: number; readonly place: string }[] = []
  let entry: string | undefined
  let open: ReadonlySet<string> = new Set()
  return {
    pass(tag) {
      const [, level, heading, claim] = /^<(?:h([1-6]) id="([^"]*)"|li id="(claim-[^"]*)")/.exec(tag) ?? []
      if (level === undefined && claim === undefined) return
      if (level !== undefined) {
        sections = sections.filter(section => section.level < Number(level))
        sections.push({ level: Number(level), place: `${page}#${heading}` })
      }
      entry = claim === undefined ? entry : `${page}#${claim}`
      open = new Set([...sections.map(({ place }) => place), ...(entry === undefined ? [] : [entry])])
    },
    open: () => open,
  }
}

/**
 * The card of each statement as a classic script, which calls `mflStatement` with the name of the card and its HTML:
 * pages from file:// may not fetch.
 */
export function statementCards(mentions: Mentions, rows: readonly LedgerRow[], links: LedgerLinks): BookFile[] {
  const cards = new Map([...mentions.values()].map(mentioned => [cardName(mentioned), mentioned] as const))
  return [...cards].map(([name, mentioned]) => {
    const html = rows
      .filter(({ claim }) => mentioned.includes(claim))
      .map(row => cardHtml(row, links))
      .join('')
    return {
      path: `assets/statements/${name}.js`,
      content: `mflStatement(${JSON.stringify([name, html]).slice(1, -1)})\n`,
    }
  })
}

function cardHtml({ claim, status }: LedgerRow, { link, onError }: LedgerLinks): string {
  const text = (value: string): string => typesetText(value, onError)
  const way = (target: string, words: string): string => {
    const address = link(target)
    return address === undefined ? '' : ` · <a href="${address}">${words}</a>`
  }
  const notebook = way(`notebooks/${claim.notebook}`, `notebook ${escapeHtml(placeIn(claim.notebook).split('#')[0]!)}`)
  return (
    `<div class="${STATUS[status].className}"><p><b>${text(claim.label)}</b> ${text(claim.title)}</p>` +
    `${typeset(claim.bound.tex, true, onError)}<p>${badge(status)}</p>` +
    `<p><a href="ledger.html#${claimAnchor(claim.id)}">ledger</a>${notebook}${way(claim.derivation, 'derivation')}</p></div>`
  )
}
