// The rules of axe on every page of the book. Of the API reference, whose pages have one template, its index and one
// layer.
import { readdirSync } from 'node:fs'
import { type Browser, chromium as driver } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumArguments } from '../../src/notebook/pictures/findChromium.js'
import { chromium, requireOrSkip } from '../support/capabilities.js'
import { violations, violationsOf } from './axe.js'
import { type BookServer, serveFolder } from './bookServer.js'
import { visit } from './bookVisit.js'
import { builtBook } from './builtBook.js'

const able = requireOrSkip('Chromium', chromium !== undefined)

describe.skipIf(!able)('the pages of the book', () => {
  let browser: Browser
  let host: BookServer
  let pages: string[]
  beforeAll(async () => {
    const { folder } = await builtBook()
    pages = readdirSync(folder)
      .filter(name => name.endsWith('.html'))
      .filter(name => !name.startsWith('api-') || name === 'api-forces.html')
    host = await serveFolder(folder, 'plain')
    browser = await driver.launch({ executablePath: chromium!, args: chromiumArguments() })
  })
  afterAll(async () => {
    await browser?.close()
    await host?.stop()
  })

  it('have none with the card of a statement open', async () => {
    const { page, close } = await visit(browser, host.url, '14-what-is-proved.html', { bypassCSP: true })
    await page.locator('main a.mention').first().hover()
    await page.locator('.statement-card').waitFor()
    expect(await violations(page, 'all')).toEqual([])
    await close()
  })

  it('have no violation of a rule of axe', async () => {
    expect(pages.length).toBeGreaterThan(30)
    for (const name of pages) expect.soft(await violationsOf(browser, host.url, name)).toEqual([])
  })
})
