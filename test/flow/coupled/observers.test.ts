import { afterAll, describe, expect, test } from 'vitest'
import { coupledRun } from '../../../src/flow/coupled/coupledRun.js'
import { type AnyObserver, observer } from '../../../src/flow/coupled/observer.js'
import { chaosObserver } from '../../../src/flow/coupled/observers/chaos.js'
import { conservationObserver } from '../../../src/flow/coupled/observers/conservation.js'
import { deviationObserver } from '../../../src/flow/coupled/observers/deviation.js'
import { fluctuationObserver } from '../../../src/flow/coupled/observers/fluctuation.js'
import { forceErrorObserver } from '../../../src/flow/coupled/observers/forceError.js'
import { majorantObserver } from '../../../src/flow/coupled/observers/majorant.js'
import { pathsObserver } from '../../../src/flow/coupled/observers/paths.js'
import { type SystemOptions, system } from '../../../src/flow/coupled/system.js'
import { radialField } from '../../../src/flow/field/radial/radialField.js'
import { invariants } from '../../../src/flow/micro/invariants.js'
import { closeForcePool } from '../../../src/forces/forcePool.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'

afterAll(closeForcePool)

const law = gaussianLaw()
const [N, delta, T] = [30, 0.25, 0.5]
const of = system({ law, N, delta, T, seed: 1 })
const field = radialField({ law, kernel: of.kernel, T, tolerance: 1e-3 })
const numerics = { field, steps: 16, outputs: 4, budget: 'omit' } as const
/** Both clouds at every output. */
const clouds = observer({
  columns: [],
  series: ['Psi', 'PsiP', 'Phi', 'PhiP'],
  see: ({ Psi, Phi }) => ({ Psi: Psi.q.slice(), PsiP: Psi.p.slice(), Phi: Phi.q.slice(), PhiP: Phi.p.slice() }),
})
const watch = <O extends AnyObserver>(own: O, more: Partial<SystemOptions> = {}) =>
  coupledRun(system({ law, N, delta, T, seed: 1, ...more }), numerics, [own, clouds] as const)

/** k^N_delta by its definition (4), summed over all pairs. */
const pairs = (q: Float64Array): Float64Array => {
  const out = new Float64Array(3 * N)
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < N; j++) {
      const d = [0, 1, 2].map(a => q[a * N + i]! - q[a * N + j]!)
      const r = Math.max(Math.hypot(...d), N ** -delta)
      for (let a = 0; a < 3; a++) out[a * N + i]! += d[a]! / r ** 3 / N
    }
  }
  return out
}
const apart = (x: Float64Array, y: Float64Array): number => Math.max(...x.map((v, k) => Math.abs(v - y[k]!)))

