/**
 * `mfl ensemble status` and `mfl ensemble show`: how far an ensemble is, and what it says.
 */

import { printable } from '../../base/printable.js'
import { BOOTSTRAP_REPLICATES } from '../../base/statistics/bootstrapSlope.js'
import { claimById } from '../../claims/core/ledger.js'
import { quantityText } from '../../claims/core/quantities.js'
import { claimSummary } from '../../ensemble/store/claimSummary.js'
import { ensembleStatus } from '../../ensemble/store/ensembleStatus.js'
import { ensembleSummary } from '../../ensemble/store/ensembleSummary.js'
import { type BadRows, type EnsembleStore, openStore } from '../../ensemble/store/store.js'
import { tableBundle } from '../../present/table.js'
import { numberIn } from '../numbers.js'
import type { Report } from '../report.js'
import { requirePath } from '../requirePath.js'
import { duration } from './ensembleProgress.js'

/** @throws Error for a folder without an ensemble, or with a part-file that is cut short or foreign */
export async function ensembleStatusCommand(folder: string): Promise<Report> {
  const status = ensembleStatus(await openStore(requirePath('FOLDER', folder)))
  const { name, done, total, most, failures, badRows, runs, secondsLeft } = status
  const lines = [
    `${name}: ${done} of ${total} jobs done${most > total ? `; the stopping rule may ask for up to ${most}` : ''}`,
    ...runs.map(
      run =>
        `running: ${run.executor} on ${run.host} (process ${run.pid})${run.shard === '' ? '' : `, shard ${run.shard}`}: ${run.done} done, ${run.remaining} to do`,
    ),
    ...runs.flatMap(run => run.running.map(title => `  ${title}`)),
    ...(runs.length === 0 && done < total ? ['no run is alive'] : []),
    ...(secondsLeft === null ? [] : [`time left: ${duration(secondsLeft)}`]),
    ...failures.map(({ title, reason }) => `FAILED ${title}: ${reason}`),
    ...badRowsLines(badRows),
  ]
  return { data: { ...status }, text: lines.map(printable).join('\n') }
}

/** A line for each part-file with rows that are not counted: which file, and what to do. */
export function badRowsLines(badRows: readonly BadRows[]): string[] {
  const files = new Map<string, BadRows[]>()
  for (const bad of badRows) files.set(bad.file, [...(files.get(bad.file) ?? []), bad])
  return [...files].map(
    ([file, [first, ...more]]) =>
      `BAD ROWS in ${file}: job ${first!.job.slice(0, 12)}: ${first!.reason}${more.length === 0 ? '' : `, and ${more.length} more jobs`}; not counted and computed again by the next run: move the file out of the folder before others read it`,
  )
}

/** @throws UsageError unless level is in (0, 1) */
export async function ensembleShowCommand(folder: string, options: { readonly level: string }): Promise<Report> {
  const level = numberIn('--level', options.level, { min: 0, max: 1, open: true })
  const store = await openStore(requirePath('FOLDER', folder))
  return { data: { name: store.plan.name, ...summaryDocument(store, level) }, text: showText(store, level) }
}

/** The summary as plain data. */
export function summaryDocument(store: EnsembleStore, level: number): Record<string, unknown> {
  return store.plan.kind === 'coupled' ? { ...ensembleSummary(store, level) } : { claims: claimSummary(store) }
}

const SUP = '\\sup|\\Psi-\\Phi|_\\infty'
const MEAN_DEVIATION = `mean $${SUP}$`
const MEAN_FLUCTUATION = 'mean $|K-\\bar K|_\\infty$'

/** The summary as tables. */
export function showText(store: EnsembleStore, level: number): string {
  if (store.plan.kind === 'claim') return claimText(store)
  const { points, slopes } = ensembleSummary(store, level)
  const percent = `${Number((100 * level).toPrecision(4))} %`
  const rows = points.map(({ law, N, delta, sigma, t, replicates, outside, means }) => ({
    law,
    '$\\sigma$': sigma,
    '$\\delta$': Number(delta),
    N,
    t,
    replicates,
    ...(outside === undefined ? {} : { [`$P(${SUP}\\ge N^{-\\delta})$`]: interval(outside) }),
    ...(means.sup === undefined ? {} : { [MEAN_DEVIATION]: interval(means.sup) }),
    ...(means.fluctuation === undefined ? {} : { [MEAN_FLUCTUATION]: interval(means.fluctuation) }),
  }))
  const parts = [
    tableBundle(rows, {
      caption: `Intervals of level ${percent}: Clopper-Pearson for probabilities, bootstrap for means.${
        points.some(({ replicates }) => replicates < BOOTSTRAP_REPLICATES)
          ? ` Those of the bootstrap cover less than that with fewer than ${BOOTSTRAP_REPLICATES} replicates.`
          : ''
      }`,
    })['text/plain'],
  ]
  if (slopes.length > 0) {
    const exponents = slopes.map(({ law, delta, sigma, t, column, slope }) => ({
      law,
      '$\\sigma$': sigma,
      '$\\delta$': Number(delta),
      t,
      of: column === 'sup' ? MEAN_DEVIATION : MEAN_FLUCTUATION,
      'exponent of N': interval(slope),
    }))
    parts.push('', tableBundle(exponents)['text/plain'])
  }
  return parts.join('\n')
}

function interval({ value, low, high }: { value: number; low: number; high: number }): string {
  const short = (x: number): string => String(Number(x.toPrecision(3)))
  return `${short(value)} [${short(low)}, ${short(high)}]`
}

function claimText(store: EnsembleStore): string {
  return claimSummary(store)
    .map(({ claim, verdict, quantities }) => {
      // A constant has two rows, key.sharp and key.found.
      const words = (quantity: string): string => {
        const [key = '', side] = quantity.split('.')
        return `${quantityText(claimById(claim).quantities, key)}${side === undefined ? '' : `: ${side}`}`
      }
      const rows = quantities.map(({ spec, quantity, replicates, lowest, median, highest }) => ({
        input: printable(spec),
        quantity: printable(words(quantity)),
        replicates,
        lowest,
        median,
        highest,
      }))
      return [printable(`${claim}: ${verdict}`), tableBundle(rows)['text/plain']].join('\n')
    })
    .join('\n\n')
}
