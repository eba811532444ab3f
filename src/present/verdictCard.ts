/**
 * Shows what became of a claim: the verdict in one sentence, the bound, the numbers that decide; all else is folded.
 */

import { quote, requireArray, requireObject, requireOneOf } from '../base/errors.js'
import { requireShape } from '../base/shape.js'
import type { ClaimRecord, Verdict } from '../claims/core/claim.js'
import { STATUS } from '../claims/core/status.js'
import { BASIS, type CardClaim, type CardParts, cardParts, type Named } from './cardParts.js'
import { escapeHtml } from './html.js'
import { display } from './jupyterOutput.js'
import { plainText } from './plainText.js'

export type { CardClaim } from './cardParts.js'

/**
 * Displays the verdict on a claim as a card: status (sign, words and colour) with one sentence, the bound, the printed
 * constant beside the sharp one and the largest found, the repair and the counter-example where there are. What it
 * rests on, the reason in full, every constant and where its search ended are folded under *Evidence*.
 * @param claim the claim (any `Claim`)
 * @param verdict what `claim.judge` returned
 * @param record a record of `claim.measure`, for the constants and the hypotheses
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
  const parts = cardParts(claim, verdict, record)
  return { 'text/html': html(claim, verdict, parts), 'text/plain': text(claim, verdict, parts) }
}

/** Styles alone, and no classes: what front ends leave of an output that they do not trust. */
function html({ label, title, bound }: CardClaim, { status }: Verdict, parts: CardParts): string {
  const { sign, color } = STATUS[status]
  const { gist, numbers, repair, counterExample, evidence } = parts
  const paragraph = ({ name, text: body, where }: Named) =>
    `<p style="margin:6px 0"><b>${escapeHtml(name)}:</b> ${escapeHtml(where === undefined ? body : `${body.slice(0, -1)} (${where}).`)}</p>`
  const lines = [
    `<p style="margin:0 0 6px 0"><b>${escapeHtml(label)}</b> · ${escapeHtml(title)}</p>`,
    `<p style="margin:6px 0"><span style="background-color:${color};color:#ffffff;padding:2px 10px;` +
      `border-radius:4px;font-weight:bold;display:inline-block">${sign} ${escapeHtml(status)}</span> ${escapeHtml(gist)}</p>`,
    `<div style="overflow-x:auto;white-space:nowrap;margin:6px 0;padding:4px 0"><b>Bound:</b> $\\displaystyle ${escapeHtml(bound.tex)}$</div>`,
    ...(numbers === undefined ? [] : [`<div style="margin:6px 0">${numbersHtml(numbers)}</div>`]),
    ...(repair === undefined ? [] : [paragraph({ name: 'Repair', text: repair })]),
    ...(counterExample === undefined ? [] : [paragraph({ name: 'Counter-example', text: counterExample })]),
    `<details style="margin:8px 0 0 0"><summary style="cursor:pointer">Evidence</summary>\n${evidence.map(paragraph).join('\n')}\n</details>`,
  ]
  return (
    `<div style="border:1px solid #8a8f98;border-left:8px solid ${color};border-radius:4px;padding:10px 16px;` +
    `margin:4px 0;max-width:860px">\n${lines.join('\n')}\n</div>`
  )
}

/** Side by side, below each other where there is no room. */
function numbersHtml({ of, values }: NonNullable<CardParts['numbers']>): string {
  const inline = 'display:inline;float:none;margin:0;padding:0'
  const entries = values.map(
    ({ name, text: value }) =>
      `<div style="display:inline-block;margin:0 24px 0 0"><dt style="${inline};font-weight:normal">${escapeHtml(name)}</dt> ` +
      `<dd style="${inline};font-weight:bold">${escapeHtml(value)}</dd></div>`,
  )
  return `<p style="display:inline-block;margin:0 16px 0 0">${escapeHtml(of)}:</p>\n<dl style="display:inline-block;margin:0">${entries.join('')}</dl>`
}

function text({ label, title, bound }: CardClaim, { status }: Verdict, parts: CardParts): string {
  const { gist, numbers, repair, counterExample, evidence } = parts
  const line = (name: string, body: string): string => plainText(`${name}: ${body}`)
  const list = numbers?.values.map(({ name, text: value }) => `${name} ${value}`).join(', ')
  return [
    plainText(`${label} · ${title}`),
    plainText(`[${STATUS[status].sign} ${status}] ${gist}`),
    `bound: ${bound.source}`,
    ...(numbers === undefined ? [] : [line(numbers.of, list!)]),
    ...(repair === undefined ? [] : [line('repair', repair)]),
    ...(counterExample === undefined ? [] : [line('counter-example', counterExample)]),
    'evidence:',
    ...evidence.map(({ name, text: body }) => `  ${line(name, body)}`),
  ].join('\n')
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
    counterExampleText: { optional: 'any' },
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
