// What a reader takes along from a notebook's page: the file, the code of a cell, how to cite it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium as driver, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { joined, readNotebook } from '../../src/notebook/notebookFile.js'
import { chromiumArguments } from '../../src/notebook/pictures/findChromium.js'
import { chromium, requireOrSkip, root } from '../support/capabilities.js'
import { violations } from './axe.js'
import { type BookServer, serveFolder } from './bookServer.js'
import { settledWidth, visit } from './bookVisit.js'
import { builtBook } from './builtBook.js'
import { runs } from './runCells.js'

const able = requireOrSkip('Chromium', chromium !== undefined)
const screenshots = process.env.MFL_SCREENSHOTS

/** A notebook with a cell that runs in a clone only. */
const NAME = '13-your-own'

let browser: Browser
let host: BookServer
const cleanup: (() => unknown)[] = []

beforeAll(async () => {
  if (!able) return
  host = await serveFolder((await builtBook()).folder, 'plain')
  browser = await driver.launch({ executablePath: chromium!, args: chromiumArguments() })
  cleanup.push(
    () => host.stop(),
    () => browser.close(),
  )
})
afterAll(async () => {
  for (const clean of cleanup.reverse()) await clean()
})

const file = (): string => join(root, 'notebooks', `${NAME}.ipynb`)
const open = (options = {}) =>
  visit(browser, host.url, `${NAME}.html`, { permissions: ['clipboard-read', 'clipboard-write'], ...options })

/** What is on the clipboard, also for a page that does not see it. */
const clipboard = (page: Page): Promise<string> =>
  page.evaluate(() =>
    (Object.getOwnPropertyDescriptor(Navigator.prototype, 'clipboard')!.get!.call(navigator) as Clipboard).readText(),
  )

const press = async (page: Page, name: string): Promise<string> => {
  const copy = page.getByRole('button', { name, exact: true })
  await copy.focus()
  await page.keyboard.press('Enter')
  const status = copy.locator('xpath=following-sibling::*[1][@role="status"]')
  await status.filter({ hasText: /./ }).waitFor()
  return (await status.textContent()) ?? ''
}

describe.skipIf(!able)("what a reader takes along from a notebook's page", () => {
  it('is the notebook itself, byte for byte', async () => {
    const { page, close } = await open()
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download this notebook' }).click()
    const taken = await download
    expect(taken.suggestedFilename()).toBe(`${NAME}.ipynb`)
    expect(readFileSync((await taken.path())!).equals(readFileSync(file()))).toBe(true)
    await close()
  })

  it.each([
    ['the clipboard of today', false],
    ['the older way, on hosts without https', true],
  ])('is the code of a cell as it stands there now, by %s', async (_, old) => {
    const { page, errors, close } = await open()
    if (old) await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
    const sources = readNotebook(file())
      .cells.filter(runs)
      .map(({ source }) => joined(source))
    expect(await press(page, 'Copy code of cell 2')).toBe('Copied')
    expect(await clipboard(page)).toBe(sources[1])
    expect(sources[1]!.split('\n').length).toBeGreaterThan(1)
    await page.getByRole('button', { name: 'Edit cell 2', exact: true }).click()
    await page.getByLabel('Code of cell 2;').fill('const mine = 1 < 2\nmine')
    await press(page, 'Copy code of cell 2')
    expect(await clipboard(page)).toBe('const mine = 1 < 2\nmine')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Copy code')
    await page.getByRole('button', { name: 'Undo edit of cell 2', exact: true }).click()
    await press(page, 'Copy code of cell 2')
    expect(await clipboard(page)).toBe(sources[1])
    // Of a cell that has no other button.
    await press(page, 'Copy code')
    expect(await clipboard(page)).toContain('exportFigure')
    expect(await page.locator('.cell').count()).toBe(await page.locator('.cell button', { hasText: 'Copy' }).count())
    expect(errors).toEqual([])
    await close()
  })

  it('is its citation; nothing of it breaks a rule of axe, scrolls a phone sideways or is printed', async () => {
    const { page, errors, close } = await open({ bypassCSP: true })
    await page.getByText('Cite this page').click()
    await press(page, 'Copy BibTeX')
    const bibtex = await clipboard(page)
    expect(bibtex).toMatch(/^@misc\{mean-field-limit-13-your-own,/)
    expect(bibtex).toContain('title = {{13 · Your own}}')
    await press(page, 'Copy text')
    expect(await clipboard(page)).toMatch(/13 · Your own\. Notebook 13-your-own\.ipynb of mean-field-limit: /)
    expect(await violations(page, 'all')).toEqual([])
    if (screenshots) await page.screenshot({ path: join(screenshots, 'take-light.png') })
    await page.setViewportSize({ width: 375, height: 812 })
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await violations(page, 'looks')).toEqual([])
    expect(await settledWidth(page, 375)).toBeLessThanOrEqual(375)
    if (screenshots) await page.screenshot({ path: join(screenshots, 'take-phone.png') })
    const seen = async (): Promise<boolean[]> =>
      Promise.all(
        ['Cite this page', 'Copy code'].map(text =>
          page.locator('main').getByText(text, { exact: true }).first().isVisible(),
        ),
      )
    expect(await seen()).toEqual([true, true])
    await page.emulateMedia({ media: 'print' })
    expect(await seen()).toEqual([false, false])
    expect(errors).toEqual([])
    await close()
  })

  it('needs no script but for copying, whose buttons are not there without one', async () => {
    const { page, close } = await open({ javaScriptEnabled: false })
    expect(await page.locator('button', { hasText: 'Copy' }).count()).toBe(0)
    expect(await page.getByRole('link', { name: 'Download this notebook' }).isVisible()).toBe(true)
    await page.getByText('Cite this page').click()
    expect(await page.locator('.citation pre').first().isVisible()).toBe(true)
    await close()
  })
})
