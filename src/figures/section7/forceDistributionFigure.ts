/**
 * The law of large numbers as a movie: how the deviations of the forces on independent particles are distributed, and
 * both thresholds that they are compared with, as N grows.
 */
import { requireLength } from '../../base/errors.js'
import { randomStream } from '../../base/random.js'
import { requireShape } from '../../base/shape.js'
import { median } from '../../base/statistics/bootstrapSlope.js'
import { deviations } from '../../concentration/fluctuations.js'
import { meanTable } from '../../concentration/pairSource.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { uniformBallLaw } from '../../law/uniformBallLaw.js'
import type { Figure, ImmediateFigure, Trace } from '../theme/figure.js'
import { player } from '../theme/player.js'
import { axis, COLOR, figure } from '../theme/theme.js'

/** The deviations of one N. */
export interface ForceDistribution {
  readonly N: number
  /** Replicates of N particles each. */
  readonly replicates: number
  /** Share of the particles in each bin. */
  readonly share: readonly number[]
  /** Share of the particles whose deviation is at or above N^(-1+2 delta). */
  readonly above: number
  /** Median over the replicates of the largest of the N deviations. */
  readonly maximum: number
}

/** What {@link forceDistributionFigure} draws. */
export interface ForceDistributionData {
  readonly sizes: readonly ForceDistribution[]
  /** Ends of the bins in the decimal logarithm of |K - Kbar|_inf, rising; one more than bins. */
  readonly edges: readonly number[]
  readonly delta: number
  readonly law: string
  readonly seed: string
}

/**
 * A frame for each N: the shares of the particles by the largest component of K - Kbar; the threshold N^(-1+2 delta) of
 * Definition 7.1, the distance N^-delta of Theorem 4.2, and the median of the largest of N.
 * @throws TypeError, RangeError naming the argument
 */
export function forceDistributionFigure(data: ForceDistributionData): Figure {
  requireShape<ForceDistributionData>('data', data, {
    sizes: [{ N: 'number', replicates: 'number', share: 'numbers', above: 'number', maximum: 'number' }],
    edges: 'numbers',
    delta: 'number',
    law: 'text',
    seed: 'text',
  })
  const { sizes, edges, delta, law, seed } = data
  if (sizes.length === 0) throw new RangeError('data.sizes must hold at least one N, got none')
  for (const [k, { share }] of sizes.entries()) requireLength(`data.sizes[${k}].share`, share, edges.length - 1)
  const highest = 1.15 * Math.max(...sizes.flatMap(({ share }) => share))
  const frame = ({ N, share, maximum }: ForceDistribution): Trace[] => {
    const at = (x: number): Trace => ({ x: [x, x], y: [0, highest] }) as unknown as Trace
    return [
      // Steps: twice every inner end of a bin.
      {
        x: edges.flatMap(edge => [10 ** edge, 10 ** edge]),
        y: [0, ...share.flatMap(part => [part, part]), 0],
      } as unknown as Trace,
      at(N ** (2 * delta - 1)),
      at(N ** -delta),
      at(maximum),
    ]
  }
  const still = frame(sizes.at(-1)!)
  const dress: readonly Record<string, unknown>[] = [
    { name: 'particles', line: { color: COLOR.blue, width: 1.5 }, fill: 'tozeroy' },
    { name: 'N<sup>−1+2δ</sup>, printed for B', line: { color: COLOR.vermillion, width: 3, dash: 'dot' } },
    { name: 'N<sup>−δ</sup>, the theorem’s distance', line: { color: COLOR.green, width: 3, dash: 'dash' } },
    { name: 'the worst of N (median)', line: { color: COLOR.ink, width: 2 } },
  ]
  // The first after the last that is not.
  const below = sizes[sizes.reduce((last, { N, maximum }, k) => (maximum < N ** -delta ? last : k), -1) + 1]
  const labels = sizes.map(({ N }) => String(N))
  const made = figure({
    id: 'force-distribution',
    title: 'The law of large numbers and its two thresholds',
    caption: `How far the forces on independent particles are from the mean force (${law}, δ = ${delta}), as shares of the particles, for N from ${sizes[0]!.N} to ${sizes.at(-1)!.N}. All must be below a threshold at once: the worst of N ${below === undefined ? 'is above N to the power −δ at all these N' : `is below N to the power −δ from N = ${below.N} on`}; N to the power −1 + 2δ falls faster than the forces do.`,
    data: dress.map((traits, k): Trace => ({ ...still[k], ...traits, type: 'scatter', mode: 'lines' })),
    layout: {
      xaxis: axis('|K − K̄|<sub>∞</sub>  (force per unit mass)', {
        type: 'log',
        range: [edges[0]!, edges.at(-1)!],
        dtick: 1,
      }),
      yaxis: axis('share of the particles in a bin', { range: [0, highest] }),
      height: 640,
      ...player(labels, 'N = '),
    },
    table: {
      N: sizes.map(({ N }) => N),
      replicates: sizes.map(({ replicates }) => replicates),
      'above the printed threshold': sizes.map(({ above }) => above),
      'median of the largest': sizes.map(({ maximum }) => maximum),
      'N^(-1+2δ)': sizes.map(({ N }) => N ** (2 * delta - 1)),
      'N^-δ': sizes.map(({ N }) => N ** -delta),
    },
    provenance: { law, delta, seed, mode: 'sampled' },
  })
  return { ...made, frames: sizes.map((size, m) => ({ name: labels[m]!, data: frame(size) })) }
}

const DELTA = 0.2
/** Particles of all replicates together, for each N. */
const PARTICLES = 2 ** 14

/** The figure with its data, for the gallery. */
export const forceDistributionEntry: ImmediateFigure<ForceDistributionData> = {
  id: 'force-distribution',
  seen: 'How the deviations of the forces shrink with N, beside both thresholds',
  data() {
    const law = uniformBallLaw()
    const seed = 'gallery/force-distribution'
    const edges = Array.from({ length: 51 }, (_, k) => -3.5 + k / 12.5)
    const ends = edges.map(edge => 10 ** edge)
    const sizes = [64, 128, 256, 512, 1024, 2048, 4096].map((N): ForceDistribution => {
      const kernel = cutoffKernel({ N, delta: DELTA })
      const mean = meanTable(law, kernel).at
      const replicates = PARTICLES / N
      const share = new Array<number>(edges.length - 1).fill(0)
      const largest: number[] = []
      let above = 0
      for (let replica = 0; replica < replicates; replica++) {
        const { q } = law.sample(N, randomStream({ seed, law: law.name, N, replica }))
        const d = deviations(q, kernel, mean)
        const sizesOf = Array.from({ length: N }, (_, i) =>
          Math.max(Math.abs(d[i]!), Math.abs(d[N + i]!), Math.abs(d[2 * N + i]!)),
        )
        largest.push(Math.max(...sizesOf))
        above += sizesOf.filter(x => x >= N ** (2 * DELTA - 1)).length / PARTICLES
        for (const x of sizesOf) {
          const bin = ends.filter(end => x >= end).length - 1
          if (bin >= 0 && bin < share.length) share[bin] = share[bin]! + 1 / PARTICLES
        }
      }
      return { N, replicates, share, above, maximum: median(Float64Array.from(largest)) }
    })
    return { sizes, edges, delta: DELTA, law: 'uniform ball', seed }
  },
  draw: forceDistributionFigure,
}
