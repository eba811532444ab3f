/**
 * Mean fields as bytes, to be stored under their key and shared.
 *
 * Layout: the magic number, the length of a JSON header (both little-endian, 4 bytes each), the SHA-256 of all other
 * bytes (32 bytes), the header, padding to a multiple of 8, and the arrays: of a radial field its record as
 * little-endian doubles; its operator is not stored, it follows from kernel and parameters. Of a field on a grid and of
 * one in the plane its table, numbers of single precision as such.
 */

import { createHash } from 'node:crypto'
import { requireBytes, requireObject } from '../../base/errors.js'
import { type Kernel, requireKernel } from '../../interaction/kernel.js'
import { type Law, requireLaw } from '../../law/law.js'
import { requireField } from './evolvingField.js'
import { fieldKey } from './fieldKey.js'
import { type GridField, type GridTable, gridFieldOf } from './grid/gridFieldTable.js'
import { type PlanarField, type PlanarTable, planarFieldOf } from './planar/planarFieldTable.js'
import { radialCellOperator } from './radial/radialCellOperator.js'
import { radialCells } from './radial/radialCells.js'
import { CELL_MODES } from './radial/radialEdges.js'
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
  /** The key under which it is kept. */
  readonly storedAs?: string
}

interface RadialHeader extends Header {
  readonly T: number
  readonly tolerance: number
  readonly scale: number
  readonly follows: boolean
  readonly errors: RadialErrors
  readonly parameters: Record<string, number | string>
}

/** A field that has a stored form: of the radial solver, of those on a grid, of the planar one. */
export type StoredField = RadialField | GridField | PlanarField

type AnyTable = GridTable | PlanarTable

/** A table without its long arrays, and the lengths of these, list by list. */
interface TableHeader extends Header {
  readonly table: Omit<AnyTable, LongList>
  readonly lengths: Readonly<Record<string, readonly number[]>>
}

/** Lists of long arrays of a table, in the order in which they are stored, and the bytes of a number in them. */
const LONG = {
  grid: { potentials: 4, outers: 4, densities: 4, speeds: 4, far: 8 },
  planar: { spectra: 8, moments: 8 },
} as const
type LongList = keyof (typeof LONG)['grid'] | keyof (typeof LONG)['planar']
const longOf = (table: object): readonly (readonly [list: LongList, width: 4 | 8])[] =>
  Object.entries(isPlanar(table) ? LONG.planar : LONG.grid) as [LongList, 4 | 8][]
const isPlanar = (table: object): table is PlanarTable => 'solver' in table && table.solver === 'planar'

/**
 * The field as bytes.
 * @param field from {@link fieldFor}, but for 'stationary'
 * @param storedAs the key under which it is kept, of which {@link fieldFromBytes} can be told
 * @throws TypeError for a field of another kind
 * @example fieldFromBytes(fieldToBytes(field), field).radial(1, 0.5) === field.radial(1, 0.5) // true
 */
export function fieldToBytes(field: StoredField, storedAs?: string): Uint8Array {
  requireField('field', field)
  const named = storedAs === undefined ? {} : { storedAs }
  if ('table' in field) return tableToBytes(field, named)
  const { key, T, scale, errors, parameters, solution } = field
  requireObject('field.solution', solution, 'like that of a radial field')
  const { record, follows } = solution
  const tolerance = parameters.tolerance as number
  const header: RadialHeader = { key, ...named, T, tolerance, scale, follows, errors, parameters: { ...parameters } }
  const { modes, modeVelocities, lengths, lengthVelocities, kinetic } = record
  return packed(header, [modes, modeVelocities, lengths, lengthVelocities, kinetic])
}

function tableToBytes({ law, kernel, table }: GridField | PlanarField, named: Pick<Header, 'storedAs'>): Uint8Array {
  const [rest, long] = [{ ...table } as Record<string, unknown>, {} as Record<string, readonly LongArray[]>]
  for (const [list] of longOf(table)) {
    long[list] = rest[list] as readonly LongArray[]
    delete rest[list]
  }
  const lengths = Object.fromEntries(Object.entries(long).map(([list, arrays]) => [list, arrays.map(x => x.length)]))
  const header = { key: tableKey(law, kernel, table), ...named, table: rest, lengths }
  return packed(header, Object.values(long).flat())
}

type LongArray = Float32Array | Float64Array

/** A table does not know what it was asked for: law, kernel and T. */
const tableKey = (law: Law, kernel: Kernel, table: Omit<AnyTable, LongList>): string =>
  fieldKey({
    ...{ law, kernel, T: table.T, tolerance: 1 },
    method: isPlanar(table) ? 'table of the plane' : 'table of the grid',
  })

function packed(header: Header, arrays: readonly LongArray[]): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header))
  const start = 8 * Math.ceil((PREAMBLE + text.length) / 8)
  const bytes = new Uint8Array(start + arrays.reduce((sum, x) => sum + x.byteLength, 0))
  const view = new DataView(bytes.buffer)
  view.setUint32(0, MAGIC, true)
  view.setUint32(4, text.length, true)
  bytes.set(text, PREAMBLE)
  let at = start
  for (const values of arrays) {
    const width = values.BYTES_PER_ELEMENT
    for (let i = 0; i < values.length; i++, at += width) {
      if (width === 8) view.setFloat64(at, values[i]!, true)
      else view.setFloat32(at, values[i]!, true)
    }
  }
  bytes.set(digestOf(bytes), DIGEST_AT)
  return bytes
}

/** What the bytes of a field must be of. */
export interface BytesOf {
  /** The law and the kernel that it was computed for: functions are not stored. */
  readonly law: Law
  readonly kernel: Kernel
  /** The key under which it must have been stored. */
  readonly storedAs?: string
}

