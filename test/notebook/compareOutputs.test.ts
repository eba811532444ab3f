import { describe, expect, it } from 'vitest'
import type { Notebook, NotebookOutput } from '../../src/notebook/notebookFile.js'
import { compareOutputs } from './compareOutputs.js'

const notebook = (...outputs: NotebookOutput[]): Notebook => ({
  cells: [{ cell_type: 'code', id: 'c', metadata: {}, source: '', outputs }],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
})
const printed = (text: string) => notebook({ output_type: 'stream', name: 'stdout', text })
const displayed = (data: Record<string, unknown>) => notebook({ output_type: 'display_data', data, metadata: {} })
const plotly = (y: unknown) => displayed({ 'application/vnd.plotly.v1+json': { data: [{ type: 'scatter', y }] } })
const f8 = (...values: number[]) => ({
  dtype: 'f8',
  bdata: Buffer.from(Float64Array.from(values).buffer).toString('base64'),
})

describe('outputs agree', () => {
  it('when numbers in text differ in the last place only', () => {
    expect(compareOutputs(printed('sup = 2.718281828459045\n'), printed('sup = 2.718281828459046\n'))).toEqual([])
  })

  it('when text is stored in lines here and in one piece there', () => {
    const inLines = notebook({ output_type: 'stream', name: 'stdout', text: ['a\n', 'b\n'] })
    expect(compareOutputs(inLines, printed('a\nb\n'))).toEqual([])
  })

  it('when one kernel client cuts a stream in pieces and the other does not', () => {
    const piece = (text: string) => ({ output_type: 'stream', name: 'stdout', text }) as const
    expect(compareOutputs(notebook(piece('a\n'), piece('b\n')), printed('a\nb\n'))).toEqual([])
  })

  it('when images differ or are missing', () => {
    const a = displayed({ 'text/plain': 'f', 'image/png': 'AAAA' })
    expect(compareOutputs(a, displayed({ 'text/plain': 'f', 'image/png': 'BBBB' }))).toEqual([])
    expect(compareOutputs(a, displayed({ 'text/plain': 'f' }))).toEqual([])
  })

  it('when entries of an array cancel to zero differently', () => {
    expect(compareOutputs(plotly([1, 1e-17, 0]), plotly([1, -3e-17, 1e-16]))).toEqual([])
  })

  it('when an array is stored as base64 on one side', () => {
    expect(compareOutputs(plotly([0.5, 0.25]), plotly(f8(0.5, 0.25 + 1e-13)))).toEqual([])
  })
})

describe('outputs differ, and the place is named', () => {
  it('when a number in text changes in the sixth digit', () => {
    expect(compareOutputs(printed('sup = 2.71828\n'), printed('sup = 2.71829\n'))).toEqual([
      { cell: 'c', path: '0.text', stored: 'sup = 2.71828\n', fresh: 'sup = 2.71829\n' },
    ])
  })

  it('when a word changes', () => {
    expect(compareOutputs(printed('holds 1'), printed('fails 1'))).toHaveLength(1)
  })

  it('when one number of a figure changes, as list and as base64', () => {
    const [difference] = compareOutputs(plotly([1, 2, 3]), plotly([1, 2.00001, 3]))
    expect(difference?.path).toBe('0.data.application/vnd.plotly.v1+json.data.0.y.1')
    expect(compareOutputs(plotly(f8(1, 2)), plotly(f8(1, 2.00001)))).toHaveLength(1)
  })

  it('when the text of an output changes beside an image', () => {
    const a = displayed({ 'text/plain': 'Figure 1', 'image/png': 'AAAA' })
    expect(compareOutputs(a, displayed({ 'text/plain': 'Figure 2', 'image/png': 'AAAA' }))).toHaveLength(1)
  })

  it('when an output is added or lost', () => {
    expect(compareOutputs(printed('a'), notebook())).toHaveLength(1)
    expect(compareOutputs(notebook(), printed('a'))).toHaveLength(1)
  })

  it('when a number becomes a gap', () => {
    expect(compareOutputs(plotly([1, 2]), plotly([1, null]))).toHaveLength(1)
  })
})

it('a tolerance out of range is refused', () => {
  expect(() => compareOutputs(printed(''), printed(''), { relativeTolerance: -1 })).toThrow(/relativeTolerance must be/)
})
