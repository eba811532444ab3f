import { describe, expect, it } from 'vitest'
import type { Figure } from '../../src/figures/theme/figure.js'
import { FIGURE_SIZES, figureForSize } from '../../src/figures/theme/figureForSize.js'
import { recolour } from '../../src/figures/theme/recolour.js'
import { lineCount, textWidth, wrapText } from '../../src/figures/theme/textWidth.js'
import { axis, COLOR, figure, line, PALETTES, panelTitle, points } from '../../src/figures/theme/theme.js'

const long = 'a name that is so long that no column of a journal has room for it in one line, whatever the font'

const two: Figure = figure({
  id: 'two',
  title: 'A title that goes on and on until it has no room in one line of a narrow column',
  caption: 'Two panels.',
  data: [
    line(long, [0, 1], [0, 1], COLOR.blue),
    points('right', [0, 1], [1, 0], COLOR.orange, { xaxis: 'x2', yaxis: 'y2' }),
  ],
  layout: {
    xaxis: axis('x (length)', { domain: [0, 0.44] }),
    yaxis: axis('y (length)'),
    xaxis2: axis('x (length)', { domain: [0.58, 1], anchor: 'y2' }),
    yaxis2: axis('z (length)', { anchor: 'x2' }),
    annotations: [panelTitle('left', 0, 0.44), panelTitle('right', 0.58, 0.42)],
  },
  table: { x: [0, 1] },
  provenance: { seed: 'test' },
})

const layoutOf = (made: Figure): Record<string, Record<string, unknown>> =>
  made.layout as Record<string, Record<string, unknown>>

