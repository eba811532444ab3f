/** Opens a page of the book and notes all that a reader would not see: requests, bytes, errors. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/** Milliseconds that only a page that hangs reaches, however busy the machine. */
export const PATIENCE = 600_000

export interface Visit {
  readonly page: Page
  /** Errors of the console and uncaught ones, refused requests among them. */
  readonly errors: string[]
  /** Addresses asked for outside the book. */
  readonly strangers: string[]
  /** Bytes of the answers so far, uncompressed, by address below the book. */
  readonly bytes: Map<string, number>
  close(): Promise<void>
}

/** @param base address of the book's folder, with its slash */
export async function visit(
  browser: Browser,
  base: string,
  path: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  context.setDefaultTimeout(PATIENCE)
  const page = await context.newPage()
  const errors: string[] = []
  const strangers: string[] = []
  const bytes = new Map<string, number>()
  const bodies: Promise<void>[] = []
  page.on('pageerror', error => errors.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('request', request => {
    const url = request.url()
    if (!url.startsWith(base) && !/^(data|blob):/.test(url)) strangers.push(url)
  })
  page.on('response', response => {
    const url = response.url()
    if (!url.startsWith(base)) return
    const path = url.slice(base.length).split('#')[0]!
    // A page that is closed while it loads has bodies that cannot be read any more.
    const read = response.body().then(
      body => void bytes.set(path, body.length),
      () => undefined,
    )
    bodies.push(read)
  })
  await page.goto(base + path)
  await page.waitForLoadState('networkidle')
  await Promise.all(bodies)
  return { page, errors, strangers, bytes, close: () => context.close() }
}

/**
 * The width that the page takes in a window of `width`, once charts and the like have followed it, or after a minute.
 */
export async function settledWidth(page: Page, width: number): Promise<number> {
  const end = Date.now() + 60_000
  for (;;) {
    const taken = await page.evaluate(() => document.documentElement.scrollWidth)
    if (taken <= width || Date.now() > end) return taken
    await page.waitForTimeout(100)
  }
}
