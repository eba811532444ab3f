// The book in real Chromium: built from the clone, served by a plain static host, read.
// MFL_SCREENSHOTS=DIR keeps screenshots.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium as driver } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { notebookPage } from '../../src/book/site/notebookPage.js'
import { STATUS } from '../../src/claims/core/status.js'
import { recordedLedger } from '../../src/ensemble/store/recordedLedger.js'
import { phaseMovieFigure } from '../../src/figures/section4/phaseMovieFigure.js'
import { coupledFlow } from '../../src/flow/coupled/coupledFlow.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import { notebookFiles } from '../../src/notebook/notebookFolder.js'
import { chromiumArguments } from '../../src/notebook/pictures/findChromium.js'
import { figureBundle } from '../../src/notebook/show.js'
import { chromium, requireOrSkip, root } from '../support/capabilities.js'
import { violations, violationsOf } from './axe.js'
import { type BookServer, serveFolder } from './bookServer.js'
import { settledWidth, visit } from './bookVisit.js'
import { builtBook } from './builtBook.js'
import { contrast, type Look, lookAt } from './figureColours.js'

const able = requireOrSkip('Chromium', chromium !== undefined)
const screenshots = process.env.MFL_SCREENSHOTS

let browser: Browser
let host: BookServer
let folder: string
let problems: readonly { readonly page: string; readonly message: string }[]
const cleanup: (() => unknown)[] = []

beforeAll(async () => {
  if (!able) return
  if (screenshots) mkdirSync(screenshots, { recursive: true })
  ;({ folder, problems } = await builtBook())
  host = await serveFolder(folder, 'plain')
  cleanup.push(() => host.stop())
  browser = await driver.launch({ executablePath: chromium!, args: chromiumArguments() })
  cleanup.push(() => browser.close())
})
afterAll(async () => {
  for (const clean of cleanup.reverse()) await clean()
})

const pages = (): string[] => readdirSync(folder).filter(name => name.endsWith('.html'))
/** What each page loaded by itself: address to bytes. */
const sizes = new Map<string, ReadonlyMap<string, number>>()
/** What each page looked like in a window of 1280. */
const desktop = new Map<string, { readonly width: number; readonly stuck: number }>()
/** Runs in the page: blocks of code that cannot be scrolled, or by the mouse only. */
const stuckBlocks = (): number =>
  [...document.querySelectorAll('pre')].filter(
    block => block.tabIndex < 0 || !['auto', 'scroll'].includes(getComputedStyle(block).overflowX),
  ).length
const sum = (bytes: Iterable<number>): number => [...bytes].reduce((a, b) => a + b, 0)

