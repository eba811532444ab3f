/**
 * `mfl ensemble run`: runs what is missing of a plan and shows what came of it.
 */
import { readFileSync } from 'node:fs'
import { quote } from '../../base/errors.js'
import { printable } from '../../base/printable.js'
import { type Plan, parsePlan } from '../../ensemble/plan/plan.js'
import { parseShard, type Shard } from '../../ensemble/plan/shard.js'
import { runEnsemble } from '../../ensemble/run/runEnsemble.js'
import { ensembleStatus } from '../../ensemble/store/ensembleStatus.js'
import { openStore } from '../../ensemble/store/store.js'
import { type Report, UsageError } from '../report.js'
import { requirePath } from '../requirePath.js'
import { chooseExecutor, type ExecutorOptions, requireExecutor } from './chooseExecutor.js'
import { duration, ensembleProgress } from './ensembleProgress.js'
import { badRowsLines, showText, summaryDocument } from './ensembleShowCommand.js'

interface EnsembleRunOptions extends ExecutorOptions {
  readonly out: string
  readonly resume?: boolean
  readonly shard?: string
}

/** What a shell expects of a program that a signal ended. */
const EXIT: Readonly<Record<'SIGINT' | 'SIGTERM', number>> = { SIGINT: 130, SIGTERM: 143 }

/**
 * The first SIGINT or SIGTERM abandons the running jobs and writes what is finished; a second one kills. Exit code 1 if
 * a job failed, 130 or 143 after a signal.
 * @throws UsageError for a plan or options that won't do; Error for a store that cannot be used
 */
export async function ensembleRunCommand(planFile: string | undefined, options: EnsembleRunOptions): Promise<Report> {
  requireExecutor(options)
  const shard = shardOf(options.shard)
  requirePath('--out', options.out)
  if (planFile === undefined && !options.resume) throw new UsageError('a plan is needed, unless --resume is given')
  const plan = planFile === undefined ? undefined : planFrom(planFile)
  if (options.resume) await openStore(options.out)
  const store = await openStore(options.out, plan)
  const executor = await chooseExecutor(options, store)
  const controller = new AbortController()
  let signalled: keyof typeof EXIT | undefined
  const interrupt = (signal: keyof typeof EXIT): void => {
    signalled = signal
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, interrupt)
    controller.abort(new Error(`ended by ${signal}`))
  }
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, interrupt)
  const shown = ensembleProgress()
  const start = performance.now()
  const found = store.jobs.size
  try {
    await runEnsemble(store, {
      executor,
      signal: controller.signal,
      onProgress: shown.update,
      ...(shard === undefined ? {} : { shard }),
    })
  } catch (error) {
    if (signalled === undefined) throw error
  } finally {
    shown.finish()
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, interrupt)
    await executor.close()
  }
  const seconds = (performance.now() - start) / 1000
  const status = ensembleStatus(store)
  const { done, total, failures, badRows } = status
  const added = store.jobs.size - found
  const lines = [`${store.plan.name}: ${done} of ${total} jobs done, ${added} of them now, in ${duration(seconds)}`]
  if (signalled !== undefined) lines.push(`ended by ${signalled}; the same command continues`)
  for (const { title, reason } of failures) lines.push(`FAILED ${title}: ${reason}`)
  lines.push(...badRowsLines(badRows))
  return {
    data: { ...status, added, seconds, interrupted: signalled ?? null, ...summaryDocument(store, 0.95) },
    text: [...lines.map(printable), '', showText(store, 0.95)].join('\n'),
    code: signalled === undefined ? (failures.length > 0 ? 1 : 0) : EXIT[signalled],
  }
}

function shardOf(text: string | undefined): Shard | undefined {
  try {
    return text === undefined ? undefined : parseShard(text)
  } catch (error) {
    throw new UsageError(`--${(error as Error).message}`)
  }
}

function planFrom(path: string): Plan {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`cannot read the plan ${quote(path)}: ${(error as NodeJS.ErrnoException).code}`)
  }
  try {
    return parsePlan(JSON.parse(text))
  } catch (error) {
    throw new UsageError(`${path}: ${(error as Error).message}`)
  }
}
