/**
 * The cut-offs of later papers, taken from their abstracts, beside what is measured here, and how near particles come.
 * Derivation: docs/claims.md#beyond-the-cut-offs-of-later-papers
 * @source arXiv 2504.01471, arXiv 2509.17821 (abstracts)
 */

import { exponentOf, measureDeviations, quartiles } from '../../attacks/beyond/beyondFlows.js'
import { countNearPairs } from '../../attacks/beyond/countNearPairs.js'
import { requireInteger, requireNumber, requireOneOf } from '../../base/errors.js'
import { type Formula, formula } from '../../base/formula.js'
import { randomStream } from '../../base/random.js'
import { confident, type Estimate, exact, inUnitsOf } from '../../base/statistics/estimate.js'
import type { Claim, ClaimRecord, MeasureContext, Verdict } from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { inWords } from '../core/derived.js'
import { admissible, measuredValue } from '../core/evidence.js'
import { refuted, untestable } from '../core/verdicts.js'

export type BeyondCutoffsSpec = {
  readonly d: 2 | 3
  readonly least: number
  readonly most: number
  /** Replicates of the flows (d = 3 only). */
  readonly replicates: number
  /** Clouds whose near pairs are counted. */
  readonly clouds: number
  /** Each independent particle is there so many times, with places 1e-9 apart; 1: all are independent. */
  readonly copies: number
}

const SYMBOLS = { delta: '\\delta' }
const bound: Formula = formula('N^(-1 / 6)', SYMBOLS)
const heuristic: Formula = formula('N^(-7 / 24)', SYMBOLS)
const near2: Formula = formula('c / (4 * sqrt(pi)) * T / sqrt(1 + T^2)')
const near3: Formula = formula('c^2 / (8 * pi) * (atan(T) + T / (1 + T^2))')

/** 'Near' is c N^(-2/(d-1)) with this c. */
const C: Readonly<Record<2 | 3, number>> = { 2: 10, 3: 3 }

