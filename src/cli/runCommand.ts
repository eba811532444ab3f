/**
 * `mfl run`: executes notebooks without Jupyter, and fails on the first error inside one.
 */
import { existsSync } from 'node:fs'
import { quote } from '../base/errors.js'
import { readNotebook } from '../notebook/notebookFile.js'
import { runNotebook } from '../notebook/runNotebook.js'
import { numberIn } from './numbers.js'
import { type Report, UsageError } from './report.js'
import { terminalProgress } from './terminalProgress.js'

/** Options of `mfl run`. */
interface RunCommandOptions {
  /** Whether the outputs are stored in the files. */
  readonly write?: boolean
  /** Seconds for one cell. */
  readonly timeout: string
}

interface NotebookRun {
  readonly notebook: string
  readonly status: 'ok' | 'failed'
  /** How many code cells have run. */
  readonly cells: number
  readonly failure?: { readonly cell: number; readonly source: string; readonly message: string }
}

/**
 * Runs the notebooks one after the other. All are run, whatever fails; the exit code is 1 if any did.
 * @throws UsageError for a file that is missing or no notebook, or a timeout that is no number > 0
 */
export async function runCommand(notebooks: readonly string[], options: RunCommandOptions): Promise<Report> {
  const timeout = numberIn('--timeout', options.timeout, { min: 0, max: 1e6, open: true })
  for (const path of notebooks) {
    if (!existsSync(path)) throw new UsageError(`NOTEBOOK must be an existing .ipynb file; got ${quote(path)}`)
    try {
      readNotebook(path)
    } catch (error) {
      throw new UsageError((error as Error).message)
    }
  }
  const runs: NotebookRun[] = []
  for (const path of notebooks) runs.push(await runOne(path, timeout, options.write ?? false))
  return { data: { runs }, text: runs.map(line).join('\n'), code: runs.some(({ failure }) => failure) ? 1 : 0 }
}

async function runOne(path: string, timeout: number, write: boolean): Promise<NotebookRun> {
  let progress: ReturnType<typeof terminalProgress> | undefined
  const { notebook, failure } = await runNotebook(path, {
    timeout,
    write,
    onCell: ({ cell, cells }) => {
      progress ??= terminalProgress(path, cells)
      progress.update(cell - 1)
    },
  })
  progress?.finish()
  const cells = notebook.cells.filter(({ execution_count }) => typeof execution_count === 'number').length
  if (!failure) return { notebook: path, status: 'ok', cells }
  const { index, source, message } = failure
  return { notebook: path, status: 'failed', cells, failure: { cell: index, source, message } }
}

function line({ notebook, cells, failure }: NotebookRun): string {
  if (!failure) return `ok      ${notebook} (${cells} cells)`
  const place = failure.cell < 0 ? 'the kernel did not start' : `cell ${failure.cell}`
  return `FAILED  ${notebook}, ${place}: ${failure.message}`
}
