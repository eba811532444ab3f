/**
 * The mean field k^N_delta * rho^N_t of (10) in the plane, for a law without symmetry: markers on a lattice in phase
 * space move in their own field, which is computed in Fourier space.
 */
import { requireNumber, requireOptions, requirePositive } from '../../../base/errors.js'
import { withInterrupts } from '../../../base/interrupt.js'
import { requireAffordable, type WorkLimits } from '../../../base/limits.js'
import { randomStream } from '../../../base/random.js'
import { forces } from '../../../forces/forces.js'
import { type Kernel, requireKernel } from '../../../interaction/kernel.js'
import { type Law, requireLaw, requireSameDimension } from '../../../law/law.js'
import { meanFieldFlow } from '../../coupled/meanFieldFlow.js'
import { particleStepper } from '../../step/particleStepper.js'
import type { EvolvingField } from '../evolvingField.js'
import { pausing } from '../grid/markerMotion.js'
import { nodesFor, type PlanarDisc, planarConvolution } from './planarConvolution.js'
import { measured, momentsOf, type PlanarField, planarFieldOf } from './planarFieldTable.js'
import { framesOf, type PlanarMarkers, planarMarkers, type Spacing } from './planarMarkers.js'

/** Options of {@link planarField}. */
export interface PlanarFieldOptions {
  /** A planar law with a density; the smoother, the better. */
  readonly law: Law
  /** A kernel of the plane that is q/|q|^2 outside a finite cut-off, or everywhere. */
  readonly kernel: Kernel
  /** Last time, > 0. */
  readonly T: number
  /** Wanted sup-error relative to the largest force, in [1e-6, 0.1], default 1e-4. */
  readonly tolerance?: number
  readonly limits?: Pick<WorkLimits, 'T'>
  readonly signal?: AbortSignal
  /** Called a few times a second with the part of the present stage that is done, in [0, 1], and its name. */
  readonly onProgress?: (part: number, stage: string) => void
}

/** To this many deviations a Gaussian is taken: 1e-5 of its mass is beyond. */
const RADIUS = 5.35
/** Waves that are kept at first, in units of the inverse of the smallest deviation. */
const FIRST_WAVES = 5
/**
 * How far aliases are from all waves that are kept, in deviations: enough for a Gaussian; where the parts of a law are
 * not known they may be narrower, and the distance grows with the resolution.
 */
const DISTANCE = { gaussian: 5, unknown: 8 }
/** What interaction may add to how free motion stretches a wave. */
const STRETCH = 1.2
/** How the resolution grows. */
const FINER = 1.25
const MOST_MARKERS = 1.5e6
const MOST_NODES = 512
const PROBES = 200
/** Spacing and steps of the pilot. */
const PILOT = { spacing: [1.3, 1.3, 1.3, 1.3], steps: 24 }

interface Resolution {
  /** Largest wave number. */
  readonly waves: number
  /** Of aliases from it, in deviations of the law's parts. */
  readonly distance: number
  readonly steps: number
}

/**
 * The mean field of a planar law. Masses f0 dz on a lattice in phase space, of every Gaussian of a mixture in its own
 * frame, of other laws in that of their second moments, move by a scheme of order 4 in the force of their own density,
 * of which waves up to a bandwidth are kept, which the lattice resolves; outside the disc of all markers the force is a
 * series in the inverse distance. The resolution is raised until two fields in a row, of which the finer has 1.25 times
 * the waves and steps and the lattice that goes with them, differ by less than the tolerance, at draws from the law
 * that move in the field; their largest difference is the error that is stated, which is more that of the coarser one.
 * @returns the field; a tolerance that is not met is reported in `error`
 * @throws TypeError, RangeError naming the argument, before any work; the signal's reason
 * @source (10)-(12) in d = 2
 * @example await planarField({ law: gaussianMixtureLaw({ d: 2 }), kernel: cutoffKernel({ N: 1000, delta: 0.25, d: 2 }), T: 1 })
 */
