/**
 * Shows what became of a claim: its verdict, the constants, and the input that decides.
 */

import { quote, requireArray, requireObject, requireOneOf } from '../base/errors.js'
import { requireShape } from '../base/shape.js'
import type { Claim, ClaimRecord, ConstantComparison, Quantities, Verdict, VerdictBasis } from '../claims/core/claim.js'
import { quantityText } from '../claims/core/quantities.js'
import { STATUS } from '../claims/core/status.js'
import { escapeHtml, readableNumber } from './html.js'
import { inputText } from './inputText.js'
import { display } from './jupyterOutput.js'
import { plainTex, plainText } from './plainText.js'
import { estimateText } from './table.js'

/** What a verdict rests on, in words. */
export const BASIS: Readonly<Record<VerdictBasis, string>> = {
  proved: 'a proof: a derivation whose numbers certificates enclose',
  derivation: 'a derivation',
  certified: 'a certified computation',
  measured: 'measurement',
  literature: 'the literature',
}

/** What a card needs to know of a claim. */
export type CardClaim = Pick<Claim, 'label' | 'title' | 'statement' | 'reference'> & {
  readonly bound: Pick<Claim['bound'], 'tex' | 'source'>
  /** What the names of constants mean; absent: they are shown as they are. */
  readonly quantities?: Quantities
}

/**
 * Displays the verdict on a claim as a card: statement and bound, status (sign, words and colour), what it rests on,
 * the printed constants beside the sharp ones, the repair and the counter-example where there are.
 * @param claim the claim (any `Claim`)
 * @param verdict what `claim.judge` returned
 * @param record a record of `claim.measure`, for the table of constants and the hypotheses
 * @throws RangeError for a status that no verdict has
 * @example verdictCard(claim, claim.judge(records), records[0])
 */
export function verdictCard<Spec>(claim: CardClaim, verdict: Verdict, record?: ClaimRecord<Spec>): void {
  display(verdictBundle(claim, verdict, record))
}

/** The card's two forms by MIME type. @throws RangeError for a status that no verdict has */
export function verdictBundle<Spec>(
  claim: CardClaim,
  verdict: Verdict,
  record?: ClaimRecord<Spec>,
): { readonly 'text/html': string; readonly 'text/plain': string } {
  requireCard(claim, verdict, record)
  return { 'text/html': html(claim, verdict, record), 'text/plain': text(claim, verdict, record) }
}

function html<Spec>(claim: CardClaim, verdict: Verdict, record: ClaimRecord<Spec> | undefined): string {
  const { sign, color } = STATUS[verdict.status]
  const basis = `rests on ${BASIS[verdict.basis]}`
  const paragraph = (title: string, body: string) => `<p style="margin:6px 0"><b>${title}</b> ${body}</p>`
  const parts = [
    `<p style="margin:0 0 6px 0"><b>${escapeHtml(claim.label)}</b> · ${escapeHtml(claim.title)}</p>`,
    `<p style="margin:6px 0"><span style="background-color:${color};color:#ffffff;padding:2px 10px;` +
      `border-radius:4px;font-weight:bold">${sign} ${escapeHtml(verdict.status)}</span> <i>${basis}</i></p>`,
    `<p style="margin:6px 0">${escapeHtml(claim.statement)}</p>`,
    `<p style="margin:6px 0">$\\displaystyle ${escapeHtml(claim.bound.tex)}$</p>`,
    paragraph('Why:', escapeHtml(verdict.reason)),
  ]
  if (record && record.constants.length > 0) parts.push(constantsHtml(claim, record.constants))
  const broken = record?.hypotheses.filter(hypothesis => !hypothesis.satisfied) ?? []
  if (broken.length > 0) {
    parts.push(paragraph('Outside the hypotheses:', broken.map(hypothesis => escapeHtml(hypothesis.text)).join('; ')))
  }
  if (verdict.repair !== undefined) parts.push(paragraph('Repair:', escapeHtml(verdict.repair)))
  if (verdict.counterExample !== undefined) {
    parts.push(paragraph('Counter-example:', `<code>${escapeHtml(inputText(verdict.counterExample))}</code>`))
  }
  parts.push(`<p style="margin:6px 0 0 0"><small>${escapeHtml(claim.reference)}</small></p>`)
  return (
    `<div style="border:1px solid #8a8f98;border-left:8px solid ${color};border-radius:4px;padding:10px 16px;` +
    `margin:4px 0;max-width:860px">\n${parts.join('\n')}\n</div>`
  )
}

