/**
 * The map of the proof: every numbered statement, what it feeds, and the notebook that tells it.
 */
import { requireShape } from '../../base/shape.js'
import { claims } from '../../claims/core/ledger.js'
import { type ProofNode, proofMap } from '../../claims/core/proofMap.js'
import type { Figure, ImmediateFigure, Trace } from '../theme/figure.js'
import { COLOR, figure } from '../theme/theme.js'

export type { ProofNode } from '../../claims/core/proofMap.js'

/** The statements of the paper, column by column. */
export const PROOF_MAP: readonly ProofNode[] = proofMap(claims)

const SHAFT = COLOR.faint

/** From the edge of one box to the edge of the next: sideways between columns, up or down within one. */
function arrow(from: ProofNode, to: ProofNode): { x0: number; y0: number; x1: number; y1: number } {
  const across = Math.sign(to.column - from.column)
  const down = across === 0 ? Math.sign(to.row - from.row) : 0
  return {
    x0: from.column + 0.4 * across,
    y0: -from.row - 0.31 * down,
    x1: to.column - 0.41 * across,
    y1: -to.row + 0.33 * down,
  }
}

/**
 * The map as a figure: filled boxes are told in a notebook, hollow ones are not.
 * @param available notebook names (without extension) that exist
 */
export function proofMapFigure(available: readonly string[]): Figure {
  requireShape<readonly string[]>('available', available, ['text'])
  const told = new Set(available)
  const at = new Map(PROOF_MAP.map(node => [node.id, node]))
  const arrows = PROOF_MAP.flatMap(node => node.feeds.map(id => arrow(node, at.get(id)!)))
  // The shaft goes below the boxes; the head, a short annotation, ends where the box begins.
  const shafts = arrows.map(({ x0, y0, x1, y1 }) => ({
    type: 'line',
    x0,
    y0,
    x1,
    y1,
    line: { color: SHAFT, width: 1.4 },
    layer: 'below',
  }))
  const heads = arrows.map(({ x0, y0, x1, y1 }) => {
    // Pixels per unit of the axes, near enough for a direction.
    const [across, up] = [190 * (x1 - x0), 83 * (y1 - y0)]
    const length = Math.hypot(across, up)
    return {
      x: x1,
      y: y1,
      ax: (-14 * across) / length,
      ay: (14 * up) / length,
      xref: 'x',
      yref: 'y',
      showarrow: true,
      arrowhead: 2,
      arrowsize: 1.3,
      arrowwidth: 1.4,
      arrowcolor: SHAFT,
      text: '',
    }
  })
  const boxes = PROOF_MAP.map(node => ({
    type: 'rect',
    x0: node.column - 0.4,
    x1: node.column + 0.4,
    y0: -node.row - 0.31,
    y1: -node.row + 0.31,
    line: { color: node.theorem ? COLOR.vermillion : COLOR.blue, width: node.theorem ? 2.5 : 1.5 },
    fillcolor: told.has(node.notebook) ? COLOR.shade : COLOR.paper,
    layer: 'below',
  }))
  const labels: Trace = {
    type: 'scatter',
    mode: 'text',
    x: PROOF_MAP.map(node => node.column),
    y: PROOF_MAP.map(node => -node.row),
    text: PROOF_MAP.map(node => `<b>${node.label}</b><br>${inTwoLines(node.gist)}`),
    textfont: { size: 12, color: COLOR.ink },
    hovertext: PROOF_MAP.map(
      node =>
        `${node.notebook}${told.has(node.notebook) ? '' : ' (to come)'}<br>used in: ${node.feeds.join(', ') || 'nothing further'}`,
    ),
    hoverinfo: 'text',
    showlegend: false,
  }
  const hidden = { visible: false, fixedrange: true }
  return figure({
    id: 'proof-map',
    title: 'The map of the proof: what feeds what',
    caption:
      'Every numbered statement of the paper with arrows to where it is used; shaded boxes are told in a notebook, red frames are the theorems.',
    data: [labels],
    layout: {
      height: 620,
      width: 1000,
      xaxis: { ...hidden, range: [-0.5, 4.5] },
      yaxis: { ...hidden, range: [-5.8, 0.4] },
      shapes: [...shafts, ...boxes],
      annotations: heads,
    },
    table: {
      statement: PROOF_MAP.map(node => node.label),
      gist: PROOF_MAP.map(node => node.gist),
      notebook: PROOF_MAP.map(node => node.notebook),
      feeds: PROOF_MAP.map(node => node.feeds.join(' ')),
    },
    provenance: { shaded: 'in a notebook', 'red frame': 'theorem' },
  })
}

/** Characters that a box holds in a line in the width of a page of text. */
const LINE = 15

/** Broken at the space nearest to the middle, where one line has no room. */
function inTwoLines(text: string): string {
  if (text.length <= LINE) return text
  const spaces = [...text].flatMap((character, k) => (character === ' ' ? [k] : []))
  if (spaces.length === 0) return text
  const off = (k: number): number => Math.abs(k - text.length / 2)
  const at = spaces.reduce((best, k) => (off(k) < off(best) ? k : best))
  return `${text.slice(0, at)}<br>${text.slice(at + 1)}`
}

/** The figure with its data, for the gallery. */
export const proofMapEntry: ImmediateFigure<readonly string[]> = {
  id: 'proof-map',
  seen: 'Every numbered statement of the paper, with arrows to where it is used',
  // The notebooks that claims are told in.
  data: () => [...new Set(claims.map(({ notebook }) => notebook.replace(/\.ipynb.*/, '')))],
  draw: proofMapFigure,
}