describe('an observer, against plain loops over the clouds', () => {
  test('of the deviation', async () => {
    const { columns, series } = await watch(deviationObserver())
    for (let n = 0; n <= 4; n++) {
      const [x, y, v, w] = [series.Psi[n]!, series.Phi[n]!, series.PsiP[n]!, series.PhiP[n]!]
      const square = (a: Float64Array, b: Float64Array): number =>
        Math.max(
          ...Array.from({ length: N }, (_, i) => Math.hypot(...[0, 1, 2].map(c => a[c * N + i]! - b[c * N + i]!))),
        )
      expect(columns.position[n]).toBe(apart(x, y))
      expect(columns.momentum[n]).toBe(apart(v, w))
      expect(columns.positionEuclidean[n]).toBeCloseTo(square(x, y), 14)
      expect(columns.momentumEuclidean[n]).toBeCloseTo(square(v, w), 14)
      expect(columns.supPosition[n]).toBeGreaterThanOrEqual(Math.max(...columns.position.subarray(0, n + 1)))
    }
    expect(columns.position[4]).toBeGreaterThan(1e-3)
    // The control: without forces both flows of a free field are one.
    const free = system({ law, N, delta, T, seed: 1, sigma: 0 })
    const still = radialField({ law, kernel: free.kernel, T, tolerance: 1e-3 })
    expect(
      Math.max(...(await coupledRun(free, { ...numerics, field: still }, [deviationObserver()])).columns.supMomentum),
    ).toBe(0)
  })

  test('of Delta and J, whose supremum is over all steps', async () => {
    const rates = [{ lambda: 0.5, beta: 0.6 }]
    const { columns, series } = await watch(chaosObserver(of, rates))
    let least = Number.NEGATIVE_INFINITY
    for (let n = 0; n <= 4; n++) {
      const root = Math.sqrt(Math.log(N))
      const Delta = root * apart(series.Psi[n]!, series.Phi[n]!) + apart(series.PsiP[n]!, series.PhiP[n]!)
      expect(columns.Delta[n]).toBeCloseTo(Delta, 13)
      const now = 0.5 * root * (T - (n / 4) * T) + Math.log(N ** delta * Delta + N ** (delta - 0.6))
      least = Math.max(least, now)
      expect(columns.logJ0![n]).toBeGreaterThanOrEqual(least - 1e-12)
      expect(columns.logJ0![n]).toBeLessThan(least + 0.1)
      expect(columns.inA0![n]).toBe(columns.logJ0![n]! < 0 ? 1 : 0)
    }
    // The control: with another horizon it is another number.
    const later = chaosObserver(system({ law, N, delta, T: 2 * T, seed: 1 }), rates)
    expect((await watch(later)).columns.logJ0![0]! - columns.logJ0![0]!).toBeCloseTo(
      0.5 * Math.sqrt(Math.log(N)) * T,
      12,
    )
  })

  test('of fluctuation and stability', async () => {
    const { columns, series } = await watch(fluctuationObserver())
    for (let n = 0; n <= 4; n++) {
      const [onPsi, onPhi] = [pairs(series.Psi[n]!), pairs(series.Phi[n]!)]
      const mean = field.force((n / 4) * T, series.Phi[n]!, new Float64Array(3 * N))
      expect(columns.fluctuation[n]).toBeCloseTo(apart(onPhi, mean), 12)
      expect(columns.stability[n]).toBeCloseTo(apart(onPsi, onPhi), 12)
    }
    expect(columns.stability[0]).toBeLessThan(1e-15)
    expect(columns.stability[4]).toBeGreaterThan(1e-3)
  })

  test('of the majorant and the sets: the sum of l over pairs against l * rho', async () => {
    const { columns, series } = await watch(majorantObserver(of))
    const plain = (await watch(fluctuationObserver())).columns.fluctuation
    for (let n = 0; n <= 4; n++) {
      expect(columns.inB[n]).toBe(plain[n]! < N ** (2 * delta - 1) ? 1 : 0)
      expect(columns.inC[n]).toBe(columns.majorantFluctuation[n]! < 1 ? 1 : 0)
    }
    // A majorant that is constant, l = c, has L - Lbar = c (N - 1)/N - c up to what rho has beyond twice the cloud.
    const constant = { value: () => 3, breaks: [], innerRadius: 1e9, innerValue: 3, outerConstant: 0 } as never
    const flat = (await watch(majorantObserver(of, constant))).columns.majorantFluctuation
    expect(flat[0]).toBeCloseTo(3 / N, 2)
    expect((await watch(majorantObserver(of, 'omit'))).columns.inC[0]).toBeNaN()
    expect(series.Psi).toHaveLength(5)
  })

  test('of what is conserved', async () => {
    const { columns, series } = await watch(conservationObserver())
    const at = (n: number) => invariants({ N, d: 3, q: series.Psi[n]!, p: series.PsiP[n]! }, of.kernel)
    const [first, last] = [await at(0), await at(4)]
    expect(columns.energy[4]).toBe(last.energy)
    expect(columns.momentumDrift[4]).toBeLessThan(1e-14)
    const unit = first.kinetic + Math.abs(first.potential)
    expect(columns.energyDrift[4]).toBeGreaterThanOrEqual(Math.abs(last.energy - first.energy) / unit)
    expect(columns.energyDrift[4]).toBeLessThan(1e-2)
    // The control: an external force changes the energy, and is seen.
    const external = (_: number, q: Float64Array, out: Float64Array): void => void out.set(q.map(x => -x))
    const pushed = await coupledRun(of, { ...numerics, external }, [conservationObserver()])
    expect(pushed.columns.energyDrift[4]).toBeGreaterThan(1e-2)
  })

  test('of the error of forces, which a coarse tolerance makes large', async () => {
    const big = system({ law, N: 600, delta, T, seed: 1 })
    const own = radialField({ law, kernel: big.kernel, T, tolerance: 1e-3 })
    const error = async (tolerance: number): Promise<number> => {
      const run = await coupledRun(big, { ...numerics, field: own, steps: 2, outputs: 1, tolerance }, [
        forceErrorObserver(),
      ])
      return run.columns.forceError[0]!
    }
    const [fine, coarse] = [await error(1e-12), await error(1e-3)]
    expect(fine).toBeLessThan(1e-13)
    expect(coarse).toBeGreaterThan(100 * fine)
  })

  test('of paths', async () => {
    const { series } = await watch(pathsObserver(7))
    for (let n = 0; n <= 4; n++) {
      for (const [path, q] of [
        [series.PsiPaths[n]!, series.Psi[n]!],
        [series.PhiPaths[n]!, series.Phi[n]!],
      ] as const) {
        expect(path).toHaveLength(21)
        for (let k = 0; k < 21; k++) expect(path[k]).toBe(q[Math.floor(k / 7) * N + (k % 7)])
      }
    }
    await expect(watch(pathsObserver(N + 1))).rejects.toThrow(/count must be an integer in \[1, 30\], got 31/)
  })
})
