/** Damage as disks and networks do it: single bits that are turned over, at seeded places. */
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
