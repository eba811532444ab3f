/**
 * `mfl ensemble worker`: computes jobs of a queue until it is told to stop.
 */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { jobPool } from '../../ensemble/executors/jobPool.js'
import { serveQueue } from '../../ensemble/executors/queueWorker.js'
import type { Job } from '../../ensemble/plan/job.js'
import { jobTitle } from '../../ensemble/plan/job.js'
import { numberIn } from '../numbers.js'
import type { Report } from '../report.js'
import { requirePath } from '../requirePath.js'
import { answerSeconds, requireQueue } from './chooseExecutor.js'
import { notice } from './ensembleProgress.js'

/** Options of `mfl ensemble worker`, as typed. */
interface EnsembleWorkerOptions {
  readonly queue?: string
  readonly queueTimeout?: string
  readonly threads?: string
  readonly fields?: string
  readonly lease: string
  readonly idle?: string
  readonly verbose?: boolean
}

/**
 * Serves the queue. The first Ctrl-C (or SIGTERM) lets the running jobs finish, the second gives them back to the
 * queue.
 * @throws UsageError for an option outside its range; errors of {@link serveQueue}
 */
export async function ensembleWorkerCommand(options: EnsembleWorkerOptions): Promise<Report> {
  const number = (name: string, text: string, min: number, max: number, whole?: true): number =>
    numberIn(`--${name}`, text, { min, max, ...(whole === undefined ? {} : { whole }) })
  const lease = number('lease', options.lease, 1, 86_400)
  const idle = options.idle === undefined ? undefined : number('idle', options.idle, 0, 1e9)
  requireQueue(options.queue)
  const answer = answerSeconds(options.queueTimeout)
  if (options.fields !== undefined) requirePath('--fields', options.fields)
  const pool = jobPool({
    fields: options.fields ?? fieldFolder(),
    ...(options.threads === undefined ? {} : { threads: number('threads', options.threads, 1, 256, true) }),
  })
  const [drain, stop] = [new AbortController(), new AbortController()]
  const told = (): void => {
    if (drain.signal.aborted) {
      notice('giving the running jobs back')
      stop.abort(new Error('stopped'))
      return
    }
    notice('finishing the running jobs; once more gives them back to the queue')
    drain.abort(new Error('stopped'))
  }
  process.on('SIGINT', told)
  process.on('SIGTERM', told)
  const start = Date.now()
  try {
    const counts = await serveQueue({
      threads: pool.threads,
      compute: job => pool.run(job),
      lease,
      drain: drain.signal,
      stop: stop.signal,
      onNotice: notice,
      onJob: (event: string, job: Job, detail?: string) => {
        if (event === 'failed' || options.verbose)
          notice(`${event}: ${jobTitle(job)}${detail === undefined ? '' : `: ${detail}`}`)
      },
      ...(options.queue === undefined ? {} : { queue: options.queue }),
      ...(answer === undefined ? {} : { answerSeconds: answer }),
      ...(idle === undefined ? {} : { idle }),
    })
    const seconds = (Date.now() - start) / 1000
    return {
      data: { ...counts, seconds },
      text: `${counts.done} jobs done, ${counts.failed} failed, in ${seconds.toFixed(0)} s`,
      code: counts.gaveUp ? 1 : 0,
    }
  } finally {
    process.off('SIGINT', told)
    process.off('SIGTERM', told)
    await pool.destroy()
  }
}

/** Where a worker keeps mean fields: the user's cache. */
function fieldFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'mean-field-limit', 'fields')
}
