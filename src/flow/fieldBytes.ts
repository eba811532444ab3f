/**
 * Mean fields of the radial solver as bytes, to be stored under their key and shared.
 *
 * Layout: the magic number, the length of a JSON header (both little-endian, 4 bytes each), the header, padding to a multiple of
 * 8, and the arrays of the record as little-endian doubles. The operator is not stored: it follows from kernel and parameters.
 */
import type { Kernel } from '../interaction/kernel.js'
import type { Law } from '../law/law.js'
import { fieldKey } from './fieldKey.js'
import { fieldOf, type RadialField } from './radialField.js'
import { modeRecurrence } from './radialModes.js'
import { radialOperator } from './radialOperator.js'
import type { RadialErrors } from './radialRecord.js'

const MAGIC = 0x4c46_4d31

interface Header {
  readonly key: string
  readonly T: number
  readonly tolerance: number
  readonly scale: number
  readonly follows: boolean
  readonly errors: RadialErrors
  readonly parameters: Record<string, number | string>
}

/** The field as bytes. @example fieldFromBytes(fieldToBytes(field), field) // the same values, bit for bit */
export function fieldToBytes(field: RadialField): Uint8Array {
  const { key, T, scale, errors, parameters, solution } = field
  const { record, follows } = solution
  const tolerance = parameters.tolerance as number
  const header: Header = { key, T, tolerance, scale, follows, errors, parameters: { ...parameters } }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const start = 8 * Math.ceil((8 + text.length) / 8)
  const arrays = [record.modes, record.modeVelocities, record.lengths, record.lengthVelocities, record.kinetic]
  const bytes = new Uint8Array(start + 8 * arrays.reduce((sum, a) => sum + a.length, 0))
  const view = new DataView(bytes.buffer)
  view.setUint32(0, MAGIC, true)
  view.setUint32(4, text.length, true)
  bytes.set(text, 8)
  let at = start
  for (const values of arrays) {
    for (const x of values) {
      view.setFloat64(at, x, true)
      at += 8
    }
  }
  return bytes
}

/**
 * The field of these bytes.
 * @param bytes from {@link fieldToBytes}
 * @param of the law and the kernel that it was computed for: functions are not stored
 * @throws RangeError if the bytes are something else, cut short, or of another law or kernel
 */
export function fieldFromBytes(bytes: Uint8Array, of: { readonly law: Law; readonly kernel: Kernel }): RadialField {
  const { law, kernel } = of
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 8 || view.getUint32(0, true) !== MAGIC)
    throw new RangeError('bytes must be those of a radial field')
  const length = view.getUint32(4, true)
  const start = 8 * Math.ceil((8 + length) / 8)
  if (bytes.length < start) throw new RangeError(`bytes must hold a header of ${length} bytes, got ${bytes.length}`)
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Header
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
