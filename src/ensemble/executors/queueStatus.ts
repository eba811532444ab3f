/**
 * What is on a queue's server: jobs by state, failures with their reasons, workers. What `mfl ensemble status --queue`
 * shows.
 */
import type { Queue } from 'bullmq'
import { type Job, jobTitle } from '../plan/job.js'
import { type QueueAddress, queueAddress } from './queueAddress.js'
import { ANSWER_SECONDS, connectQueue, type QueueConnection, withinSeconds } from './queueConnection.js'
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
 * @param answerSeconds how long the server may take to answer
 * @throws RangeError for an address that is none; Error in one sentence if the server cannot be reached
 * @example (await queueStatus('redis://127.0.0.1')).running
 */
export async function queueStatus(
  url: string | undefined,
  answerSeconds: number = ANSWER_SECONDS,
): Promise<QueueStatus> {
  const address = queueAddress(url)
  const connection = await connectQueue(address, undefined, answerSeconds)
  const looking = look(address, connection)
  looking.catch(() => undefined)
  try {
    return await withinSeconds(answerSeconds, address.shown, looking)
  } finally {
    connection.close()
  }
}

async function look(address: QueueAddress, connection: QueueConnection): Promise<QueueStatus> {
  const code = codeVersion()
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
      title: titleOf(data),
      reason: address.redact(failureReason(String(failedReason))),
    })),
    workers: (await connectedWorkers(client)) ?? [],
    others: Object.fromEntries([...unfinished].filter(([other, count]) => other !== code && count > 0)),
  }
}

/** Whoever may connect can submit what is no job. */
function titleOf(data: unknown): string {
  try {
    return jobTitle(data as Job)
  } catch {
    return 'no job'
  }
}
