/**
 * Moves of a state that leave its product law invariant, each reversible with respect to it: proposed states are
 * accepted if and only if their score is at or above the level, which leaves the law conditioned on that invariant.
 */
import type { BulkStream } from '../bulkStream.js'
import { quote, requireFunction, requireNumber, requireText } from '../errors.js'
import { requireStateLaw, type StateLaw } from './stateLaw.js'

/** A way to propose a state. */
export interface Move {
  readonly name: string
  /** The step size that the pilot begins with, in (0, 1]; 1 is the boldest. */
  readonly start: number
  /** The pilot makes no step smaller. */
  readonly least: number
  /** Writes a proposal for `state` into `out`, every entry of it. */
  propose(state: Float64Array, out: Float64Array, step: number, stream: BulkStream): void
}

/** Step sizes below this move nothing but rounding errors. */
const LEAST = 1e-12

/**
 * Draws a random part of the particles anew: each with probability `step`, one at least. For any law.
 * @example resampling(normalStates(64, 3)).name // 'resampling'
 */
export function resampling(law: StateLaw): Move {
  requireStateLaw(law)
  const chosen = chooser(law)
  const { draw, particles, components } = law
  const fresh = new Float64Array(particles * components)
  return {
    name: 'resampling',
    start: 0.3,
    least: 0.5 / particles,
    propose: (state, out, step, stream) => {
      out.set(state)
      const { indices, count } = chosen(step, stream)
      if (draw !== 'normal') {
        for (let c = 0; c < count; c++) draw(out, indices[c]!, stream)
        return
      }
      const variates = fresh.subarray(0, count * components)
      stream.normals(variates)
      for (let c = 0; c < count; c++) {
        for (let a = 0; a < components; a++) out[a * particles + indices[c]!] = variates[c * components + a]!
      }
    },
  }
}

/**
 * z' = sqrt(1 - s^2) z + s xi with standard normal xi on all coordinates. For normal states.
 * @throws RangeError for another law
 * @source Neal 1998; Cotter, Roberts, Stuart, White 2013, doi:10.1214/13-STS421 (pCN)
 * @example autoregression(normalStates(64, 3)).name // 'autoregression'
 */
export function autoregression(law: StateLaw): Move {
  requireNormal('autoregression', law)
  const fresh = new Float64Array(law.particles * law.components)
  return {
    name: 'autoregression',
    start: 0.5,
    least: LEAST,
    propose: (state, out, step, stream) => {
      const keep = Math.sqrt((1 - step) * (1 + step))
      stream.normals(fresh)
      for (let k = 0; k < out.length; k++) out[k] = keep * state[k]! + step * fresh[k]!
    },
  }
}

/**
 * The same on the coordinates of a random block of particles: each is in it with probability sqrt(step), and s =
 * sqrt(step), so that it moves fewer coordinates further. For normal states.
 * @throws RangeError for another law
 * @example blockAutoregression(normalStates(64, 3)).name // 'block autoregression'
 */
export function blockAutoregression(law: StateLaw): Move {
  requireNormal('blockAutoregression', law)
  const chosen = chooser(law)
  const { particles, components } = law
  const fresh = new Float64Array(particles * components)
  return {
    name: 'block autoregression',
    start: 0.3,
    least: LEAST,
    propose: (state, out, step, stream) => {
      const s = Math.sqrt(step)
      const keep = Math.sqrt(1 - step)
      out.set(state)
      const { indices, count } = chosen(s, stream)
      const variates = fresh.subarray(0, count * components)
      stream.normals(variates)
      for (let c = 0; c < count; c++) {
        for (let a = 0; a < components; a++) {
          const k = a * particles + indices[c]!
          out[k] = keep * state[k]! + s * variates[c * components + a]!
        }
      }
    },
  }
}

/** All moves that a law has: resampling for any, both autoregressions for normal states. */
export function movesOf(law: StateLaw): readonly Move[] {
  requireStateLaw(law)
  return law.draw === 'normal' ? [autoregression(law), resampling(law), blockAutoregression(law)] : [resampling(law)]
}

/** Requires moves. @throws TypeError, RangeError naming the member */
export function requireMoves(moves: readonly Move[]): void {
  if (!Array.isArray(moves) || moves.length === 0) {
    throw new TypeError(`moves must be an array of at least one move, as from movesOf(law), got ${quote(moves)}`)
  }
  for (const [k, move] of (moves as readonly Move[]).entries()) {
    requireText(`moves[${k}].name`, Object(move).name)
    requireFunction(`moves[${k}].propose`, move.propose)
    requireNumber(`moves[${k}].start`, move.start, Number.MIN_VALUE, 1, 'a number in (0, 1]')
    requireNumber(`moves[${k}].least`, move.least, 0, 1)
  }
}

function requireNormal(name: string, law: StateLaw): void {
  requireStateLaw(law)
  if (law.draw === 'normal') return
  throw new RangeError(
    `law of ${name} must have draw 'normal', got ${quote(law.name)}, which is drawn particle by particle`,
  )
}

/** A random set of particles, chosen without a look at the state: that makes moves of them reversible. */
function chooser({
  particles,
}: StateLaw): (probability: number, stream: BulkStream) => { readonly indices: Int32Array; readonly count: number } {
  const indices = new Int32Array(particles)
  return (probability, stream) => {
    let count = 0
    for (let i = 0; i < particles; i++) if (stream.uniform() < probability) indices[count++] = i
    if (count === 0) indices[count++] = Math.floor(stream.uniform() * particles)
    return { indices, count }
  }
}
