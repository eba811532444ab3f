import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkLinks } from '../../src/book/site/checkLinks.js'
import { KERNEL_PAGE, kernelPolicy, securityPolicy } from '../../src/book/site/layout.js'
import { bookLink } from '../../src/book/site/links.js'
import { notebookPage } from '../../src/book/site/notebookPage.js'
import { problems } from '../../src/book/site/problems.js'
import { type MarkdownPage, renderMarkdown } from '../../src/book/site/text/markdown.js'
import { typeset } from '../../src/book/site/text/typeset.js'
import { writeSite } from '../../src/book/site/writeSite.js'
import { type Notebook, type NotebookCell, readNotebook, writeNotebook } from '../../src/notebook/notebookFile.js'
import { root } from '../support/capabilities.js'

const contents = { notebooks: new Set(['a']), docs: new Set(['claims']) }

/** How many elements stand beside each other in a piece of MathML. */
function children(mathml: string): number {
  let [depth, count] = [0, 0]
  for (const [, closes] of mathml.matchAll(/<(\/?)\w[^>]*>/g)) {
    if (closes === '' && depth === 0) count++
    depth += closes === '' ? 1 : -1
  }
  return count
}

function render(source: string): { html: string; errors: string[]; page: MarkdownPage } {
  const errors: string[] = []
  const page: MarkdownPage = {
    ids: new Set(),
    headings: [],
    link: target => bookLink(contents, 'notebooks', target),
    onError: message => errors.push(message),
  }
  return { html: renderMarkdown(source, page), errors, page }
}

describe('Markdown in the book', () => {
  it('gives a heading the anchor that stands above it', () => {
    const { html, page } = render('<a id="lemma-61"></a>\n## Lemma 6.1, **sharp**\n\ntext')
    expect(html).toMatch(/^<h2 id="lemma-61">Lemma 6.1, <strong>sharp<\/strong>/)
    expect(page.headings).toMatchObject([{ level: 2, id: 'lemma-61' }])
  })

  it('gives other headings the anchor that GitHub gives, made unique', () => {
    const { page } = render('## (75) and (76)\n\n## (75) and (76)')
    expect(page.headings.map(({ id }) => id)).toEqual(['75-and-76', '75-and-76-1'])
  })

  it('lets no bar in a formula end the cell of a table', () => {
    const { html } = render('| a | b |\n|---|---|\n| $|q|<1$ | x |')
    expect(html.match(/<td/g)).toHaveLength(2)
    expect(html).toContain('katex')
  })

  it('typesets inline and displayed formulas with their numbers', () => {
    const { html, errors } = render('For $q<1$:\n\n$$\\dot q=p\\tag{5}$$')
    expect(html).toContain('class="katex-display"')
    expect(html).toMatch(/class="tag"/)
    expect(errors).toEqual([])
  })

  it('keeps a full stop on the line of the short formula before it, and lets long ones break', () => {
    const { html } = render('The value is $c=2$. And $a+b+c+d+e+f+g+h+i+j+k+l+m$.')
    expect(html).toMatch(/<span class="keep"><span class="katex">.*<\/span>\.<\/span> And/)
    expect(html.match(/class="keep"/g)).toHaveLength(1)
    expect(html.replace(/<[^>]*>/g, '').endsWith('.\n')).toBe(true)
  })

  it('keeps the boxes of a short formula together, as those of a norm', () => {
    expect(render('in $|\\cdot|_\\infty$ and').html).toContain('in <span class="keep"><span class="katex">')
    expect(render('in $|q|$ and').html).not.toContain('keep')
    expect(render('in $|\\cdot|_\\infty+|\\cdot|_\\infty+|q|$ and').html).not.toContain('keep')
  })

  it('reports a formula that cannot be typeset and shows its source', () => {
    const { html, errors } = render('$\\cdotW$')
    expect(errors.join()).toMatch(/cdotW/)
    expect(html).toContain('<code class="unset">')
  })

  it('turns links between notebooks into links between pages, and those without a page into words', () => {
    const { html } = render(
      '[here](a.ipynb#x), [later](z.ipynb), [proof](../docs/claims.md#y), [web](https://arxiv.org/)',
    )
    expect(html).toContain('<a href="a.html#x">here</a>')
    expect(html).toContain('<span class="to-come">later</span>')
    expect(html).toContain('<a href="claims.html#y">proof</a>')
    expect(html).toContain('<a href="https://arxiv.org/">web</a>')
  })
})

