/**
 * Compares the outputs stored in a notebook with those of a fresh run: text exactly, numbers to a tolerance.
 */

import { requireNumber } from '../../src/base/errors.js'
import { maximum } from '../../src/base/extent.js'
import { joined, type MultilineText, type Notebook, type NotebookOutput } from '../../src/notebook/notebookFile.js'

export interface OutputDifference {
  /** Id of the cell, or its index. */
  readonly cell: string
  /** Where in its outputs: '1.data.text/plain', '0.data.application/vnd.plotly.v1+json.data.0.y.17'. */
  readonly path: string
  readonly stored: string
  readonly fresh: string
}

interface CompareOptions {
  /**
   * Largest relative difference between two numbers that count as equal, default 1e-9. Between versions of Node,
   * exp, log and the like differ by an ulp (2e-16); quadratures and optimisers amplify that by less than 1e6. A change
   * of method or of a seed shows in the sixth digit or earlier.
   */
  readonly relativeTolerance?: number
}

/**
 * The differences between stored and fresh outputs, cell by cell. Images are not compared, since their pixels depend
 * on the fonts of the machine and a machine without Chromium makes none; the Plotly JSON beside them is, number by
 * number. In an array of numbers the yardstick is its largest entry, as entries that cancel to zero have no precision.
 * @returns an empty list if all agree
 * @example compareOutputs(readNotebook(path), (await runNotebook(path)).notebook)
 */
export function compareOutputs(stored: Notebook, fresh: Notebook, options: CompareOptions = {}): OutputDifference[] {
  const tolerance = requireNumber('relativeTolerance', options.relativeTolerance ?? 1e-9, 0, 1)
  const differences: OutputDifference[] = []
  const count = Math.max(stored.cells.length, fresh.cells.length)
  for (let i = 0; i < count; i++) {
    const before = stored.cells[i]
    const after = fresh.cells[i]
    const report: Report = (path, a, b) =>
      differences.push({ cell: after?.id ?? before?.id ?? String(i), path, stored: brief(a), fresh: brief(b) })
    compare(visible(before?.outputs), visible(after?.outputs), '', 0, tolerance, report)
  }
  return differences
}

type Report = (path: string, stored: unknown, fresh: unknown) => void

/** The outputs without what differs between machines, text in one piece however it was cut. */
function visible(outputs: readonly NotebookOutput[] | undefined): unknown[] {
  const list: unknown[] = []
  let stream: { name: string; text: string } | undefined
  for (const output of outputs ?? []) {
    if (output.output_type === 'stream') {
      const text = joined(output.text)
      if (stream?.name === output.name) {
        stream.text += text
        continue
      }
      stream = { name: output.name, text }
      list.push(stream)
      continue
    }
    stream = undefined
    list.push(output.output_type === 'error' ? { ename: output.ename, evalue: output.evalue } : shown(output))
  }
  return list
}

function shown(output: Extract<NotebookOutput, { data: unknown }>): unknown {
  const entries = Object.entries(output.data).filter(([type]) => !type.startsWith('image/'))
  const data = Object.fromEntries(
    entries.map(([type, value]) => [type, isText(value) ? withoutNote(joined(value)) : value]),
  )
  return { output_type: output.output_type, data }
}

function isText(value: unknown): value is MultilineText {
  return typeof value === 'string' || (Array.isArray(value) && value.every(line => typeof line === 'string'))
}

/** `show` says in the text when it could make no image; that is the machine's, not the notebook's. */
function withoutNote(text: string): string {
  return text.replace(/\n\[no image: [^\n]*\]$/, '')
}

function compare(a: unknown, b: unknown, path: string, scale: number, tolerance: number, report: Report): void {
  if (typeof a === 'number' && typeof b === 'number') {
    if (!close(a, b, scale, tolerance)) report(path, a, b)
    return
  }
  if (typeof a === 'string' && typeof b === 'string') {
    if (!sameText(a, b, tolerance)) report(path, a, b)
    return
  }
  const left = numbers(a) ?? a
  const right = numbers(b) ?? b
  if (Array.isArray(left) && Array.isArray(right)) {
    if (left.length !== right.length) {
      report(step(path, 'length'), left.length, right.length)
      return
    }
    const largest = Math.max(0, maximum(left.map(entry => (typeof entry === 'number' ? Math.abs(entry) : 0))))
    for (let i = 0; i < left.length; i++) compare(left[i], right[i], step(path, i), largest, tolerance, report)
    return
  }
  if (isRecord(left) && isRecord(right)) {
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      compare(left[key], right[key], step(path, key), 0, tolerance, report)
    }
    return
  }
  if (left !== right) report(path, a, b)
}

function step(path: string, key: string | number): string {
  return path === '' ? String(key) : `${path}.${key}`
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function close(a: number, b: number, scale: number, tolerance: number): boolean {
  return a === b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b), scale)
}

const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi

/** Equal word for word, and number for number to the tolerance. */
function sameText(a: string, b: string, tolerance: number): boolean {
  if (a === b) return true
  if (a.replace(NUMBER, '#') !== b.replace(NUMBER, '#')) return false
  const left = a.match(NUMBER) ?? []
  const right = b.match(NUMBER) ?? []
  return left.every((number, i) => close(Number(number), Number(right[i]), 0, tolerance))
}

const READERS: Readonly<Record<string, (view: DataView, at: number) => number>> = {
  f8: (view, at) => view.getFloat64(at, true),
  f4: (view, at) => view.getFloat32(at, true),
  i4: (view, at) => view.getInt32(at, true),
  u4: (view, at) => view.getUint32(at, true),
}

/** The entries of an array that Plotly stores as { dtype, bdata }. */
function numbers(value: unknown): number[] | undefined {
  if (!isRecord(value) || typeof value.bdata !== 'string') return undefined
  const read = READERS[String(value.dtype)]
  if (!read) return undefined
  const bytes = Buffer.from(value.bdata, 'base64')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = Number(String(value.dtype).slice(1))
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => read(view, i * size))
}

function brief(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}
