/**
 * Corollary 4.3, (32)-(37): from Theorem 4.2 to the marginals. (32) follows from Theorem 4.2 and Proposition 9.1, but
 * (33) and (36) do not stand as printed.
 * Derivation: docs/claims.md#corollary-43
 * @source Corollary 4.3, (31)-(37)
 */
import { requireInteger, requireN, requireOneOf } from '../../base/errors.js'
import { type Formula, formula } from '../../base/formula.js'
import { maximize } from '../../base/numerics/optimize.js'
import { exact } from '../../base/statistics/estimate.js'
import { lawByName } from '../../law/lawByName.js'
import type { Claim, ClaimRecord, MeasureContext, Verdict } from '../core/claim.js'
import { exampleText } from '../core/counterExampleText.js'
import { declareClaim } from '../core/declareClaim.js'
import { derivedVerdict, inWords, searchedConstant } from '../core/derived.js'
import { measuredValue } from '../core/evidence.js'

export type Corollary43Spec = {
  /** Number of particles of the marginal, 1 or 2. */
  readonly k: number
  readonly N: number
  readonly law: 'uniform-ball' | 'gaussian' | 'plummer'
  /** 'product': the limit of the marginal is compared with a product; 'equal': both particles are the same one. */
  readonly particles: 'product' | 'equal'
}

const SYMBOLS = { delta: '\\delta', logN: '\\log N' }
const bound: Formula = formula('k * exp(T * C * sqrt(logN)) * N^(-delta)', SYMBOLS)
const norms: Formula = formula('sqrt(6 k)')

/** Corollary 4.3: the k-particle marginals converge. */
export const corollary43: Claim<Corollary43Spec> = declareClaim({
  id: '4.3',
  order: 110,
  place: { label: 'Cor. 4.3', gist: 'marginals', column: 4, row: 0, feeds: [] },
  label: 'Corollary 4.3',
  title: 'The marginals converge: from Theorem 4.2 to (32)',
  statement:
    'Given Theorem 4.2 and Proposition 9.1, $W_1({}^{(k)}F^N_t,\\otimes^kf_t)\\le k\\,e^{TC\\sqrt{\\log N}}N^{-\\delta}$; on the way $(33)\\le P_0(\\mathcal A^c)\\|F_0\\|_\\infty|\\Psi-\\Phi|$ and $(34)\\le N^{-\\delta}$.',
  bound,
  formulas: { norms },
  quantities: {
    logFactor: '$\\log_{10}$ of $\\|f_0\\|_\\infty^N$, the factor printed in the bound of (33)',
    marginalFactor: 'sup of $|g(P_k\\Psi)-g(P_k\\Phi)|/|\\Psi-\\Phi|_\\infty$, $g$ 1-Lipschitz on $\\mathbb R^{6k}$',
    productFactor: 'sup of $W_1$ of $k$-fold products / $W_1$',
  },
  hypotheses: [{ text: 'the limit is a product', test: ({ particles }) => particles === 'product' }],
  defaults: [
    { k: 1, N: 1000, law: 'uniform-ball', particles: 'product' },
    { k: 2, N: 1000, law: 'plummer', particles: 'product' },
    { k: 2, N: 1000, law: 'gaussian', particles: 'equal' },
  ],
  controls: [
    {
      text: 'the limit is no product: all particles equal',
      spec: { k: 2, N: 1000, law: 'gaussian', particles: 'equal' },
      expect: { quantity: 'overBound', above: 1 },
    },
  ],
  measure,
  judge,
  counterExampleText: exampleText(
    ['log10OfFactor'],
    ({ log10OfFactor }) =>
      `If $|g(P_k\\Psi)-g(P_k\\Phi)|=d$ on $\\mathcal A^c$, (33) is $P_0(\\mathcal A^c)\\,d$, and its printed bound is $10^{${inWords(log10OfFactor)}}$ times that.`,
  ),
  derivation: 'docs/claims.md#corollary-43',
  certificates: ['corollary-4-3-norms', 'corollary-4-3-norms-two', 'corollary-4-3-density'],
  reference: 'Corollary 4.3, (31)-(37)',
  notebook: '08-molecular-chaos.ipynb#corollary-43',
  figure: 'marginals',
  test: 'existenceAndChaos',
})

