/**
 * Who works on a queue: read from the names that workers give to their connections.
 */
import type { Redis } from 'ioredis'
import { codeOfQueue, PREFIX } from './queueProtocol.js'

/** A connected worker. */
export interface QueueWorkerInfo {
  /** {@link codeVersion} of its code. */
  readonly code: string
  readonly host: string
  readonly pid: number
  /** Jobs that it computes at once. */
  readonly threads: number
}

/** The name under which a worker is known to the server. @example workerName('node7', 4711, 8) // '8/4711/node7' */
export function workerName(host: string, pid: number, threads: number): string {
  return `${threads}/${pid}/${host.replace(/[^\w.-]/g, '_')}`
}

/**
 * All workers that are connected and take jobs, of any version of the code; undefined where the server's rules forbid
 * to ask. One that only finishes its last jobs is no longer among them.
 */
export async function connectedWorkers(client: Redis): Promise<QueueWorkerInfo[] | undefined> {
  const list = await client.client('LIST').catch(() => undefined)
  return list === undefined ? undefined : parseWorkers(String(list))
}

/** {@link connectedWorkers} from the text of CLIENT LIST. BullMQ's names: prefix:base64(queue):w:name. */
function parseWorkers(list: string): QueueWorkerInfo[] {
  const found = new Map<string, QueueWorkerInfo>()
  for (const [, queue, threads, pid, host] of list.matchAll(
    new RegExp(`\\bname=${PREFIX}:([A-Za-z0-9+/=]+):w:(\\d+)/(\\d+)/([\\w.-]+)`, 'g'),
  )) {
    const code = codeOfQueue(Buffer.from(queue!, 'base64').toString('utf8'))
    if (code !== undefined) {
      found.set(`${code}/${pid}/${host}`, { code, host: host!, pid: Number(pid), threads: Number(threads) })
    }
  }
  return [...found.values()]
}

/** Versions of the code for which there are queues on the server, with the jobs that wait in them. */
export async function waitingByCode(client: Redis): Promise<Map<string, number>> {
  const waiting = new Map<string, number>()
  const pattern = new RegExp(`^${PREFIX}:(.+):meta$`)
  let cursor = '0'
  do {
    const [next, keys] = await client.scan(cursor, 'MATCH', `${PREFIX}:*:meta`, 'COUNT', 1000)
    cursor = next
    for (const key of keys) {
      const queue = pattern.exec(key)?.[1] ?? ''
      const code = codeOfQueue(queue)
      if (code === undefined) continue
      const counts = await Promise.all([
        client.llen(`${PREFIX}:${queue}:wait`),
        client.llen(`${PREFIX}:${queue}:active`),
        client.zcard(`${PREFIX}:${queue}:delayed`),
      ])
      waiting.set(
        code,
        counts.reduce((sum, count) => sum + count, 0),
      )
    }
  } while (cursor !== '0')
  return waiting
}
