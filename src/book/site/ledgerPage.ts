/**
 * The ledger as a page: every claim with its verdict, and the way to the notebook, the derivation and the source.
 */
import { STATUS } from '../../claims/core/status.js'
import { cardParts, type Named } from '../../present/cardParts.js'
import { plainText } from '../../present/plainText.js'
import { escapeHtml } from './text/html.js'
import type { LedgerRow } from './text/statements.js'
import { typeset, typesetText } from './text/typeset.js'

/** Ways out of a claim. */
export interface LedgerLinks {
  /** An address of the book, or undefined where it has nothing. */
  link(target: string): string | undefined
  onError(message: string): void
}

/** The anchor of a claim on the ledger page. */
export const claimAnchor = (id: string): string => `claim-${id.replaceAll('.', '-')}`

/** A verdict as a badge: sign and words. */
export function badge(status: LedgerRow['status']): string {
  const { sign, className } = STATUS[status]
  return `<span class="verdict ${className}">${sign} ${escapeHtml(status)}</span>`
}

/** How many claims have each verdict, as a sentence of badges. */
export function tally(rows: readonly LedgerRow[]): string {
  const counts = (Object.keys(STATUS) as LedgerRow['status'][]).map(status => ({
    status,
    count: rows.filter(row => row.status === status).length,
  }))
  return `<ul class="tally">${counts
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `<li><b>${count}</b> ${badge(status)}</li>`)
    .join('')}</ul>`
}

/** The body of the page. */
export function ledgerHtml(rows: readonly LedgerRow[], links: LedgerLinks): string {
  return `<h1>The ledger</h1>
<p class="lead">Every numbered statement of the paper that is an executable claim: a bound that is one expression, a measurement that attacks it, the sharpest constant found, and a verdict that follows from the recorded evidence. Sampling alone never yields <i>holds</i>.</p>
${tally(rows)}
<p>To measure everything again: <code>npx mfl claims</code>; one claim with its evidence: <code>npx mfl claims --only 6.1 --json</code>. The derivations and all measured constants are on the page <a href="claims.html">Claims</a>.</p>
<ol class="ledger">
${rows.map(row => entry(row, links)).join('\n')}
</ol>`
}

function entry({ claim, status, verdict, record, source }: LedgerRow, { link, onError }: LedgerLinks): string {
  const text = (value: string): string => typesetText(value, onError)
  const notebook = link(`notebooks/${claim.notebook}`)
  const name = claim.notebook.replace(/\.ipynb.*$/, '')
  const told =
    notebook === undefined
      ? `<span class="to-come">notebook ${escapeHtml(name)}, not written yet</span>`
      : `<a href="${notebook}">notebook ${escapeHtml(name)}</a>`
  const derivation = link(claim.derivation)
  const proof = derivation === undefined ? '' : ` · <a href="${derivation}">derivation</a>`
  const anchor = claimAnchor(claim.id)
  const { gist, numbers, repair, counterExample, evidence } = cardParts(claim, verdict, record)
  const list = (className: string, named: readonly Named[]): string =>
    `<dl class="${className}">${named
      .map(({ name: term, text: body }) => `<div><dt>${text(term)}</dt> <dd>${text(body)}</dd></div>`)
      .join('')}</dl>`
  const mended = [
    ...(repair === undefined ? [] : [{ name: 'Repair', text: repair }]),
    ...(counterExample === undefined ? [] : [{ name: 'Counter-example', text: counterExample }]),
  ]
  return (
    `<li id="${anchor}" class="claim ${STATUS[status].className}"><h2>${text(claim.label)}<a class="anchor" href="#${anchor}" aria-label="Link to ${escapeHtml(plainText(claim.label))}">#</a> <span>${text(claim.title)}</span></h2>` +
    `<p>${badge(status)} ${text(gist)}</p>` +
    `<dl class="told"><div><dt>Bound</dt> <dd>${typeset(claim.bound.tex, true, onError)}</dd></div></dl>` +
    (numbers === undefined ? '' : `<p class="numbers-of">${text(numbers.of)}:</p>${list('numbers', numbers.values)}`) +
    (mended.length === 0 ? '' : list('told', mended)) +
    `<details><summary>Evidence</summary>${list('told', evidence)}</details>` +
    `<p class="ways">${told}${proof} · <code>${escapeHtml(source)}</code></p></li>`
  )
}
