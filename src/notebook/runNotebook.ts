/**
 * Executes a notebook without Jupyter: the same kernel, the same messages, the same outputs in the file.
 */
import { dirname, resolve } from 'node:path'
import { quote, requireNumber } from '../base/errors.js'
import { KERNEL_DISPLAY_NAME, KERNEL_NAME } from './kernel/installKernelspec.js'
import { type KernelClient, startKernel } from './kernel/kernelClient.js'
import type { KernelMessage } from './kernel/kernelMessage.js'
import {
  joined,
  lines,
  type Notebook,
  type NotebookCell,
  type NotebookOutput,
  type OutputData,
  readNotebook,
  writeNotebook,
} from './notebookFile.js'
import { PROGRESS_VARIABLE } from './progressBar.js'

interface RunProgress {
  /** The cell that starts now, counted from 1 among the code cells that have content. */
  readonly cell: number
  readonly cells: number
  /** Its first line. */
  readonly source: string
}

export interface RunOptions {
  /** Whether the outputs are stored in the file, if all went well; default false. */
  readonly write?: boolean
  /** Seconds for one cell, default 600. */
  readonly timeout?: number
  /** Called before each cell. */
  readonly onCell?: (progress: RunProgress) => void
  /** The Node that runs the kernel, by default the one running now. */
  readonly node?: string
  /** Command line of the kernel, by default our kernelspec's. */
  readonly argv?: readonly string[]
  /** Environment variables on top of this process's. */
  readonly env?: NodeJS.ProcessEnv
}

interface RunFailure {
  /** Index of the cell in the notebook, from 0; -1 if the kernel did not start. */
  readonly index: number
  readonly id: string | undefined
  readonly source: string
  /** The error with its place in the cell, and what the cell wrote to standard error. */
  readonly message: string
}

export interface RunResult {
  /** The notebook with the outputs of this run; cells after a failure have none. */
  readonly notebook: Notebook
  /** Why it stopped early, if it did. */
  readonly failure?: RunFailure
}

/**
 * Tags of cells that change what counts as a failure. By default it is an error (an exception or a type error), and
 * any text on standard error, where promises that nobody awaits are reported.
 * - 'raises-exception': the cell must fail by an error, and the run goes on.
 * - 'allow-stderr': text on standard error is fine; an error is not.
 */
const RAISES = 'raises-exception'
const ALLOW_STDERR = 'allow-stderr'

/** An interrupted cell that does not end within this many milliseconds has its kernel killed. */
const GRACE = 2000

/**
 * Runs a notebook's code cells in order in a fresh kernel whose working directory is the notebook's folder, and stops
 * at the first failure. The kernel is gone when this returns, whatever happened.
 * @param path the .ipynb file
 * @returns the notebook with its new outputs, and the failure if there was one; never a rejected promise for what
 * happens inside the notebook
 * @throws Error if the file is not a notebook; RangeError if timeout is not a number > 0
 * @example const { failure } = await runNotebook('notebooks/02-the-kernel.ipynb', { write: true })
 */
export async function runNotebook(path: string, options: RunOptions = {}): Promise<RunResult> {
  const timeout = requireNumber('timeout', options.timeout ?? 600, Number.MIN_VALUE, 1e6, 'a number of seconds > 0')
  const notebook = readNotebook(path)
  const cells: NotebookCell[] = notebook.cells.map(cell =>
    cell.cell_type === 'code' ? { ...cell, outputs: [], execution_count: null } : cell,
  )
  const todo = cells.flatMap((cell, index) => (cell.cell_type === 'code' && joined(cell.source).trim() ? [index] : []))
  let kernel: KernelClient
  try {
    const { node, argv, env } = options
    kernel = await startKernel({
      cwd: dirname(resolve(path)),
      ...(node && { node }),
      ...(argv && { argv }),
      // A bar that slow machines alone show would be an output that depends on time.
      env: { [PROGRESS_VARIABLE]: '0', ...env },
    })
  } catch (error) {
    const failure = { index: -1, id: undefined, source: '', message: (error as Error).message }
    return { notebook: { ...notebook, cells }, failure }
  }
  let failure: RunFailure | undefined
  const displays = new Displays()
  try {
    for (const [done, index] of todo.entries()) {
      const cell = cells[index]!
      const source = joined(cell.source)
      options.onCell?.({ cell: done + 1, cells: todo.length, source: source.split('\n')[0]! })
      const run = await runCell(kernel, source, timeout, displays)
      cells[index] = { ...cell, execution_count: run.count }
      const message = verdict(cell, run)
      displays.assign(index)
      if (message !== undefined) {
        failure = { index, id: cell.id, source, message }
        break
      }
    }
  } finally {
    await kernel.shutdown()
  }
  for (const [index, outputs] of displays.byCell) cells[index] = { ...cells[index]!, outputs }
  const fresh: Notebook = {
    cells,
    metadata: { ...notebook.metadata, kernelspec: KERNELSPEC, language_info: kernel.info.language_info },
    nbformat: 4,
    nbformat_minor: Math.max(notebook.nbformat_minor, 5),
  }
  if (options.write && !failure) writeNotebook(path, fresh)
  return failure ? { notebook: fresh, failure } : { notebook: fresh }
}

const KERNELSPEC = { display_name: KERNEL_DISPLAY_NAME, language: 'typescript', name: KERNEL_NAME }

interface CellRun {
  readonly status: 'ok' | 'error' | 'timeout' | 'died'
  readonly count: number | null
  readonly stderr: string
  readonly detail: string
}

