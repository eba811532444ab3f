import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Figure } from '../../src/figures/figure.js'
import { findChromium } from '../../src/notebook/findChromium.js'
import { exportFigure, figureCsv, renderFigure } from '../../src/notebook/renderFigure.js'
import { chromium, requireOrSkip, root } from '../support/capabilities.js'

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
      const { renderFigure } = await import(${JSON.stringify(join(root, 'dist', 'notebook', 'renderFigure.js'))})
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
    [() => renderFigure(figure, 'png', { width: 0 }), /width must be a number in \[10, 10000\], got 0/],
    [() => exportFigure({ ...figure, id: '../x' }, folder, ['csv']), /figure.id must be/],
    [() => exportFigure(figure, folder, ['gif' as 'png']), /formats must be one of/],
  ])('is refused before any work (%#)', async (call, message) => {
    await expect((async () => call())()).rejects.toThrow(message)
  })
})
