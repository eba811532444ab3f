import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import type { Figure } from '../../../src/figures/theme/figure.js'
import { findChromium } from '../../../src/notebook/pictures/findChromium.js'
import { exportFigure, figureCsv, renderFigure } from '../../../src/notebook/pictures/renderFigure.js'
import { chromium, requireOrSkip, root } from '../../support/capabilities.js'

const folder = mkdtempSync(join(tmpdir(), 'mfl-render-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const figure: Figure = {
  id: 'test',
  caption: 'A line.',
  data: [{ type: 'scatter', mode: 'lines', x: [0, 1, 2], y: [0, 1, 4], name: 'square' }],
  layout: { title: { text: 'Squares' }, width: 400, height: 300, showlegend: true },
  table: { x: [0, 1, 2], note: ['a', 'b,c', 'say "d"'], third: [1 / 3] },
  provenance: { seed: 'test' },
}

/** The words of a PDF: what its text operators show, in the letters that its fonts say they are. */
function textOfPdf(pdf: string): string {
  const objects = new Map<string, string>()
  for (const [, id, body] of pdf.matchAll(/(\d+) 0 obj\s([\s\S]*?)endobj/g)) objects.set(id!, body!)
  const stream = (body: string): string => {
    const bytes = /stream\r?\n([\s\S]*?)\r?\nendstream/.exec(body)
    if (bytes === null) return ''
    const raw = Buffer.from(bytes[1]!, 'latin1')
    return body.includes('/FlateDecode') ? inflateSync(raw).toString('latin1') : raw.toString('latin1')
  }
  const letters = new Map<string, string>()
  for (const body of objects.values()) {
    const map = /\/ToUnicode (\d+) 0 R/.exec(body)
    if (map === null) continue
    for (const [, list] of stream(objects.get(map[1]!)!).matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
      for (const [, glyph, code] of list!.matchAll(/<(\w+)> <(\w{4})>/g)) {
        letters.set(glyph!, String.fromCharCode(Number.parseInt(code!, 16)))
      }
    }
    for (const [, list] of stream(objects.get(map[1]!)!).matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
      for (const [, from, to, code] of list!.matchAll(/<(\w+)> <(\w+)> <(\w{4})>/g)) {
        for (let k = Number.parseInt(from!, 16); k <= Number.parseInt(to!, 16); k++) {
          const letter = Number.parseInt(code!, 16) + k - Number.parseInt(from!, 16)
          letters.set(k.toString(16).toUpperCase().padStart(from!.length, '0'), String.fromCharCode(letter))
        }
      }
    }
  }
  let text = ''
  for (const body of objects.values()) {
    if (!body.includes('stream') || body.includes('/ToUnicode')) continue
    for (const [, shown] of stream(body).matchAll(/(<[^\n]*?)\s?T[jJ]\b/g)) {
      for (const [, hex] of shown!.matchAll(/<(\w+)>/g)) {
        text += (hex!.match(/.{4}/g) ?? []).map(glyph => letters.get(glyph.toUpperCase()) ?? '').join('')
      }
    }
  }
  return text
}

describe('CSV', () => {
  it('has every digit, and quotes where RFC 4180 wants them', () => {
    expect(figureCsv(figure)).toBe('x,note,third\r\n0,a,0.3333333333333333\r\n1,"b,c",\r\n2,"say ""d""",\r\n')
  })
})

describe('findChromium', () => {
  it('takes CHROME_PATH first, and does not overrule it', () => {
    expect(findChromium({ CHROME_PATH: process.execPath, PATH: process.env.PATH })).toBe(process.execPath)
    expect(findChromium({ CHROME_PATH: '/nonexistent', PATH: process.env.PATH })).toBeUndefined()
  })

  it('finds nothing on an empty PATH', () => {
    if (process.platform === 'linux') expect(findChromium({ PATH: '' })).toBeUndefined()
  })
})

describe.skipIf(!requireOrSkip('Chromium', chromium !== undefined))('images', () => {
  it('are PNG of the size asked for, the same bytes each time', async () => {
    const png = Buffer.from(await renderFigure(figure, 'png', { scale: 2 }))
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([800, 600])
    expect(png.equals(Buffer.from(await renderFigure(figure, 'png', { scale: 2 })))).toBe(true)
    const other = { ...figure, data: [{ ...figure.data[0]!, y: [0, 1, 4.5] }] }
    expect(png.equals(Buffer.from(await renderFigure(other, 'png', { scale: 2 })))).toBe(false)
  })

  it('are SVG with the title as text, the same bytes each time', async () => {
    const svg = Buffer.from(await renderFigure(figure, 'svg')).toString()
    expect(svg).toMatch(/^<svg [^>]*width="400" height="300"/)
    expect(svg).toContain('Squares')
    expect(Buffer.from(await renderFigure(figure, 'svg')).toString()).toBe(svg)
  })

  it('are PDF of one page of the figure size, with vectors and no bitmap', async () => {
    const pdf = Buffer.from(await renderFigure(figure, 'pdf')).toString('latin1')
    expect(pdf).toMatch(/^%PDF-/)
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1)
    // 400 x 300 CSS pixels are 300 x 225 points.
    const [width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!.slice(1).map(Number)
    expect(width).toBeCloseTo(300, 0)
    expect(height).toBeCloseTo(225, 0)
    expect(pdf).not.toContain('/Subtype /Image')
  })

  it('are PDF whose text is text, in the size of a column', async () => {
    const pdf = Buffer.from(await renderFigure(figure, 'pdf', { size: 'column' })).toString('latin1')
    const [width] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!.slice(1).map(Number)
    expect(width! / 72).toBeCloseTo(3.4, 1)
    expect(textOfPdf(pdf)).toContain('Squares')
    // The control: letters drawn as outlines leave no text.
    expect(textOfPdf(pdf.replaceAll('/ToUnicode', '/Elsewhere'))).toBe('')
  })

  it('of a preset are PNG of its size, also of three-dimensional figures', async () => {
    const surface = {
      ...figure,
      data: [
        {
          type: 'surface',
          z: [
            [0, 1],
            [1, 3],
          ],
          showscale: false,
        },
      ],
    }
    for (const one of [figure, surface]) {
      const png = Buffer.from(await renderFigure(one, 'png', { size: 'slide', scale: 1 }))
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1280, 720])
    }
  })

  it('of three-dimensional figures show their surface', async () => {
    const surface = {
      ...figure,
      data: [
        {
          type: 'surface',
          z: [
            [0, 1],
            [1, 3],
          ],
          showscale: false,
        },
      ],
    }
    const empty = { ...figure, data: [{ ...surface.data[0]!, opacity: 0 }] }
    const size = { scale: 1 }
    expect((await renderFigure(surface, 'png', size)).length).toBeGreaterThan(
      (await renderFigure(empty, 'png', size)).length + 1000,
    )
  })

  it('of a figure that Plotly can not draw are refused with its message, and the next one works', async () => {
    const broken = { ...figure, layout: { ...figure.layout, xaxis: 3, yaxis: null } } as unknown as Figure
    await expect(renderFigure(broken, 'png')).rejects.toThrow(/figure "test" could not be rendered: \w+/)
    expect((await renderFigure(figure, 'png')).length).toBeGreaterThan(1000)
  })

  it('are exported as whole files named by the figure', async () => {
    const paths = await exportFigure(figure, join(folder, 'new'), ['png', 'svg', 'pdf', 'csv'])
    expect(paths).toEqual(['png', 'svg', 'pdf', 'csv'].map(format => join(folder, 'new', `test.${format}`)))
    expect(readdirSync(join(folder, 'new')).sort()).toEqual(['test.csv', 'test.pdf', 'test.png', 'test.svg'])
    expect(readFileSync(paths[3]!, 'utf8')).toBe(figureCsv(figure))
  })

  it('let the process end at once, and leave no browser and no profile behind', () => {
    const script = `
      const { renderFigure } = await import(${JSON.stringify(join(root, 'dist', 'notebook', 'pictures', 'renderFigure.js'))})
      await renderFigure(${JSON.stringify(figure)}, 'png')
      console.log('done')`
    const env = { ...process.env, TMPDIR: mkdtempSync(join(folder, 'tmp-')) }
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env,
    })
    expect({ stdout, stderr, status }).toEqual({ stdout: 'done\n', stderr: '', status: 0 })
    expect(readdirSync(env.TMPDIR).filter(name => name.startsWith('playwright'))).toEqual([])
  })
})

describe('bad input', () => {
  it.each([
    [() => renderFigure(figure, 'gif' as 'png'), /format must be one of "png", "svg", "pdf", got "gif"/],
    [() => renderFigure(figure, 'png', { width: 0 }), /width must be a number in \[240, 10000\], got 0/],
    [
      () => exportFigure(figure, folder, { width: 340, height: 60 }),
      /height must be a number in \[\d+, 10000\], got 60/,
    ],
    [
      () => exportFigure(figure, folder, 'poster' as 'page'),
      /size must be one of "column", "page", "slide", got "poster"/,
    ],
    [() => renderFigure(figure, 'png', { size: 'page', width: 400 }), /size must be given alone, got "page" beside/],
    [() => exportFigure({ ...figure, id: '../x' }, folder, ['csv']), /figure.id must be/],
    [() => exportFigure(figure, folder, ['gif' as 'png']), /formats must be one of/],
  ])('is refused before any work (%#)', async (call, message) => {
    await expect((async () => call())()).rejects.toThrow(message)
  })
})
