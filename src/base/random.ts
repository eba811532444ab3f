/**
 * Named random streams: the same key gives the same bits on every machine and engine.
 * The key of a sample is `seed/law/N/replica/stream` and never contains delta, sigma or a version, so that runs
 * that differ in these share their initial data (common random numbers).
 */
import seedrandom from 'seedrandom'
import { wasmCore } from '../wasm/core.js'
import { quote, requireInteger, requireObject, requireText } from './errors.js'

/** A stream of random numbers that its key reproduces. */
export interface RandomStream {
  /** The key that reproduces it. */
  readonly key: string
  /** The next uniform variate in [0, 1), 53 bits. */
  uniform(): number
  /** The next standard normal variate (Box-Muller; two per pair of uniforms). */
  normal(): number
}

/** What names a sample. `replica` defaults to 0, `stream` to 'initial'. */
export interface StreamName {
  readonly seed: number | string
  readonly law: string
  readonly N: number
  readonly replica?: number
  readonly stream?: string
}

/** Requires a seed: a finite number or a text. @throws TypeError, RangeError */
export function requireSeed(seed: unknown): void {
  if (typeof seed === 'string') return
  if (typeof seed !== 'number') throw new TypeError(`seed must be a finite number or a text, got ${quote(seed)}`)
  if (!Number.isFinite(seed)) throw new RangeError(`seed must be a finite number or a text, got ${seed}`)
}

/** Requires a random stream. @throws TypeError */
export function requireStream(name: string, value: unknown): void {
  requireObject(name, value, 'like a random stream, as from randomStream(key)')
  const { key, uniform, normal } = value as Partial<RandomStream>
  if (typeof key === 'string' && typeof uniform === 'function' && typeof normal === 'function') return
  throw new TypeError(`${name} must be a random stream, as from randomStream(key), got ${quote(value)}`)
}

/**
 * The key string of a named stream. @throws TypeError, RangeError naming the part that is none.
 * @example streamKey({ seed: 1, law: 'plummer', N: 100 }) // '1/plummer/100/0/initial'
 */
export function streamKey(name: StreamName): string {
  requireObject('key', name, '{ seed, law, N, replica, stream }')
  const { seed, law, N, replica = 0, stream = 'initial' } = name
  requireSeed(seed)
  requireText('law', law)
  requireText('stream', stream)
  requireInteger('N', N, 1)
  requireInteger('replica', replica, 0)
  return `${seed}/${law}/${N}/${replica}/${stream}`
}

/**
 * A random stream (ARC4 by seedrandom, 53-bit doubles; transcendental functions from the WebAssembly core).
 * @param key a full key string, or the parts of one
 * @throws TypeError if the key is neither
 * @example randomStream('1/demo').uniform() === randomStream('1/demo').uniform() // true
 */
export function randomStream(key: string | StreamName): RandomStream {
  if (typeof key !== 'string' && (typeof key !== 'object' || key === null)) {
    throw new TypeError(`key must be a string or {seed, law, N, ...}, got ${quote(key)}`)
  }
  const name = typeof key === 'string' ? key : streamKey(key)
  const generator = seedrandom(name)
  const uniform = (): number => generator.double()
  return { key: name, uniform, normal: normalVariates(uniform).next }
}

/** Standard normal variates made two by two from pairs of uniform ones. */
interface NormalVariates {
  next(): number
  /** Drops the second of a pair, so that the next variate starts a new one. */
  forget(): void
}

/**
 * Standard normal variates by Box and Muller, with the functions of the WebAssembly core.
 * @param uniform draws from [0, 1)
 * @example normalVariates(() => stream.uniform()).next()
 */
export function normalVariates(uniform: () => number): NormalVariates {
  const core = wasmCore()
  let spare: number | undefined
  return {
    next: () => {
      if (spare !== undefined) {
        const value = spare
        spare = undefined
        return value
      }
      const radius = core.normalRadius(uniform())
      const angle = 2 * Math.PI * uniform()
      spare = radius * core.sin(angle)
      return radius * core.cos(angle)
    },
    forget: () => {
      spare = undefined
    },
  }
}
