/** The book on two hosts, one of which isolates its pages, and a browser to read it with. */
import { type Browser, chromium as driver } from 'playwright-core'
import { chromiumArguments } from '../../src/notebook/pictures/findChromium.js'
import { chromium } from '../support/capabilities.js'
import { type BookServer, serveFolder } from './bookServer.js'
import { builtBook } from './builtBook.js'

export interface OpenedBook {
  readonly folder: string
  readonly plain: BookServer
  readonly isolated: BookServer
  readonly browser: Browser
  close(): Promise<void>
}

export async function openedBook(): Promise<OpenedBook> {
  const { folder } = await builtBook()
  const plain = await serveFolder(folder, 'plain')
  const isolated = await serveFolder(folder, 'isolated')
  const browser = await driver.launch({ executablePath: chromium!, args: chromiumArguments() })
  const close = async (): Promise<void> => {
    await browser.close()
    await isolated.stop()
    await plain.stop()
  }
  return { folder, plain, isolated, browser, close }
}