const HEAD = ['constant', 'printed', 'sharp', 'largest found', 'found at'] as const

function constantsHtml(claim: CardClaim, constants: readonly ConstantComparison[]): string {
  const head = HEAD.map(name => `<th style="text-align:left">${name}</th>`).join('')
  const rows = constants.map(constant => {
    const [name, printed, sharp, attacked, at] = constantCells(claim, constant)
    const cells = [name, printed, sharpText(constant, sharp), attacked].map(escapeHtml)
    return `<tr>${[...cells, `<code>${escapeHtml(at)}</code>`].map(cell => `<td style="text-align:left">${cell}</td>`).join('')}</tr>`
  })
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody></table>`
}

/** The closed form and its value; one of them where the other says the same. */
function sharpText({ sharpTex }: ConstantComparison, value: string): string {
  if (sharpTex === undefined || plainTex(sharpTex) === value) return value
  return plainTex(sharpTex).endsWith(`= ${value}`) ? `$${sharpTex}$` : `$${sharpTex}$ = ${value}`
}

function constantCells(claim: CardClaim, constant: ConstantComparison): [string, string, string, string, string] {
  return [
    quantityText(claim.quantities, constant.name),
    constant.printed === null ? 'none' : readableNumber(constant.printed),
    estimateText(constant.sharp),
    constant.evidence ?? estimateText(constant.attacked),
    inputText(constant.extremal),
  ]
}

function text<Spec>(claim: CardClaim, verdict: Verdict, record: ClaimRecord<Spec> | undefined): string {
  const lines = [
    plainText(`${claim.label} · ${claim.title}`),
    `[${STATUS[verdict.status].sign} ${verdict.status}] rests on ${BASIS[verdict.basis]}`,
    plainText(claim.statement),
    `bound: ${claim.bound.source}`,
    `why: ${plainText(verdict.reason)}`,
  ]
  for (const constant of record?.constants ?? []) {
    const [name, printed, sharp, attacked, at] = constantCells(claim, constant)
    lines.push(`${plainText(name)}: printed ${printed}, sharp ${sharp}, largest found ${attacked} at ${at}`)
  }
  for (const hypothesis of record?.hypotheses ?? []) {
    if (!hypothesis.satisfied) lines.push(`outside the hypothesis: ${plainText(hypothesis.text)}`)
  }
  if (verdict.repair !== undefined) lines.push(`repair: ${plainText(verdict.repair)}`)
  if (verdict.counterExample !== undefined) lines.push(`counter-example: ${inputText(verdict.counterExample)}`)
  lines.push(plainText(claim.reference))
  return lines.join('\n')
}

/** @throws TypeError, RangeError naming the argument that is no claim, verdict or record */
function requireCard(claim: unknown, verdict: unknown, record: unknown): void {
  requireShape<CardClaim>('claim', claim, {
    label: 'text',
    title: 'text',
    statement: 'text',
    reference: 'text',
    bound: { tex: 'text', source: 'text' },
    quantities: { optional: 'any' },
  })
  requireObject('verdict', verdict, '{ status, basis, reason }')
  const { status, basis, reason } = verdict as Partial<Verdict>
  requireOneOf('verdict.status', status, Object.keys(STATUS))
  requireOneOf('verdict.basis', basis, Object.keys(BASIS))
  if (typeof reason !== 'string') throw new TypeError(`verdict.reason must be a text, got ${quote(reason)}`)
  if (record === undefined) return
  requireObject('record', record, 'like a record of claim.measure')
  const { constants, hypotheses } = record as Partial<ClaimRecord>
  requireArray('record.constants', constants)
  requireArray('record.hypotheses', hypotheses)
}
