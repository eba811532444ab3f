/**
 * A mean field by brute force: that of a large particle system of its own, for dynamics that the deterministic solvers
 * do not treat, noise above all (Remark 4.5.2: Vlasov-Fokker-Planck). Its error is statistical and is measured.
 */

import { requireInteger, requireNumber, requireObject, requireOptions, requirePositive } from '../../base/errors.js'
import { turns, withInterrupts } from '../../base/interrupt.js'
import { requireAffordable, type WorkLimits } from '../../base/limits.js'
import { type BarOption, type Report, reporting } from '../../base/progress.js'
import { randomStream, requireSeed } from '../../base/random.js'
import type { Estimate } from '../../base/statistics/estimate.js'
import { forces } from '../../forces/forces.js'
import { forcesAsync } from '../../forces/forcesAsync.js'
import { type Kernel, requireKernel } from '../../interaction/kernel.js'
import { type Law, requireLaw, requireSameDimension } from '../../law/law.js'
import { type ExternalForce, forceTolerance, pairAcceleration } from '../micro/pairAcceleration.js'
import type { MagneticField } from '../step/gyration.js'
import { langevinNoise, requireNoise } from '../step/langevinNoise.js'
import { type Acceleration, particleStepper } from '../step/particleStepper.js'
import { type SchemeName, stageOffsets, symplecticScheme } from '../step/symplecticScheme.js'
import type { EvolvingField } from './evolvingField.js'

/** Options of {@link particleField}. */
export interface ParticleFieldOptions extends BarOption {
  readonly T: number
  /** Steps of the grid; a run with the same T, steps and scheme asks for the force at recorded times only. */
  readonly steps: number
  /** Default 'leapfrog'. */
  readonly scheme?: SchemeName
  /** Particles of the system, even, >= 4. */
  readonly M: number
  /** Seed of its own streams 'field-0', 'field-1' (and the noise), apart from those of any run. */
  readonly seed: number | string
  readonly noise?: { readonly diffusion: number; readonly friction?: number }
  readonly external?: ExternalForce
  /** A uniform magnetic field Omega, in which the particles of the field move as well. */
  readonly magnetic?: MagneticField
  /** Relative force tolerance, default {@link forceTolerance} of M. */
  readonly tolerance?: number
  /** Most bytes that the record may take; default 2 GiB. */
  readonly memory?: number
  /** What the call may take: {@link WorkLimits}. */
  readonly limits?: WorkLimits
  readonly threads?: number
  readonly signal?: AbortSignal
  /** Called after every step. */
  readonly onProgress?: (done: number, total: number) => void
  /** @deprecated the old name of `onProgress` */
  readonly progress?: (done: number, total: number) => void
}

/** The field of M recorded particles. */
export interface ParticleField extends EvolvingField {
  readonly M: number
  /** Times at which positions are recorded, increasing. */
  readonly times: Float64Array
  /** Memory that the record takes. */
  readonly bytes: number
  /** sup of the force error at times between the recorded ones, beyond `error`. */
  readonly interpolationError: Estimate
  /** `force` on many threads; the same bits. Leave q and out alone until it settles. */
  forceAsync(t: number, q: Float64Array, out: Float64Array): Promise<Float64Array>
}

/** Probe points, and the recorded times at which they are used. */
const PROBES = 256
const PROBE_TIMES = 9

/**
 * The field k^N_delta * mu_t of M independent particles that move under their own forces (and noise, and E), an
 * approximation of k^N_delta * rho_t with an error of order M^(-(1-delta)/2).
 *
 * The M particles are two systems of M/2 that know nothing of each other: F = (F_A + F_B)/2. Error: |F_A - F_B|/2 is
 * distributed like |F - E F|, since F_A and F_B are independent with the same law; this includes what the fluctuations
 * did to the motion. The value is its maximum over 256 positions of the particles at 9 recorded times, the upper end
 * twice that: the maximum of many such numbers scatters by less. What is not seen is the common bias of both, of order
 * 1/M.
 *
 * `force` sums over all M sources on the calling thread: exact (to the tolerance) at recorded times, with positions
 * interpolated linearly in between, which costs h^2/8 |p'| in position, of order h^(3/2) with noise. Memory: 8 bytes a
 * coordinate, 24 M (steps times stages + 1) in d = 3.
 * @throws TypeError, RangeError naming the argument, the memory among them, before any work; errors of the runs
 * @source (10), (13), Remark 4.5.2
 * @example await particleField(gaussianLaw(), kernel, { T: 1, steps: 64, M: 1e5, seed: 1, noise: { diffusion: 0.1 } })
 */
export async function particleField(law: Law, kernel: Kernel, options: ParticleFieldOptions): Promise<ParticleField> {
  requireOptions<ParticleFieldOptions>('particleField', options, {
    bar: true,
    T: true,
    steps: true,
    scheme: true,
    M: true,
    seed: true,
    noise: true,
    external: 'function',
    magnetic: true,
    tolerance: true,
    memory: true,
    limits: true,
    threads: true,
    signal: 'signal',
    onProgress: 'function',
    progress: 'function',
  })
  return withInterrupts(options, heeding =>
    reporting('particleField', heeding, report => fieldOfParticles(law, kernel, heeding, report)),
  )
}

