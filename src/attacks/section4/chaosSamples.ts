/**
 * sup |Psi - Phi|_inf at t = 1 of many replicates from normal data: what the claim on Theorem 4.2 resamples.
 */
import { requireInteger, requireN, requirePositive } from '../../base/errors.js'
import { coupledFlow } from '../../flow/coupled/coupledFlow.js'
import { radialField } from '../../flow/field/radial/radialField.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'

/** The end of the runs. */
export const T = 1

export type Theorem42Spec = {
  readonly delta: number
  readonly sigma: 1 | -1
  /** The N are smallest, 4 smallest, ... up to largest. */
  readonly smallest: number
  readonly largest: number
  readonly replicates: number
  /** Of each run of rare-event sampling of the same event; default none is made. */
  readonly tailStates?: number
}

/** The N of a spec. */
export function sizesOf({ smallest, largest }: Pick<Theorem42Spec, 'smallest' | 'largest'>): number[] {
  const sizes: number[] = []
  for (let N = smallest; N <= largest; N *= 4) sizes.push(N)
  return sizes
}

/**
 * The deviations of every replicate, for each N of {@link sizesOf}.
 * @throws RangeError naming a field of the spec; the reason of the signal, both as rejections
 * @example (await chaosSamples({ delta: 0.3, sigma: 1, smallest: 8, largest: 32, replicates: 4 }, '1')).length // 2
 */
export async function chaosSamples(spec: Theorem42Spec, seed: string, signal?: AbortSignal): Promise<Float64Array[]> {
  const delta = requirePositive('delta', spec.delta)
  requireN(spec.smallest)
  requireN(spec.largest)
  const replicates = requireInteger('replicates', spec.replicates, 2)
  const sizes = sizesOf(spec)
  if (sizes.length < 2) throw new RangeError(`largest must be at least 4 times smallest, got ${spec.largest}`)
  const law = gaussianLaw()
  const samples: Float64Array[] = []
  for (const N of sizes) {
    const kernel = cutoffKernel({ N, delta, sigma: spec.sigma })
    const field = radialField({ law, kernel, T, tolerance: 1e-4 })
    const sup = new Float64Array(replicates)
    for (let replica = 0; replica < replicates; replica++) {
      const run = await coupledFlow({
        notes: 'hide',
        ...{ law, N, delta, kernel, T, field, replica, outputs: 4, steps: 40, threads: 1 },
        seed: `${seed}/claim-4.2`,
        scheme: 'leapfrog',
        majorant: 'omit',
        budget: 'omit',
        rates: [],
        ...(signal === undefined ? {} : { signal }),
      })
      sup[replica] = Math.max(run.columns.supPosition!.at(-1)!, run.columns.supMomentum!.at(-1)!)
    }
    samples.push(sup)
  }
  return samples
}
