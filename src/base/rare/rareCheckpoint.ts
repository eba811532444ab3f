/**
 * How far a computation of rare probabilities is, as plain JSON: the schedule of its pilot, the runs that are done, and
 * the population of the one that is not.
 */
import { quote, requireObject } from '../errors.js'
import type { Climb, RareRun, Schedule } from './climb.js'

/** Plain JSON: what is left to do is a function of it and of the options. */
export interface RareCheckpoint {
  /** Of the options that the numbers depend on. */
  readonly key: string
  /** Of the pilot, once it has ended. */
  readonly schedule?: Schedule
  /** What the pilot itself cost. */
  readonly pilotScores?: number
  readonly runs: readonly RareRun[]
  /** The climb that is not done: that of the pilot where there is no schedule, else that of the next run. */
  readonly climb?: SavedClimb
}

/** A climb whose arrays are base64 of their little-endian bytes. */
export interface SavedClimb extends Omit<Climb, 'population'> {
  readonly population: { readonly states: string; readonly scores: string; readonly ancestors: string }
}

/** @throws RangeError if the checkpoint is of other options */
export function requireCheckpoint(checkpoint: unknown, key: string): RareCheckpoint {
  requireObject('checkpoint', checkpoint, '{ key, schedule, runs }, as onCheckpoint was given')
  const found = checkpoint as RareCheckpoint
  if (found.key !== key) {
    throw new RangeError(`checkpoint.key must be that of the same options, ${quote(key)}, got ${quote(found.key)}`)
  }
  if (!Array.isArray(found.runs)) throw new TypeError(`checkpoint.runs must be an array, got ${quote(found.runs)}`)
  return found
}

export function savedClimb({ population, schedule, run, ...rest }: Climb): SavedClimb {
  const { states, scores, ancestors } = population
  return {
    ...rest,
    // Copies: the climb goes on with these arrays.
    schedule: structuredClone(schedule),
    run: structuredClone(run),
    population: { states: toBase64(states), scores: toBase64(scores), ancestors: toBase64(ancestors) },
  }
}

export function loadedClimb({ population, ...rest }: SavedClimb): Climb {
  return {
    ...rest,
    population: {
      states: new Float64Array(fromBase64(population.states)),
      scores: new Float64Array(fromBase64(population.scores)),
      ancestors: new Int32Array(fromBase64(population.ancestors)),
    },
  }
}

/** Bytes that one call of fromCharCode takes; a multiple of 3, so that the parts join. */
const PART = 0x6000

function toBase64({ buffer, byteOffset, byteLength }: Float64Array | Int32Array): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength)
  let text = ''
  for (let at = 0; at < bytes.length; at += PART) text += btoa(String.fromCharCode(...bytes.subarray(at, at + PART)))
  return text
}

function fromBase64(text: string): ArrayBuffer {
  const characters = atob(text)
  const bytes = new Uint8Array(characters.length)
  for (let k = 0; k < bytes.length; k++) bytes[k] = characters.charCodeAt(k)
  return bytes.buffer
}