async function fieldOfParticles(
  law: Law,
  kernel: Kernel,
  options: ParticleFieldOptions,
  report: Report,
): Promise<ParticleField> {
  const { scheme, tolerance, bytes } = requireParticles(law, kernel, options)
  const { T, steps, M, seed, noise, magnetic, threads, signal } = options
  const track = emptyTrack(options, stageOffsets(symplecticScheme(scheme)), kernel.d)
  for (const side of [0, 1] as const) await recordHalf(track, side, { law, kernel, options, scheme, tolerance, report })
  const { times, records } = track
  const scratch = new Float64Array(kernel.d * M)
  return {
    ...{ law, kernel, T, M, times, bytes },
    method: `${M} independent particles, recorded at ${times.length} times`,
    parameters: {
      ...{ M, steps, scheme, seed, tolerance, bytes },
      ...(noise === undefined ? {} : { diffusion: noise.diffusion, friction: noise.friction ?? 0 }),
      ...(magnetic === undefined ? {} : { magnetic: magnetic.join(', ') }),
    },
    ...probe(records, kernel, { d: kernel.d, M, tolerance }),
    force(t, q, out) {
      if (kernel.sigma === 0) return out.fill(0)
      return forces({ targets: q, sources: sourcesAt(track, t, scratch) }, kernel, { tolerance, out }).force
    },
    async forceAsync(t, q, out) {
      if (kernel.sigma === 0) return out.fill(0)
      // A copy, should the scratch array be overwritten by the next call before this one has its turn.
      const known = sourcesAt(track, t, scratch)
      const sources = known === scratch ? known.slice() : known
      const shared = { ...(threads === undefined ? {} : { threads }), ...(signal === undefined ? {} : { signal }) }
      return (await forcesAsync({ targets: q, sources }, kernel, { tolerance, out, ...shared })).force
    },
  }
}

/** The checks, and what options have as defaults. */
function requireParticles(
  law: Law,
  kernel: Kernel,
  options: ParticleFieldOptions,
): { readonly scheme: SchemeName; readonly tolerance: number; readonly bytes: number } {
  requireNoise(options.noise)
  if (options.tolerance !== undefined) requireNumber('tolerance', options.tolerance, 1e-12, 1)
  if (options.threads !== undefined) requireInteger('threads', options.threads, 1, 256)
  requireObject('options', options, '{ T, steps, M, seed }')
  requireLaw(law, [2, 3])
  requireKernel(kernel)
  requireSameDimension(law, kernel)
  const { T, steps, scheme = 'leapfrog', M, seed, memory = 2 ** 31 } = options
  requirePositive('T', T)
  requireInteger('steps', steps, 1)
  requireSeed(seed)
  requireInteger('M', M, 4)
  requireAffordable({ N: M, T, steps, names: { N: 'M' } }, options.limits)
  if (M % 2 !== 0) throw new RangeError(`M must be even, for two halves, got ${M}`)
  requireNumber('memory', memory, 0, Number.MAX_VALUE, 'a number of bytes')
  const tolerance = options.tolerance ?? forceTolerance(M, kernel)
  const { d } = kernel
  const bytes = 8 * d * M * (steps * symplecticScheme(scheme).drifts.length + 1)
  if (bytes > memory) {
    throw new RangeError(
      `M must be so small that ${d} M (steps stages + 1) 8 bytes fit into ${memory}, got ${M}: ${bytes}`,
    )
  }
  return { scheme, tolerance, bytes }
}

/** Positions of all particles at the times at which forces were asked for. */
interface Track {
  /** In order. */
  readonly times: Float64Array
  readonly records: readonly Float64Array[]
  /** Where among them the k-th evaluation of a run lies: stages may go back in time. */
  readonly placeOf: Int32Array
}

function emptyTrack({ T, steps, M }: ParticleFieldOptions, offsets: Float64Array, d: number): Track {
  const evaluations = [0]
  for (let n = 0; n < steps; n++) for (const c of offsets) evaluations.push(((n + c) / steps) * T)
  const order = evaluations.map((_, k) => k).sort((a, b) => evaluations[a]! - evaluations[b]!)
  const placeOf = new Int32Array(order.length)
  for (const [place, k] of order.entries()) placeOf[k] = place
  return {
    times: Float64Array.from(order, k => evaluations[k]!),
    records: order.map(() => new Float64Array(d * M)),
    placeOf,
  }
}

interface HalfRun {
  readonly law: Law
  readonly kernel: Kernel
  readonly options: ParticleFieldOptions
  readonly scheme: SchemeName
  readonly tolerance: number
  readonly report: Report
}

