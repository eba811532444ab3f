/**
 * The laboratory of section 2 and Lemma 6.3: the cut-off force, its slope, and the majorant that should bound it.
 */
import { innerConstant, quotientAtRadius } from '../../attacks/section6/lemma63Constants.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { cutoffRadius } from '../../interaction/cutoffRadius.js'
import { gradientNorm } from '../../interaction/gradientNorms.js'
import type { Kernel } from '../../interaction/kernel.js'
import { kernelNorms } from '../../interaction/kernelNorms.js'
import { lipschitzMajorant } from '../../interaction/lipschitzMajorant.js'
import type { ProfileName } from '../../interaction/profiles.generated.js'
import { wasmCore } from '../../wasm/core.js'
import { type LabComputation, numberOf, quantity, type Series } from './protocol.js'

/** Points of a curve, evenly spaced in the logarithm. */
const POINTS = 400
/** Curves run over these multiples of the cut-off radius. */
const RANGE = [0.1, 30] as const

/**
 * @param setting N, delta, profile
 * @source (4), Definition 2.1, (9), (47), (48), (84)
 */
export const kernelExplorer: LabComputation = async setting => {
  const N = numberOf(setting, 'N')
  const delta = numberOf(setting, 'delta')
  const kernel = cutoffKernel({ N, delta, profile: setting.profile as ProfileName })
  const bare = cutoffKernel({ N, delta: Number.POSITIVE_INFINITY })
  const radius = cutoffRadius(N, delta)
  const ratio = RANGE[1] / RANGE[0]
  const grid = geometric(RANGE[0] * radius, ratio, POINTS)
  const curve = (name: string, f: (r: number) => number, x: Float64Array = grid): Series => ({ name, x, y: x.map(f) })
  const printed = lipschitzMajorant({ N, delta, version: 'printed' })
  const repaired = lipschitzMajorant({ N, delta, version: 'repaired' })
  // Difference quotients that are attained, from the cut-off to three times it: where (48) is decided.
  const critical = geometric(radius, 3, 60)
  const attained = (r: number): number =>
    quotientAtRadius(Math.min(3, Math.max(1, r / radius)), 'maximum') / radius ** 3
  const norms = kernelNorms(kernel)
  const inner = innerConstant('maximum')
  return {
    quantities: [
      quantity('radius', 'N^−δ', radius, 'length', 'the cut-off radius'),
      quantity('sup', 'sup |k|', norms.sup.value, '1/length²', interval(norms.sup)),
      quantity('supRatio', 'sup |k| / N^2δ', norms.sup.value * radius ** 2, '', 'c in iii) of (9): 1 as printed'),
      quantity(
        'lipschitz',
        'Lipschitz constant of k, |·|',
        norms.lipschitz.value,
        '1/length³',
        interval(norms.lipschitz),
      ),
      quantity(
        'lipschitzMax',
        'Lipschitz constant of k, |·|∞',
        norms.lipschitzMax.value,
        '1/length³',
        interval(norms.lipschitzMax),
      ),
      quantity('inner', 'inner constant of (47)', inner, 'N^3δ', 'sharp in |·|∞ for the kernel (4); printed: 1'),
      ...(norms.l1Difference === undefined
        ? []
        : [
            quantity(
              'l1',
              '‖k^N − k‖₁ / N^−δ',
              norms.l1Difference.value / radius,
              '',
              'sharp constant in (84); printed: 4π = 12.566',
            ),
          ]),
    ],
    series: [
      curve('|k| without cut-off', r => bare.magnitude(r)),
      curve('|k^N_δ|', r => kernel.magnitude(r)),
      curve('slope of k^N_δ, |·|∞', r => slope(kernel, r)),
      curve('l of (47), as printed', r => printed.value(r)),
      curve('l repaired', r => repaired.value(r)),
      curve('difference quotient that is attained, kernel (4)', attained, critical),
    ],
    arrays: {},
    note: 'Where the attained quotient lies above the printed majorant, (48) fails as printed; the repaired majorant stays above.',
  }
}

/** The norm of grad k at distance r that belongs to |.|_inf, largest over the directions. */
const slope = (kernel: Kernel, r: number): number =>
  gradientNorm('maximum', kernel.magnitudeDerivative(r), kernel.magnitude(r) / r, kernel.d)

/** How well an estimate is known, relative to it. */
const interval = ({ low, high }: { readonly low: number; readonly high: number }): string =>
  low === high ? 'closed form' : `closed form, rounding below ${Number(((high - low) / high).toPrecision(1))} of it`

/** n numbers from a to a * ratio, evenly spaced in the logarithm; the same bits on every engine. */
function geometric(a: number, ratio: number, n: number): Float64Array {
  const factor = wasmCore().pow(ratio, 1 / (n - 1))
  const out = new Float64Array(n)
  let x = a
  for (let i = 0; i < n; i++) {
    out[i] = x
    x *= factor
  }
  return out
}
