/**
 * Figures of samples, exponents and marginals with the data behind them, for claims of sections 4 and 9: a part of the gallery that
 * draws asynchronously, since flows and claims are.
 */
import { corollary43 } from '../claims/corollary43.js'
import { measuredValue } from '../claims/evidence.js'
import { runClaim } from '../claims/runClaim.js'
import { coupledFlow } from '../flow/coupledFlow.js'
import { radialField } from '../flow/radialField.js'
import { cutoffKernel } from '../interaction/cutoffKernel.js'
import { gaussianLaw } from '../law/gaussianLaw.js'
import { uniformBallLaw } from '../law/uniformBallLaw.js'
import type { Figure } from './figure.js'
import { marginalsFigure } from './marginalsFigure.js'

/** By id; each call computes its data anew, in seconds. */
export const samplingGallery: Readonly<Record<string, () => Promise<Figure>>> = {
  marginals: async () => {
    const [N, delta, seed] = [400, 0.3, 'gallery/marginals']
    const law = gaussianLaw()
    const kernel = cutoffKernel({ N, delta })
    const { Psi, Phi } = await coupledFlow({
      ...{ law, N, delta, kernel, T: 1, outputs: 2, steps: 40, threads: 1, seed },
      field: radialField({ law, kernel, T: 1, tolerance: 1e-4 }),
      majorant: 'omit',
      budget: 'omit',
      rates: [],
    })
    // Of each particle: the square of its distance in R^6. Of all: the maximum norm.
    const squares = Array.from({ length: N }, (_, i) =>
      [0, 1, 2].reduce((sum, a) => {
        const j = a * N + i
        return sum + (Psi.q[j]! - Phi.q[j]!) ** 2 + (Psi.p[j]! - Phi.p[j]!) ** 2
      }, 0),
    )
    const largest = (x: Float64Array, y: Float64Array): number =>
      x.reduce((m, v, j) => Math.max(m, Math.abs(v - y[j]!)), 0)
    const norm = Math.max(largest(Psi.q, Phi.q), largest(Psi.p, Phi.p))
    const quotient = (group: readonly number[]): number => Math.sqrt(group.reduce((a, b) => a + b, 0)) / norm
    const k = Array.from({ length: 20 }, (_, i) => i + 1)
    const groups = k.map(n =>
      Array.from({ length: Math.floor(N / n) }, (_, g) => quotient(squares.slice(g * n, (g + 1) * n))).sort(
        (a, b) => a - b,
      ),
    )
    const quantile = (level: number): number[] => groups.map(sorted => sorted[Math.floor(level * sorted.length)]!)
    const descending = [...squares].sort((a, b) => b - a)
    const searched = await runClaim(corollary43, {
      specs: ([1, 2] as const).map(n => ({ k: n, N, law: 'gaussian' as const, particles: 'product' as const })),
    })
    const sizes = [10, 250, 500, 750, 1000]
    const factor = async (name: 'uniform-ball' | 'gaussian' | 'plummer'): Promise<number[]> => {
      const specs = sizes.map(n => ({ k: 1, N: n, law: name, particles: 'product' as const }))
      const { records } = await runClaim(corollary43, { specs })
      return records.map(record => measuredValue(record, Object.keys(record.measured).find(key => /log10/.test(key))!))
    }
    // The ball in units of length and momentum twice as long: half as wide in each.
    const halved = uniformBallLaw({ radius: 0.5, momentumRadius: 0.5 })
    return marginalsFigure({
      k,
      ...{ low: quantile(0.05), median: quantile(0.5), high: quantile(0.95) },
      farthest: k.map(n => quotient(descending.slice(0, n))),
      searched: searched.records.map(({ spec, constants }) => ({ k: spec.k, value: constants[0]!.attacked.value })),
      N: sizes,
      laws: [
        { name: 'uniform ball', log10Factor: await factor('uniform-ball') },
        { name: 'Gaussian', log10Factor: await factor('gaussian') },
        { name: 'Plummer', log10Factor: await factor('plummer') },
        { name: 'uniform ball, units twice as long', log10Factor: sizes.map(n => n * Math.log10(halved.densitySup)) },
      ],
      run: `Gaussian, N = ${N}, δ = ${delta}, t = 1`,
      provenance: { law: 'gaussian', N, delta, T: 1, seed, mode: 'measured; right: closed form' },
    })
  },
}
