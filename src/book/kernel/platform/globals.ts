/**
 * The globals of Node that the library uses, in a browser's worker. Import it before anything else.
 */

const place = globalThis as unknown as Record<string, unknown>

/** Where standard output and standard error go; set by the worker. */
export const streams: { write(name: 'stdout' | 'stderr', text: string): void } = { write: () => undefined }

const stream = (name: 'stdout' | 'stderr') => ({
  isTTY: false,
  write: (text: string): boolean => {
    streams.write(name, text)
    return true
  },
})

place.process = {
  env: {} as Record<string, string | undefined>,
  pid: 1,
  platform: 'browser',
  argv: [],
  versions: {},
  cwd: () => '/',
  kill: () => true,
  once: () => undefined,
  stdout: stream('stdout'),
  stderr: stream('stderr'),
}

/** Between two turns of the event loop, without the delay that timers have. */
place.setImmediate = (work: () => void): void => {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    port1.close()
    work()
  }
  port2.postMessage(0)
}

/**
 * Timers as Node has them: what can be told not to keep a process alive, and still is the browser's number to clear it.
 */
type Timer = (...given: unknown[]) => unknown
for (const name of ['setTimeout', 'setInterval']) {
  const make = (place[name] as Timer).bind(globalThis)
  place[name] = (...given: unknown[]) => {
    const id = make(...given)
    const timer = { ref: () => timer, unref: () => timer, [Symbol.toPrimitive]: () => id }
    return timer
  }
}

/** Bytes with the few methods of Node's Buffer that the library calls. */
class Bytes extends Uint8Array {
  static override from(source: unknown, encoding?: unknown): Bytes {
    if (typeof source !== 'string') return new Bytes(Uint8Array.from(source as ArrayLike<number>))
    if (encoding === 'base64') return new Bytes(Uint8Array.from(atob(source), c => c.charCodeAt(0)))
    return new Bytes(new TextEncoder().encode(source))
  }

  static alloc(size: number): Bytes {
    return new Bytes(size)
  }

  equals(other: Uint8Array): boolean {
    return this.length === other.length && this.every((byte, i) => byte === other[i])
  }

  override toString(encoding: string = 'utf8'): string {
    if (encoding === 'hex') return Array.from(this, byte => byte.toString(16).padStart(2, '0')).join('')
    if (encoding === 'base64') return btoa(Array.from(this, byte => String.fromCharCode(byte)).join(''))
    return new TextDecoder().decode(this)
  }
}
place.Buffer = Bytes