export async function planarField(options: PlanarFieldOptions): Promise<PlanarField> {
  requireOptions<PlanarFieldOptions>('planarField', options, {
    ...{ law: true, kernel: true, T: true, tolerance: true, limits: true, signal: 'signal', onProgress: 'function' },
  })
  const { law, kernel, T, tolerance = 1e-4 } = options
  requireLaw(law, [2])
  if (law.atoms !== undefined) throw new RangeError('law must have a density, got an empirical measure')
  requireKernel(kernel)
  requireSameDimension(law, kernel)
  requirePositive('T', T)
  requireAffordable({ T }, options.limits)
  requireNumber('tolerance', tolerance, 1e-6, 0.1)
  if (kernel.alpha !== 1 || !Number.isFinite(kernel.cutoffRadius)) {
    throw new RangeError(
      `kernel must be q/|q|^2 outside a finite cut-off, got ${kernel.name} with alpha = ${kernel.alpha}, cut-off radius ${kernel.cutoffRadius}`,
    )
  }
  return withInterrupts(options, heeding => solved(heeding, tolerance))
}

async function solved(options: PlanarFieldOptions, tolerance: number): Promise<PlanarField> {
  const { law, kernel, T } = options
  const pause = pausing(options)
  let disc: Pick<PlanarDisc, 'centre' | 'radius'> = await discOf(law, kernel, T, pause)
  const sigmas = framesOf(law).map(({ sigma }) => sigma)
  const rates = sigmas.map(([a, b, c, e]) => Math.max(c! / a!, e! / b!))
  const frequency = Math.sqrt(2 * Math.PI * law.rhoSup)
  let at: Resolution = {
    waves: FIRST_WAVES / Math.min(...sigmas.map(([a, b]) => Math.min(a!, b!))),
    distance: law.gaussians === undefined ? DISTANCE.unknown : DISTANCE.gaussian,
    steps: Math.max(8, Math.ceil(3 * T * Math.max(...rates, kernel.sigma === 0 ? 0 : frequency))),
  }
  const fieldAt = async (resolution: Resolution): Promise<PlanarField | undefined> => {
    for (;;) {
      const spacing = spacingFor(resolution, T)
      const { waves } = resolution
      if (nodesFor({ ...disc, waves }) > MOST_NODES || countOf(law, spacing) > MOST_MARKERS) return undefined
      const markers = planarMarkers(law, spacing, RADIUS)
      const stage = `${markers.mass.length} markers`
      const field = await run(options, { markers, disc: { ...disc, waves }, steps: resolution.steps }, part =>
        pause(part, stage),
      )
      if (field !== undefined) return field
      // A marker has left the disc.
      disc = { ...disc, radius: 1.3 * disc.radius }
    }
  }
  let coarse = await fieldAt(at)
  if (coarse === undefined) {
    throw new RangeError(`law must be resolved by ${MOST_MARKERS} markers and ${MOST_NODES} nodes, got ${law.name}`)
  }
  for (;;) {
    at = {
      waves: FINER * at.waves,
      distance: law.gaussians === undefined ? FINER * at.distance : at.distance,
      steps: Math.ceil(FINER * at.steps),
    }
    const fine = await fieldAt(at)
    if (fine === undefined) return coarse
    const { scale, difference } = compared(fine, coarse, law)
    const high = difference + Number(fine.parameters.defect) * scale
    const method = `change with ${FINER} times the resolution, at ${PROBES} points and 5 times`
    coarse = measured(fine, { scale, high, method })
    if (high <= tolerance * scale) return coarse
  }
}

/**
 * The spacing whose aliases are far enough away from all waves that are kept, along each axis, from t = 0 to T: of a
 * wave k a part sees k dq_t/dq sigma_q in its positions, k dq_t/dp sigma_p in its momenta, where free motion has 1 and
 * t.
 */
function spacingFor({ waves, distance }: Resolution, T: number): Spacing {
  return sigma => Array.from(sigma, (s, a) => (2 * Math.PI) / (STRETCH * waves * (a < 2 ? s : T * s) + distance))
}

/** Markers, nearly: a ball of each part. */
function countOf(law: Law, spacing: Spacing): number {
  const ball = 0.5 * (Math.PI * RADIUS * RADIUS) ** 2
  return framesOf(law).reduce((sum, { sigma }) => sum + ball / spacing(sigma).reduce((product, h) => product * h, 1), 0)
}

