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
  const { acceleration, T, steps: gridSteps, scheme: name = 'leapfrog', t0 = 0, noise, magnetic, forceHint } = options
  const { N, d } = requireState(Z)
  if (typeof acceleration !== 'function')
    throw new TypeError(`acceleration must be a function, got ${quote(acceleration)}`)
  requireNumber('T', T, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number, not 0')
  if (T === 0) throw new RangeError('T must be a finite number, not 0, got 0')
  requireInteger('steps', gridSteps, 1)
  requireNumber('t0', t0, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
  requireMagneticField(magnetic, d)
  if (magnetic !== undefined && noise !== undefined) {
    throw new RangeError(`magnetic must not be given together with noise, got ${quote(magnetic)}`)
  }
  const scheme = symplecticScheme(name)
  const step = T / gridSteps
  const { drifts, kicks } = scheme
  const offsets = stageOffsets(scheme)
  const last = drifts.length - 1
  const size = d * N
  const q = Z.q.slice()
  const p = Z.p.slice()
  if (options.force !== undefined) requireLength('force', options.force, size)
  const force = options.force?.slice() ?? new Float64Array(size)
  let started = options.force !== undefined
  let stepIndex = requireInteger('stepIndex', options.stepIndex === undefined ? 0 : options.stepIndex, 0)
  let inside = false
  const random = noise === undefined ? undefined : noisyDrift(noise, { N, d, T, steps: gridSteps, t0, scheme: name })

  const turned = magnetic === undefined ? undefined : drifts.map(drift => gyration(magnetic, drift * step))

  const now = (): number => t0 + (stepIndex / gridSteps) * T
  const time = (s: number): number => t0 + ((stepIndex + offsets[s]!) / gridSteps) * T
  const kick = (weight: number): void => {
    const h = weight * step
    for (let k = 0; k < size; k++) p[k] = p[k]! + h * force[k]!
  }
  const drift = (s: number): void => {
    if (random !== undefined) random(stepIndex, q, p)
    else if (turned !== undefined) turned[s]!(q, p)
    else {
      const h = drifts[s]! * step
      for (let k = 0; k < size; k++) q[k] = q[k]! + h * p[k]!
    }
    const broken = firstNonFinite(q, N)
    if (broken < 0) return
    throw new NonFiniteStateError(
      'position',
      broken,
      time(s),
      stepIndex,
      `the step ${step} is too long for these forces`,
    )
  }
  const checkForce = (t: number): void => {
    const broken = firstNonFinite(force, N)
    if (broken < 0) return
    throw new NonFiniteStateError('force', broken, t, stepIndex, forceHint ?? 'the acceleration is not finite there')
  }
  const endStep = (): void => {
    const broken = firstNonFinite(p, N)
    if (broken >= 0) {
      throw new NonFiniteStateError('momentum', broken, time(last), stepIndex, 'the forces are too large for numbers')
    }
    stepIndex++
  }
  const enter = (): void => {
    if (inside) throw new Error('the stepper is inside a step: it is in use, or an error ended its last step')
    inside = true
  }
  const begin = (): unknown => (started ? undefined : acceleration(now(), q, force))
  const began = (): void => {
    if (!started) checkForce(now())
    started = true
  }
  /** The steps; yields the promises of forces that are written later. */
  function* motion(count: number): Generator<Promise<unknown>, void, void> {
    if (count === 0) return
    const first = begin()
    if (first instanceof Promise) yield first
    began()
    for (let n = 0; n < count; n++) {
      kick(kicks[0]!)
      for (let s = 0; s <= last; s++) {
        drift(s)
        const pending = acceleration(time(s), q, force)
        if (pending instanceof Promise) yield pending
        checkForce(time(s))
        kick(kicks[s + 1]!)
      }
      endStep()
    }
  }

  return {
    Z: { N, d, q, p },
    force,
    scheme,
    t0,
    T,
    steps: gridSteps,
    step,
    noise,
    magnetic,
    get stepIndex() {
      return stepIndex
    },
    get t() {
      return now()
    },
    get started() {
      return started && !inside
    },
    get inside() {
      return inside
    },
    async start() {
      enter()
      await begin()
      began()
      inside = false
    },
    async advance(steps = 1) {
      requireInteger('steps', steps, 0)
      enter()
      for (const pending of motion(steps)) await pending
      inside = false
    },
    advanceSync(steps = 1) {
      requireInteger('steps', steps, 0)
      enter()
      for (const pending of motion(steps)) {
        pending.catch(() => undefined)
        throw new TypeError('advanceSync needs an acceleration that returns no promise')
      }
      inside = false
    },
  }
}

interface NoisyMotion {
  readonly N: number
  readonly d: number
  readonly T: number
  readonly steps: number
  readonly t0: number
  readonly scheme: SchemeName
}

/** The exact motion with friction and noise but no force, over one step. */
function noisyDrift(
  noise: LangevinNoise,
  { N, d, T, steps, t0, scheme }: NoisyMotion,
): (n: number, q: Float64Array, p: Float64Array) => void {
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
