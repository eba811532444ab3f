/**
 * The map of the proof as navigation: a drawing whose boxes are links, and the same as a list for narrow screens.
 */
import { STATUS } from '../../claims/core/status.js'
import { PROOF_MAP, type ProofNode } from '../../figures/section4/proofMapFigure.js'
import { plainText } from '../../present/plainText.js'
import { badge } from './ledgerPage.js'
import { escapeHtml } from './text/html.js'
import { type LedgerRow, type NodeVerdict, verdictOf } from './text/statements.js'

const COLUMN = 200
const ROW = 98
const BOX = { width: 168, height: 62 }
const MARGIN = { x: 4, y: 14 }
/** Length of an arrow's head. */
const HEAD = 8

const left = (node: ProofNode): number => MARGIN.x + node.column * COLUMN
const top = (node: ProofNode): number => MARGIN.y + node.row * ROW

/** What is said of a node: its name, its verdict, and the steps that fare worse. */
function words(node: ProofNode, { status, steps }: NodeVerdict): string {
  const worse = steps.map(step => `; step ${plainText(step.claim.label)}: ${step.status}`)
  return `${node.label} ${node.gist}: ${status}${worse.join('')}`
}

function box(node: ProofNode, href: string | undefined, verdict: NodeVerdict): string {
  const [x, y] = [left(node), top(node)]
  const { sign, className } = STATUS[verdict.status]
  const theorem = node.label.startsWith('Theorem') ? ' theorem' : ''
  const right = x + BOX.width
  // The signs are drawn; in words they are part of the name.
  const signs =
    `<g aria-hidden="true"><g class="sign ${className}"><circle cx="${right - 4}" cy="${y + 4}" r="11"/>` +
    `<text x="${right - 4}" y="${y + 9}">${sign}</text></g>${verdict.steps
      .map((step, i) => note(step, right - 8, y + BOX.height + 4 + 20 * i))
      .join('')}</g>`
  const inner =
    `<rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="7"/>` +
    `<text class="label${node.label.length > 16 ? ' long' : ''}" x="${x + 12}" y="${y + 25}">${escapeHtml(node.label)} </text>` +
    `<text class="gist" x="${x + 12}" y="${y + 46}">${escapeHtml(node.gist)}</text>${signs}`
  const said = words(node, verdict)
  return href === undefined
    ? `<g class="node unwritten${theorem}" role="img" aria-label="${escapeHtml(`${said} (not written yet)`)}">${inner}</g>`
    : `<a class="node${theorem}" href="${href}" aria-label="${escapeHtml(said)}">${inner}</a>`
}

/** The mark of a step on the lower edge of the box, ending at x. */
function note({ claim, status }: LedgerRow, x: number, y: number): string {
  const { sign, className } = STATUS[status]
  const text = `${plainText(claim.label)} ${sign}`
  const width = 8 * text.length + 10
  return (
    `<g class="sign note ${className}"><rect x="${x - width}" y="${y - 14}" width="${width}" height="19" rx="9"/>` +
    `<text x="${x - width / 2}" y="${y}">${escapeHtml(text)}</text></g>`
  )
}

/** From the edge of one box to the edge of the next, gently bent; up or down within a column. */
function arrow(from: ProofNode, to: ProofNode): string {
  const across = Math.sign(to.column - from.column)
  const middle = (node: ProofNode): number => top(node) + BOX.height / 2
  let start: readonly [number, number]
  let end: readonly [number, number]
  let bend: string
  if (across === 0) {
    const down = Math.sign(to.row - from.row)
    const x = left(from) + BOX.width / 2
    start = [x, middle(from) + (down * BOX.height) / 2]
    end = [x, middle(to) - down * (BOX.height / 2 + HEAD)]
    bend = `L${end[0]} ${end[1]}`
  } else {
    start = [left(from) + (across > 0 ? BOX.width : 0), middle(from)]
    end = [left(to) + (across > 0 ? -HEAD : BOX.width + HEAD), middle(to)]
    const reach = Math.abs(end[0] - start[0]) * 0.5 * across
    bend = `C${start[0] + reach} ${start[1]} ${end[0] - reach} ${end[1]} ${end[0]} ${end[1]}`
  }
  return `<path d="M${start[0]} ${start[1]}${bend}" marker-end="url(#head)"/>`
}

/**
 * @param hrefOf where a statement is told, or undefined if its notebook is not there yet
 * @param rows the ledger, for the verdicts
 */
export function proofMapHtml(hrefOf: (node: ProofNode) => string | undefined, rows: readonly LedgerRow[]): string {
  const at = new Map(PROOF_MAP.map(node => [node.id, node]))
  const arrows = PROOF_MAP.flatMap(node => node.feeds.map(id => arrow(node, at.get(id)!)))
  const width = MARGIN.x + 10 + Math.max(...PROOF_MAP.map(({ column }) => column)) * COLUMN + BOX.width
  const height = MARGIN.y + 6 + Math.max(...PROOF_MAP.map(({ row }) => row)) * ROW + BOX.height
  // Read aloud and tabbed through in the order of the argument.
  const boxes = PROOF_MAP.map(node => box(node, hrefOf(node), verdictOf(node, rows)))
  const items = PROOF_MAP.map(node => {
    const href = hrefOf(node)
    const name = `<b>${escapeHtml(node.label)}</b> ${escapeHtml(node.gist)}`
    const { status, steps } = verdictOf(node, rows)
    const sign = `${badge(status)}${steps.map(step => `<small>step ${escapeHtml(plainText(step.claim.label))}: ${badge(step.status)}</small>`).join('')}`
    const feeds = node.feeds.map(id => at.get(id)!.label).join(', ')
    return (
      `<li>${href === undefined ? `<span class="to-come">${name}</span>` : `<a href="${href}">${name}</a>`} ${sign}` +
      `${feeds === '' ? '' : `<small>used in ${escapeHtml(feeds)}</small>`}</li>`
    )
  })
  return (
    `<svg class="proof-map" viewBox="0 0 ${width} ${height}" role="group" aria-label="The map of the proof">` +
    `<defs><marker id="head" viewBox="0 0 10 10" refX="1" refY="5" markerWidth="${HEAD}" markerHeight="${HEAD}" orient="auto" markerUnits="userSpaceOnUse"><path d="M0 0L10 5L0 10z"/></marker></defs>` +
    `<g class="arrows" aria-hidden="true">${arrows.join('')}</g>${boxes.join('')}</svg>` +
    `<ol class="proof-list">${items.join('')}</ol>`
  )
}
