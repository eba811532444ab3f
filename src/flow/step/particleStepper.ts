/**
 * Moves N particles through q' = p, p' = F(t, q) step by step on a fixed time grid t0 + (n/steps) T. Whatever the
 * acceleration is, it is the same stepper: pair forces give Psi (5), a mean field gives Phi (16), so that a coupled run
 * advances both on one grid. Used by the microscopic flow, the coupled flow and the step control.
 */
import type { Configuration } from '../../base/configuration.js'
import { quote, requireInteger, requireLength, requireNumber, requireOptions } from '../../base/errors.js'
import { firstNonFinite } from './firstNonFinite.js'
import { gyration, type MagneticField, requireMagneticField } from './gyration.js'
import type { LangevinNoise } from './langevinNoise.js'
import { NonFiniteStateError } from './nonFiniteState.js'
import { requireState } from './requireState.js'
import { type SchemeName, type SymplecticScheme, stageOffsets, symplecticScheme } from './symplecticScheme.js'

/**
 * Writes the accelerations F(t, q_i) of all particles.
 * @param t the time
 * @param q positions, length d*N, structure of arrays; left unchanged
 * @param out same layout; every entry is written
 * @returns a promise if `out` is written later; anything else means that it is written
 */
export type Acceleration = (t: number, q: Float64Array, out: Float64Array) => unknown

/** How particles are moved. */
export interface ParticleStepperOptions {
  readonly acceleration: Acceleration
  /** Length of the time grid, finite and not 0; negative: backwards in time. */
  readonly T: number
  /** Number of steps that it is divided into: the step is h = T/steps. */
  readonly steps: number
  /** Default 'leapfrog'. */
  readonly scheme?: SchemeName
  /** Time of the initial state, default 0. */
  readonly t0?: number
  /**
   * Langevin noise on the momenta (scheme 'leapfrog', t0 = 0, the T of the noise, steps a divisor of its resolution).
   */
  readonly noise?: LangevinNoise
  /** A uniform magnetic field Omega: p' = F + p x Omega, in R^3; not together with noise. */
  readonly magnetic?: MagneticField
  /** Where to go on: number of steps done since t0, default 0. */
  readonly stepIndex?: number
  /** The acceleration at the given state, where it is known: it is then not computed again. */
  readonly force?: Float64Array
  /** What may make the force infinite, for the message of a run that stops. Default: a general one. */
  readonly forceHint?: string
}

/** N particles in motion; the arrays are the live state, overwritten by the next step. */
export interface ParticleStepper {
  readonly Z: Configuration
  /** The acceleration at (t, Z.q), length d*N, once `start` or a step has run. */
  readonly force: Float64Array
  readonly scheme: SymplecticScheme
  readonly t0: number
  readonly T: number
  readonly steps: number
  /** h = T/steps. */
  readonly step: number
  readonly noise: LangevinNoise | undefined
  readonly magnetic: MagneticField | undefined
  /** Steps done since t0. */
  readonly stepIndex: number
  /** t0 + (stepIndex/steps) T: exactly t0 + T at the end. */
  readonly t: number
  /** Whether `force` belongs to the present state. */
  readonly started: boolean
  /** Whether a step is being done, or an error ended one: the state is then no state of the flow. */
  readonly inside: boolean
  /** Computes the force of the initial state, which otherwise the first step does. */
  start(): Promise<void>
  /** Does this many steps, default 1. */
  advance(steps?: number): Promise<void>
  /** The same, at once. @throws TypeError if the acceleration returns a promise */
  advanceSync(steps?: number): void
}

/**
 * A stepper at the state Z (copied). One step is the list of kicks p += h b F and drifts q += h c p of the scheme; the
 * last force of a step is the first of the next, and the time is t0 + (n/steps) T, without accumulation. A stepper may
 * go on beyond T, on the same grid.
 *
 * With noise, 'leapfrog' becomes kick h/2, exact motion of dq = p dt, dp = -gamma p dt + sqrt(2D) dW over h, kick h/2.
 * Free motion is then exact; for smooth forces the strong order (same path, mean square) and the weak order are 2,
 * since the trapezoidal rule for int F(t, q_t) dt meets a path q_t that is once differentiable: its local error is of
 * size h^(5/2) with mean of order h^3.
 * In a magnetic field the drifts are its exact {@link gyration}: the schemes keep their order, and are reversed in time
 * by turning the field round. Omega.(q x p) + |Omega x q|^2/2, summed over the particles, is kept to rounding where the
 * forces keep q x p.
 * @param Z state at t0, or at the step `stepIndex`
 * @throws TypeError, RangeError naming the argument; from its methods NonFiniteStateError when a position, momentum or
 * force is no longer finite, and whatever the acceleration throws. After an error inside a step the stepper is lost.
 * @example
 * const stepper = particleStepper(Z, { acceleration: (t, q, out) => field.force(t, q, out), T: 1, steps: 100 })
 * await stepper.advance(100)
 * stepper.t // 1
 */
