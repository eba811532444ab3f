/**
 * How rare the event of (30) is where no frequency reaches: what the claim on Theorem 4.2 measures beside frequencies.
 */
import { requireInteger } from '../../base/errors.js'
import { runTail } from '../../rare/runTail.js'
import { type TailCurve, tailCurve } from '../../rare/tailCurve.js'
import { parseTailPlan } from '../../rare/tailPlan.js'
import { T, type Theorem42Spec } from './chaosSamples.js'

/** The N at which the claim samples it, neighbours at a factor of 2. */
export const TAIL_SIZES: readonly number[] = [16, 32, 64]

/**
 * P_0[sup |Psi - Phi|_inf >= N^-delta] by rare-event sampling from normal data, and its local exponents.
 * @param states of each of 16 runs, at least 100
 * @throws RangeError naming the argument; the reason of the signal, both as rejections
 * @example (await chaosTail({ delta: 0.3, sigma: 1, sizes: [16] }, 100, '1')).points.length // 1
 */
export async function chaosTail(
  { delta, sigma, sizes = TAIL_SIZES }: Pick<Theorem42Spec, 'delta' | 'sigma'> & { readonly sizes?: readonly number[] },
  states: number,
  seed: string,
  signal?: AbortSignal,
): Promise<TailCurve> {
  requireInteger('states', states, 100)
  const group = { N: sizes, delta: [delta], factors: [1], population: states, runs: 16, movesPerLevel: 4 }
  const plan = parseTailPlan({
    ...{
      name: 'claim 4.2',
      kind: 'tail',
      seed: `claim-4.2 ${seed.replaceAll('/', ' ')}`,
      sigma,
      T,
      event: 'deviation',
    },
    ...{ portraits: 0, groups: [group] },
  })
  return tailCurve(plan, await runTail(plan, { bar: 'hide', ...(signal === undefined ? {} : { signal }) }))
}
