/**
 * Random streams for work that takes normal variates by the million: named like every stream of the project, made in
 * WebAssembly in blocks, with the same bits on every engine.
 */
import { bulkGenerator } from '../wasm/rare.js'
import { type RandomStream, randomStream, type StreamName } from './random.js'

/** A stream that also fills arrays. */
export interface BulkStream extends RandomStream {
  /** Fills the array with independent standard normal variates. */
  normals(out: Float64Array): void
}

/**
 * A stream by xoshiro256++, whose state the stream of the same name by {@link randomStream} fills; normal variates by
 * Marsaglia's polar method. Its numbers are others than those of randomStream.
 * @param key a full key string, or the parts of one
 * @throws TypeError if the key is neither
 * @source Blackman and Vigna 2021, doi:10.1145/3460772; Marsaglia and Bray 1964, doi:10.1137/1006063
 * @example bulkStream('1/demo').uniform() === bulkStream('1/demo').uniform() // true
 */
export function bulkStream(key: string | StreamName): BulkStream {
  const named = randomStream(key)
  const generator = bulkGenerator(Uint32Array.from({ length: 8 }, () => Math.floor(named.uniform() * 2 ** 32)))
  const one = new Float64Array(1)
  return {
    key: named.key,
    uniform: generator.uniform,
    normal: () => {
      generator.normals(one)
      return one[0]!
    },
    normals: generator.normals,
  }
}