/** Why the cell counts as failed, or undefined. */
function verdict(cell: NotebookCell, run: CellRun): string | undefined {
  const tags = cell.metadata?.tags ?? []
  const written = run.stderr.trim()
  if (run.status === 'timeout' || run.status === 'died') return [run.detail, written].filter(Boolean).join('\n')
  const raises = tags.includes(RAISES)
  if (raises && run.status === 'ok') return `the cell is tagged ${quote(RAISES)} but ran without an error`
  if (!raises && run.status === 'error') return [run.detail, written].filter(Boolean).join('\n')
  return written && !tags.includes(ALLOW_STDERR) ? `text on standard error:\n${written}` : undefined
}

async function runCell(kernel: KernelClient, code: string, timeout: number, displays: Displays): Promise<CellRun> {
  let stderr = ''
  let traceback: readonly string[] | undefined
  const onOutput = (message: KernelMessage): void => {
    displays.add(message)
    const { name, text } = message.content as { name?: string; text?: string }
    if (message.header.msg_type === 'stream' && name === 'stderr') stderr += text
    if (message.header.msg_type === 'error') traceback = message.content.traceback as readonly string[]
  }
  const content = {
    code,
    silent: false,
    store_history: true,
    user_expressions: {},
    allow_stdin: false,
    // The next cell is sent only if the run goes on; it must not be dropped then.
    stop_on_error: false,
  }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>(resolve => {
    timer = setTimeout(() => resolve('late'), timeout * 1000)
  })
  try {
    const running = kernel.request('execute_request', content, onOutput)
    const reply = await Promise.race([running, late])
    if (reply === 'late') {
      kernel.interrupt()
      // It may still print why it was so slow; nobody waits longer than this for it.
      await Promise.race([running.catch(() => undefined), new Promise(resolve => setTimeout(resolve, GRACE))])
      running.catch(() => undefined)
      return { status: 'timeout', count: null, stderr, detail: `the cell did not end within ${timeout} s` }
    }
    // One more round trip, so that a promise that nobody awaited can fail here rather than unseen.
    await kernel.request('kernel_info_request', {})
    const { status, execution_count, ename, evalue } = reply.content as Record<string, string | number | undefined>
    const brief = [ename, evalue].filter(Boolean).join(': ') || `the kernel answered with status ${quote(status)}`
    return {
      status: status === 'ok' && traceback === undefined ? 'ok' : 'error',
      count: typeof execution_count === 'number' ? execution_count : null,
      stderr,
      detail: traceback?.join('\n') ?? brief,
    }
  } catch (error) {
    return { status: 'died', count: null, stderr, detail: (error as Error).message }
  } finally {
    clearTimeout(timer)
  }
}

/** The outputs of all cells in nbformat's form, with displays replaced wherever they stand. */
class Displays {
  readonly byCell: Map<number, NotebookOutput[]> = new Map()
  #current: NotebookOutput[] = []
  readonly #places = new Map<string, { list: NotebookOutput[]; at: number }[]>()

  /** Gives the outputs since the last call to a cell. */
  assign(index: number): void {
    this.byCell.set(index, this.#current)
    this.#current = []
  }

  add(message: KernelMessage): void {
    const content = message.content as Record<string, unknown>
    const id = (content.transient as { display_id?: string } | undefined)?.display_id
    switch (message.header.msg_type) {
      case 'stream':
        this.#stream(content.name as 'stdout' | 'stderr', String(content.text))
        return
      case 'display_data': {
        const at = this.#current.push({
          output_type: 'display_data',
          data: stored(content.data as OutputData),
          metadata: (content.metadata ?? {}) as Record<string, unknown>,
        })
        if (id) this.#places.set(id, [...(this.#places.get(id) ?? []), { list: this.#current, at: at - 1 }])
        return
      }
      case 'update_display_data': {
        for (const { list, at } of (id && this.#places.get(id)) || []) {
          list[at] = { ...list[at]!, data: stored(content.data as OutputData) } as NotebookOutput
        }
        return
      }
      case 'execute_result':
        this.#current.push({
          output_type: 'execute_result',
          data: stored(content.data as OutputData),
          metadata: (content.metadata ?? {}) as Record<string, unknown>,
          execution_count: (content.execution_count as number | undefined) ?? null,
        })
        return
      case 'error':
        this.#current.push({
          output_type: 'error',
          ename: String(content.ename),
          evalue: String(content.evalue),
          traceback: (content.traceback ?? []) as string[],
        })
        return
      case 'clear_output':
        this.#current.length = 0
    }
  }

  /** Neighbouring pieces of one stream are one output, however the kernel cut them. */
  #stream(name: 'stdout' | 'stderr', text: string): void {
    const last = this.#current.at(-1)
    if (last?.output_type === 'stream' && last.name === name) {
      this.#current[this.#current.length - 1] = { ...last, text: lines(joined(last.text) + text) }
    } else {
      this.#current.push({ output_type: 'stream', name, text: lines(text) })
    }
  }
}

/** Text forms as lists of lines, as Jupyter stores them; JSON and binary forms as they are. */
function stored(data: OutputData): OutputData {
  const isText = (type: string) => /^text\/|^image\/svg\+xml$|^application\/javascript$/.test(type)
  return Object.fromEntries(
    Object.entries(data).map(([type, value]) => [
      type,
      typeof value === 'string' && isText(type) ? lines(value) : value,
    ]),
  )
}
