/**
 * The worker thread that turns figures into images: it owns one headless Chromium with plotly.js loaded, starts it at
 * the first request and closes it after a minute without one. `imageService.ts` talks to it.
 */
import { pathToFileURL } from 'node:url'
import { type MessagePort, parentPort } from 'node:worker_threads'
import type { Browser, Page } from 'playwright-core'
import { optionalPackage } from '../../files/optionalPackage.js'
import { chromiumArguments, findChromium } from './findChromium.js'
import type { ImageReply, ImageRequest } from './imageService.js'
import { plotlyBundle } from './plotlyBundle.js'

const IDLE_MILLISECONDS = 60_000

/** A request as it arrives: with the port for its reply and the flag that a waiting thread sleeps on. */
type Job =
  | { readonly request: ImageRequest; readonly port: MessagePort; readonly flag: Int32Array<SharedArrayBuffer> }
  | { readonly close: true; readonly flag: Int32Array<SharedArrayBuffer> }

let browser: Promise<Browser> | undefined
let page: Promise<Page> | undefined
let idle: NodeJS.Timeout | undefined

async function launch(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('no Chromium found (install it, or set CHROME_PATH)')
  const { chromium } = await optionalPackage('an image', ['playwright-core'], () => import('playwright-core'))
  // The handlers would end this process on Ctrl-C; the thread that asked decides that.
  return chromium.launch({
    executablePath,
    args: chromiumArguments(),
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })
}

async function openPage(): Promise<Page> {
  browser ??= launch()
  const context = await (await browser).newContext({ offline: true })
  const opened = await context.newPage()
  // Only a page from the file system may load a script from there, which takes half as long as sending its 10 MB.
  const script = pathToFileURL(plotlyBundle().path)
  await opened.goto(new URL('package.json', script).href)
  await opened.setContent('<!doctype html><meta charset="utf-8"><body></body>')
  await opened.addScriptTag({ url: script.href })
  return opened
}

async function close(): Promise<void> {
  clearTimeout(idle)
  const closing = browser
  browser = undefined
  page = undefined
  await closing?.then(
    opened => opened.close(),
    () => undefined,
  )
}

/** Runs in the page. */
async function draw(request: ImageRequest): Promise<string> {
  type Api = { toImage(figure: unknown, options: unknown): Promise<string> }
  // Plotly numbers its clip paths at random; a fixed sequence makes the same figure give the same bytes.
  let state = 1
  Math.random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
  const { data, layout, width, height, scale } = request
  const format = request.format === 'png' ? 'png' : 'svg'
  const { Plotly } = window as unknown as { Plotly: Api }
  const url = await Plotly.toImage(
    { data, layout: { ...layout, width, height } },
    { format, width, height, scale: format === 'png' ? scale : 1 },
  )
  return url.slice(url.indexOf(',') + 1)
}

async function toPdf(svg: string, width: number, height: number): Promise<Uint8Array> {
  const sheet = await (await page!).context().newPage()
  try {
    await sheet.setContent(
      `<!doctype html><meta charset="utf-8"><style>@page{size:${width}px ${height}px;margin:0}` +
        `html,body{margin:0}svg{display:block}</style>${svg}`,
    )
    return await sheet.pdf({ width: `${width}px`, height: `${height}px`, printBackground: true, pageRanges: '1' })
  } finally {
    await sheet.close()
  }
}

async function image(request: ImageRequest): Promise<Uint8Array> {
  page ??= openPage()
  const drawn = await (await page).evaluate(draw, request)
  if (request.format === 'png') return Buffer.from(drawn, 'base64')
  // An empty style that Plotly leaves, now before and now after other attributes: without it the bytes are the same
  // each time.
  const svg = decodeURIComponent(drawn).replaceAll(' style=""', '')
  return request.format === 'svg' ? Buffer.from(svg, 'utf8') : toPdf(svg, request.width, request.height)
}

async function answer(request: ImageRequest): Promise<ImageReply> {
  clearTimeout(idle)
  try {
    return { bytes: await image(request) }
  } catch (error) {
    const launched = await browser?.then(
      opened => opened.isConnected(),
      () => false,
    )
    // A browser that died, or never came up, is not asked again; a figure that Plotly refused leaves it alone.
    if (!launched) await close()
    return { error: reason(error), browser: launched === true }
  } finally {
    idle = setTimeout(() => void close(), IDLE_MILLISECONDS)
  }
}

/** The first line of the message, without the name of the call that Playwright puts in front. */
function reason(error: unknown): string {
  const line = String((error as Error).message).split('\n')[0]!
  return line.replace(/^page\.evaluate: /, '')
}

function release(flag: Int32Array): void {
  Atomics.store(flag, 0, 1)
  Atomics.notify(flag, 0)
}

// One figure at a time: the page holds one Plotly and one sequence of random numbers.
let queue: Promise<void> = Promise.resolve()
parentPort?.on('message', (job: Job) => {
  queue = queue.then(async () => {
    if ('close' in job) {
      await close().catch(() => undefined)
    } else {
      job.port.postMessage(await answer(job.request))
      job.port.close()
    }
    release(job.flag)
  })
})
