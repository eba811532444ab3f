/**
 * The search: a dialog over the sections of all pages. Loaded with the first search, as is what it searches.
 */
import MiniSearch, { type SearchResult } from 'minisearch'

/** Page, anchor, title of the page, heading, text, names in code. */
type Row = readonly [string, string, string, string, string, string]

const LIMIT = 30
const EXCERPT = 150

/** Words, and numbers like 6.1 in one piece. */
const words = (text: string): string[] => text.match(/[\p{L}\p{N}]+(?:\.\p{N}+)*/gu) ?? []

let rows: readonly Row[] = []
const index = new MiniSearch({
  fields: ['title', 'heading', 'text', 'code'],
  tokenize: words,
  searchOptions: {
    tokenize: words,
    prefix: term => term.length > 2,
    fuzzy: term => (/\d/.test(term) ? false : term.length > 4 ? 0.2 : false),
    boost: { heading: 6, title: 2, code: 0.5 },
    combineWith: 'AND',
  },
})

/** What the script with the sections calls. */
function receive(sections: readonly Row[]): void {
  rows = sections
  index.addAll(sections.map(([, , title, heading, text, code], id) => ({ id, title, heading, text, code })))
}

/** The first place of a found word, with some words around it. */
function excerpt(text: string, terms: readonly string[]): (Node | string)[] {
  const lower = text.toLowerCase()
  const term = terms.find(candidate => lower.includes(candidate))
  const at = term === undefined ? 0 : lower.indexOf(term)
  const start = at <= EXCERPT / 3 ? 0 : text.indexOf(' ', at - EXCERPT / 3) + 1
  const before = `${start > 0 ? '… ' : ''}${text.slice(start, at)}`
  if (term === undefined) return [text.slice(0, EXCERPT)]
  const mark = document.createElement('mark')
  mark.textContent = text.slice(at, at + term.length)
  return [before, mark, text.slice(at + term.length, start + EXCERPT).replace(/\S*$/, '…')]
}

function item(result: SearchResult): HTMLLIElement {
  const [page, anchor, title, heading, text] = rows[Number(result.id)]!
  const link = document.createElement('a')
  link.href = `${page}.html#${anchor}`
  const name = document.createElement('b')
  name.textContent = heading
  const where = document.createElement('small')
  where.textContent = title === heading ? '' : title
  const words = document.createElement('span')
  words.append(...excerpt(text, result.terms))
  link.append(name, where, words)
  const li = document.createElement('li')
  li.append(link)
  return li
}

/** The dialog, once. */
function makeDialog(): { readonly open: () => void } {
  const dialog = document.createElement('dialog')
  dialog.className = 'search'
  dialog.setAttribute('aria-label', 'Search the book')
  const input = document.createElement('input')
  input.type = 'search'
  input.placeholder = 'Lemma 6.1, cut-off, Gronwall, coupledFlow …'
  input.setAttribute('aria-label', 'Search for')
  input.autocomplete = 'off'
  input.spellcheck = false
  const status = document.createElement('p')
  status.setAttribute('role', 'status')
  const list = document.createElement('ol')
  const close = document.createElement('button')
  close.type = 'button'
  close.textContent = 'Close'
  const head = document.createElement('div')
  head.append(input, close)
  dialog.append(head, status, list)
  document.body.append(dialog)
  const show = (): void => {
    const found = input.value.trim() === '' ? [] : index.search(input.value)
    list.replaceChildren(...found.slice(0, LIMIT).map(item))
    const more = found.length > LIMIT ? `, the first ${LIMIT} shown` : ''
    status.textContent = input.value.trim() === '' ? '' : `${found.length} places${more}`
  }
  input.addEventListener('input', show)
  close.addEventListener('click', () => dialog.close())
  dialog.addEventListener('click', event => {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (event.target === dialog || link !== null) dialog.close()
  })
  dialog.addEventListener('keydown', event => {
    const links = [...list.querySelectorAll('a')]
    const at = links.indexOf(document.activeElement as HTMLAnchorElement)
    if (event.key === 'ArrowDown') (links[at + 1] ?? links[at])?.focus()
    else if (event.key === 'ArrowUp') (links[at - 1] ?? input).focus()
    else if (event.key === 'Enter' && document.activeElement === input) links[0]?.click()
    else return
    event.preventDefault()
  })
  return {
    open: () => {
      dialog.showModal()
      input.select()
    },
  }
}

Object.assign(window, { mflSearch: receive, mflSearchDialog: makeDialog() })
