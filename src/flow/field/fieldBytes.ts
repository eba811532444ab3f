/**
 * Mean fields of the radial solver as bytes, to be stored under their key and shared.
 *
 * Layout: the magic number, the length of a JSON header (both little-endian, 4 bytes each), the SHA-256 of all other bytes (32),
 * the header, padding to a multiple of 8, and the arrays of the record as little-endian doubles. The operator is not stored: it
 * follows from kernel and parameters.
 */

import { createHash } from 'node:crypto'
import { requireBytes, requireObject } from '../../base/errors.js'
import { type Kernel, requireKernel } from '../../interaction/kernel.js'
import { type Law, requireLaw } from '../../law/law.js'
import { requireField } from './evolvingField.js'
import { fieldKey } from './fieldKey.js'
import { fieldOf, type RadialField } from './radial/radialField.js'
import { modeRecurrence } from './radial/radialModes.js'
import { radialOperator } from './radial/radialOperator.js'
import type { RadialErrors } from './radial/radialRecord.js'

/** The last byte is the version of the layout: 1 had no digest. */
const MAGIC = 0x4c46_4d32
const OLDER = 0x4c46_4d31
/** Magic number and length, then the digest. */
const [DIGEST_AT, PREAMBLE] = [8, 40]

interface Header {
  readonly key: string
  readonly T: number
  readonly tolerance: number
  readonly scale: number
  readonly follows: boolean
  readonly errors: RadialErrors
  readonly parameters: Record<string, number | string>
}

/** The field as bytes. @example fieldFromBytes(fieldToBytes(field), field).radial(1, 0.5) === field.radial(1, 0.5) // true */
export function fieldToBytes(field: RadialField): Uint8Array {
  requireField('field', field)
  const { key, T, scale, errors, parameters, solution } = field
  requireObject('field.solution', solution, 'like that of a radial field')
  const { record, follows } = solution
  const tolerance = parameters.tolerance as number
  const header: Header = { key, T, tolerance, scale, follows, errors, parameters: { ...parameters } }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const start = 8 * Math.ceil((PREAMBLE + text.length) / 8)
  const arrays = [record.modes, record.modeVelocities, record.lengths, record.lengthVelocities, record.kinetic]
  const bytes = new Uint8Array(start + 8 * arrays.reduce((sum, a) => sum + a.length, 0))
  const view = new DataView(bytes.buffer)
  view.setUint32(0, MAGIC, true)
  view.setUint32(4, text.length, true)
  bytes.set(text, PREAMBLE)
  let at = start
  for (const values of arrays) {
    for (const x of values) {
      view.setFloat64(at, x, true)
      at += 8
    }
  }
  bytes.set(digestOf(bytes), DIGEST_AT)
  return bytes
}

/**
 * The field of these bytes.
 * @param bytes from {@link fieldToBytes}
 * @param of the law and the kernel that it was computed for: functions are not stored
 * @throws RangeError if the bytes are something else, of an older layout, cut short, damaged, or of another law or kernel
 */
export function fieldFromBytes(bytes: Uint8Array, of: { readonly law: Law; readonly kernel: Kernel }): RadialField {
  requireBytes('bytes', bytes)
  requireObject('of', of, '{ law, kernel }')
  requireLaw(of.law)
  requireKernel(of.kernel)
  const { law, kernel } = of
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const magic = bytes.length < 4 ? undefined : view.getUint32(0, true)
  if (magic === OLDER) throw new RangeError('bytes must have a digest, got those of an older version, which had none')
  if (magic !== MAGIC) throw new RangeError('bytes must be those of a radial field')
  if (bytes.length < PREAMBLE) throw new RangeError(`bytes must have length >= ${PREAMBLE}, got ${bytes.length}`)
  if (!digestOf(bytes).equals(bytes.subarray(DIGEST_AT, PREAMBLE))) {
    throw new RangeError(`bytes must have the SHA-256 that was written, got ${bytes.length} damaged ones, or cut short`)
  }
  const length = view.getUint32(4, true)
  const start = 8 * Math.ceil((PREAMBLE + length) / 8)
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(PREAMBLE, PREAMBLE + length))) as Header
  const { key, T, tolerance, scale, follows, errors, parameters } = header
  const expected = fieldKey({ law, kernel, T, tolerance, method: `radial ${parameters.maxNodes}` })
  if (expected !== key)
    throw new RangeError(`law and kernel must be those of the stored field, ${key}, got ${expected}`)
  const K = parameters.modes as number
  const steps = parameters.steps as number
  const sizes = [(steps + 1) * K, (steps + 1) * K, steps + 1, steps + 1, steps + 1]
  const wanted = start + 8 * sizes.reduce((sum, n) => sum + n, 0)
  if (bytes.length !== wanted) throw new RangeError(`bytes must have length ${wanted}, got ${bytes.length}`)
  let at = start
  const [modes, modeVelocities, lengths, lengthVelocities, kinetic] = sizes.map(n => {
    const values = new Float64Array(n)
    for (let i = 0; i < n; i++, at += 8) values[i] = view.getFloat64(at, true)
    return values
  }) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array]
  const recurrence = modeRecurrence(K, kernel.d)
  const mapLength = follows ? 0 : lengths[0]!
  const operator = radialOperator(
    kernel,
    recurrence,
    mapLength,
    parameters.cells as number,
    parameters.maxNodes as number,
  )
  const record = { steps, modes, modeVelocities, lengths, lengthVelocities, kinetic }
  const solution = { kernel, modes: recurrence, operator, record, T, follows }
  return fieldOf({ law, kernel, key, solution, errors, scale, tolerance, parameters })
}

/** SHA-256 of everything but itself. */
function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes.subarray(0, DIGEST_AT)).update(bytes.subarray(PREAMBLE)).digest()
}