/**
 * The radial field of these bytes.
 * @param bytes from {@link fieldToBytes}
 * @param of law, kernel and, where it matters, the key
 * @throws RangeError if the bytes are something else, of an older layout, cut short, damaged, or of another law, kernel
 * or key
 */
export function fieldFromBytes(bytes: Uint8Array, of: BytesOf): RadialField {
  const field = anyFieldFromBytes(bytes, of)
  if ('table' in field) throw new RangeError('bytes must be those of a radial field, got those of another solver')
  return field
}

/** The field of these bytes, of whatever solver. @throws as {@link fieldFromBytes} */
export function anyFieldFromBytes(bytes: Uint8Array, of: BytesOf): StoredField {
  requireBytes('bytes', bytes)
  requireObject('of', of, '{ law, kernel }')
  requireLaw(of.law, [2, 3])
  requireKernel(of.kernel)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const magic = bytes.length < 4 ? undefined : view.getUint32(0, true)
  if (magic === OLDER) throw new RangeError('bytes must have a digest, got those of an older version, which had none')
  if (magic !== MAGIC) throw new RangeError('bytes must be those of a mean field')
  if (bytes.length < PREAMBLE) throw new RangeError(`bytes must have length >= ${PREAMBLE}, got ${bytes.length}`)
  if (!digestOf(bytes).equals(bytes.subarray(DIGEST_AT, PREAMBLE))) {
    throw new RangeError(`bytes must have the SHA-256 that was written, got ${bytes.length} damaged ones, or cut short`)
  }
  const length = view.getUint32(4, true)
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(PREAMBLE, PREAMBLE + length))) as
    | RadialHeader
    | TableHeader
  if (of.storedAs !== undefined && header.storedAs !== of.storedAs) throw otherKey(of.storedAs, header.storedAs)
  const start = 8 * Math.ceil((PREAMBLE + length) / 8)
  return 'table' in header ? tableFieldOf(view, start, header, of) : radialOf(view, start, header, of)
}

/** Takes the arrays of the given lengths in order, and refuses bytes of another length. */
function arraysOf(
  view: DataView,
  start: number,
  sizes: readonly (readonly [width: 4 | 8, n: number])[],
): {
  next(): LongArray
} {
  const wanted = start + sizes.reduce((sum, [width, n]) => sum + width * n, 0)
  if (view.byteLength !== wanted) throw new RangeError(`bytes must have length ${wanted}, got ${view.byteLength}`)
  let [at, k] = [start, 0]
  return {
    next: () => {
      const [width, n] = sizes[k++]!
      const values = width === 8 ? new Float64Array(n) : new Float32Array(n)
      for (let i = 0; i < n; i++, at += width)
        values[i] = width === 8 ? view.getFloat64(at, true) : view.getFloat32(at, true)
      return values
    },
  }
}

function radialOf(view: DataView, start: number, header: RadialHeader, { law, kernel }: BytesOf): RadialField {
  const { key, T, tolerance, scale, follows, errors, parameters } = header
  requireSameKey(key, fieldKey({ law, kernel, T, tolerance, method: `radial ${parameters.maxNodes}` }))
  const K = parameters.modes as number
  const steps = parameters.steps as number
  const sizes = [(steps + 1) * K, (steps + 1) * K, steps + 1, steps + 1, steps + 1]
  const arrays = arraysOf(
    view,
    start,
    sizes.map(n => [8, n]),
  )
  const [modes, modeVelocities, lengths, lengthVelocities, kinetic] = sizes.map(() => arrays.next()) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const basis =
    parameters.map === 'cells'
      ? radialCells(parameters.cells as number, CELL_MODES, kernel.d)
      : modeRecurrence(K, kernel.d)
  const mapLength = follows ? 0 : lengths[0]!
  const operator =
    'cells' in basis
      ? radialCellOperator(kernel, basis, mapLength)
      : radialOperator(kernel, basis, mapLength, parameters.cells as number, parameters.maxNodes as number)
  const record = { steps, modes, modeVelocities, lengths, lengthVelocities, kinetic }
  const solution = { kernel, modes: basis, operator, record, T, follows }
  return fieldOf({ law, kernel, key, solution, errors, scale, tolerance, parameters })
}

function tableFieldOf(
  view: DataView,
  start: number,
  { key, table: rest, lengths }: TableHeader,
  { law, kernel }: BytesOf,
): GridField | PlanarField {
  requireSameKey(key, tableKey(law, kernel, rest))
  const lists = longOf(rest)
  const arrays = arraysOf(
    view,
    start,
    lists.flatMap(([list, width]) => lengths[list]!.map(n => [width, n] as const)),
  )
  const long = Object.fromEntries(lists.map(([list]) => [list, lengths[list]!.map(() => arrays.next())]))
  const table = { ...rest, ...long } as AnyTable
  return isPlanar(table) ? planarFieldOf(law, kernel, table) : gridFieldOf(law, kernel, table)
}

function requireSameKey(key: string, expected: string): void {
  if (expected === key) return
  throw new RangeError(`law and kernel must be those of the stored field, ${key}, got ${expected}`)
}

/** Keys of the same law and kernel differ in T or tolerance. */
function otherKey(wanted: string, got = '{}'): RangeError {
  const [a, b] = [JSON.parse(wanted), JSON.parse(got)] as { readonly T?: number; readonly tolerance?: number }[]
  return new RangeError(`T and tolerance must be ${a!.T} and ${a!.tolerance}, got ${b!.T} and ${b!.tolerance}`)
}

/** SHA-256 of everything but itself. */
function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes.subarray(0, DIGEST_AT)).update(bytes.subarray(PREAMBLE)).digest()
}