describe('the notebooks of the book', () => {
  it('are those that git does not ignore: drafts beside them have no page and no place in the navigation', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mfl-drafts-'))
    try {
      const { cells, ...rest } = readNotebook(join(root, 'notebooks', '00-start-here.ipynb'))
      for (const name of ['00-start-here', 'my-thoughts', 'Untitled', 'Untitled3', '14-new'])
        writeNotebook(join(folder, `${name}.ipynb`), { ...rest, cells: cells.slice(0, 1) })
      const { files } = writeSite(root, folder)
      const pages = files.map(({ path }) => path)
      expect(pages).toEqual(expect.arrayContaining(['00-start-here.html', '14-new.html']))
      expect(pages.filter(path => /my-|Untitled/.test(path))).toEqual([])
      expect(String(files.find(({ path }) => path === 'index.html')!.content)).not.toMatch(/my-thoughts|Untitled/)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

describe('a notebook in the book', () => {
  const cell = (cell_type: 'code' | 'markdown', source: string, rest: Partial<NotebookCell> = {}): NotebookCell => ({
    cell_type,
    source,
    metadata: {},
    ...rest,
  })
  const notebook = (...cells: NotebookCell[]): Notebook => ({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 })
  const page = (...cells: NotebookCell[]) =>
    notebookPage(
      notebook(...cells),
      'a',
      target => target,
      () => undefined,
    )

  it('folds a solution together with its code and output', () => {
    const { html } = page(
      cell('markdown', '# Title'),
      cell('markdown', '*Solution 1.* Words.'),
      cell('code', '1 + 1', {
        metadata: { tags: ['solution'] },
        outputs: [{ output_type: 'stream', name: 'stdout', text: '2\n' }],
      }),
      cell('markdown', '## References'),
    )
    expect(html).toMatch(
      /<details class="solution"><summary>Solution 1<\/summary>[\s\S]*Words[\s\S]*output stdout[\s\S]*<\/details>\n<h2/,
    )
  })

  it('says of a cell that needs a clone that it does, and has outputs where the buttons find them', () => {
    const outputs = [{ output_type: 'stream', name: 'stdout', text: '2\n' }] as const
    const { html } = page(cell('code', '1 + 1', { outputs }), cell('code', 'f()', { metadata: { tags: ['clone'] } }))
    expect(html.match(/<div class="cell">/g)).toHaveLength(1)
    expect(html).toContain('<div class="outputs"><pre class="output stdout" tabindex="0">2</pre></div>')
    expect(html).toMatch(/<div class="cell" data-clone>.*runs in a clone only/)
  })

  it('writes formulas whose indices are one element each, as MathML asks', () => {
    for (const tex of ['\\log\\tfrac{b_{\\max}}{b_{\\min}}', 'x^{\\log}', 'b_{\\max}^2', '\\max_i x_i']) {
      const html = typeset(tex, false, message => expect(message).toBe(''))
      const scripts = [...html.matchAll(/<m(sub|sup)>((?:(?!<m(?:sub|sup)).)*?)<\/m\1>/g)]
      for (const [, , inside] of scripts) expect(children(inside!)).toBe(2)
    }
    expect(children('<mi>b</mi><mi>max</mi><mo>\u2061</mo>')).toBe(3)
  })

  it('stores a figure as an image and a script, the image first', () => {
    const png = Buffer.alloc(24)
    png.writeUInt32BE(0x89504e47, 0)
    png.writeUInt32BE(940, 16)
    png.writeUInt32BE(560, 20)
    const data = {
      'application/vnd.plotly.v1+json': { data: [{ type: 'scatter' }], layout: { height: 560 } },
      'image/png': png.toString('base64'),
      'text/plain': 'Figure x: A caption with < sign.\nseed 1',
    }
    const { html, files } = page(
      cell('code', 'show(x)', { outputs: [{ output_type: 'display_data', data, metadata: {} }] }),
    )
    expect(html).toContain('<img src="figures/a-1.png" width="940" height="560" alt="A caption with &lt; sign."')
    expect(html).toContain('<small>seed 1</small>')
    expect(files.map(({ path }) => path)).toEqual(['figures/a-1.js', 'figures/a-1.png'])
    expect(files[0]!.content).toBe('mflFigure("a-1",{"data":[{"type":"scatter"}],"layout":{"height":560}})\n')
  })

  it('is cut into sections for the search, each with the names of its code', () => {
    const { sections } = page(cell('markdown', '# T\n\nfirst\n\n## U\n\nsecond'), cell('code', 'cutoffKernel({ N })'))
    expect(sections.map(({ heading, text, code }) => [heading, text.trim(), code.trim()])).toEqual([
      ['T', 'first', ''],
      ['U', 'second', 'cutoffKernel({ N })'],
    ])
  })
})

describe('the check of links', () => {
  const html = (body: string) => ({ path: 'a.html', content: `<main id="content">${body}</main>` })
  const found = (body: string) => {
    const list = problems()
    checkLinks([html(body), { path: 'b.html', content: '<h2 id="x">' }], list)
    return list.list.map(({ message }) => message)
  }

  it('lets good links pass', () => {
    expect(
      found('<a href="b.html#x"></a><a href="#content"></a><a href="https://arxiv.org/abs/1502.04608"></a>'),
    ).toEqual([])
  })

  it('catches a page and an anchor that do not exist', () => {
    expect(found('<a href="c.html"></a><a href="b.html#y"></a><img src="figures/z.png">')).toHaveLength(3)
  })
})

describe('the security policy', () => {
  it('never allows inline scripts, eval, or another host', () => {
    for (const starts of [[], ['laboratory'], ['cells'], ['laboratory', 'cells']] as const) {
      const script = /script-src ([^;]*)/.exec(securityPolicy(starts))![1]!
      expect(script.split(' ').filter(source => !["'self'", "'wasm-unsafe-eval'"].includes(source))).toEqual([])
      expect(securityPolicy(starts)).not.toMatch(/https?:|\*/)
      expect(securityPolicy(starts).includes('frame-src')).toBe((starts as readonly string[]).includes('cells'))
    }
  })

  it('lets the frame of the kernel evaluate text, and connect to nobody', () => {
    expect(KERNEL_PAGE).toContain(`content="${kernelPolicy}"`)
    expect(kernelPolicy).toMatch(/^default-src 'none'; script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval';/)
    expect(kernelPolicy).not.toMatch(/connect-src|img-src|frame-src|https?:|\*|unsafe-inline/)
  })
})