/** Moves one half of the particles, and records where they are. */
async function recordHalf(
  { records, placeOf }: Track,
  side: 0 | 1,
  { law, kernel, options, scheme, tolerance, report }: HalfRun,
): Promise<void> {
  const { T, steps, M, seed, noise, external, magnetic, threads, signal } = options
  const { onProgress = options.progress } = options
  const { d } = kernel
  const half = M / 2
  const name = { seed, law: law.name, N: M, stream: `field-${side}` }
  const pair = pairAcceleration(half, kernel, {
    tolerance,
    ...(threads === undefined ? {} : { threads }),
    ...(external === undefined ? {} : { external }),
    ...(signal === undefined ? {} : { signal }),
  })
  let call = 0
  const recording: Acceleration = (t, q, out) => {
    const record = records[placeOf[call++]!]!
    for (let a = 0; a < d; a++) record.set(q.subarray(a * half, (a + 1) * half), a * M + side * half)
    return pair.acceleration(t, q, out)
  }
  const start = law.sample(half, randomStream(name))
  const key = `${randomStream(name).key}/noise`
  const stepper = particleStepper(start, {
    ...{ acceleration: recording, T, steps, scheme, forceHint: pair.hint },
    ...(noise === undefined ? {} : { noise: langevinNoise({ ...noise, key, N: half, d, T, resolution: steps }) }),
    ...(magnetic === undefined ? {} : { magnetic }),
  })
  const turn = turns(signal)
  for (let n = 0; n < steps; n++) {
    await turn()
    await stepper.advance()
    onProgress?.(side * steps + n + 1, 2 * steps)
    report((side * steps + n + 1) / (2 * steps))
  }
}

/** Positions at a time, by lines between the records. @param scratch where they may be written */
function sourcesAt({ times, records }: Track, t: number, scratch: Float64Array): Float64Array {
  // Schemes with stages outside the step record more than [0, T].
  requireNumber('t', t, times[0]!, times[times.length - 1]!)
  let [low, high] = [0, times.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle]! < t) low = middle + 1
    else high = middle
  }
  if (times[high] === t) return records[high]!
  const [before, after] = [times[high - 1]!, times[high]!]
  return between(records[high - 1]!, records[high]!, (t - before) / (after - before), scratch)
}

/** x + w (y - x). */
function between(x: Float64Array, y: Float64Array, w: number, out: Float64Array): Float64Array {
  for (let k = 0; k < out.length; k++) out[k] = x[k]! + w * (y[k]! - x[k]!)
  return out
}

interface Sizes {
  readonly d: number
  readonly M: number
  readonly tolerance: number
}

/** The error between the halves, the largest force, and the error of interpolation. */
function probe(
  records: readonly Float64Array[],
  kernel: Kernel,
  { d, M, tolerance }: Sizes,
): Pick<ParticleField, 'error' | 'scale' | 'interpolationError'> {
  const half = M / 2
  const count = Math.min(PROBES, half)
  const part = (x: Float64Array, from: number, n: number): Float64Array =>
    Float64Array.from({ length: d * n }, (_, k) => x[Math.floor(k / n) * M + from + (k % n)]!)
  const size = (x: Float64Array): number => {
    let most = 0
    for (let i = 0; i < count; i++) {
      let square = 0
      for (let a = 0; a < d; a++) square += x[a * count + i]! * x[a * count + i]!
      most = Math.max(most, Math.sqrt(square))
    }
    return most
  }
  let [deviation, scale, chord] = [0, 0, 0]
  const last = records.length - 1
  const places = new Set(Array.from({ length: PROBE_TIMES }, (_, k) => Math.round((k * last) / (PROBE_TIMES - 1))))
  for (const place of places) {
    const record = records[place]!
    // Coincident points exert no force: a probe at a particle feels the others of its half.
    const targets = part(record, 0, count)
    const of = (sources: Float64Array): Float64Array => forces({ targets, sources }, kernel, { tolerance }).force
    if (kernel.sigma === 0) continue
    const [A, B] = [of(part(record, 0, half)), of(part(record, half, half))]
    deviation = Math.max(deviation, size(A.map((x, k) => (x - B[k]!) / 2)))
    scale = Math.max(scale, size(A.map((x, k) => (x + B[k]!) / 2)))
    if (place === 0 || place === last) continue
    // Interpolation over two intervals instead of one: four times the error for smooth motion, at least 2.8 times with
    // noise.
    const middle = between(records[place - 1]!, records[place + 1]!, 0.5, new Float64Array(d * M))
    const [exact, approximate] = [of(record), of(middle)]
    chord = Math.max(chord, size(exact.map((x, k) => x - approximate[k]!)))
  }
  const estimate = (value: number, high: number, method: string): Estimate => ({
    value,
    low: 0,
    high,
    kind: 'estimated',
    method,
  })
  const where = `${count} probes at ${places.size} times`
  return {
    error: estimate(
      deviation,
      2 * deviation,
      `half the difference of two independent halves, ${where}; upper end doubled`,
    ),
    scale,
    interpolationError: estimate(chord / 2.8, chord, `interpolation over a double interval, ${where}`),
  }
}
