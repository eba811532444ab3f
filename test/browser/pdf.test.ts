// npm run pdf: a notebook on paper, and npm run slides. The file is read by its own bytes: no reader of PDF is at hand,
// and none is needed.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Printed, printedBook, printedNotebook } from '../../src/book/paper/printedBook.js'
import { blocksOf, slidesOf } from '../../src/book/paper/slides.js'
import { type NotebookCell, writeNotebook } from '../../src/notebook/notebookFile.js'
import { chromium, jupyter, requireOrSkip, root } from '../support/capabilities.js'

const able = requireOrSkip('Chromium', chromium !== undefined)

const load = (name: string) => import(pathToFileURL(join(root, 'scripts', 'book', name)).href)

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mfl-paper-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What the bytes of a PDF say. */
interface Paper {
  readonly head: string
  readonly pages: number
  /** Of the document and of its outline. */
  readonly titles: readonly string[]
  readonly addresses: readonly string[]
  /** How many links lead to a place in the document. */
  readonly inside: number
  readonly rasters: number
  has(text: string): boolean
}

function readPaper(file: string): Paper {
  const bytes = readFileSync(file)
  const text = bytes.toString('latin1')
  const all = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(match => match[1] ?? match[0])
  const streams = [...text.matchAll(/\/FlateDecode[^>]*>>\s*stream\r?\n/g)].map(match =>
    inflateSync(bytes.subarray(match.index + match[0].length)).toString('latin1'),
  )
  // Each font numbers its shapes by itself, and says what they mean.
  const fonts = streams.filter(stream => stream.includes('begincmap')).map(meanings)
  const shown = streams.map(stream => [...stream.matchAll(/<([0-9A-F]+)> Tj/g)].map(match => match[1]!).join(''))
  const words = fonts.flatMap(font =>
    shown.map(line => line.replace(/[0-9A-F]{4}/g, shape => font.get(Number.parseInt(shape, 16)) ?? '?')),
  )
  return {
    head: text.slice(0, 5),
    pages: all(/\/Type\s*\/Page\b/g).length,
    titles: all(/\/Title \(([^)]*)\)/g),
    addresses: all(/\/URI \(([^)]*)\)/g),
    inside: all(/\/Subtype \/Link[^>]*\/Dest/g).length,
    rasters: all(/\/Subtype\s*\/Image/g).length,
    has: wanted => words.some(line => line.includes(wanted)),
  }
}

/** What the shapes of a font mean, from its table for those who copy text. */
function meanings(table: string): Map<number, string> {
  const number = (hex: string): number => Number.parseInt(hex, 16)
  const map = new Map<number, string>()
  for (const [, shape, meaning] of table.matchAll(/^<(\w{4})> <(\w{4})>$/gm))
    map.set(number(shape!), String.fromCharCode(number(meaning!)))
  for (const [, first, last, meaning] of table.matchAll(/^<(\w{4})> <(\w{4})> <(\w{4})>$/gm))
    for (let i = number(first!); i <= number(last!); i++)
      map.set(i, String.fromCharCode(number(meaning!) + i - number(first!)))
  return map
}

/** A notebook with what matters on paper. */
function notebook(): string {
  const plot = {
    data: [{ type: 'scatter', x: [0, 1], y: [1, 2] }],
    layout: { height: 400, title: { text: 'Ordinate' } },
  }
  const data = { 'application/vnd.plotly.v1+json': plot, 'text/plain': 'Figure x: Two points.' }
  const text = (source: string) => ({ cell_type: 'markdown' as const, metadata: {}, source })
  const code = (source: string, tags: string[] = []) => ({
    cell_type: 'code' as const,
    metadata: { tags },
    source,
    execution_count: null,
    outputs: tags.length > 0 ? [] : [{ output_type: 'display_data' as const, data, metadata: {} }],
  })
  const file = join(folder, 'paper.ipynb')
  writeNotebook(file, {
    cells: [
      text(
        '# A sheet of paper\n\nSee [the paper](https://arxiv.org/abs/1502.04608), [below](#below), [05](05-distances.ipynb).',
      ),
      code('show(x)'),
      text(Array.from({ length: 90 }, (_, i) => `Paragraph ${i}`).join('\n\n')),
      text('*Solution.* Unfolded'),
      code('const hidden = 1', ['solution']),
      text('## Below\n\nThe end'),
    ],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  })
  return file
}

