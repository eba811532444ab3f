// Every cell of every notebook, run in the book in real Chromium: the outputs are those that the notebook stores.
import { type Browser, chromium as driver } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { notebookFiles } from '../../src/notebook/notebookFolder.js'
import { chromiumArguments } from '../../src/notebook/pictures/findChromium.js'
import { compareOutputs } from '../notebook/compareOutputs.js'
import { split, verdicts } from '../notebooks/storedOutputs.js'
import { chromium, requireOrSkip, root } from '../support/capabilities.js'
import { type BookServer, serveFolder } from './bookServer.js'
import { visit } from './bookVisit.js'
import { builtBook } from './builtBook.js'
import { bothOf, runAll } from './runCells.js'

const able = requireOrSkip('Chromium', chromium !== undefined)

let browser: Browser
let host: BookServer

beforeAll(async () => {
  if (!able) return
  host = await serveFolder((await builtBook()).folder, 'plain')
  browser = await driver.launch({ executablePath: chromium!, args: chromiumArguments() })
})
afterAll(async () => {
  await browser?.close()
  await host?.stop()
})

describe.skipIf(!able)('the cells of a notebook in the book', () => {
  // Two at a time: each computes on one processor.
  it.concurrent.each(notebookFiles(root))('%s show what the notebook stores', async file => {
    const { page, errors, strangers, close } = await visit(browser, host.url, file.replace('.ipynb', '.html'))
    expect(await runAll(page)).toMatch(/^Done/)
    const { stored, fresh } = await bothOf(page, file)
    // Searches end elsewhere where the browser's exp and sin differ by a bit from those of Node 20.
    expect(split(compareOutputs(stored, fresh), stored).exact).toEqual([])
    expect(verdicts(fresh)).toEqual(verdicts(stored))
    expect({ errors, strangers }).toEqual({ errors: [], strangers: [] })
    await close()
  })
})
