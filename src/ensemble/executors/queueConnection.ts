/**
 * Connections to the queue's server: checked once so that a wrong address or password is told at once, then held
 * through any outage.
 */
import type { Redis } from 'ioredis'
import { requireNumber } from '../../base/errors.js'
import { optionalPackage } from '../../files/optionalPackage.js'
import type { QueueAddress } from './queueAddress.js'

export interface QueueConnection {
  readonly address: QueueAddress
  /** One more client of the same server. BullMQ wants one for each thing that waits. */
  client(): Redis
  /** Whether the server answers at present. */
  reachable(): boolean
  /** Ends all clients; commands that still wait for an answer reject. */
  close(): void
}

/** How long the server may take to answer at first, seconds. */
export const ANSWER_SECONDS = 10
/** {@link withinSeconds} for the shortest and longest limit that may be asked for. */
const [SHORTEST, LONGEST] = [0.1, 3600]

/**
 * The promise, or an Error that says that the server does not answer, after so many seconds: one that takes connections
 * and then says nothing would let everything wait for ever.
 * @example await withinSeconds(10, 'redis://h:6379', client.ping())
 */
export async function withinSeconds<T>(seconds: number, shown: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const message = `the queue ${shown} does not answer within ${seconds} s: is it a Redis or Valkey server, and does it run?`
    timer = setTimeout(() => reject(new Error(message)), 1000 * seconds)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

/** @throws TypeError, RangeError for a time in which no server can, or anybody will, answer */
export function requireAnswerSeconds(answerSeconds: number): void {
  requireNumber('answerSeconds', answerSeconds, SHORTEST, LONGEST)
}

/** Longest pause between two attempts to reach a server that went away. */
const RETRY_MS = 2_000

/**
 * Connects to the server.
 * @param onNotice told in words when the server goes away and when it is back
 * @param answerSeconds how long the server may take to answer, in [0.1, 3600]
 * @throws RangeError for another limit; Error in one sentence, without the password: not reachable, no answer, wrong or
 * missing password, not a Redis or Valkey
 */
export async function connectQueue(
  address: QueueAddress,
  onNotice: (message: string) => void = () => undefined,
  answerSeconds: number = ANSWER_SECONDS,
): Promise<QueueConnection> {
  requireAnswerSeconds(answerSeconds)
  const load = () => Promise.all([import('ioredis'), import('bullmq')])
  const [{ Redis }] = await optionalPackage('a queue', ['bullmq', 'ioredis'], load)
  const { host, port, db, tls, username, password, shown } = address
  const settings = {
    host,
    port,
    db,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls ? { tls: {} } : {}),
    lazyConnect: true,
    connectTimeout: 1000 * answerSeconds,
    // BullMQ's condition: commands wait for the server to come back, however long that takes.
    maxRetriesPerRequest: null,
  }
  const probe = new Redis({ ...settings, retryStrategy: () => null })
  // ioredis keeps the cause for its listeners; what connect() rejects with only says that the connection is closed.
  let trouble: Error | undefined
  probe.on('error', error => {
    trouble = error
  })
  try {
    const asked = probe.connect().then(() => probe.ping())
    // When the limit is over, it is nobody's unhandled rejection.
    asked.catch(() => undefined)
    await withinSeconds(answerSeconds, shown, asked)
  } catch (error) {
    if (trouble === undefined && /does not answer/.test((error as Error).message)) throw error
    throw new Error(explain(address, trouble ?? (error as Error)))
  } finally {
    probe.disconnect()
  }

  const clients = new Set<Redis>()
  let away = false
  return {
    address,
    client: () => {
      const client = new Redis({
        ...settings,
        lazyConnect: false,
        retryStrategy: times => Math.min(100 * times, RETRY_MS),
      })
      client.on('error', () => undefined)
      client.on('reconnecting', () => {
        if (away) return
        away = true
        onNotice(`the queue ${shown} went away; waiting for it`)
      })
      client.on('ready', () => {
        if (away) onNotice(`the queue ${shown} is back`)
        away = false
      })
      client.on('end', () => clients.delete(client))
      clients.add(client)
      return client
    },
    reachable: () => [...clients].some(({ status }) => status === 'ready'),
    close: () => {
      for (const client of clients) client.disconnect()
    },
  }
}

function explain({ shown, redact, password }: QueueAddress, error: Error): string {
  const text = redact(error.message)
  if (/NOAUTH|WRONGPASS|invalid (username|password)|without any password/i.test(text)) {
    return `the queue ${shown} refused ${password === undefined ? 'a client without password' : 'the password'}: give it in the URL or in MFL_QUEUE_PASSWORD`
  }
  const code = (error as NodeJS.ErrnoException).code
  return `cannot reach the queue ${shown}: ${code !== undefined && !text.includes(code) ? `${code}, ` : ''}${text}`
}
