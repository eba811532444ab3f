/**
 * A stepper's state as bytes, and back: a run that is stopped goes on to the bit. Written to disk by others; here are
 * only the bytes.
 *
 * Layout, little endian: 8 bytes 'MFLSNAP' and the format version; length of the header (uint32); CRC-32 of everything
 * behind it (uint32); the header, JSON in UTF-8, filled up with blanks to a multiple of 8 bytes; q, p and, where it is
 * known, the force, as float64.
 */
import { type Configuration, configuration, requireConfiguration } from '../../base/configuration.js'
import { quote, requireObject } from '../../base/errors.js'
import { type MagneticField, requireMagneticField } from './gyration.js'
import { type LangevinNoise, langevinNoise } from './langevinNoise.js'
import { type Acceleration, type ParticleStepper, particleStepper } from './particleStepper.js'
import type { SchemeName } from './symplecticScheme.js'

const MAGIC = 'MFLSNAP'
/** 2 with a magnetic field, which version 1 does not know. */
const VERSIONS = { plain: 1, magnetic: 2 }
const PREAMBLE = 16

/** Whatever a run wants to find again: JSON-like, infinite numbers allowed. */
export type SnapshotParameters = Readonly<Record<string, number | string | Readonly<Record<string, number | string>>>>

/** What a snapshot holds. */
export interface SnapshotContent {
  readonly Z: Configuration
  /** The force at Z, where it was known. */
  readonly force: Float64Array | undefined
  readonly scheme: SchemeName
  readonly t0: number
  readonly T: number
  readonly steps: number
  /** Steps done: with `noise` also the position in the noise. */
  readonly stepIndex: number
  readonly t: number
  readonly noise: LangevinNoise | undefined
  readonly magnetic: MagneticField | undefined
  readonly parameters: SnapshotParameters
}

/** What of a stepper a snapshot needs. */
export type SteppedState = Omit<ParticleStepper, 'start' | 'advance' | 'advanceSync'>

/** A copy of the state that later steps do not change. */
export function copiedState(stepper: ParticleStepper): SteppedState {
  const { Z, force, started, inside, scheme, t0, T, steps, step, stepIndex, t, noise, magnetic } = stepper
  const copy = { ...Z, q: Z.q.slice(), p: Z.p.slice() }
  return { Z: copy, force: force.slice(), started, inside, scheme, t0, T, steps, step, stepIndex, t, noise, magnetic }
}

/**
 * The state of a stepper between two steps: grid, step number, positions, momenta, last force, and the key of its
 * noise.
 * @param parameters stored beside it
 * @returns 24 or 16 bytes per coordinate and a header
 * @throws Error if the stepper is inside a step
 * @example restore(snapshot(stepper), acceleration).t === stepper.t // true
 */
export function snapshot(stepper: SteppedState, parameters: SnapshotParameters = {}): Uint8Array {
  requireObject('stepper', stepper, 'like a stepper, as from particleStepper(...)')
  requireConfiguration('stepper.Z', stepper.Z)
  requireObject('stepper.scheme', stepper.scheme)
  requireObject('parameters', parameters)
  const { Z, force, started, inside, scheme, t0, T, steps, stepIndex, noise, magnetic } = stepper
  if (inside) throw new Error('a snapshot needs a stepper between two steps, this one is inside a step')
  const { N, d } = Z
  const arrays = started ? [Z.q, Z.p, force] : [Z.q, Z.p]
  const { key, diffusion, friction, resolution } = noise ?? {}
  const header = new TextEncoder().encode(
    JSON.stringify(
      {
        ...{ N, d, scheme: scheme.name, t0, T, steps, stepIndex, arrays: arrays.length, parameters },
        ...(noise === undefined ? {} : { noise: { key, diffusion, friction, resolution } }),
        ...(magnetic === undefined ? {} : { magnetic }),
      },
      (_, value) => (typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value),
    ),
  )
  const start = PREAMBLE + 8 * Math.ceil(header.length / 8)
  const bytes = new Uint8Array(start + 8 * d * N * arrays.length).fill(0x20, PREAMBLE, start)
  bytes.set(new TextEncoder().encode(MAGIC))
  bytes[7] = magnetic === undefined ? VERSIONS.plain : VERSIONS.magnetic
  bytes.set(header, PREAMBLE)
  const view = new DataView(bytes.buffer)
  let offset = start
  for (const array of arrays) {
    for (let k = 0; k < array.length; k++) view.setFloat64(offset + 8 * k, array[k]!, true)
    offset += 8 * array.length
  }
  view.setUint32(8, header.length, true)
  view.setUint32(12, checksum(bytes.subarray(PREAMBLE)), true)
  return bytes
}