describe.skipIf(!able)('a notebook on paper', () => {
  it('has its pages, title, outline, links and text, what was folded too, and figures as vectors', async () => {
    const { makePdf } = await load('pdf.mjs')
    const printed = printedNotebook(notebook())
    const seen: number[] = []
    const file = join(folder, 'deep', 'paper.pdf')
    const drawn = await makePdf(printed, file, { onFigure: (done: number) => seen.push(done) })
    expect({ drawn, seen }).toEqual({ drawn: { vectors: 1, images: 0 }, seen: [0, 1] })
    const paper = readPaper(file)
    expect(paper.head).toBe('%PDF-')
    expect(paper.pages).toBeGreaterThan(2)
    expect([...paper.titles].sort()).toEqual(['A sheet of paper', 'A sheet of paper', 'Below'])
    expect(paper.addresses).toEqual(['https://arxiv.org/abs/1502.04608'])
    expect(paper.inside).toBe(1)
    expect(paper.rasters).toBe(0)
    for (const words of ['Paragraph 89', 'Unfolded', 'hidden', 'Ordinate', 'Two points.'])
      expect.soft(paper.has(words), words).toBe(true)

    // The control: another document, in which nothing of this is found.
    const other: Printed = {
      title: 'Other',
      html: '<title>Other</title><h1>Other</h1>',
      files: [],
      figures: [],
      looks: 'book',
    }
    await makePdf(other, file)
    const { pages, titles, addresses, inside, has } = readPaper(file)
    expect({ pages, titles, addresses, inside }).toEqual({
      pages: 1,
      titles: ['Other', 'Other'],
      addresses: [],
      inside: 0,
    })
    expect([has('Other'), has('Paragraph 89'), has('Ordinate')]).toEqual([true, false, false])
    expect(existsSync(`${file}.next`)).toBe(false)
  })
})

