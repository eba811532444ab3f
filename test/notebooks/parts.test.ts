// Every notebook of the walkthrough has the parts that its readers are promised, and leads to its neighbours.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { begins, unseen } from '../../src/book/paper/slides.js'
import { claims } from '../../src/claims/core/ledger.js'
import { joined, type Notebook, type NotebookCell, readNotebook } from '../../src/notebook/notebookFile.js'
import { notebookFiles } from '../../src/notebook/notebookFolder.js'
import { root } from '../support/capabilities.js'

const folder = join(root, 'notebooks')
const names = notebookFiles(root)

const isSolution = ({ metadata }: NotebookCell): boolean => metadata.tags?.includes('solution') === true

/** Columns of code beside which no page of the book or of JupyterLab has to be scrolled, on a screen of 1280 pixels. */
const WIDEST = 90

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2
}

/** Whether a stored figure has frames to play. */
const moves = (data: Readonly<Record<string, unknown>>): boolean => {
  const { frames } = data['application/vnd.plotly.v1+json'] as { readonly frames?: readonly unknown[] }
  return frames !== undefined && frames.length > 1
}

/** A number of more digits that a page is about: Lemma 6.3's constant, proved in notebook 14. */
const PROVED = /^36\.525[89]$/

/** Decimals in prose of which nobody reads more than the first digits: with more than four that count. */
const longNumbers = (text: string): string[] =>
  [
    ...text
      .replace(/\]\([^)]*\)|`[^`]*`|(arXiv|doi)[: ]\S+( and|, \S+)?|\[arXiv[^\]]*\]/g, '')
      .matchAll(/(?<![\w.])\d+\.\d+/g),
  ]
    .map(([number]) => number)
    .filter(number => number.replace('.', '').replace(/^0+/, '').length > 4 && !PROVED.test(number))

const isHeading = (source: string): boolean => /^(<a id="[^"]*"><\/a>\s*)*#{1,3} /.test(source)
const isReferences = (source: string): boolean => /^## References/.test(source)

/** Cells that Jupyter's slide types must tell, and do not: the beginnings of slides, and what no slide shows. */
function withoutSlideType(cells: readonly NotebookCell[]): string[] {
  return cells.flatMap(cell => {
    const source = joined(cell.source)
    const shown = (cell.outputs ?? []).flatMap(output => ('data' in output ? Object.keys(output.data) : []))
    const hidden = isSolution(cell) || /^\*Solution/.test(source) || isReferences(source)
    const first = !hidden && (isHeading(source) || shown.includes('application/vnd.plotly.v1+json'))
    return (hidden && !unseen(cell)) || (first && !begins(cell)) ? [source.slice(0, 60)] : []
  })
}

/** What is missing from the notebook at `index` of the walk. */
function missing({ cells }: Notebook, index: number): string[] {
  const code = cells.filter(cell => cell.cell_type === 'code')
  const text = cells
    .filter(cell => cell.cell_type === 'markdown')
    .map(cell => joined(cell.source))
    .join('\n\n')
  const figures = code
    .flatMap(cell => cell.outputs ?? [])
    .map(output => ('data' in output ? output.data : {}) as Readonly<Record<string, unknown>>)
    .filter(data => data['application/vnd.plotly.v1+json'] !== undefined)
  const solutions = [...text.matchAll(/^\*Solution(?: \d+)?\.?\*/gm)].length
  const exercises = [...text.slice(text.indexOf('## Exercises')).matchAll(/^\*\*\d\.\*\*/gm)].length
  const asked = text.slice(text.indexOf('## Exercises'), text.indexOf('The solutions are folded below'))
  const checks = code
    .map(cell => joined(cell.source))
    .filter(source => /^checkAnswer\('\d\d\.\d', undefined\)/m.test(source))
  const previous = names[index - 1]
  const next = names[index + 1]
  const parts: Readonly<Record<string, boolean>> = {
    'three figures that are stored, as images too': figures.filter(data => data['image/png'] !== undefined).length >= 3,
    'a figure that moves': figures.some(moves),
    'short cells': middle(code.map(cell => joined(cell.source).split('\n').length)) <= 5,
    'lines that a page shows whole': code.every(cell =>
      joined(cell.source)
        .split('\n')
        .every(line => line.length <= WIDEST),
    ),
    'numbers in prose of four digits at most': longNumbers(text).length === 0,
    'a question to answer before one looks': /\*\*Predict\.\*\*/.test(text),
    // The first page has nothing to break yet.
    'a hypothesis broken on purpose': index === 0 || /^## The hypothesis broken on purpose/m.test(text),
    'what the numbers do not show': text.includes('## What these numbers do not show'),
    '2 to 4 exercises': exercises >= 2 && exercises <= 4,
    'a cell that checks the answer of each': checks.length === exercises,
    'two hints for each': [...asked.matchAll(/<details><summary>(A|Another) hint</g)].length === 2 * exercises,
    'a solution for each': solutions === exercises,
    'solutions executed and folded': code
      .filter(isSolution)
      .every(cell => cell.execution_count !== null && cell.metadata.jupyter !== undefined),
    'some solution in code': code.some(isSolution),
    references: text.includes('## References'),
    'slide types': withoutSlideType(cells).length === 0,
    'the way back': previous === undefined || text.includes(`](${previous})`),
    'the way on': next === undefined || text.split('\n').at(-1)!.includes(`](${next})`),
  }
  return Object.keys(parts).filter(part => !parts[part])
}

describe('a notebook of the walkthrough', () => {
  it.each(names.map((name, index) => [name, index] as const))('%s has all its parts', (name, index) => {
    expect(missing(readNotebook(join(folder, name)), index)).toEqual([])
  })
})

describe('the first notebook', () => {
  const first = readNotebook(join(folder, names[0]!))
  /** Targets of its links. */
  const targets = (cells: readonly NotebookCell[]): string[] =>
    [
      ...cells
        .map(cell => joined(cell.source))
        .join('\n')
        .matchAll(/\]\(([^)]+)\)/g),
    ].map(([, target]) => target!)

  it('leads to every other notebook, and to the place of every claim', () => {
    const wanted = [...names.slice(1), ...claims.map(({ notebook }) => notebook)]
    expect(wanted.filter(target => !targets(first.cells).includes(target))).toEqual([])
    // The control: without its table it leads to one other notebook.
    const bare = first.cells.filter(cell => !joined(cell.source).startsWith('## The notebooks'))
    expect(names.slice(1).filter(target => !targets(bare).includes(target)).length).toBeGreaterThan(10)
  })
})

describe('this check would notice', () => {
  const notebook = readNotebook(join(folder, names[4]!))
  const without = (pattern: RegExp): Notebook => ({
    ...notebook,
    cells: notebook.cells.map(cell => ({ ...cell, source: joined(cell.source).replace(pattern, '') })),
  })

  it.each([
    [/## The hypothesis broken on purpose/, 'a hypothesis broken on purpose'],
    [/## What these numbers do not show/, 'what the numbers do not show'],
    [/^\*Solution 2.*/, 'a solution for each'],
    [/^checkAnswer\('04\.2', undefined\)$/m, 'a cell that checks the answer of each'],
    [/<summary>Another hint/, 'two hints for each'],
    [/## References/, 'references'],
    [/\*\*Predict\.\*\*/g, 'a question to answer before one looks'],
    [/Next: .*/, 'the way on'],
  ])('without %s', (pattern, part) => {
    expect(missing(without(pattern), 4)).toEqual([part])
  })

  it.each([
    ['a heading', (cell: NotebookCell) => isHeading(joined(cell.source)) && !isReferences(joined(cell.source))],
    ['a figure', (cell: NotebookCell) => /^show\(deviationFigure/.test(joined(cell.source))],
    ['references', (cell: NotebookCell) => isReferences(joined(cell.source))],
    ['a solution', isSolution],
  ])('%s without its slide type', (_, chosen) => {
    const marked = notebook.cells.find(chosen)!
    const { slideshow, ...metadata } = marked.metadata
    expect(slideshow).toBeDefined()
    const cells = notebook.cells.map(cell => (cell === marked ? { ...cell, metadata } : cell))
    expect(missing({ ...notebook, cells }, 4)).toEqual(['slide types'])
  })

  it('one line that is too wide', () => {
    const [first, ...others] = notebook.cells.map(cell =>
      cell.cell_type === 'code' ? { ...cell, source: `${joined(cell.source)} // ${'-'.repeat(WIDEST)}` } : cell,
    )
    expect(missing({ ...notebook, cells: [first!, ...others] }, 4)).toEqual(['lines that a page shows whole'])
  })

  it('a number of five digits in prose', () => {
    const cells = [
      ...notebook.cells,
      { cell_type: 'markdown', metadata: {}, source: 'It is 0.012345.' } as NotebookCell,
    ]
    expect(missing({ ...notebook, cells }, 4)).toContain('numbers in prose of four digits at most')
  })

  it('figures that all stand still', () => {
    const still = JSON.parse(JSON.stringify(notebook).replaceAll('"frames":[', '"pictures":[')) as Notebook
    expect(missing(still, 4)).toEqual(['a figure that moves'])
  })

  it('images and executed solutions that are not stored', () => {
    const bare = { ...notebook, cells: notebook.cells.map(cell => ({ ...cell, outputs: [], execution_count: null })) }
    expect(missing(bare, 4)).toEqual([
      'three figures that are stored, as images too',
      'a figure that moves',
      'solutions executed and folded',
    ])
  })
})
