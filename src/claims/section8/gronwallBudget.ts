/**
 * (69)-(77) along runs: every term of the Gronwall argument for Theorem 4.2, measured on the same run as the bound that
 * it feeds.
 * Derivation: docs/claims.md#69-to-77
 * @source (67)-(77)
 */

import { type GronwallBudgetSpec, type GronwallTerms, gronwallRun } from '../../attacks/section8/gronwallRun.js'
import { maximum } from '../../base/extent.js'
import { type Formula, formula } from '../../base/formula.js'
import type { Estimate } from '../../base/statistics/estimate.js'
import type { Claim, ClaimRecord, MeasureContext, Verdict } from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { derivedVerdict, inWords, ofSample } from '../core/derived.js'
import { measuredValue } from '../core/evidence.js'

export {
  type GronwallBudgetSpec,
  type GronwallRun,
  type GronwallTerms,
  gronwallRun,
} from '../../attacks/section8/gronwallRun.js'

const SYMBOLS = { f: '\\sup f', r: 'r', t: 't' }
const bound: Formula = formula('f * (exp(r * t) - 1) / r', SYMBOLS)
const rate: Formula = formula('max(sqrt(logN), K / sqrt(logN))', { logN: '\\log N' })

/** (69)-(77): the Gronwall budget of a run. */
export const gronwallBudget: Claim<GronwallBudgetSpec> = declareClaim({
  id: '69',
  order: 240,
  place: { stepOf: '4.2' },
  label: '(69)-(77)',
  title: 'The Gronwall budget, term by term along runs',
  statement:
    '$\\partial^+|\\Psi^1-\\Phi^1|_\\infty\\le|\\Psi^2-\\Phi^2|_\\infty$, $\\partial^+|\\Psi^2-\\Phi^2|_\\infty\\le C_0\\log N\\,|\\Psi^1-\\Phi^1|_\\infty+N^{2\\delta-1}$ on $\\mathcal A_t\\cap\\mathcal B_t\\cap\\mathcal C_t$, so $\\partial^+\\Delta\\le C_0\\sqrt{\\log N}\\,\\Delta+N^{2\\delta-1}$.',
  bound,
  formulas: { rate },
  quantities: {
    increments: '(70): $x$, $v$ / integral of $v$, $s+f$',
    crude: '(71): largest force difference / $(N^{2\\delta}+\\|k*\\rho\\|_\\infty)$',
    local: '(72): $s/(2x\\max_iL_i)$',
    onC: '(75): $s/(Kx)$, $K=2(\\max\\bar L+\\max|L-\\bar L|)$',
    delta: '(76): $\\Delta$ / integral of $\\text{rate}\\,\\Delta+f$',
    gronwall: '$\\Delta(T)$ / Gronwall bound, $\\log_{10}$',
    printed: '(74) as printed: $\\sup f/N^{-1+2\\delta}$',
    typical: '(74) repaired: $\\sup f/N^{-(1-\\delta)/2}$',
    stability: '$s/x$, largest',
    K: '$K$, largest',
    wide: '$|L-\\bar L|_\\infty$, largest ($\\mathcal C_t$ asks for $<1$)',
    reach: 'sup of $x/N^{-\\delta}$',
    Delta: '$\\Delta(T)$',
  },
  hypotheses: [
    { text: '$0<\\delta<\\tfrac13$', test: ({ delta }) => delta > 0 && delta < 1 / 3 },
    { text: '$\\Phi$ solves (16) with the field of $f^N_t$', test: ({ field }) => field === 'own' },
  ],
  defaults: [
    { N: 128, delta: 0.2, sigma: 1, field: 'own' },
    { N: 128, delta: 0.3, sigma: -1, field: 'own' },
    { N: 512, delta: 0.3, sigma: 1, field: 'own' },
  ],
  full: [128, 512, 2048].flatMap(N =>
    [0.1, 0.2, 0.3].flatMap(delta => ([1, -1] as const).map(sigma => ({ N, delta, sigma, field: 'own' as const }))),
  ),
  controls: [
    {
      text: 'a mean field flow in the field of the other sign: the deviation is not the sum of (72) and (73)',
      spec: { N: 128, delta: 0.3, sigma: 1, field: 'opposite' },
      expect: { quantity: 'overBound', above: 1 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#69-to-77',
  reference: '(67)-(77)',
  notebook: '08-molecular-chaos.ipynb#budget',
  figure: 'gronwall-budget',
  test: 'flowClaims',
})

async function measure(spec: GronwallBudgetSpec, { seed, signal }: MeasureContext) {
  const { terms, x, v } = await gronwallRun(spec, seed, signal)
  const { N, delta } = spec
  const found = budget(terms, { x, v, N })
  const about = (value: number): Estimate =>
    ofSample(value, 2 * found.quadrature, '41 times of one run, trapezoidal rule at two widths', seed)
  // Twice as many steps change these by 6e-4 at most; no second run is made each time.
  const sharp = (value: number): Estimate => ofSample(value, 2e-3, '41 times of one run', seed)
  const reach = maximum(x) * N ** delta
  return {
    constants: [],
    measured: {
      overBound: about(Math.max(found.increments, found.crude, found.local, found.onC, found.delta)),
      increments: about(found.increments),
      crude: sharp(found.crude),
      local: sharp(found.local),
      onC: sharp(found.onC),
      delta: about(found.delta),
      gronwall: sharp(found.gronwall),
      printed: sharp(found.f * N ** (1 - 2 * delta)),
      typical: sharp(found.f * N ** ((1 - delta) / 2)),
      stability: sharp(found.stability),
      K: sharp(found.K),
      wide: sharp(found.wide),
      reach: sharp(reach),
      Delta: about(found.Delta),
    },
  }
}

interface Budget {
  /** Largest quotients of (70), (71), (72), (75), (76); the relative error of the integrals. */
  readonly increments: number
  readonly crude: number
  readonly local: number
  readonly onC: number
  readonly delta: number
  readonly quadrature: number
  /** log10 of Delta(T) / Gronwall bound; Delta(T); sup f, s/x, K and |L - Lbar|. */
  readonly gronwall: number
  readonly Delta: number
  readonly f: number
  readonly stability: number
  readonly K: number
  readonly wide: number
}

function budget(
  terms: readonly GronwallTerms[],
  { x, v, N }: { readonly x: Float64Array; readonly v: Float64Array; readonly N: number },
): Budget {
  const w = Math.sqrt(Math.log(N))
  const Kof = ({ Lbar, wide }: GronwallTerms): number => 2 * (Lbar + wide)
  const K = maximum(terms.map(Kof))
  const r = rate.evaluate({ logN: w * w, K })
  const f = maximum(terms.map(term => term.f))
  const Delta = (n: number): number => w * x[n]! + v[n]!
  const out = {
    increments: 0,
    crude: 0,
    local: 0,
    onC: 0,
    delta: 0,
    gronwall: 0,
    f,
    stability: 0,
    K,
    wide: 0,
    Delta: 0,
    quadrature: 0,
  }
  // Integrals up to every second output, by the trapezoidal rule at both widths.
  const integrals = (at: (term: GronwallTerms, n: number) => number): { fine: number[]; error: number } => {
    const fine = [0]
    let [sum, wide, error] = [0, 0, 0]
    for (let n = 2; n < terms.length; n += 2) {
      const [a, b, c] = [at(terms[n - 2]!, n - 2), at(terms[n - 1]!, n - 1), at(terms[n]!, n)]
      const h = terms[n]!.t - terms[n - 2]!.t
      sum += 0.25 * h * (a + 2 * b + c)
      wide += 0.5 * h * (a + c)
      error = Math.max(error, Math.abs(wide / sum - 1))
      fine.push(sum)
    }
    return { fine, error }
  }
  const position = integrals((_, n) => v[n]!)
  const momentum = integrals(term => term.s + term.f)
  const both = integrals((term, n) => r * Delta(n) + term.f)
  out.quadrature = Math.max(position.error, momentum.error)
  for (let n = 1; n < position.fine.length; n++) {
    out.increments = Math.max(out.increments, x[2 * n]! / position.fine[n]!, v[2 * n]! / momentum.fine[n]!)
    out.delta = Math.max(out.delta, Delta(2 * n) / both.fine[n]!)
  }
  for (let n = 1; n < terms.length; n++) {
    const now = terms[n]!
    out.local = Math.max(out.local, now.s / (2 * x[n]! * now.L))
    out.onC = Math.max(out.onC, now.s / (Kof(now) * x[n]!))
    out.stability = Math.max(out.stability, now.s / x[n]!)
  }
  for (const term of terms) {
    out.crude = Math.max(out.crude, term.force / term.crude)
    out.wide = Math.max(out.wide, term.wide)
  }
  const last = terms.length - 1
  out.Delta = Delta(last)
  const { t } = terms[last]!
  const limit = bound.evaluate({ f, r, t })
  // The exponential overflows for large K: its logarithm.
  const digits = Number.isFinite(limit) ? Math.log10(limit) : (Math.log(f) + r * t - Math.log(r)) / Math.LN10
  out.gronwall = Math.log10(Delta(last)) - digits
  return out
}

function judge(records: readonly ClaimRecord<GronwallBudgetSpec>[]): Verdict {
  return derivedVerdict(records, inside => {
    const list = (name: string, digits: number = 3): string =>
      inside.map(record => inWords(measuredValue(record, name), digits)).join(', ')
    return {
      status: 'holds with a repaired constant or hypothesis',
      basis: 'derivation',
      gist: 'Along the runs every inequality holds with the repaired (47), $\\log N$ and $N^{-\\beta}$; (74) as printed does not.',
      reason: `With the repaired (47), $\\log N$ and $N^{-\\beta}$ every inequality holds along the runs, (72) used to ${list('local', 2)}. (74) as printed does not: $\\sup f$ is ${list('printed')} times $N^{-1+2\\delta}$ (${list('typical')} times $N^{-(1-\\delta)/2}$), at $N=${inside.map(record => record.spec.N).join(', ')}$, $\\delta=${inside.map(record => record.spec.delta).join(', ')}$. The stability term grows like ${list('stability', 2)} times $|\\Psi^1-\\Phi^1|_\\infty$, where $K$ allows ${list('K', 2)}: so $\\Delta(1)$ is 10 to the power ${list('gronwall')} of the Gronwall bound.`,
      repair:
        '$N^{-\\beta}$, $\\beta<\\tfrac{1-\\delta}2$, in place of $N^{2\\delta-1}$; $C_0$ by the repaired Lemmas 6.1 and 6.3.',
    }
  })
}