describe.skipIf(!able)('the book', () => {
  it('has a page for every notebook and every page of docs/', () => {
    const docs = readdirSync(join(root, 'docs')).filter(name => name.endsWith('.md'))
    const names = [...notebookFiles(root), ...docs].map(name => name.replace(/\.\w+$/, '.html'))
    for (const page of [...names, 'index.html', 'ledger.html']) expect(pages()).toContain(page)
  })

  it('has no formula that cannot be typeset and no link that leads nowhere', () => {
    expect(problems).toEqual([])
  })

  it('opens every page without an error, without asking another host, and without sideways scrolling on a phone', async () => {
    const look = async (name: string): Promise<void> => {
      const { page, errors, strangers, bytes, close } = await visit(browser, host.url, name)
      sizes.set(name, new Map(bytes))
      if (screenshots) await page.screenshot({ path: join(screenshots, `${name}.png`) })
      expect.soft(await page.locator('h1').count(), `${name} has one main heading`).toBe(1)
      desktop.set(name, { width: await settledWidth(page, 1280), stuck: await page.evaluate(stuckBlocks) })
      await page.setViewportSize({ width: 375, height: 812 })
      expect.soft(await settledWidth(page, 375), name).toBeLessThanOrEqual(375)
      if (screenshots) await page.screenshot({ path: join(screenshots, `phone-${name}.png`) })
      expect.soft({ name, errors, strangers }).toEqual({ name, errors: [], strangers: [] })
      await close()
    }
    // Three at a time, as a page is mostly waited for.
    const queue = pages()
    const lane = async (): Promise<void> => {
      for (let name = queue.shift(); name !== undefined; name = queue.shift()) await look(name)
    }
    await Promise.all([lane(), lane(), lane()])
  })

  it('lets long lines of code scroll inside their block, by keyboard too, and no page of a desktop sideways', () => {
    expect([...desktop.keys()].sort()).toEqual(pages().sort())
    for (const [name, { width, stuck }] of desktop) {
      expect.soft(width, name).toBeLessThanOrEqual(1280)
      expect.soft({ name, stuck }).toEqual({ name, stuck: 0 })
    }
  })

  it('has no violation of a rule of axe on a page of each kind (the full tests ask it of all pages)', async () => {
    for (const name of ['index.html', 'lab-kernel.html', 'hosting.html', '08-molecular-chaos.html'])
      expect.soft(await violationsOf(browser, host.url, name)).toEqual([])
  })

  it('would notice a link without a name, grey on grey, and the empty head of a column (control)', async () => {
    const { page, close } = await visit(browser, host.url, 'hosting.html', { bypassCSP: true })
    await page.evaluate(() => {
      const html =
        '<a href="book.html"></a><p style="color:#999;background:#aaa">grey</p>' +
        '<table><thead><tr><th>N</th><th></th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>'
      document.querySelector('main')!.insertAdjacentHTML('beforeend', html)
    })
    const found = (await violations(page, 'looks')).map(line => line.split(' ')[0])
    expect(found).toEqual(expect.arrayContaining(['link-name', 'color-contrast', 'empty-table-header']))
    await close()
  })

  it('opens from the file system without an error', async () => {
    const base = pathToFileURL(`${folder}/`).href
    for (const name of ['index.html', '04-two-flows.html']) {
      const { page, errors, strangers, close } = await visit(browser, base, name)
      await page.keyboard.press('/')
      await page.locator('dialog.search input').fill('Lemma 6.1')
      await page.locator('dialog.search li').first().waitFor()
      expect({ name, errors, strangers }).toEqual({ name, errors: [], strangers: [] })
      await close()
    }
  })

  it('plays a movie: after a click on play the points move', async () => {
    const run = await coupledFlow({ law: gaussianLaw(), N: 20, delta: 0.25, T: 1, seed: 1, paths: 10 })
    const data = figureBundle(phaseMovieFigure(run), false)
    const output = { output_type: 'display_data' as const, data, metadata: {} }
    const cell = { cell_type: 'code' as const, metadata: {}, source: 'show(movie)', outputs: [output] }
    const notebook = { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 }
    const { html, files } = notebookPage(
      notebook,
      'movie',
      () => undefined,
      message => expect.fail(message),
    )
    const shell = readFileSync(join(folder, '04-two-flows.html'), 'utf8')
    const made = [{ path: 'movie.html', content: shell.replace(/(<main[^>]*>)[\s\S]*<\/main>/, `$1${html}</main>`) }]
    for (const { path, content } of [...made, ...files]) writeFileSync(join(folder, path), content)
    const { page, errors, close } = await visit(browser, host.url, 'movie.html')
    try {
      await page.locator('.plot-button').click()
      await page.locator('.plot-live .scatterlayer .point').first().waitFor()
      const places = () =>
        page
          .locator('.plot-live .scatterlayer .point')
          .evaluateAll(points => points.map(point => point.getAttribute('transform')).join())
      const still = await places()
      expect(still).toContain('translate')
      await page.locator('.plot-live .updatemenu-button', { hasText: 'play' }).click()
      await expect.poll(places, { timeout: 20_000 }).not.toBe(still)
      expect(errors).toEqual([])
    } finally {
      await close()
      for (const { path } of [...made, ...files]) rmSync(join(folder, path))
    }
  })

  it('finds an export in the API reference from the file system, and unfolds its source', async () => {
    const base = pathToFileURL(`${folder}/`).href
    const { page, errors, strangers, close } = await visit(browser, base, 'index.html')
    await page.keyboard.press('/')
    await page.locator('dialog.search input').fill('cutoffKernel')
    const found = page.locator('dialog.search li a[href="api-interaction.html#cutoffKernel"]')
    await found.waitFor()
    await found.click()
    await page.waitForURL(/api-interaction\.html#cutoffKernel$/)
    const shown = page.locator('#cutoffKernel')
    expect(await shown.locator('.summary').innerText()).toMatch(/^The regularised kernel/)
    const line = page.locator('.source span[id^="source-cutoffKernel-"]').last()
    expect(await line.isVisible()).toBe(false)
    await shown.locator('.ways a').click()
    await page.locator('details.source[open]').waitFor()
    expect(await page.locator('details.source[open]').innerText()).toContain('export function cutoffKernel')
    expect({ errors, strangers }).toEqual({ errors: [], strangers: [] })
    await close()
  })

  it('forbids scripts and connections from elsewhere on every page', () => {
    for (const name of pages()) {
      const html = readFileSync(join(folder, name), 'utf8')
      const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? ''
      expect(policy, name).toContain("default-src 'none'")
      expect(policy, name).toMatch(/script-src 'self'( 'wasm-unsafe-eval')?;/)
      expect(html, `${name}: no inline script`).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+="/)
    }
  })

  it('is caught when it asks another host (control)', async () => {
    const doctored = mkdtempSync(join(tmpdir(), 'mfl-book-'))
    cpSync(folder, doctored, { recursive: true })
    cleanup.push(() => rmSync(doctored, { recursive: true, force: true }))
    const html = readFileSync(join(folder, 'index.html'), 'utf8')
    const image = '<img src="http://127.0.0.2:9/pixel.png" alt="">'
    writeFileSync(join(doctored, 'kept.html'), html.replace('</main>', `${image}</main>`))
    writeFileSync(
      join(doctored, 'stripped.html'),
      html.replace('</main>', `${image}</main>`).replace(/<meta http-equiv[^>]*>/, ''),
    )
    const bad = await serveFolder(doctored, 'plain')
    cleanup.push(() => bad.stop())
    const kept = await visit(browser, bad.url, 'kept.html')
    expect(kept.errors.join()).toMatch(/Content Security Policy/)
    await kept.close()
    const stripped = await visit(browser, bad.url, 'stripped.html')
    expect(stripped.strangers).toEqual(['http://127.0.0.2:9/pixel.png'])
    await stripped.close()
  })

  it('keeps its first page below 300 kB, and the page of a notebook below 1 MB, images apart', () => {
    const weigh = (name: string): number =>
      sum([...sizes.get(name)!].filter(([path]) => !path.endsWith('.png')).map(([, size]) => size))
    expect(sum(sizes.get('index.html')!.values())).toBeLessThan(300_000)
    for (const [name, files] of sizes) {
      expect([...files.keys()], name).not.toContain('assets/plotly.js')
      for (const counted of [name, 'assets/book.css', 'assets/book.js']) expect(files.get(counted)).toBeGreaterThan(0)
    }
    for (const file of notebookFiles(root))
      expect.soft(weigh(file.replace('.ipynb', '.html')), file).toBeLessThan(1_000_000)
  })

  it('finds a statement by its number, from the keyboard alone', async () => {
    const { page, close } = await visit(browser, host.url, 'index.html')
    await page.keyboard.press('/')
    await page.locator('dialog.search input').waitFor()
    await page.keyboard.type('Lemma 3.4')
    await page.locator('dialog.search li').first().waitFor()
    const found = await page.locator('dialog.search li a').evaluateAll(links => links.map(a => a.getAttribute('href')))
    expect(found.slice(0, 5)).toContain('02-the-kernel.html#lemma-34')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(/#/)
    await close()
  })

  it('leads from the map of the proof to the statement', async () => {
    const { page, close } = await visit(browser, host.url, 'index.html')
    await page.locator('.proof-map a.node', { hasText: 'Lemma 6.1' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/06-lipschitz-log-growth\.html#lemma-61$/)
    const top = await page.locator('#lemma-61').evaluate(heading => heading.getBoundingClientRect().top)
    expect(top).toBeGreaterThanOrEqual(0)
    expect(top).toBeLessThan(900)
    await close()
  })

  it('shows the card of a statement under the pointer, at the focus and at a tap, and closes it with Escape', async () => {
    const base = pathToFileURL(`${folder}/`).href
    const { page, errors, strangers, bytes, close } = await visit(browser, base, '14-what-is-proved.html')
    const mention = page.locator('main a.mention', { hasText: 'Lemmas 3.4' }).first()
    const other = page.locator('main a.mention', { hasText: 'Lemma 6.3' }).first()
    const card = page.locator('.statement-card')
    const closed = (): Promise<void> => card.waitFor({ state: 'detached' })
    expect([...bytes.keys()].filter(path => path.includes('statements'))).toEqual([])
    await mention.hover()
    await card.waitFor()
    const { label, title, verdict } = recordedLedger().claims.find(({ id }) => id === '3.4')!
    const words = (await card.innerText()).replace(/\s+/g, ' ')
    for (const part of [`${label} ${title}`, `${STATUS[verdict.status].sign} ${verdict.status}`])
      expect(words).toContain(part)
    expect(await card.locator('.katex-display').count()).toBe(1)
    if (screenshots) await page.screenshot({ path: join(screenshots, 'card.png') })
    // The card stays under the pointer, and goes when it leaves.
    await card.locator('a').first().hover()
    await page.waitForTimeout(600)
    expect(await card.isVisible()).toBe(true)
    await page.mouse.move(2, 2)
    await closed()

    await page.keyboard.press('Shift')
    await mention.focus()
    await card.waitFor()
    expect(await mention.getAttribute('aria-describedby')).toBe(await card.getAttribute('id'))
    await page.keyboard.press('Escape')
    await closed()
    expect(await mention.evaluate(node => node === document.activeElement)).toBe(true)
    expect(await mention.getAttribute('aria-describedby')).toBeNull()
    await other.focus()
    await card.waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await card.evaluate(node => node.contains(document.activeElement))).toBe(true)
    await page.keyboard.press('Escape')
    await closed()
    expect(await other.evaluate(node => node === document.activeElement)).toBe(true)
    expect({ errors, strangers }).toEqual({ errors: [], strangers: [] })
    await close()
  })

  it('shows the card of a statement on a phone at the first tap, and goes to the ledger at the second', async () => {
    const viewport = { width: 390, height: 844 }
    const phone = { viewport, hasTouch: true, isMobile: true, colorScheme: 'dark', bypassCSP: true } as const
    const { page, errors, close } = await visit(browser, host.url, '14-what-is-proved.html', phone)
    const card = page.locator('.statement-card')
    for (const words of ['6.3', '8.1']) {
      const mention = page.locator('main a.mention', { hasText: words }).first()
      await mention.tap()
      await card.waitFor()
      const { left, right } = await card.evaluate(node => node.getBoundingClientRect())
      expect(left).toBeGreaterThanOrEqual(0)
      expect(right).toBeLessThanOrEqual(390)
    }
    expect(await settledWidth(page, 390)).toBeLessThanOrEqual(390)
    expect(await violations(page, 'looks')).toEqual([])
    if (screenshots) await page.screenshot({ path: join(screenshots, 'phone-card.png') })
    await page.locator('main a.mention', { hasText: '8.1' }).first().tap()
    await page.waitForURL(/ledger\.html#claim-8-1$/)
    expect(errors).toEqual([])
    await close()
  })

  it('makes a figure interactive on demand, with the traces of the notebook, and loads Plotly then only', async () => {
    const { page, errors, strangers, bytes, close } = await visit(browser, host.url, '04-two-flows.html')
    expect(bytes.has('assets/plotly.js')).toBe(false)
    const figure = page.locator('figure.plot').first()
    expect(await figure.locator('img').getAttribute('alt')).not.toBe('')
    await figure.locator('.plot-button').focus()
    await page.keyboard.press('Enter')
    await figure.locator('.js-plotly-plot .main-svg').first().waitFor()
    const traces = await figure
      .locator('.js-plotly-plot')
      .evaluate(node => (node as unknown as { data: unknown[] }).data.length)
    const notebook = JSON.parse(readFileSync(join(root, 'notebooks', '04-two-flows.ipynb'), 'utf8'))
    const outputs = notebook.cells.flatMap(
      (cell: { outputs?: { data?: Record<string, { data: unknown[] }> }[] }) => cell.outputs ?? [],
    )
    const plot = outputs
      .map((output: { data?: Record<string, { data: unknown[] }> }) => output.data?.['application/vnd.plotly.v1+json'])
      .find(Boolean)
    expect(traces).toBe(plot.data.length)
    if (screenshots) await page.screenshot({ path: join(screenshots, 'interactive.png') })
    await figure.locator('.plot-button').click()
    await figure.locator('img').waitFor()
    expect({ errors, strangers }).toEqual({ errors: [], strangers: [] })
    await close()
  })

  it('keeps the legend of an interactive figure below the axes, also when a narrow window is widened', async () => {
    const { page, close } = await visit(browser, host.url, '04-two-flows.html', {
      viewport: { width: 375, height: 812 },
    })
    const figure = page.locator('figure.plot').nth(2)
    await figure.locator('.plot-button').click()
    await figure.locator('.js-plotly-plot .legend').waitFor()
    const gap = (): Promise<number> =>
      figure.evaluate(node => {
        const { top } = node.querySelector('.legend')!.getBoundingClientRect()
        // In a narrow window panels stand below each other.
        const titles = [...node.querySelectorAll('.infolayer text')].filter(({ classList }) =>
          /^x\d*title$/.test(classList[0]!),
        )
        return top - Math.max(...titles.map(title => title.getBoundingClientRect().bottom))
      })
    expect(await gap()).toBeGreaterThan(0)
    expect(await settledWidth(page, 375)).toBeLessThanOrEqual(375)
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.waitForTimeout(500)
    expect(await gap()).toBeGreaterThan(0)
    // The control: a legend that hangs on the axes lies over their title.
    await figure.evaluate(async node => {
      const { Plotly } = window as unknown as { Plotly: { relayout(...args: unknown[]): Promise<unknown> } }
      const hanging = { 'legend.yref': 'paper', 'legend.y': 0, 'legend.yanchor': 'top' }
      await Plotly.relayout(node.querySelector('.js-plotly-plot'), hanging)
    })
    expect(await gap()).toBeLessThan(0)
    await close()
  })

  it('shows a phone images that are laid out for it, and says which panel is left', async () => {
    const look = async (width: number): Promise<{ image: string; part: number; notes: boolean[] }> => {
      const { page, errors, close } = await visit(browser, host.url, '04-two-flows.html', {
        viewport: { width, height: 844 },
      })
      const image = page.locator('figure.plot img').nth(2)
      await image.scrollIntoViewIfNeeded()
      await image.evaluate(node => (node as HTMLImageElement).decode())
      const seen = await image.evaluate(node => {
        const { currentSrc, naturalWidth, clientWidth } = node as HTMLImageElement
        return { image: currentSrc.replace(/.*\//, ''), part: clientWidth / naturalWidth }
      })
      const notes = await page.locator('.narrow-note').evaluateAll(nodes => nodes.map(node => node.checkVisibility()))
      expect(errors).toEqual([])
      await close()
      return { ...seen, notes }
    }
    const [phone, screen] = [await look(390), await look(1280)]
    expect(phone.image).toBe('04-two-flows-3.phone.png')
    // Two pixels of the image for one of the page: letters have the size that they were drawn with.
    expect(phone.part).toBeCloseTo(0.5, 1)
    expect(screen.image).toBe('04-two-flows-3.png')
    expect(phone.notes.length).toBeGreaterThan(0)
    expect(new Set(phone.notes)).toEqual(new Set([true]))
    expect(new Set(screen.notes)).toEqual(new Set([false]))
  })

  it('lets the text drive the picture on five pages: each step shows its view while its words are read', async () => {
    const stepsOn = [
      '00-start-here',
      '04-two-flows',
      '06-lipschitz-log-growth',
      '07-law-of-large-numbers',
      '08-molecular-chaos',
    ]
    for (const name of stepsOn) {
      const { page, errors, close } = await visit(browser, host.url, `${name}.html`, {
        viewport: { width: 1280, height: 900 },
      })
      const items = await page.locator('.step-list > li').all()
      expect(items.length).toBeGreaterThanOrEqual(3)
      const images: string[] = []
      for (const item of items) {
        // Scrolled to where the words have come into the room below the figure.
        await item.evaluate(node => {
          const box = node.closest<HTMLElement>('.steps')!
          const top = Number.parseFloat(box.style.getPropertyValue('--top'))
          const stays = top + box.querySelector<HTMLElement>('.plot-frame')!.offsetHeight
          scrollBy(0, node.getBoundingClientRect().top - stays - 30)
        })
        await page.waitForFunction(node => node!.classList.contains('read'), await item.elementHandle())
        await page.waitForFunction(
          node => node!.closest('.steps')!.querySelector<HTMLImageElement>('.view-image img')?.complete,
          await item.elementHandle(),
        )
        const seen = await item.evaluate(node => {
          const frame = node.closest('.steps')!.querySelector<HTMLElement>('.plot-frame')!
          const [own, shown] = frame.querySelectorAll('img')
          const { top, bottom } = frame.getBoundingClientRect()
          const of = node.querySelector<HTMLElement>('.view')!.dataset.image
          return {
            ...{ top, bottom, words: node.getBoundingClientRect().top, of: `${of}.png` },
            shown: shown!.getAttribute('src')!,
            width: own!.clientWidth - shown!.clientWidth,
            height: own!.clientHeight - shown!.clientHeight,
          }
        })
        expect(seen.shown).toBe(seen.of)
        expect(Math.abs(seen.width) + Math.abs(seen.height)).toBeLessThanOrEqual(1)
        // The figure is whole below the bar, and the words are below it.
        expect(seen.top).toBeGreaterThan(40)
        expect(seen.bottom).toBeLessThan(seen.words)
        images.push(seen.shown)
      }
      const files = [...images, images[0]!.replace(/\.view-\d+/, '')].map(path => readFileSync(join(folder, path)))
      expect(new Set(files.map(bytes => bytes.toString('base64'))).size).toBeGreaterThanOrEqual(files.length - 1)
      if (name === '04-two-flows') {
        // What the reader moves by hand is left alone.
        await page.locator('.steps .plot-button').click()
        await page.locator('.steps .plot-live .gtitle').waitFor()
        expect(await page.locator('.view-image').count()).toBe(0)
      }
      expect(errors).toEqual([])
      await close()
    }
  })

  it('has a plain list of steps without scripts, and in a window that is too low', async () => {
    const still = await visit(browser, host.url, '04-two-flows.html', { javaScriptEnabled: false })
    expect(await still.page.locator('.view').count()).toBeGreaterThanOrEqual(3)
    expect(await still.page.locator('.steps').count()).toBe(0)
    await still.close()
    const low = await visit(browser, host.url, '04-two-flows.html', { viewport: { width: 1280, height: 500 } })
    await low.page.locator('.step-list > li').last().scrollIntoViewIfNeeded()
    expect(await low.page.locator('.steps').count()).toBe(1)
    expect(await low.page.locator('.driven, .read, .view-image').count()).toBe(0)
    await low.close()
  })

  it('leaves no empty room below an interactive figure, be its legend in the picture or its panels low', async () => {
    const tall = async (
      name: string,
      nth: number,
    ): Promise<{ stored: number; drawn: number; gap: number; panel: number }> => {
      const { page, errors, close } = await visit(browser, host.url, name, { viewport: { width: 1100, height: 900 } })
      const figure = page.locator('figure.plot').nth(nth)
      await figure.locator('.plot-button').click()
      await figure.getByRole('button', { name: 'Back to the image' }).waitFor({ timeout: 60_000 })
      const seen = await figure.evaluate(node => {
        const at = (of: string): DOMRect[] => [...node.querySelectorAll(of)].map(part => part.getBoundingClientRect())
        return {
          stored: Number((node as HTMLElement).dataset.height),
          drawn: at('.js-plotly-plot')[0]!.height,
          panel: at('.cartesianlayer .gridlayer')[0]?.height ?? 0,
          gap: at('.legend')[0]!.top - Math.max(...at('.xtitle').map(({ bottom }) => bottom)),
        }
      })
      expect(errors).toEqual([])
      await close()
      return seen
    }
    const scene = await tall('04-two-flows.html', 1)
    expect(scene.drawn).toBeLessThanOrEqual(scene.stored + 1)
    const low = await tall('05-distances.html', 0)
    expect(low.drawn).toBeLessThan(low.stored - 40)
    expect(low.gap).toBeLessThan(60)
    // The panels are as high as they were.
    expect(low.panel).toBeGreaterThan(120)
  })

  it('lays figures out anew for a phone: nothing is scrolled sideways, letters have 12 pixels, and movies move', async () => {
    const { page, errors, close } = await visit(browser, host.url, '05-distances.html', {
      viewport: { width: 390, height: 844 },
    })
    const figures = await page.locator('figure.plot').all()
    expect(figures.length).toBeGreaterThan(2)
    for (const figure of figures) {
      await figure.locator('.plot-button').click()
      await figure.locator('.js-plotly-plot .gtitle').waitFor({ timeout: 60_000 })
      const { hidden, letters } = await figure.evaluate(node => {
        const frame = node.querySelector('.plot-frame')!
        // Indices apart, which are smaller than what they belong to.
        const texts = [...node.querySelectorAll('.main-svg text')].filter(text => text.textContent !== '')
        return {
          hidden: frame.scrollWidth - frame.clientWidth,
          letters: texts.map(text => Number.parseFloat(getComputedStyle(text).fontSize)),
        }
      })
      expect(hidden).toBeLessThanOrEqual(1)
      expect(letters.length).toBeGreaterThan(4)
      expect(Math.min(...letters)).toBeGreaterThanOrEqual(11.9)
    }
    const movie = page.locator('figure.plot', { has: page.locator('.slider-container') }).first()
    const means = (): Promise<string> => movie.locator('.textpoint').first().innerHTML()
    const before = await means()
    await movie.locator('.slider-container .slider-rail-touch-rect').click({ position: { x: 3, y: 3 } })
    await page.waitForFunction(([one, text]) => one!.querySelector('.textpoint')!.innerHTML !== text, [
      await movie.elementHandle(),
      before,
    ] as const)
    // The buttons, the words of the slider and the titles of the axes have places of their own.
    const boxes = await movie.evaluate(node =>
      ['.updatemenu-container', '.slider-label', '.slider-rail-rect', '.xtitle', '.legend'].map(name => {
        const { left, right, top, bottom } = node.querySelector(name)!.getBoundingClientRect()
        return { name, left, right, top, bottom }
      }),
    )
    const lie = (a: (typeof boxes)[0], b: (typeof boxes)[0]): boolean =>
      a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1
    const faults = boxes.flatMap((a, k) =>
      boxes
        .slice(k + 1)
        .filter(b => lie(a, b))
        .map(b => `${a.name} on ${b.name}`),
    )
    expect(faults).toEqual([])
    expect(errors).toEqual([])
    await close()
  })

  it('makes room on a phone for a legend of many lines below the slider', async () => {
    const { page, errors, close } = await visit(browser, host.url, '04-two-flows.html', {
      viewport: { width: 390, height: 844 },
    })
    const figure = page.locator('figure.plot').nth(1)
    await figure.locator('.plot-button').click()
    await figure.getByRole('button', { name: 'Back to the image' }).waitFor({ timeout: 60_000 })
    const [slider, legend] = await figure.evaluate(node =>
      ['.slider-container', '.legend'].map(name => {
        const { top, bottom, height } = node.querySelector(name)!.getBoundingClientRect()
        return { top, bottom, height }
      }),
    )
    // Without more room these two have less than they are high.
    expect(legend!.height).toBeGreaterThan(100)
    expect(legend!.top).toBeGreaterThan(slider!.bottom)
    expect(errors).toEqual([])
    await close()
  })

  it('draws figures in the colours of a dark page, and everything light on paper', async () => {
    const { page, errors, close } = await visit(browser, host.url, '04-two-flows.html', { colorScheme: 'dark' })
    const figure = page.locator('figure.plot').first()
    await figure.locator('.plot-button').click()
    await figure.locator('.js-plotly-plot .gtitle').waitFor({ timeout: 60_000 })
    const least = (look: Look): number => Math.min(...look.texts.map(color => contrast(color, look.ground)))
    const dark = await lookAt(figure)
    expect(dark.ground[0]).toBeLessThan(64)
    // A legend inside of the axes has a ground of its own.
    for (const [red, , , opacity] of dark.paper) expect(opacity === 0 || red < 64).toBe(true)
    expect(dark.paper[0]![3]).toBe(0)
    expect(dark.texts.length).toBeGreaterThan(5)
    expect(least(dark)).toBeGreaterThan(4.5)
    expect(contrast(dark.trace, dark.ground)).toBeGreaterThan(3)
    if (screenshots) await page.screenshot({ path: join(screenshots, 'dark.png') })

    const white = [255, 255, 255, 1] as const
    const onPaper = async (): Promise<number> => {
      const { texts } = await lookAt(figure)
      return Math.min(...texts.map(color => contrast(color, white)))
    }
    expect(await onPaper()).toBeLessThan(2)
    const words = (): Promise<string> =>
      page
        .locator('main > p')
        .first()
        .evaluate(node => getComputedStyle(node).color)
    const bright = await words()
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    await expect.poll(onPaper).toBeGreaterThan(4.5)
    expect(await words()).not.toBe(bright)
    expect(await words()).toBe('rgb(26, 26, 26)')
    await page.emulateMedia({ media: 'screen', colorScheme: 'dark' })
    await expect.poll(() => lookAt(figure)).toEqual(dark)
    // What a browser says that does not announce the medium.
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    await expect.poll(onPaper).toBeGreaterThan(4.5)
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    await expect.poll(onPaper).toBeLessThan(2)
    expect(errors).toEqual([])
    await close()
  })
})
