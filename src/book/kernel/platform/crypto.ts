/**
 * `node:crypto` of the kernel in a browser: SHA-256 without waiting (the browser's own is asynchronous), random bytes.
 */
import { sha256 } from '@noble/hashes/sha2.js'

interface Hash {
  update(data: string | Uint8Array): Hash
  digest(): Uint8Array
  digest(encoding: 'hex'): string
}

/** @throws RangeError for any other than sha256 */
export function createHash(algorithm: string): Hash {
  if (algorithm !== 'sha256') throw new RangeError(`algorithm must be sha256, got ${algorithm}`)
  const state = sha256.create()
  const hash = {
    update(data: string | Uint8Array) {
      state.update(typeof data === 'string' ? new TextEncoder().encode(data) : bytes(data))
      return hash
    },
    digest: (encoding?: 'hex') => {
      const result = Buffer.from(state.digest())
      return encoding === 'hex' ? result.toString('hex') : result
    },
  }
  return hash as Hash
}

/** Any view as its bytes. */
const bytes = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength)

export function randomBytes(count: number): Uint8Array {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(count)))
}