export function particleStepper(Z: Configuration, options: ParticleStepperOptions): ParticleStepper {
  const motion = motionOf(Z, options)
  const { N, d, q, p, force, scheme, t0, T, steps, step, noise, magnetic } = motion
  return {
    ...{ Z: { N, d, q, p }, force, scheme, t0, T, steps, step, noise, magnetic },
    get stepIndex() {
      return motion.stepIndex
    },
    get t() {
      return timeOf(motion)
    },
    get started() {
      return motion.started && !motion.inside
    },
    get inside() {
      return motion.inside
    },
    async start() {
      enter(motion)
      await firstForce(motion)
      haveFirstForce(motion)
      motion.inside = false
    },
    async advance(count = 1) {
      requireInteger('steps', count, 0)
      enter(motion)
      for (const pending of stepping(motion, count)) await pending
      motion.inside = false
    },
    advanceSync(count = 1) {
      requireInteger('steps', count, 0)
      enter(motion)
      for (const pending of stepping(motion, count)) {
        pending.catch(() => undefined)
        throw new TypeError('advanceSync needs an acceleration that returns no promise')
      }
      motion.inside = false
    },
  }
}

/** Writes where free motion, noise or a magnetic field take the particles from the step n on. */
type Drift = (n: number, q: Float64Array, p: Float64Array) => void

/** A stepper's state, and what moves it. */
interface Motion
  extends Pick<ParticleStepper, 'force' | 'scheme' | 't0' | 'T' | 'steps' | 'step' | 'noise' | 'magnetic'> {
  readonly N: number
  readonly d: number
  /** Length d*N, as `p`. */
  readonly q: Float64Array
  readonly p: Float64Array
  readonly acceleration: Acceleration
  readonly forceHint: string
  /** One for each stage of the scheme. */
  readonly drifts: readonly Drift[]
  /** Where each ends, in steps. */
  readonly offsets: Float64Array
  stepIndex: number
  /** Whether `force` has been computed. */
  started: boolean
  /** Whether a step is being done, or an error ended one. */
  inside: boolean
}

