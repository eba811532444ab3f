/**
 * Notebook files (nbformat 4.5): their types, and reading and writing them byte for byte as Jupyter does.
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { writeFileAtomic } from '../files/files.js'
import type { MultilineText } from './multilineText.js'

export { joined, type MultilineText } from './multilineText.js'

/** The forms of an output by MIME type. */
export type OutputData = Readonly<Record<string, unknown>>

export type NotebookOutput =
  | { readonly output_type: 'stream'; readonly name: 'stdout' | 'stderr'; readonly text: MultilineText }
  | {
      readonly output_type: 'display_data'
      readonly data: OutputData
      readonly metadata: Readonly<Record<string, unknown>>
    }
  | {
      readonly output_type: 'execute_result'
      readonly data: OutputData
      readonly metadata: Readonly<Record<string, unknown>>
      readonly execution_count: number | null
    }
  | {
      readonly output_type: 'error'
      readonly ename: string
      readonly evalue: string
      readonly traceback: readonly string[]
    }

export interface NotebookCell {
  readonly cell_type: 'code' | 'markdown' | 'raw'
  readonly id?: string
  readonly metadata: Readonly<Record<string, unknown>> & { readonly tags?: readonly string[] }
  readonly source: MultilineText
  readonly outputs?: readonly NotebookOutput[]
  readonly execution_count?: number | null
  readonly attachments?: unknown
}

export interface Notebook {
  readonly cells: readonly NotebookCell[]
  readonly metadata: Readonly<Record<string, unknown>>
  readonly nbformat: number
  readonly nbformat_minor: number
}

/** Text as the list of its lines, each with its line end: so stored, a changed line is a one-line diff. */
export function lines(text: string): string[] {
  return text.split(/(?<=\n)/).filter(line => line !== '')
}

const text = z.union([z.string(), z.array(z.string())], { error: 'must be a string or a list of strings' })
const record = z.record(z.string(), z.unknown())
const count = z.int().nullish()
const output = z.discriminatedUnion('output_type', [
  z.looseObject({ output_type: z.literal('stream'), name: z.enum(['stdout', 'stderr']), text }),
  z.looseObject({ output_type: z.literal('display_data'), data: record, metadata: record.default({}) }),
  z.looseObject({
    output_type: z.literal('execute_result'),
    data: record,
    metadata: record.default({}),
    execution_count: count,
  }),
  z.looseObject({
    output_type: z.literal('error'),
    ename: z.string(),
    evalue: z.string(),
    traceback: z.array(z.string()),
  }),
])
const cell = z.looseObject({
  cell_type: z.enum(['code', 'markdown', 'raw']),
  id: z.string().optional(),
  // The library's readers ask for tags everywhere, so a cell without metadata gets empty ones.
  metadata: z.looseObject({ tags: z.array(z.string()).optional() }).default({}),
  source: text,
  outputs: z.array(output).optional(),
  execution_count: count,
})
const notebookSchema = z.looseObject({
  nbformat: z.literal(4),
  nbformat_minor: z.int().min(0).default(5),
  metadata: record.default({}),
  cells: z.array(cell),
})

/** @throws Error of one line that names the file and the field, if it can't be read or is no notebook of nbformat 4 */
export function readNotebook(path: string): Notebook {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    const [reason] = (cause as Error).message.split('\n')
    throw new Error(`${path} can't be read as a notebook: ${reason}`, { cause })
  }
  const parsed = notebookSchema.safeParse(content)
  if (parsed.success) return parsed.data as Notebook
  const [issue] = parsed.error.issues
  const field = issue!.path.join('.')
  throw new Error(`${path} is not a notebook of nbformat 4: ${field && `${field}: `}${issue!.message}`)
}

/** Writes a notebook; the file is whole or unchanged. @returns whether its content changed */
export function writeNotebook(path: string, notebook: Notebook): boolean {
  return writeFileAtomic(path, `${jupyterJson(notebook)}\n`)
}

/** JSON as Jupyter's server writes notebooks: keys sorted, one space of indentation, numbers as Python prints them. */
export function jupyterJson(value: unknown, indent: string = ''): string {
  const inner = `${indent} `
  if (typeof value === 'number') return pythonNumber(value)
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    return `[\n${value.map(entry => inner + jupyterJson(entry, inner)).join(',\n')}\n${indent}]`
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
    if (entries.length === 0) return '{}'
    entries.sort(([a], [b]) => compareCodePoints(a, b))
    const fields = entries.map(([key, entry]) => `${inner}${JSON.stringify(key)}: ${jupyterJson(entry, inner)}`)
    return `{\n${fields.join(',\n')}\n${indent}}`
  }
  return value === undefined ? 'null' : JSON.stringify(value)
}

/** Python sorts by code point, JavaScript by UTF-16 unit. */
function compareCodePoints(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'))
}

/** Python switches to exponents below 1e-4 and pads them to two digits; integers it keeps as they came. */
function pythonNumber(value: number): string {
  if (!Number.isFinite(value)) return 'null'
  if (value !== 0 && Math.abs(value) < 1e-4) return value.toExponential().replace(/e-(\d)$/, 'e-0$1')
  return JSON.stringify(value)
}