describe('figureForSize', () => {
  it('has presets of 3.4 in, 6.9 in and 16:9', () => {
    expect(FIGURE_SIZES.column.width / 96).toBeCloseTo(3.4, 1)
    expect(FIGURE_SIZES.page.width / 96).toBeCloseTo(6.9, 1)
    expect(FIGURE_SIZES.slide.width / FIGURE_SIZES.slide.height!).toBeCloseTo(16 / 9, 10)
  })

  it('stacks panels that have no room beside each other, with their headings, and only those', () => {
    const column = layoutOf(figureForSize(two, 'column'))
    expect(column.xaxis!.domain).toEqual([0, 1])
    expect(column.xaxis2!.domain).toEqual([0, 1])
    const [upper, lower] = [column.yaxis!.domain, column.yaxis2!.domain] as [number, number][]
    expect(upper![0]).toBeGreaterThan(lower![1])
    const notes = column.annotations as unknown as { text: string; x: number; y: number }[]
    expect(notes.find(({ text }) => text === 'right')!.y).toBeCloseTo(lower![1], 1)
    const slide = layoutOf(figureForSize(two, 'slide'))
    expect(slide.xaxis2!.domain).not.toEqual([0, 1])
    expect(slide.yaxis2!.domain).toBeUndefined()
  })

  it('keeps every word of titles and names, and breaks them', () => {
    const made = figureForSize(two, 'column')
    expect(String(made.data[0]!.name).replaceAll('<br>', ' ')).toBe(long)
    expect(lineCount(String(made.data[0]!.name))).toBeGreaterThan(1)
    const title = layoutOf(made).title!.text as string
    expect(title.replaceAll('<br>', ' ')).toBe((two.layout.title as { text: string }).text.replaceAll('<br>', ' '))
    expect(lineCount(title)).toBeGreaterThan(1)
  })

  it('scales lines and markers like the fonts', () => {
    const marker = (made: Figure): number => (made.data[1]!.marker as { size: number }).size
    const text = (made: Figure): number => (made.layout.font as { size: number }).size
    for (const size of ['column', 'page', 'slide'] as const) {
      const made = figureForSize(two, size)
      expect(marker(made) / marker(two)).toBeCloseTo(text(made) / text(two), 10)
    }
  })

  it('gives a width of its own the height that the content asks, and the fonts of the preset of that width', () => {
    const { width } = FIGURE_SIZES.column
    expect(figureForSize(two, { width })).toEqual(figureForSize(two, 'column'))
  })

  it('does nothing to data and table', () => {
    const made = figureForSize(two, 'column')
    expect(made.table).toEqual(two.table)
    expect(made.data.map(({ x, y }) => [x, y])).toEqual(two.data.map(({ x, y }) => [x, y]))
  })

  it('refuses what is too small, with argument, value and range', () => {
    expect(() => figureForSize(two, { width: 340, height: 240 })).toThrow(
      /^height must be a number in \[\d{3}, 10000\], got 240$/,
    )
    expect(() => figureForSize(two, { width: 100 })).toThrow(/^width must be a number in \[240, 10000\], got 100$/)
    expect(() => figureForSize(two, 'poster' as 'page')).toThrow(/size must be one of "column", "page", "slide", got/)
  })

  it('takes the least height that it names', () => {
    let least = 0
    try {
      figureForSize(two, { width: 340, height: 240 })
    } catch (error) {
      least = Number(/\[(\d+),/.exec((error as Error).message)![1])
    }
    expect(figureForSize(two, { width: 340, height: least }).layout.height).toBe(least)
  })
})

describe('a text', () => {
  it('is broken at spaces outside of indices', () => {
    expect(wrapText('one two three', textWidth('one two', 10) + 1, 10)).toBe('one two<br>three')
    expect(wrapText('N<sup>a b</sup> end', 1, 10)).toBe('N<sup>a b</sup><br>end')
    expect(wrapText('unbreakable', 1, 10)).toBe('unbreakable')
  })

  it('is narrower as an index, and as wide with markup as without', () => {
    expect(textWidth('<i>abc</i>', 10)).toBe(textWidth('abc', 10))
    expect(textWidth('<sub>abc</sub>', 10)).toBeCloseTo(0.7 * textWidth('abc', 10), 10)
  })
})

/** Relative luminance and contrast by WCAG 2.2. */
function contrast(a: string, b: string): number {
  const luminance = (color: string): number => {
    const [r, g, blue] = [1, 3, 5].map(k => {
      const c = Number.parseInt(color.slice(k, k + 2), 16) / 255
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
    }) as [number, number, number]
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue
  }
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

describe('the dark palette', () => {
  // Grounds of the book, of its cards and of JupyterLab's dark theme.
  it.each(['#16181b', '#1e2125', '#111111'])('can be read on %s', ground => {
    const { ink, blue, orange, green, vermillion, purple, sky, grey } = PALETTES.dark
    expect(contrast(ink, ground)).toBeGreaterThan(7)
    for (const color of [blue, orange, green, vermillion, purple, sky, grey]) {
      expect(contrast(color, ground)).toBeGreaterThan(4.5)
    }
    // The control: the light palette cannot.
    expect(contrast(PALETTES.light.ink, ground)).toBeLessThan(2)
  })

  it('has as many different colours as the light one', () => {
    expect(new Set(Object.values(PALETTES.dark)).size).toBe(new Set(Object.values(PALETTES.light)).size)
  })
})

describe('recolour', () => {
  it('takes every colour of the palette to its role in the other, and leaves the data alone', () => {
    const { data, layout } = recolour(two, PALETTES.light, PALETTES.dark)
    const text = JSON.stringify({ data, layout }).toLowerCase()
    for (const [role, color] of Object.entries(PALETTES.light)) expect(text.includes(color), role).toBe(false)
    expect(layout).toMatchObject({ paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)' })
    expect(data.map(trace => (trace as { x: unknown }).x)).toEqual(two.data.map(({ x }) => x))
  })

  it('colours the axes of a figure that names no colours, and those of a scene', () => {
    const plain = recolour({ data: [{ y: [1, 2] }], layout: {} }, PALETTES.light, PALETTES.dark).layout
    expect(plain.yaxis).toMatchObject({ gridcolor: PALETTES.dark.grid, linecolor: PALETTES.dark.ink })
    const three = recolour({ data: [{ type: 'surface', z: [[1]] }], layout: {} }, PALETTES.light, PALETTES.dark).layout
    expect(three.scene).toMatchObject({ zaxis: { gridcolor: PALETTES.dark.grid } })
    expect(three.xaxis).toBeUndefined()
  })

  it('uses nothing from outside its own text', () => {
    const alone = new Function(`return ${recolour.toString()}`)() as typeof recolour
    expect(alone(two, PALETTES.light, PALETTES.dark)).toEqual(recolour(two, PALETTES.light, PALETTES.dark))
  })
})