/** Feistl-Held and Pickl. */
export const beyondCutoffs: Claim<BeyondCutoffsSpec> = declareClaim({
  id: 'beyond-5-12',
  order: 430,
  label: 'Beyond: arXiv 2504.01471, 2509.17821',
  title: 'The cut-offs of later papers',
  statement:
    'Feistl-Held and Pickl: with the cut-off $N^{-5/12+\\sigma}$ in $d=3$ the flows stay within $N^{-1/6+\\epsilon}$ of each other with high probability; in $d=2$ the cut-off may be $N^{-2}$.',
  bound,
  formulas: { heuristic, near2, near3 },
  quantities: {
    position: 'exponent of $|\\Psi^1-\\Phi^1|_\\infty$, $\\delta=\\tfrac5{12}$',
    largest: 'exponent of the largest $|\\Psi^2-\\Phi^2|$, $\\delta=\\tfrac5{12}$',
    last: '$|\\Psi^1-\\Phi^1|_\\infty/N^{-1/6}$ at the largest $N$',
    near: 'pairs nearer than $cN^{-2/(d-1)}$, mean of the clouds / expected, largest $N$',
    nearLeast: 'the same, least $N$',
    theirExponent: 'exponent in arXiv 2504.01471',
    heuristicExponent: 'heuristic exponent',
  },
  hypotheses: [{ text: 'independent particles', test: ({ copies }) => copies === 1 }],
  defaults: [
    { d: 3, least: 64, most: 256, replicates: 20, clouds: 200, copies: 1 },
    { d: 2, least: 64, most: 256, replicates: 0, clouds: 200, copies: 1 },
  ],
  full: [
    { d: 3, least: 64, most: 1024, replicates: 10, clouds: 200, copies: 1 },
    { d: 2, least: 64, most: 1024, replicates: 0, clouds: 200, copies: 1 },
  ],
  controls: [
    {
      text: 'pairs of particles that start together',
      spec: { d: 2, least: 64, most: 128, replicates: 0, clouds: 20, copies: 2 },
      expect: { quantity: 'overBound', above: 2 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#beyond-the-cut-offs-of-later-papers',
  reference: 'arXiv 2504.01471, arXiv 2509.17821',
  notebook: '12-beyond-the-theorem.ipynb#later',
  figure: 'beyond-no-cutoff',
  test: 'beyond',
})

/**
 * Pairs of freely moving particles nearer than c N^(-2/(d-1)) at some time in [0, 1]: the mean number over the expected
 * one.
 */
export function nearPairs(d: 2 | 3, N: number, clouds: number, copies: number, seed: string): Estimate {
  const c = C[d]
  const stream = randomStream(`${seed}/near/${d}/${N}/${copies}`)
  const count = countNearPairs({ d, N, clouds, copies, distance: c * N ** (-2 / (d - 1)) }, stream)
  const expected = clouds * (d === 2 ? near2 : near3).evaluate({ c, T: 1 })
  // Poisson: four standard deviations of the expected count.
  const method = `${clouds} clouds, Poisson, four deviations`
  return confident(count / expected, 4 / Math.sqrt(expected), { level: 0.9999, method, seed })
}

async function measure(spec: BeyondCutoffsSpec, { seed, signal }: MeasureContext) {
  const d = requireOneOf('d', spec.d, [2, 3])
  const least = requireInteger('least', spec.least, 8, 1e5)
  const most = requireInteger('most', spec.most, 2 * least, 1e5)
  const clouds = requireInteger('clouds', spec.clouds, 10, 1e6)
  const copies = requireInteger('copies', spec.copies, 1, least)
  requireNumber('replicates', spec.replicates, d === 3 ? 3 : 0, 1e4)
  const near = nearPairs(d, most, clouds, copies, seed)
  const flows =
    d === 2
      ? {}
      : await deviationsAt512(
          { least, most, replicates: requireInteger('replicates', spec.replicates, 3, 1e4) },
          seed,
          signal,
        )
  return {
    constants: [],
    measured: {
      overBound: near,
      near: near,
      nearLeast: nearPairs(d, least, clouds, copies, seed),
      ...flows,
    },
  }
}

async function deviationsAt512(
  { least, most, replicates }: { least: number; most: number; replicates: number },
  seed: string,
  signal: AbortSignal | undefined,
): Promise<Record<string, Estimate>> {
  const found = await measureDeviations({ least, most, replicates, delta: 5 / 12, sigma: 1, T: 1 }, seed, signal)
  const last = quartiles(found.position.at(-1)!)
  const unit = bound.evaluate({ N: found.N.at(-1)! })
  return {
    position: exponentOf(found, found.position, `${seed}/position`),
    largest: exponentOf(found, found.largest, `${seed}/largest`),
    last: { ...inUnitsOf(last, unit), seed },
    theirExponent: exact(1 / 6, 'abstract', 0),
    heuristicExponent: exact(7 / 24, 'derivation', 0),
  }
}

function judge(records: readonly ClaimRecord<BeyondCutoffsSpec>[]): Verdict {
  const inside = admissible(records)
  if (inside.length === 0) return untestable()
  const off = inside.find(({ measured }) =>
    ['near', 'nearLeast'].some(name => !(measured[name]!.low <= 1 && measured[name]!.high >= 1)),
  )
  const slow = inside.find(({ measured }) => (measured.position?.high ?? 1) < 1 / 6)
  if (off !== undefined || slow !== undefined) {
    return refuted('A measured count or exponent excludes what is stated.', { ...(off ?? slow)!.spec })
  }
  const flows = inside.filter(({ measured }) => measured.position !== undefined)
  const seen = flows.map(record => {
    const { low, value, high } = record.measured.position!
    return ` At $\\delta=\\tfrac5{12}$ the exponent of $|\\Psi^1-\\Phi^1|_\\infty$ is ${inWords(value, 2)} (${inWords(low, 2)} to ${inWords(high, 2)}) for $N=${record.spec.least}$ to $${record.spec.most}$, against $\\tfrac16$ in the theorem and $\\tfrac7{24}$ by the heuristic of this page.`
  })
  const counts = inside.map(
    record => `${inWords(measuredValue(record, 'near'), 3)} times the expected number in $d=${record.spec.d}$`,
  )
  return {
    status: 'not contradicted at these N',
    basis: 'literature',
    gist: 'Taken from the abstracts, and not contradicted by runs; proofs and constants were not checked.',
    reason: `Taken from the abstracts; proofs and constants were not checked.${seen.join('')} Pairs come as near as $N^{-2/(d-1)}$, which is $N^{-2}$ in the plane, and no nearer (counted: ${counts.join(', ')}): there the cut-off is met by finitely many pairs only.`,
  }
}
