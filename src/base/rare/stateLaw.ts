/**
 * The law of the states of a rare event: many independent particles of one law.
 */
import type { BulkStream } from '../bulkStream.js'
import { quote, requireInteger, requireText } from '../errors.js'

/** A product law. A state is an array with component a of particle i at [a * particles + i]. */
export interface StateLaw {
  readonly name: string
  /** Number of independent particles, >= 1. */
  readonly particles: number
  /** Numbers that a particle has, >= 1. */
  readonly components: number
  /**
   * 'normal': all components are independent standard normal variates, and whoever reads a state maps them to what they
   * stand for. Or a function that writes an independent draw of one particle into the state.
   */
  readonly draw: 'normal' | ((state: Float64Array, particle: number, stream: BulkStream) => void)
}

/** Independent standard normal variates. @example normalStates(64, 3).components // 3 */
export function normalStates(particles: number, components: number): StateLaw {
  const law: StateLaw = { name: `normal ${particles} x ${components}`, particles, components, draw: 'normal' }
  requireStateLaw(law)
  return law
}

/** Requires a law of states. @throws TypeError, RangeError naming the member */
export function requireStateLaw(law: StateLaw): void {
  if (typeof law !== 'object' || law === null) {
    throw new TypeError(`law must be an object { name, particles, components, draw }, got ${quote(law)}`)
  }
  requireText('law.name', law.name)
  requireInteger('law.particles', law.particles, 1)
  requireInteger('law.components', law.components, 1)
  if (law.draw === 'normal' || typeof law.draw === 'function') return
  throw new TypeError(`law.draw must be 'normal' or a function that writes a particle, got ${quote(law.draw)}`)
}

/** Writes an independent state. */
export function drawState(law: StateLaw, state: Float64Array, stream: BulkStream): void {
  if (law.draw === 'normal') stream.normals(state)
  else for (let i = 0; i < law.particles; i++) law.draw(state, i, stream)
}