describe('the book on paper', () => {
  const page = (name: string, title: string, main: string) => ({
    path: `${name}.html`,
    content: `<title>${title} · Mean field limit</title><main id="content">${main}<nav class="neighbours"></nav></main>`,
  })
  const site = (...files: { path: string; content: string }[]) => ({ files, problems: [], toCome: [] })

  it('keeps links within it, each chapter with ids of its own, and leaves out laboratories and the API reference', () => {
    const { html } = printedBook(
      site(
        page('index', 'Home', '<h1 id="a">Home</h1><a href="one.html#a">1</a><a href="lab-x.html">x</a>'),
        page(
          'one',
          'One',
          '<h1 id="a">One</h1><a href="#a">here</a><a href="index.html">up</a><a href="https://a.b/">web</a>',
        ),
        page('lab-x', 'X', '<h1>Laboratory</h1>'),
        page('api', 'API', '<h1>Reference</h1>'),
      ),
    )
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(match => match[1])
    expect(ids).toEqual(['index', 'index--a', 'contents', 'one', 'one--a'])
    const links = [...html.matchAll(/<a(?: href="([^"]*)")?>/g)].map(match => match[1])
    expect(links).toEqual(['#one--a', undefined, '#one', '#one--a', '#index', 'https://a.b/'])
    expect(html).not.toMatch(/Laboratory|Reference/)
  })
})

describe('a notebook as slides', () => {
  const cell = (source: string, metadata = {}): NotebookCell => ({ cell_type: 'markdown', metadata, source })
  const code = (data: Record<string, unknown>, tags: string[] = []): NotebookCell => ({
    cell_type: 'code',
    metadata: { tags },
    source: 'secret()',
    execution_count: null,
    outputs: [{ output_type: 'display_data', data, metadata: {} }],
  })
  const plot = {
    'application/vnd.plotly.v1+json': {
      data: [{ type: 'scatter', x: [0, 1], y: [1, 2], name: 'Curve' }],
      layout: { height: 400, title: { text: 'Picture' }, xaxis: { title: { text: 'Abscissa' } }, yaxis: {} },
    },
    'text/plain': 'Figure x: Two points.',
  }
  const rows = Array.from({ length: 40 }, (_, i) => `<tr><td>Row ${i}.</td></tr>`).join('')
  const table = { 'text/html': `<table><thead><tr><th>Head</th></tr></thead><tbody>${rows}</tbody></table>` }
  const file = (...cells: NotebookCell[]): string => {
    const path = join(folder, 'talk.ipynb')
    writeNotebook(path, { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 })
    return path
  }
  /** Kind and words of each slide. */
  const slides = (path: string): string[] =>
    slidesOf(path)
      .html.split('<section class="slide ')
      .slice(1)
      .map(part =>
        part
          .replace('">', ': ')
          .replace(/<[^>]*>/g, ' ')
          .replace(/\s+/g, ' ')
          .trim(),
      )

  it('have a heading with its statement and formula, then the figure; no code, no solution, no talk in between', () => {
    const made = slides(
      file(
        cell('# Talk\n\nFirst words.\n\nMore words.'),
        cell('## Statement\n\nLet it be.\n\nIdle talk.\n\nThen\n\n$$x=1$$\n\n**Remark.** Bold.\n\n- a list'),
        cell('## The figure'),
        code(plot),
        cell('What the picture shows is said freely.'),
        code({ 'text/html': '<p>Result</p>' }),
        code({ 'text/plain': 'plain' }),
        cell('## Exercises\n\n**1.** Why?\n\n<details><summary>A hint</summary>\n\nLook.\n\n</details>'),
        cell('*Solution 1.* Because'),
        code({ 'text/html': '<p>solved</p>' }, ['solution']),
        cell('## References\n\n- a book'),
      ),
    )
    expect(made.map(words => words.split(':')[0])).toEqual(['opening', 'words', 'picture', 'words', 'words'])
    expect(made[0]).toBe('opening: Talk # First words.')
    expect(made[1]).toMatch(/^words: Statement # Let it be\. Then .*x = 1.* Remark\. Bold\. a list Talk$/)
    expect(made[3]).toBe('words: The figure Result Talk')
    expect(made[4]).toBe('words: Exercises # 1. Why? Talk')
    expect(made.join()).not.toMatch(/secret|freely|Idle|plain|Because|solved|a book|More|hint/)
  })

  it("are those that cells with Jupyter's slide types say, with their whole text", () => {
    const type = (slide_type: string) => ({ slideshow: { slide_type } })
    const made = slides(
      file(
        cell('# Talk\n\nOne.\n\nTwo.', type('slide')),
        cell('Three.', type('fragment')),
        cell('## Unseen', type('skip')),
        cell('To say', type('notes')),
        cell('## Part\n\nFour.', type('slide')),
        { ...code(plot), metadata: type('subslide') },
        cell('Five.', type('subslide')),
        cell('Six.', type('slide')),
      ),
    )
    expect(made.map(words => words.split(' Two')[0]!.split(' Points')[0])).toEqual([
      'opening: Talk # One.',
      'words: Part # Four. Talk',
      expect.stringMatching(/^picture: /),
      'words: Part Five. Talk',
      'words: Six. Talk',
    ])
    expect(made[0]).toBe('opening: Talk # One. Two. Three.')
  })

  it('show figures at the size of a slide, and those that have no room there as they are', () => {
    const { figures, files } = slidesOf(file(cell('# Talk'), code(plot)))
    expect(figures).toEqual(['talk-1'])
    const script = String(files.find(({ path }) => path === 'figures/talk-1.js')!.content)
    expect(script).toContain('"width":1280')
    expect(script).toContain('"height":720')
    const shapeless = {
      ...plot,
      'application/vnd.plotly.v1+json': { data: [], layout: { height: 1446, title: { text: 'word '.repeat(2000) } } },
    }
    expect(String(slidesOf(file(code(shapeless))).files[0]!.content)).toContain('1446')
  })

  it('are cut at the outermost elements', () => {
    const blocks = ['<p>a<br>b</p>', '<div><div>c</div><img src="x"></div>', '<hr>', '<svg><path d="M0"/></svg>']
    expect(blocksOf(blocks.join('\n'))).toEqual(blocks)
  })

  it.skipIf(!able)('are pages of 1280 x 720, each heading once in the outline; what is too long goes on', async () => {
    const { makePdf } = await load('pdf.mjs')
    const long = Array.from({ length: 30 }, (_, i) => `**${i}.** Paragraph ${i}.`).join('\n\n')
    const path = join(folder, 'talk.pdf')
    const drawn = await makePdf(
      slidesOf(file(cell('# Talk'), cell(`## Long\n\n${long}`), code(table), cell('## Seen\n\nWords'), code(plot))),
      path,
    )
    expect(drawn).toEqual({ vectors: 1, images: 0 })
    const paper = readPaper(path)
    const boxes = [...readFileSync(path, 'latin1').matchAll(/\/MediaBox \[([^\]]*)\]/g)].map(match =>
      match[1]!.split(' '),
    )
    expect(boxes.length).toBe(paper.pages)
    for (const box of boxes) expect(Number(box[2]) / Number(box[3])).toBeCloseTo(16 / 9, 2)
    // Talk, at least three of text, at least three of the table, words and picture of the last part.
    expect(paper.pages).toBeGreaterThanOrEqual(8)
    expect([...paper.titles].sort()).toEqual(['Long', 'Seen', 'Talk', 'Talk'])
    for (const words of ['Paragraph 0.', 'Paragraph 29.', 'Row 0.', 'Row 39.', 'Picture'])
      expect.soft(paper.has(words), words).toBe(true)
    expect(paper.has('secret')).toBe(false)
  })
})

describe.skipIf(!requireOrSkip('JupyterLab', jupyter !== undefined))(
  'a notebook of the walkthrough in nbconvert',
  () => {
    it('is slides by its slide types: the same headings and figures, with what is told as notes for who speaks', () => {
      const path = join(root, 'notebooks', '04-two-flows.ipynb')
      const options = ['nbconvert', '--to', 'slides', '--no-input', '--output-dir', folder, path]
      const { status, stderr } = spawnSync(jupyter!, options, { cwd: folder, encoding: 'utf8', timeout: 120_000 })
      expect(status, stderr).toBe(0)
      const made = readFileSync(join(folder, '04-two-flows.slides.html'), 'utf8')
      const shown = made.replace(/<aside class="notes">[\s\S]*?<\/aside>/g, '')
      const ours = slidesOf(path).html
      const headings = (html: string): number => [...html.matchAll(/<h[1-3][ >]/g)].length
      expect(headings(shown)).toBe(headings(ours))
      expect(headings(ours)).toBeGreaterThan(5)
      expect([...shown.matchAll(/<img /g)]).toHaveLength(ours.split('class="slide picture"').length - 1)
      const told = 'Throw $N$ particles at random'
      expect({ told: made.includes(told), shown: shown.includes(told) }).toEqual({ told: true, shown: false })
      expect(made).not.toMatch(/Solution|Yoshida,/)
    })
  },
)

describe('npm run slides', () => {
  it('reads which notebooks and where to, and refuses the whole book', async () => {
    const { wanted } = await load('print.mjs')
    expect(wanted(['notebooks/05-distances.ipynb'], root, 'slides')).toMatchObject({
      notebooks: [join(root, 'notebooks', '05-distances.ipynb')],
      out: join(root, 'slides-out'),
    })
    expect(() => wanted([], root, 'slides')).toThrow(/^slides need a notebook: npm run slides -- NOTEBOOK/)
    expect(() => wanted(['--colour'], root, 'slides')).toThrow(/^there is no option --colour: npm run slides/)
    expect(() => wanted(['none.ipynb'], root, 'slides')).toThrow(/^none\.ipynb must be a notebook that exists/)
  })
})

describe('npm run pdf', () => {
  it('reads which notebooks and where to', async () => {
    const { wanted } = await load('print.mjs')
    expect(wanted([])).toMatchObject({ notebooks: [], out: join(root, 'pdf-out') })
    expect(wanted(['notebooks/05-distances.ipynb', '--out', 'x'], root)).toMatchObject({
      notebooks: [join(root, 'notebooks', '05-distances.ipynb')],
      out: join(root, 'x'),
    })
  })

  it.each([
    [['notebooks/99-none.ipynb'], /^notebooks\/99-none\.ipynb must be a notebook that exists/],
    [['README.md'], /^README\.md must be a notebook/],
    [['--colour'], /^there is no option --colour: npm run pdf/],
    [['--out'], /^--out must be a folder/],
  ])('refuses %j before any work', async (args, words) => {
    const { wanted } = await load('print.mjs')
    expect(() => wanted(args, root)).toThrow(words)
  })

  it('says in a line what is missing where there is no Chromium', async () => {
    const { requireChromium } = await load('pdf.mjs')
    const before = process.env.CHROME_PATH
    process.env.CHROME_PATH = join(folder, 'no-such-browser')
    try {
      await expect(requireChromium()).rejects.toThrow(/^a PDF needs Chromium or Chrome, .* set CHROME_PATH$/)
    } finally {
      if (before === undefined) delete process.env.CHROME_PATH
      else process.env.CHROME_PATH = before
    }
  })
})
