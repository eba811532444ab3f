// Contact sheets: every figure and card of pages of the book as a reader has them, side by side in one image a page.
import { mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { launchChromium } from './pdf.mjs'

/** How a page is looked at; the projector is one of 1280 pixels in a lecture room, seen from far. */
export const APPEARANCES = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, colorScheme: 'light' },
  'phone-dark': { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, colorScheme: 'dark' },
  projector: { viewport: { width: 854, height: 480 }, deviceScaleFactor: 1.5, colorScheme: 'light' },
  print: { viewport: { width: 794, height: 1123 }, deviceScaleFactor: 1.5, colorScheme: 'light', media: 'print' },
}

/** Figures, and cards: in outputs, which have no classes, by the line at their left. */
const SHOWN = 'figure.plot, [style*="border-left:8px solid"], li.claim'
/** CSS pixels of a sheet. */
const WIDTH = 1640

/**
 * Draws the sheets, one a page and appearance.
 * @param {{ folder: string, pages: readonly string[], appearances?: readonly string[], out: string, onSheet?: (done: number) => void }} options
 * `folder` of the book, names of its pages without .html, and where the images go
 * @returns {Promise<{ file: string, tiles: number }[]>}
 */
export async function makeSheets({ folder, pages, appearances = Object.keys(APPEARANCES), out, onSheet }) {
  const browser = await launchChromium('a contact sheet')
  mkdirSync(out, { recursive: true })
  const sheets = []
  try {
    for (const name of appearances) {
      const { media = 'screen', ...look } = APPEARANCES[name]
      const context = await browser.newContext({ ...look, offline: true, reducedMotion: 'reduce' })
      context.setDefaultTimeout(0)
      for (const page of pages) {
        const tiles = await tilesOf(context, join(folder, `${page}.html`), media)
        const file = join(out, `${basename(page)}.${name}.png`)
        await layOut(browser, `${page} · ${name}`, tiles, look, file)
        sheets.push({ file, tiles: tiles.length })
        onSheet?.(sheets.length)
      }
      await context.close()
    }
  } finally {
    await browser.close()
  }
  return sheets
}

/** An image of each figure, interactive but on paper, and of each card. */
async function tilesOf(context, file, media) {
  const page = await context.newPage()
  try {
    await page.goto(pathToFileURL(file).href)
    await page.emulateMedia({ media })
    // What sticks to the window would lie on the pictures.
    await page.evaluate(() => {
      for (const element of document.querySelectorAll('body *'))
        if (/sticky|fixed/.test(getComputedStyle(element).position)) element.style.position = 'static'
    })
    if (media === 'screen') {
      const buttons = page.locator('.plot-button:visible')
      const count = await buttons.count()
      for (let k = 0; k < count; k++) {
        await buttons.nth(k).click()
        await page.waitForFunction(at => {
          const shown = [...document.querySelectorAll('.plot-button')].filter(button => !button.hidden)
          return !/Loading/.test(shown[at].textContent)
        }, k)
      }
    }
    // Images come when they are near the window, and not always before they are looked at.
    await page.evaluate(async () => {
      const images = [...document.images]
      for (const image of images) image.loading = 'eager'
      await Promise.all(images.map(image => image.decode().catch(() => undefined)))
    })
    const tiles = []
    for (const element of await page.locator(SHOWN).all()) {
      if (await element.isVisible()) tiles.push((await element.screenshot()).toString('base64'))
    }
    return tiles
  } finally {
    await page.close()
  }
}

async function layOut(browser, title, tiles, { viewport, deviceScaleFactor = 1, colorScheme }, file) {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 600 } })
  const columns = Math.max(2, Math.floor(WIDTH / (viewport.width + 20)))
  const [ground, ink] = colorScheme === 'dark' ? ['#111', '#eee'] : ['#fff', '#111']
  const style = `body{margin:16px;background:${ground};color:${ink};font:16px sans-serif}
div{columns:${columns};column-gap:16px}figure{margin:0 0 16px;break-inside:avoid}img{max-width:100%;zoom:${1 / deviceScaleFactor}}`
  const figures = tiles.map(
    (tile, k) => `<figure><img src="data:image/png;base64,${tile}"><figcaption>${k + 1}</figcaption></figure>`,
  )
  await page.setContent(
    `<!doctype html><meta charset="utf-8"><style>${style}</style><p>${title}</p><div>${figures.join('')}</div>`,
  )
  await page.screenshot({ path: file, fullPage: true })
  await page.close()
}
