/**
 * The layers of src/ that export something, as the API reference shows them.
 */

/** A layer. */
export interface ApiLayer {
  readonly name: string
  /** Folders of src/. */
  readonly folders: readonly string[]
  readonly title: string
  /** What it is for; formulas between $ signs. */
  readonly line: string
}

/** From the bottom to the top: imports run downwards only. */
export const API_LAYERS: readonly ApiLayer[] = [
  {
    name: 'base',
    folders: ['base', 'wasm'],
    title: 'Base',
    line: 'Numerics that know no physics: random streams, quadrature, statistics, estimates.',
  },
  {
    name: 'interaction',
    folders: ['interaction'],
    title: 'Interaction',
    line: 'Kernels: (2), the cut-off kernel (4) and other regularisations, majorants.',
  },
  {
    name: 'law',
    folders: ['law'],
    title: 'Law',
    line: 'Initial laws $f_0$ with exact samplers, and their mean fields.',
  },
  {
    name: 'forces',
    folders: ['forces'],
    title: 'Forces',
    line: 'Sums over $N$ bodies: direct, and by the fast multipole method.',
  },
  { name: 'transport', folders: ['transport'], title: 'Transport', line: 'Wasserstein distances with certificates.' },
  {
    name: 'flow',
    folders: ['flow'],
    title: 'Flow',
    line: 'The flows $\\Psi$ and $\\Phi$, the coupled run, and the solvers of the mean field in time.',
  },
  {
    name: 'concentration',
    folders: ['concentration'],
    title: 'Concentration',
    line: 'Laws of large numbers with computed constants.',
  },
  {
    name: 'rare',
    folders: ['rare'],
    title: 'Rare events',
    line: 'The tail of Theorem 4.2, and of the law of large numbers, where no frequency reaches.',
  },
  {
    name: 'proofs',
    folders: ['proofs'],
    title: 'Proofs',
    line: 'Constants proved by interval arithmetic: statements, certificates, and what checks them.',
  },
  {
    name: 'claims',
    folders: ['claims', 'attacks'],
    title: 'Claims',
    line: 'The ledger: statements of the paper that can be measured.',
  },
  {
    name: 'ensemble',
    folders: ['ensemble', 'files'],
    title: 'Ensemble',
    line: 'Plans of many replicates, their runs and stored results.',
  },
  { name: 'figures', folders: ['figures'], title: 'Figures', line: 'Pure functions from data to Plotly figures.' },
  {
    name: 'notebook',
    folders: ['notebook', 'present'],
    title: 'Notebook',
    line: 'What cells call: figures, tables, progress, verdicts; image files.',
  },
]