/**
 * A stepper that goes on where the snapshot was taken, with the same bits as if it had never stopped.
 * @param bytes as from {@link snapshot}
 * @param acceleration the same function of (t, q) as before
 * @throws TypeError, RangeError as {@link readSnapshot}
 */
export function restore(bytes: Uint8Array, acceleration: Acceleration): ParticleStepper {
  const { Z, force, noise, magnetic, scheme, t0, T, steps, stepIndex } = readSnapshot(bytes)
  return particleStepper(Z, {
    ...{ acceleration, scheme, t0, T, steps, stepIndex },
    ...(force === undefined ? {} : { force }),
    ...(noise === undefined ? {} : { noise }),
    ...(magnetic === undefined ? {} : { magnetic }),
  })
}

/**
 * What is in a snapshot.
 * @throws TypeError if it is no Uint8Array; RangeError if it is no snapshot, of another version, cut off or damaged
 */
export function readSnapshot(bytes: Uint8Array): SnapshotContent {
  if (!(bytes instanceof Uint8Array)) throw new TypeError(`bytes must be a Uint8Array, got ${quote(bytes)}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < PREAMBLE || new TextDecoder().decode(bytes.subarray(0, 7)) !== MAGIC) {
    throw new RangeError(`bytes must be a snapshot, which begins with ${MAGIC}, got ${bytes.length} other bytes`)
  }
  const versions = Object.values(VERSIONS)
  if (!versions.includes(bytes[7]!)) {
    throw new RangeError(`the snapshot must be of version ${versions.join(' or ')}, got version ${bytes[7]}`)
  }
  const length = view.getUint32(8, true)
  const start = PREAMBLE + 8 * Math.ceil(length / 8)
  if (start > bytes.length)
    throw new RangeError(`the snapshot is cut off: ${start} bytes of header, got ${bytes.length}`)
  // Before the checksum, since a file that was not written to its end is the usual damage.
  let header: Header | undefined
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(PREAMBLE, PREAMBLE + length)), (_, value) =>
      typeof value === 'object' && value !== null && typeof value.number === 'string' ? Number(value.number) : value,
    ) as Header
  } catch {
    header = undefined
  }
  const expected = header === undefined ? bytes.length : start + 8 * header.N * header.d * header.arrays
  if (bytes.length < expected)
    throw new RangeError(`the snapshot is cut off: expected ${expected} bytes, got ${bytes.length}`)
  if (
    header === undefined ||
    bytes.length !== expected ||
    checksum(bytes.subarray(PREAMBLE)) !== view.getUint32(12, true)
  ) {
    throw new RangeError('the snapshot is damaged: its checksum does not fit')
  }
  const { N, d, arrays, scheme, t0, T, steps, stepIndex, parameters } = header
  const Z = configuration(N, d)
  const force = arrays === 3 ? new Float64Array(d * N) : undefined
  let offset = start
  for (const array of force === undefined ? [Z.q, Z.p] : [Z.q, Z.p, force]) {
    for (let k = 0; k < array.length; k++) array[k] = view.getFloat64(offset + 8 * k, true)
    offset += 8 * array.length
  }
  const noise = header.noise === undefined ? undefined : langevinNoise({ ...header.noise, N, d, T })
  const { magnetic } = header
  requireMagneticField(magnetic, d)
  return { Z, force, scheme, t0, T, steps, stepIndex, t: t0 + (stepIndex / steps) * T, noise, magnetic, parameters }
}

interface Header {
  readonly N: number
  readonly d: number
  readonly scheme: SchemeName
  readonly t0: number
  readonly T: number
  readonly steps: number
  readonly stepIndex: number
  readonly arrays: number
  readonly parameters: SnapshotParameters
  readonly noise?: {
    readonly key: string
    readonly diffusion: number
    readonly friction: number
    readonly resolution: number
  }
  readonly magnetic?: MagneticField
}

let table: Uint32Array | undefined

/** CRC-32 (polynomial 0xEDB88320), as in PNG and gzip. */
function checksum(bytes: Uint8Array): number {
  if (table === undefined) {
    table = new Uint32Array(256)
    for (let n = 0; n < 256; n++) {
      let c = n
      for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
      table[n] = c
    }
  }
  let c = 0xffffffff
  for (let k = 0; k < bytes.length; k++) c = table[(c ^ bytes[k]!) & 0xff]! ^ (c >>> 8)
  return (c ^ 0xffffffff) >>> 0
}
