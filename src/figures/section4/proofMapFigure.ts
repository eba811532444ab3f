/**
 * The map of the proof: every numbered statement, what it feeds, and the notebook that tells it.
 */
import { requireShape } from '../../base/shape.js'
import { claims } from '../../claims/core/ledger.js'
import type { Figure, ImmediateFigure, Trace } from '../theme/figure.js'
import { COLOR, figure } from '../theme/theme.js'

/** A statement on the map. Columns run from the model (0) to the theorems (4); rows from top to bottom. */
export interface ProofNode {
  readonly id: string
  readonly label: string
  readonly gist: string
  readonly column: number
  readonly row: number
  /** Notebook file name without extension. */
  readonly notebook: string
  /** Ids of the ledger's claims on the statements that the label names; the box leads to the first. */
  readonly claims: readonly string[]
  /** Ids of its claims on steps of the proof, which may fail although the statement holds. */
  readonly steps: readonly string[]
  /** Ids of the statements that it is used in. */
  readonly feeds: readonly string[]
}

/** The statements of the paper in the order of the argument. */
export const PROOF_MAP: readonly ProofNode[] = [
  {
    id: '2.1',
    label: 'Def. 2.1, (9)',
    gist: 'the cut-off kernel',
    column: 0,
    row: 0.5,
    notebook: '02-the-kernel',
    claims: ['2.1'],
    steps: [],
    feeds: ['6.3', '7.2', '3.4'],
  },
  {
    id: '3.1',
    label: 'Thm 3.1',
    gist: 'solutions exist',
    column: 0,
    row: 2.5,
    notebook: '03-existence',
    claims: ['3.1'],
    steps: [],
    feeds: ['3.2'],
  },
  {
    id: '3.3',
    label: 'Lemma 3.3',
    gist: 'which f₀ qualify',
    column: 0,
    row: 3.5,
    notebook: '03-existence',
    claims: ['3.3'],
    steps: [],
    feeds: ['3.2'],
  },
  {
    id: '5.2',
    label: 'Lemma 5.2',
    gist: 'Wₚ ≤ max distance',
    column: 2,
    row: 4,
    notebook: '05-distances',
    claims: ['5.2'],
    steps: [],
    feeds: ['4.4'],
  },
  {
    id: '9.3',
    label: 'Thm 9.3',
    gist: 'Fournier–Guillin',
    column: 2,
    row: 5.4,
    notebook: '09-fournier-guillin',
    claims: ['9.3'],
    steps: [],
    feeds: ['9.4'],
  },
  {
    id: '6.3',
    label: 'Lemma 6.3',
    gist: 'local Lipschitz bound',
    column: 2,
    row: 0.9,
    notebook: '06-lipschitz-log-growth',
    claims: ['6.3'],
    steps: [],
    feeds: ['4.2'],
  },
  {
    id: '3.4',
    label: 'Lemma 3.4',
    gist: 'the force is bounded',
    column: 1,
    row: 0,
    notebook: '02-the-kernel',
    claims: ['3.4'],
    steps: [],
    feeds: ['8.1'],
  },
  {
    id: '3.2',
    label: 'Lemma 3.2',
    gist: 'density bounded in N',
    column: 1,
    row: 3,
    notebook: '03-existence',
    claims: ['3.2'],
    steps: [],
    feeds: ['6.1', '7.2'],
  },
  {
    id: '6.1',
    label: 'Lemma 6.1',
    gist: 'l∗ρ grows like log N',
    column: 2,
    row: 1.9,
    notebook: '06-lipschitz-log-growth',
    claims: ['6.1'],
    steps: [],
    feeds: ['4.2', '9.1', '9.2'],
  },
  {
    id: '7.2',
    label: 'Prop. 7.2',
    gist: 'law of large numbers',
    column: 2,
    row: 3,
    notebook: '07-law-of-large-numbers',
    claims: ['7.2'],
    steps: ['7.2.57'],
    feeds: ['7.3'],
  },
  {
    id: '8.1',
    label: 'Def. 5.1, Lemma 8.1',
    gist: 'Δ, J and Gronwall',
    column: 3,
    row: 0,
    notebook: '08-molecular-chaos',
    claims: ['8.1', '40'],
    steps: [],
    feeds: ['4.2'],
  },
  {
    id: '7.3',
    label: 'Def. 7.1, Cor. 7.3',
    gist: 'B and C are typical',
    column: 3,
    row: 2.4,
    notebook: '07-law-of-large-numbers',
    claims: ['7.3.B', '7.3.C', '7.1'],
    steps: [],
    feeds: ['4.2'],
  },
  {
    id: '9.1',
    label: 'Prop. 9.1',
    gist: 'cut-off, mean field',
    column: 3,
    row: 3.4,
    notebook: '10-particle-approximation',
    claims: ['9.1'],
    steps: ['log-lipschitz', '84', '81'],
    feeds: ['4.4'],
  },
  {
    id: '9.2',
    label: 'Prop. 9.2',
    gist: 'mean field stability',
    column: 3,
    row: 4.6,
    notebook: '10-particle-approximation',
    claims: ['9.2'],
    steps: ['86'],
    feeds: ['9.4'],
  },
  {
    id: '9.4',
    label: 'Cor. 9.4',
    gist: 'sampling error in time',
    column: 3,
    row: 5.4,
    notebook: '09-fournier-guillin',
    claims: ['9.4'],
    steps: [],
    feeds: ['4.4'],
  },
  {
    id: '4.2',
    label: 'Theorem 4.2',
    gist: 'molecular chaos',
    column: 4,
    row: 0.9,
    notebook: '08-molecular-chaos',
    claims: ['4.2'],
    steps: ['69', '75', '78'],
    feeds: ['4.3', '4.4'],
  },
  {
    id: '4.3',
    label: 'Cor. 4.3',
    gist: 'marginals',
    column: 4,
    row: 0,
    notebook: '08-molecular-chaos',
    claims: ['4.3'],
    steps: [],
    feeds: [],
  },
  {
    id: '4.4',
    label: 'Theorem 4.4',
    gist: 'particle approximation',
    column: 4,
    row: 4,
    notebook: '10-particle-approximation',
    claims: ['4.4'],
    steps: ['91'],
    feeds: ['10.1'],
  },
  {
    id: '10.1',
    label: 'Theorem 10.1',
    gist: 'weaker singularities',
    column: 4,
    row: 5.2,
    notebook: '11-weaker-singularities',
    claims: ['10.1'],
    steps: ['92'],
    feeds: [],
  },
]

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
 * The map as a figure: filled boxes are told in a notebook of this version, hollow ones are still to come.
 * @param available notebook names (without extension) that exist
 */
