/**
 * `mfl ensemble status --queue`: the queue's server, its jobs and its workers.
 */
import { printable } from '../../base/printable.js'
import { type QueueStatus, queueStatus } from '../../ensemble/executors/queueStatus.js'
import type { Report } from '../report.js'
import { answerSeconds, requireQueue } from './chooseExecutor.js'

/** @throws UsageError for an address that is none; Error if the server cannot be reached */
export async function queueStatusCommand(url: string | undefined, answer?: string): Promise<Report> {
  requireQueue(url)
  const status = await queueStatus(url, answerSeconds(answer))
  return { data: { ...status }, text: text(status) }
}

function text({ queue, code, waiting, running, uncollected, failures, workers, others }: QueueStatus): string {
  const threads = workers.filter(worker => worker.code === code).reduce((sum, worker) => sum + worker.threads, 0)
  return [
    `${queue}, version ${code} of the code`,
    `${waiting} jobs wait, ${running} run, ${uncollected} results wait to be collected, ${failures.length} failed`,
    `${threads} jobs at once by these workers:`,
    ...workers.map(
      worker =>
        `  ${worker.host}, process ${worker.pid}: ${worker.threads} at once${worker.code === code ? '' : `, version ${worker.code}`}`,
    ),
    ...(workers.length === 0 ? ['  none'] : []),
    ...Object.entries(others).map(
      ([other, count]) => `${count} jobs of version ${other} wait for workers of that version`,
    ),
    ...failures.map(({ title, reason }) => `FAILED ${title}: ${reason}`),
  ]
    .map(printable)
    .join('\n')
}
