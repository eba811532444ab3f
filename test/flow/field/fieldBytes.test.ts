import { describe, expect, test } from 'vitest'
import { fieldFromBytes, fieldToBytes } from '../../../src/flow/field/fieldBytes.js'
import { radialField } from '../../../src/flow/field/radial/radialField.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import { bitFlips } from '../../support/bitFlips.js'

const field = radialField({
  law: gaussianLaw(),
  kernel: cutoffKernel({ N: 100, delta: 0.25 }),
  T: 0.5,
  tolerance: 1e-2,
})
const bytes = fieldToBytes(field)

describe('the bytes of a mean field', () => {
  test('give the same bytes again', () => {
    expect(fieldToBytes(fieldFromBytes(bytes, field))).toEqual(bytes)
  })

  test('are refused after each of 2000 flips of a random bit', () => {
    const accepted: number[] = []
    for (const damaged of bitFlips(bytes, 2000, 'field-bytes')) {
      try {
        fieldFromBytes(damaged, field)
        accepted.push(damaged.findIndex((byte, k) => byte !== bytes[k]))
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
      }
    }
    expect(accepted).toEqual([])
  })

  test('are refused cut short, prolonged, and in the layout that had no digest', () => {
    for (const length of [0, 3, 8, 39, 40, bytes.length - 8, bytes.length - 1]) {
      expect(() => fieldFromBytes(bytes.subarray(0, length), field)).toThrow(/^bytes must/)
    }
    const longer = new Uint8Array(bytes.length + 8)
    longer.set(bytes)
    expect(() => fieldFromBytes(longer, field)).toThrow(/SHA-256/)
    // The first layout: magic number 'LFM1', the header's length, the header, padding, the arrays.
    const header = bytes.subarray(40, 40 + new DataView(bytes.buffer).getUint32(4, true))
    const older = new Uint8Array(8 + header.length)
    older.set([0x31, 0x4d, 0x46, 0x4c])
    older.set(bytes.subarray(4, 8), 4)
    older.set(header, 8)
    expect(() => fieldFromBytes(older, field)).toThrow(/older version, which had none/)
  })
})
