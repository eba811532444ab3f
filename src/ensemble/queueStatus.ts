/**
 * What is on a queue's server: jobs by state, failures with their reasons, workers. What `mfl ensemble status --queue` shows.
 */
import type { Queue } from 'bullmq'
import { type Job, jobTitle } from './job.js'
import { queueAddress } from './queueAddress.js'
import { connectQueue } from './queueConnection.js'
import { codeVersion, failureReason, PREFIX, queueName } from './queueProtocol.js'
import { connectedWorkers, type QueueWorkerInfo, waitingByCode } from './queueWorkers.js'

export interface QueueStatus {
  /** The address, without its password. */
  readonly queue: string
  /** Version of this code, whose jobs are counted. */
  readonly code: string
  /** Jobs that nobody has begun, those that wait for another attempt among them. */
  readonly waiting: number
  readonly running: number
  /** Results that no collector has stored yet. */
  readonly uncollected: number
  readonly failures: readonly { readonly job: string; readonly title: string; readonly reason: string }[]
  /** Workers of every version. */
  readonly workers: readonly QueueWorkerInfo[]
  /** Unfinished jobs of other versions, by version. */
  readonly others: Readonly<Record<string, number>>
}

/** Failures that are listed. */
const LISTED = 100

/**
 * Looks once, without changing anything.
 * @param url default: the environment's MFL_QUEUE
 * @throws RangeError for an address that is none; Error in one sentence if the server cannot be reached
 * @example (await queueStatus('redis://127.0.0.1')).running
 */
export async function queueStatus(url: string | undefined): Promise<QueueStatus> {
  const address = queueAddress(url)
  const connection = await connectQueue(address)
  const code = codeVersion()
  try {
    const { Queue } = await import('bullmq')
    const client = connection.client()
    const queue: Queue = new Queue(queueName(code), { prefix: PREFIX, connection: client, skipMetasUpdate: true })
    queue.on('error', () => undefined)
    const counts = await queue.getJobCounts('waiting', 'delayed', 'active', 'completed')
    const failed = await queue.getFailed(0, LISTED - 1)
    const unfinished = await waitingByCode(client)
    return {
      queue: address.shown,
      code,
      waiting: counts.waiting! + counts.delayed!,
      running: counts.active!,
      uncollected: counts.completed!,
      failures: failed.map(({ id, data, failedReason }) => ({
        job: String(id),
        title: jobTitle(data as Job),
        reason: address.redact(failureReason(failedReason)),
      })),
      workers: (await connectedWorkers(client)) ?? [],
      others: Object.fromEntries([...unfinished].filter(([other, count]) => other !== code && count > 0)),
    }
  } finally {
    connection.close()
  }
}
