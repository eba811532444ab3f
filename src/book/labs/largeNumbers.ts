/**
 * The laboratory of section 7: the force of N independent particles on each other against its mean, particle by
 * particle.
 */
import { randomStream } from '../../base/random.js'
import { deviations, measureFluctuations } from '../../concentration/fluctuations.js'
import { meanTable } from '../../concentration/pairSource.js'
import { secondMoments } from '../../concentration/secondMoments.js'
import { typicalThresholds } from '../../flow/coupled/fluctuation.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { cutoffRadius } from '../../interaction/cutoffRadius.js'
import { lawByName } from '../../law/lawByName.js'
import { type LabComputation, numberOf, quantity } from './protocol.js'

/** Radii at which the exact curve is drawn. */
const CURVE = 48
/** Half-width of the interval in standard errors: 95 % for a normal mean. */
const TWO_SIDED = 1.96

/**
 * @param setting N, delta, law, seed, replicates
 * @source Definition 7.1, (52)-(54), (63)
 */
export const largeNumbers: LabComputation = async (setting, { stage, partial, signal }) => {
  const [N, delta, seed, replicates] = ['N', 'delta', 'seed', 'replicates'].map(key => numberOf(setting, key)) as [
    number,
    number,
    number,
    number,
  ]
  const law = lawByName(String(setting.law))
  const kernel = cutoffKernel({ N, delta })
  stage('exact moments by quadrature')
  const moments = secondMoments(law, kernel, 1e-6)
  const exact = moments.deviation(N)
  const exactRms = Math.sqrt(exact.value)
  const { q } = law.sample(N, randomStream({ seed, law: law.name, N, replica: 0, stream: 'lln' }))
  const mean = meanTable(law, kernel)
  const d = deviations(q, kernel, mean.at)
  const radius = new Float64Array(N)
  const size = new Float64Array(N)
  for (let i = 0; i < N; i++) {
    radius[i] = length(q, N, i)
    size[i] = length(d, N, i)
  }
  const reach = 1.05 * radius.reduce((a, b) => Math.max(a, b))
  const curveX = Float64Array.from({ length: CURVE }, (_, i) => ((i + 0.5) / CURVE) * reach)
  const share = (N - 1) / N / N
  const curveY = curveX.map(r => Math.sqrt(share * moments.variance(r).value + (mean.at(r) / N) ** 2))
  // Definition 7.1's threshold N^(2 delta - 1) and the size N^(-(1 - delta)/2) of the fluctuation.
  const threshold = typicalThresholds(N, delta).force
  const typical = cutoffRadius(N, (1 - delta) / 2)
  const result = (found: { rms: number; error: number; maximum: number; done: number } | undefined) => ({
    quantities: [
      quantity(
        'exact',
        'exact root mean square',
        exactRms,
        '1/length²',
        `quadrature, error below ${digits((exact.high - exact.low) / exactRms)}`,
      ),
      ...(found === undefined
        ? []
        : [
            quantity(
              'rms',
              'measured',
              found.rms,
              '1/length²',
              `± ${digits(TWO_SIDED * found.error)} (95 %), ${found.done} throws of ${N} particles`,
            ),
            quantity(
              'ratio',
              'measured / exact',
              found.rms / exactRms,
              '',
              `1 ± ${digits((TWO_SIDED * found.error) / exactRms)} expected`,
            ),
            quantity(
              'maximum',
              'largest over all particles',
              found.maximum,
              '1/length²',
              'mean over the throws of |K − K̄|∞',
            ),
          ]),
      quantity('threshold', 'N^(2δ−1)', threshold, '1/length²', 'the threshold of B in Definition 7.1'),
      quantity('typical', 'N^(−(1−δ)/2)', typical, '1/length²', 'the order of the root mean square'),
    ],
    series: [
      { name: 'one particle', x: radius, y: size },
      { name: 'exact root mean square at that radius', x: curveX, y: curveY },
      { name: 'N^(2δ−1), Definition 7.1', x: Float64Array.of(0, reach), y: Float64Array.of(threshold, threshold) },
    ],
    arrays: {},
    note: `Here the threshold of Definition 7.1 is ${digits(threshold / exactRms)} times the exact root mean square; ${
      delta < 1 / 3
        ? 'as N grows this ratio tends to 0, for every δ < 1/3.'
        : 'as N grows it does not tend to 0: δ is beyond the theorem.'
    }`,
  })
  stage('throwing particles')
  await partial(result(undefined))
  signal.throwIfAborted()
  const { meanSquare, maximum } = measureFluctuations(law, kernel, { N, replicates, seed })
  const average = meanSquare.reduce((a, b) => a + b, 0) / replicates
  const spread = meanSquare.reduce((a, b) => a + (b - average) ** 2, 0) / Math.max(1, replicates - 1)
  const rms = Math.sqrt(average)
  return result({
    rms,
    // d sqrt(x) = dx / (2 sqrt(x))
    error: Math.sqrt(spread / replicates) / (2 * rms),
    maximum: maximum.reduce((a, b) => a + b, 0) / replicates,
    done: replicates,
  })
}

const length = (v: Float64Array, N: number, i: number): number =>
  Math.sqrt(v[i]! * v[i]! + v[N + i]! * v[N + i]! + v[2 * N + i]! * v[2 * N + i]!)

const digits = (x: number): string => String(Number(x.toPrecision(2)))
