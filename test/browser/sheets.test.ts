// Contact sheets of the book: every figure and card once, in the colours and the width that are asked for.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium as driver } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumArguments } from '../../src/notebook/pictures/findChromium.js'
import { chromium, requireOrSkip, root } from '../support/capabilities.js'
import { builtBook } from './builtBook.js'

interface Sheets {
  makeSheets(options: {
    folder: string
    pages: readonly string[]
    appearances: readonly string[]
    out: string
  }): Promise<readonly { readonly file: string; readonly tiles: number }[]>
}
interface Command {
  wantedSheets(
    args: readonly string[],
    known: readonly string[],
    from?: string,
  ): { readonly pages: readonly string[]; readonly appearances: readonly string[]; readonly out: string }
}
const script = (name: string) => import(pathToFileURL(join(root, 'scripts', 'book', name)).href)

const able = requireOrSkip('Chromium', chromium !== undefined)
const PAGE = '02-particles-and-forces'

describe.skipIf(!able)('contact sheets', () => {
  let folder: string
  let out: string
  let made: Awaited<ReturnType<Sheets['makeSheets']>>
  let looks: readonly { readonly width: number; readonly brightness: number }[]

  beforeAll(async () => {
    ;({ folder } = await builtBook())
    out = mkdtempSync(join(tmpdir(), 'mfl-sheets-'))
    const { makeSheets }: Sheets = await script('sheets.mjs')
    made = await makeSheets({ folder, pages: [page()], appearances: ['light', 'dark', 'phone', 'print'], out })
    looks = await Promise.all(made.map(({ file }) => lookAt(file)))
  })
  afterAll(() => rmSync(out, { recursive: true, force: true }))

  /** The page of notebook 02. */
  const page = (): string =>
    readdirSync(folder)
      .find(name => /^02-.*\.html$/.test(name))!
      .replace('.html', '')

  it('have every figure and card of the page', () => {
    const html = readFileSync(join(folder, `${page()}.html`), 'utf8')
    const figures = html.match(/<figure class="plot"/g)!.length
    const cards = html.match(/border-left:8px solid/g)!.length
    expect(figures).toBeGreaterThan(2)
    expect(cards).toBeGreaterThan(0)
    expect(made.map(({ tiles }) => tiles)).toEqual([0, 1, 2, 3].map(() => figures + cards))
    expect(made.map(({ file }) => basename(file))).toEqual(
      ['light', 'dark', 'phone', 'print'].map(name => `${page()}.${name}.png`),
    )
  })

  it('are dark where the reader is, and never on paper', () => {
    const [light, dark, phone, print] = looks.map(({ brightness }) => brightness)
    expect(dark).toBeLessThan(0.3)
    for (const bright of [light, phone, print]) expect(bright).toBeGreaterThan(0.85)
  })

  it('are of one width, whatever is on them', () => {
    expect(new Set(looks.map(({ width }) => width))).toEqual(new Set([1640]))
  })
})

/** Width in pixels, and the mean of all channels from 0 to 1. */
async function lookAt(file: string): Promise<{ width: number; brightness: number }> {
  const browser = await driver.launch({ executablePath: chromium!, args: chromiumArguments() })
  try {
    const tab = await browser.newPage()
    const image = `data:image/png;base64,${readFileSync(file).toString('base64')}`
    return await tab.evaluate(async source => {
      const picture = new Image()
      picture.src = source
      await picture.decode()
      const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height })
      const brush = canvas.getContext('2d')!
      brush.drawImage(picture, 0, 0)
      const { data } = brush.getImageData(0, 0, picture.width, picture.height)
      let sum = 0
      for (let k = 0; k < data.length; k += 4) sum += data[k]! + data[k + 1]! + data[k + 2]!
      return { width: picture.width, brightness: sum / (0.75 * data.length * 255) }
    }, image)
  } finally {
    await browser.close()
  }
}

describe('npm run sheets', () => {
  it('is told pages, appearances and a folder, and takes all where it is not', async () => {
    const { wantedSheets }: Command = await script('sheetsCommand.mjs')
    const known = [PAGE, 'ledger']
    const all = wantedSheets([], known)
    expect([all.pages, basename(all.out)]).toEqual([known, 'sheets-out'])
    expect(all.appearances).toContain('projector')
    expect(wantedSheets(['ledger', '--only', 'dark,print', '--out', 'there'], known, '/somewhere')).toEqual({
      ...{ pages: ['ledger'], appearances: ['dark', 'print'], out: '/somewhere/there' },
    })
  })

  it.each([
    [['--only', 'dusk'], /--only must be some of light, dark, phone, .*, got dusk/],
    [['99-none'], /there is no page 99-none; the pages are 02-particles-and-forces/],
    [['--folder', 'x'], /Unknown option '--folder': npm run sheets/],
  ])('refuses %j', async (args, message) => {
    const { wantedSheets }: Command = await script('sheetsCommand.mjs')
    expect(() => wantedSheets(args, [PAGE])).toThrow(message)
  })
})