/** A disc that a coarse lattice, moved by its forces, does not leave, with some room. */
async function discOf(
  law: Law,
  kernel: Kernel,
  T: number,
  pause: (part: number, stage: string) => Promise<void>,
): Promise<Pick<PlanarDisc, 'centre' | 'radius'>> {
  const { q, p, mass } = planarMarkers(law, () => PILOT.spacing, RADIUS + 0.5)
  const M = mass.length
  const stepper = particleStepper(
    { N: M, d: 2, q, p },
    {
      ...{ T, steps: PILOT.steps },
      acceleration: (_, x, out) =>
        kernel.sigma === 0 ? out.fill(0) : forces({ sources: x, weights: mass }, kernel, { tolerance: 1e-3, out }),
    },
  )
  const ends = [0, 1].map(() => ({ low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY }))
  const look = (): void => {
    for (const [a, end] of ends.entries()) {
      for (const x of stepper.Z.q.subarray(a * M, (a + 1) * M)) {
        end.low = Math.min(end.low, x)
        end.high = Math.max(end.high, x)
      }
    }
  }
  look()
  for (let n = 1; n <= PILOT.steps; n++) {
    stepper.advanceSync()
    look()
    await pause(n / PILOT.steps, 'pilot')
  }
  const [x, y] = ends.map(({ low, high }) => 0.5 * (low + high)) as [number, number]
  const half = ends.map(({ low, high }) => 0.5 * (high - low))
  return { centre: [x, y], radius: 1.1 * Math.sqrt(half[0]! ** 2 + half[1]! ** 2) }
}

interface Run {
  readonly markers: PlanarMarkers
  readonly disc: PlanarDisc
  readonly steps: number
}

/** The field of the markers, moved to T, its error not yet known; undefined if one leaves the disc. */
async function run(
  { law, kernel, T }: PlanarFieldOptions,
  { markers, disc, steps }: Run,
  pause: (part: number) => Promise<void>,
): Promise<PlanarField | undefined> {
  const { mass, q, p, defect } = markers
  const M = mass.length
  const { sigma } = kernel
  const convolution = planarConvolution(kernel, disc)
  const f = new Float64Array(2)
  let [inside, spectrum] = [true, new Float64Array(convolution.size)]
  const stepper = particleStepper(
    { N: M, d: 2, q, p },
    {
      ...{ T, steps, scheme: 'yoshida4' },
      acceleration: (_, x, out) => {
        spectrum = new Float64Array(convolution.size)
        inside &&= convolution.spectrum(x, mass, spectrum)
        if (!inside || sigma === 0) return out.fill(0)
        convolution.take(spectrum)
        for (let k = 0; k < M; k++) {
          convolution.force(x[k]!, x[M + k]!, f)
          out[k] = sigma * f[0]!
          out[M + k] = sigma * f[1]!
        }
        return out
      },
    },
  )
  await stepper.start()
  const [spectra, moments] = [[spectrum], [momentsOf(stepper.Z.q, mass, disc)]]
  for (let n = 1; n <= steps && inside; n++) {
    stepper.advanceSync()
    spectra.push(spectrum)
    moments.push(momentsOf(stepper.Z.q, mass, disc))
    await pause(n / steps)
  }
  if (!inside) return undefined
  return planarFieldOf(law, kernel, { solver: 'planar', T, disc, spectra, moments, markers: M, defect }, convolution)
}

/** The largest force of a field and its largest difference to another, at draws from the law that move in it. */
function compared(fine: EvolvingField, coarse: EvolvingField, law: Law): { scale: number; difference: number } {
  let [scale, difference] = [0, 0]
  const Z = law.sample(PROBES, randomStream(`probes of ${law.name}`))
  for (const part of [0, 0.23, 0.5, 0.81, 1]) {
    const t = part * fine.T
    const { q } = meanFieldFlow(Z, fine, { to: t, steps: 8 })
    const [a, b] = [fine, coarse].map(field => field.force(t, q, new Float64Array(q.length))) as [
      Float64Array,
      Float64Array,
    ]
    for (let i = 0; i < PROBES; i++) {
      const size = (x: number, y: number): number => Math.sqrt(x * x + y * y)
      scale = Math.max(scale, size(a[i]!, a[PROBES + i]!))
      difference = Math.max(difference, size(a[i]! - b[i]!, a[PROBES + i]! - b[PROBES + i]!))
    }
  }
  return { scale, difference }
}
