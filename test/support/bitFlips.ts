/** Damage as disks and networks do it: single bits that are turned over, at seeded places. */
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import { randomStream } from '../../src/base/random.js'

/** Copies of the bytes with one bit turned over each, at uniformly random places. */
export function* bitFlips(bytes: Uint8Array, count: number, seed: string): Generator<Uint8Array, void, void> {
  const stream = randomStream(seed)
  for (let k = 0; k < count; k++) {
    const copy = bytes.slice()
    const at = Math.floor(stream.uniform() * 8 * bytes.length)
    copy[at >> 3]! ^= 1 << (at & 7)
    yield copy
  }
}

/** The same in a file, in its place: at each turn it has one bit turned over; at the end it is whole. */
export function* fileBitFlips(path: string, count: number, seed: string): Generator<void, void, void> {
  const stream = randomStream(seed)
  const file = openSync(path, 'r+')
  try {
    const size = 8 * fstatSync(file).size
    const byte = new Uint8Array(1)
    for (let k = 0; k < count; k++) {
      const at = Math.floor(stream.uniform() * size)
      readSync(file, byte, 0, 1, at >> 3)
      writeSync(file, Uint8Array.of(byte[0]! ^ (1 << (at & 7))), 0, 1, at >> 3)
      yield
      writeSync(file, byte, 0, 1, at >> 3)
    }
  } finally {
    closeSync(file)
  }
}