function measure(spec: Corollary43Spec, { seed, stream }: MeasureContext) {
  const k = requireInteger('k', spec.k, 1, 2)
  const N = requireN(spec.N)
  const law = lawByName(requireOneOf('law', spec.law, ['uniform-ball', 'gaussian', 'plummer']))
  const particles = requireOneOf('particles', spec.particles, ['product', 'equal'])
  if (particles === 'equal' && k === 1) throw new RangeError('k must be 2 for equal particles, got 1')
  const draw = stream(k, particles)
  // Differences inside the cube |x|_inf <= 1; the distance to the origin is a 1-Lipschitz g.
  const cube = maximize(
    u => Math.hypot(...Array.from(u, Math.cos)),
    s => Array.from({ length: 6 * k }, () => s.normal()),
    draw,
    6,
    0.5,
    1e-13,
  )
  // At t = 0, in units of W_1 of one particle: what (32) has from W_1 of one to that of k.
  const factor = bound.evaluate({ k, T: 0, C: 0, logN: Math.log(N), N, delta: 0 })
  const shift = 0.1
  // (x, x) with x = +-1 + shift against independent signs: mass 1/2 must move by 2, less what the shift saves.
  const equal = (1 - Math.SQRT2 * shift) / (factor * shift)
  const independent = Math.max(...[1e-8, 0.01, 0.3, 0.7].map(epsilon => productQuotient(k, epsilon) / factor))
  return {
    constants:
      particles === 'product'
        ? [
            searchedConstant({
              name: 'marginalFactor',
              printed: 1,
              sharp: norms.evaluate({ k }),
              sharpTex: norms.tex,
              method: 'closed form',
              found: cube.value,
              extremal: { g: '|P_k z|', difference: Array.from(cube.x, Math.cos) },
              seed,
            }),
            searchedConstant({
              name: 'productFactor',
              printed: factor,
              sharp: k,
              method: 'product coupling',
              found: productQuotient(k, 1e-8),
              extremal: { laws: 'delta_0 and (1 - eps) delta_0 + eps delta_1', eps: 1e-8 },
              seed,
            }),
          ]
        : [],
    measured: {
      logFactor: exact(N * Math.log10(law.densitySup), 'closed form', 1e-12),
      overBound: exact(particles === 'product' ? independent : equal, 'W_1 of the joint laws / (k W_1)'),
    },
  }
}

/**
 * W_1 between the k-fold products of delta_0 and of (1 - eps) delta_0 + eps delta_1, over eps: E
 * sqrt(Bin(k, eps)) / eps.
 */
function productQuotient(k: number, epsilon: number): number {
  let sum = 0
  let binomial = 1
  for (let j = 1; j <= k; j++) {
    binomial *= (k - j + 1) / j
    sum += binomial * epsilon ** (j - 1) * (1 - epsilon) ** (k - j) * Math.sqrt(j)
  }
  return sum
}

function judge(records: readonly ClaimRecord<Corollary43Spec>[]): Verdict {
  return derivedVerdict(records, inside => {
    const factors = inside.map(
      record => `$10^{${inWords(measuredValue(record, 'logFactor'))}}$ for ${record.spec.law} at $N=${record.spec.N}$`,
    )
    return {
      status: 'holds with a repaired constant or hypothesis',
      basis: 'derivation',
      gist: '(32) follows from Theorem 4.2 and Proposition 9.1 with a $C$ that depends on $T$, but not by the printed steps.',
      reason: `(32) follows from Theorem 4.2 and Proposition 9.1 with a $C$ that depends on $T$, but not by the printed steps: the factor $\\|F_0\\|_\\infty$ in the bound of (33) is ${factors.join(', ')} and does not belong there, and (34) mixes the Euclidean norm of $\\mathbb R^{6k}$ with the maximum norm. The factor $k$ is sharp from $W_1$ to $W_1$.`,
      repair:
        "$(33)\\le P_0(\\mathcal A^c)\\sup|P_k\\Psi-P_k\\Phi|$, $(34)\\le\\sqrt{6k}\\,N^{-\\delta}$ (sharp), $(36)\\le\\sqrt{6k}\\,C'''(1+T^3)N^{-\\delta}$.",
      counterExample: {
        step: 'bound of (33)',
        situation: '|g(P_k Psi) - g(P_k Phi)| = d on A^c',
        exact: 'P_0(A^c) d',
        printed: 'P_0(A^c) ||f_0||_inf^N d',
        log10OfFactor: measuredValue(inside[0]!, 'logFactor'),
      },
    }
  })
}