/** The motion at its beginning, after the checks. */
function motionOf(Z: Configuration, options: ParticleStepperOptions): Motion {
  requireOptions<ParticleStepperOptions>('particleStepper', options, {
    acceleration: 'function',
    T: true,
    steps: true,
    scheme: true,
    t0: true,
    noise: 'given',
    magnetic: true,
    stepIndex: true,
    force: true,
    forceHint: true,
  })
  const { acceleration, T, steps, scheme: name = 'leapfrog', t0 = 0, noise, magnetic } = options
  const { N, d } = requireState(Z)
  if (typeof acceleration !== 'function')
    throw new TypeError(`acceleration must be a function, got ${quote(acceleration)}`)
  requireNumber('T', T, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number, not 0')
  if (T === 0) throw new RangeError('T must be a finite number, not 0, got 0')
  requireInteger('steps', steps, 1)
  requireNumber('t0', t0, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
  requireMagneticField(magnetic, d)
  if (magnetic !== undefined && noise !== undefined) {
    throw new RangeError(`magnetic must not be given together with noise, got ${quote(magnetic)}`)
  }
  const scheme = symplecticScheme(name)
  const step = T / steps
  if (options.force !== undefined) requireLength('force', options.force, d * N)
  const stepIndex = requireInteger('stepIndex', options.stepIndex === undefined ? 0 : options.stepIndex, 0)
  const random = noise === undefined ? undefined : noisyDrift(noise, { N, d, T, steps, t0, scheme: name })
  return {
    ...{ N, d, q: Z.q.slice(), p: Z.p.slice(), force: options.force?.slice() ?? new Float64Array(d * N) },
    ...{ acceleration, forceHint: options.forceHint ?? 'the acceleration is not finite there' },
    ...{ scheme, t0, T, steps, step, noise, magnetic },
    drifts: scheme.drifts.map(drift => random ?? steadyDrift(drift * step, magnetic)),
    offsets: stageOffsets(scheme),
    ...{ stepIndex, started: options.force !== undefined, inside: false },
  }
}

/** Without noise: on straight lines, or on helices around the magnetic field. */
function steadyDrift(h: number, magnetic: MagneticField | undefined): Drift {
  if (magnetic !== undefined) {
    const turn = gyration(magnetic, h)
    return (_, q, p) => turn(q, p)
  }
  return (_, q, p) => {
    for (let k = 0; k < q.length; k++) q[k] = q[k]! + h * p[k]!
  }
}

const timeOf = ({ t0, T, steps, stepIndex }: Motion): number => t0 + (stepIndex / steps) * T

/** At the end of a drift. */
const stageTime = ({ t0, T, steps, stepIndex, offsets }: Motion, stage: number): number =>
  t0 + ((stepIndex + offsets[stage]!) / steps) * T

function enter(motion: Motion): void {
  if (motion.inside) throw new Error('the stepper is inside a step: it is in use, or an error ended its last step')
  motion.inside = true
}

/** Asks for the force of the present state, unless it is there. */
function firstForce(motion: Motion): unknown {
  return motion.started ? undefined : motion.acceleration(timeOf(motion), motion.q, motion.force)
}

function haveFirstForce(motion: Motion): void {
  if (!motion.started) requireFiniteForce(motion, timeOf(motion))
  motion.started = true
}

/** Does steps; yields the promises of forces that are written later. */
function* stepping(motion: Motion, count: number): Generator<Promise<unknown>, void, void> {
  if (count === 0) return
  const { q, force, acceleration, drifts, scheme } = motion
  const { kicks } = scheme
  const first = firstForce(motion)
  if (first instanceof Promise) yield first
  haveFirstForce(motion)
  for (let n = 0; n < count; n++) {
    kick(motion, kicks[0]!)
    for (let stage = 0; stage < drifts.length; stage++) {
      drift(motion, stage)
      const pending = acceleration(stageTime(motion, stage), q, force)
      if (pending instanceof Promise) yield pending
      requireFiniteForce(motion, stageTime(motion, stage))
      kick(motion, kicks[stage + 1]!)
    }
    endStep(motion)
  }
}

function kick({ p, force, step }: Motion, weight: number): void {
  const h = weight * step
  for (let k = 0; k < p.length; k++) p[k] = p[k]! + h * force[k]!
}

function drift(motion: Motion, stage: number): void {
  const { N, q, p, step, stepIndex } = motion
  motion.drifts[stage]!(stepIndex, q, p)
  const broken = firstNonFinite(q, N)
  if (broken < 0) return
  const cause = `the step ${step} is too long for these forces`
  throw new NonFiniteStateError('position', broken, stageTime(motion, stage), stepIndex, cause)
}

function requireFiniteForce({ N, force, stepIndex, forceHint }: Motion, t: number): void {
  const broken = firstNonFinite(force, N)
  if (broken >= 0) throw new NonFiniteStateError('force', broken, t, stepIndex, forceHint)
}

function endStep(motion: Motion): void {
  const { N, p, stepIndex, drifts } = motion
  const broken = firstNonFinite(p, N)
  if (broken >= 0) {
    const t = stageTime(motion, drifts.length - 1)
    throw new NonFiniteStateError('momentum', broken, t, stepIndex, 'the forces are too large for numbers')
  }
  motion.stepIndex++
}

interface NoisyMotion extends Pick<Motion, 'N' | 'd' | 'T' | 'steps' | 't0'> {
  readonly scheme: SchemeName
}

/** The exact motion with friction and noise but no force, over one step. */
function noisyDrift(noise: LangevinNoise, { N, d, T, steps, t0, scheme }: NoisyMotion): Drift {
  if (scheme !== 'leapfrog') {
    throw new RangeError(
      `noise needs the scheme 'leapfrog', as noise cannot run backwards in time, got ${quote(scheme)}`,
    )
  }
  if (noise.N !== N || noise.d !== d) {
    throw new RangeError(`noise must be made for N = ${N}, d = ${d}, got N = ${noise.N}, d = ${noise.d}`)
  }
  if (t0 !== 0) throw new RangeError(`t0 must be 0, where the noise begins, got ${t0}`)
  if (T !== noise.T) throw new RangeError(`T must be that of the noise, ${noise.T}, got ${T}`)
  const { decay, glide } = noise.propagator(steps)
  const P = new Float64Array(d * N)
  const Q = new Float64Array(d * N)
  return (n, q, p) => {
    if (n >= steps) throw new RangeError(`the noise ends at T = ${noise.T}, after ${steps} steps`)
    noise.increments(n, steps, P, Q)
    for (let k = 0; k < q.length; k++) {
      const before = p[k]!
      q[k] = q[k]! + glide * before + Q[k]!
      p[k] = decay * before + P[k]!
    }
  }
}