export function proofMapFigure(available: readonly string[]): Figure {
  requireShape<readonly string[]>('available', available, ['text'])
  const told = new Set(available)
  const theorems = new Set(['4.2', '4.4', '10.1'])
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
    line: { color: theorems.has(node.id) ? COLOR.vermillion : COLOR.blue, width: theorems.has(node.id) ? 2.5 : 1.5 },
    fillcolor: told.has(node.notebook) ? COLOR.shade : COLOR.paper,
    layer: 'below',
  }))
  const labels: Trace = {
    type: 'scatter',
    mode: 'text',
    x: PROOF_MAP.map(node => node.column),
    y: PROOF_MAP.map(node => -node.row),
    text: PROOF_MAP.map(node => `<b>${node.label}</b><br>${node.gist}`),
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
      'Every numbered statement of the paper with arrows to where it is used; shaded boxes are told in a notebook of this version, red frames are the theorems.',
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
    provenance: { shaded: 'in this version', 'red frame': 'theorem' },
  })
}

/** The figure with its data, for the gallery. */
export const proofMapEntry: ImmediateFigure<readonly string[]> = {
  id: 'proof-map',
  seen: 'Every numbered statement of the paper, with arrows to where it is used',
  // The notebooks that claims are told in.
  data: () => [...new Set(claims.map(({ notebook }) => notebook.replace(/\.ipynb.*/, '')))],
  draw: proofMapFigure,
}
