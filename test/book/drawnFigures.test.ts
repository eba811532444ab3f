/** The second image of a figure, for phones: which figures have one, and what the page says then. */
import { describe, expect, it, vi } from 'vitest'
import { drawnFigures } from '../../src/book/site/figures/drawnFigures.js'
import { type BookFile, figureHtml, type StoredFigure } from '../../src/book/site/figures/figureFiles.js'
import { viewedFigure } from '../../src/book/site/figures/figureViews.js'
import { couplingFigure } from '../../src/figures/index.js'
import type { ImageRequest } from '../../src/notebook/pictures/imageService.js'
import { PLOTLY_MIME } from '../../src/notebook/pictures/labextensionEntry.js'

/** The header of a PNG of a size. */
function png(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(24)
  bytes.writeUInt32BE(0x89504e47, 0)
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}

const cloud = (...x: number[]): { n: number; d: number; x: Float64Array } => ({
  ...{ n: x.length / 2, d: 2 },
  x: Float64Array.from(x),
})

const { data, layout } = couplingFigure({
  X: cloud(0, 0, 1, 0),
  Y: cloud(3, 4, 2, 2),
  couplings: [
    { name: 'one', plan: [0, 1] },
    { name: 'other', plan: [1, 0] },
  ],
  provenance: { law: 'gaussian', seed: 8 },
})

/** A page of two figures and their files; the first caption tells left from right, the second has a power. */
function book(): { readonly page: string; readonly files: BookFile[] } {
  const captions = ['Left: one; right: the other.', 'Falls like N^−1/2 at right angles.']
  const made = captions.map((caption, k) =>
    figureHtml(
      {
        [PLOTLY_MIME]: { data, layout },
        'image/png': png(940, 500).toString('base64'),
        'text/plain': `Figure f: ${caption}\nseed 8`,
      },
      `f-${k}`,
    ),
  )
  const page = made.map(({ html }) => html).join('<p>between</p>')
  return { page, files: [...made.flatMap(({ files }) => files), { path: 'p.html', content: page }] }
}

const pageOf = (files: readonly BookFile[]): string => String(files.find(({ path }) => path === 'p.html')!.content)

describe('images for phones', () => {
  it('are laid out for the width, with panels below each other, and shown on narrow screens only', async () => {
    const asked: ImageRequest[] = []
    const { page, files } = book()
    const made = await drawnFigures(files, async request => {
      asked.push(request)
      return { bytes: png(712, 1800) }
    })
    expect(made.missing).toBeUndefined()
    expect(asked.map(({ width, scale, format }) => [width, scale, format])).toEqual([
      [356, 2, 'png'],
      [356, 2, 'png'],
    ])
    // Panels of a wide figure are beside each other.
    const starts = (of: object): unknown[] => {
      const { xaxis, xaxis2 } = of as Record<string, { readonly domain: readonly number[] }>
      return [xaxis!.domain[0], xaxis2!.domain[0]]
    }
    const [first, second] = starts(layout) as number[]
    expect(second).toBeGreaterThan(first!)
    const [upper, lower] = starts(asked[0]!.layout) as number[]
    expect(lower).toBe(upper)
    const changed = pageOf(made.files)
    expect(
      changed.match(/<picture><source media="\(max-width: 600px\)" srcset="figures\/f-\d\.phone\.png"/g),
    ).toHaveLength(2)
    expect(changed.match(/width="712" height="1800"/g)).toHaveLength(2)
    expect(changed.match(/<small class="narrow-note">/g)).toHaveLength(1)
    expect(changed.replace(/<\/?picture>|<source [^>]*>|<small class="narrow-note">.*?<\/small>/g, '')).toBe(page)
    expect(made.files.map(({ path }) => path)).toEqual(
      [...files.map(({ path }) => path), 'f-0', 'f-1'].map(path =>
        path.length === 3 ? `figures/${path}.phone.png` : path,
      ),
    )
  })

  it('are none without a browser, and a figure that a browser cannot draw is named', async () => {
    const { files } = book()
    const none = await drawnFigures(files, async () => ({ error: 'no Chromium', browser: false }))
    expect(none).toEqual({ files, missing: 'no Chromium' })
    await expect(drawnFigures(files, async () => ({ error: 'bad trace', browser: true }))).rejects.toThrow(
      /f-0.*bad trace/,
    )
  })

  it('leave powers in captions raised', () => {
    expect(book().page).toContain('Falls like N<sup>−1/2</sup> at right angles.')
  })
})

describe('views of steps', () => {
  const named = (name: string, more: object = {}): object => ({ type: 'scatter', name, y: [1], ...more })
  const figure: StoredFigure = {
    id: 'f',
    data: [named('a<sub>∞</sub> (72)'), named('b', { xaxis: 'x2' }), named('c', { scene: 'scene2' })],
    layout: { sliders: [{ active: 0, steps: [] }] },
    frames: [
      { name: '1', data: [{ y: [5] }], traces: [1] },
      { name: '2', data: [{ y: [6] }, { y: [7] }, { y: [8] }] },
    ],
  }
  const seen = (view: string): unknown[] =>
    viewedFigure(figure, view).data.map(trace => {
      const { y, opacity = 1 } = trace as { y: number[]; opacity?: number }
      return opacity === 1 ? y[0] : 'faded'
    })

  it('show a frame, a panel, or lines by words of their names', () => {
    expect(seen('frame: 1')).toEqual([1, 5, 1])
    expect(seen('frame: 2')).toEqual([6, 7, 8])
    expect(viewedFigure(figure, 'frame: 2').layout!.sliders).toEqual([{ active: 1, steps: [] }])
    expect(seen('panel: 1')).toEqual([1, 'faded', 'faded'])
    expect(seen('panel: 2')).toEqual(['faded', 1, 1])
    expect(seen('lines: a∞ | c')).toEqual([1, 'faded', 1])
    expect(seen('frame: 2; lines: (72)')).toEqual([6, 'faded', 'faded'])
  })

  it('are refused where the figure does not have them, before anything is drawn', async () => {
    expect(() => seen('frame: 3')).toThrow(/frame of figure f \(1, 2\), got "3"/)
    expect(() => seen('panel: 3')).toThrow(/about nothing/)
    expect(() => seen('lines: a | d')).toThrow(/must name lines of figure f, which has "a∞ \(72\)", "b", "c"/)
    expect(() => seen('colour: red')).toThrow(/frame: NAME, panel: NUMBER or lines/)
    const { page, files } = book()
    const draw = vi.fn(async () => ({ bytes: png(712, 900) }))
    const step = (view: string): string => `<ol><li><span data-view="${view}"></span>Look.</li></ol>`
    const at = (content: string): BookFile[] => [...files.slice(0, -1), { path: 'p.html', content }]
    await expect(drawnFigures(at(page + step('frame: 3')), draw)).rejects.toThrow(/frame of figure f-1/)
    await expect(drawnFigures(at(step('panel: 1') + page), draw)).rejects.toThrow(/below a figure/)
    expect(draw).not.toHaveBeenCalled()
    const made = await drawnFigures(at(page + step('panel: 1')), draw)
    expect(pageOf(made.files)).toContain(
      '<span class="view" data-of="f-1" data-image="figures/f-1.view-1"></span>Look.',
    )
    const added = made.files.map(({ path }) => path).filter(path => path.includes('view'))
    expect(added).toEqual(['figures/f-1.view-1.png', 'figures/f-1.view-1.phone.png'])
  })
})
