// Prints a document of dist/book/paper/printedBook.js with headless Chromium: figures as vectors where Plotly can,
// links kept.
import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inRoot } from '../setup/paths.mjs'
import { Problem } from '../setup/problem.mjs'
import { bundleStyles } from './bundle.mjs'

const load = path => import(pathToFileURL(inRoot('dist', ...path.split('/'))).href)

/** CSS pixels of a figure that says nothing of its width, as the stored images have them. */
const WIDTH = 940
/** CSS pixels of a slide. */
const SLIDE = { width: 1280, height: 720 }
/** A drawing with more characters (tens of thousands of points) is slower to show than its image. */
const LARGEST_DRAWING = 4_000_000

/** The line for a machine that cannot draw. @param {string} what needs it @throws Problem if there is no Chromium */
export async function requireChromium(what = 'a PDF') {
  const { findChromium } = await load('notebook/pictures/findChromium.js')
  const found = findChromium()
  if (found === undefined) {
    throw new Problem(`${what} needs Chromium or Chrome, and none is on PATH: install it, or set CHROME_PATH`)
  }
  return found
}

/** A headless Chromium, offline and without the reader's settings. @param {string} what needs it */
export async function launchChromium(what = 'a PDF') {
  const executablePath = await requireChromium(what)
  const { chromiumArguments } = await load('notebook/pictures/findChromium.js')
  const { optionalPackage } = await load('files/optionalPackage.js')
  const { chromium } = await optionalPackage(what, ['playwright-core'], () => import('playwright-core'))
  return chromium.launch({ executablePath, args: chromiumArguments() })
}

/** Runs in the page: the scripts of figures call this. */
function keepFigures() {
  window.mflStored = new Map()
  window.mflFigure = (id, figure) => window.mflStored.set(id, figure)
}

/** Runs in the page: puts a drawing in the place of the image of a figure; false if the image is better. */
async function drawVector({ id, width, largest }) {
  const { data, layout = {} } = window.mflStored.get(id)
  window.mflStored.delete(id)
  const figure = document.querySelector(`figure[data-figure="${id}"]`)
  if (data.some(({ type }) => /3d$|gl$|^surface$|^cone$/.test(type))) return false
  // A slider says which frame is seen; the buttons beside it press nothing on paper.
  const { updatemenus: _, ...still } = layout
  const size = { width: layout.width ?? width, height: Number(figure.dataset.height) }
  const url = await window.Plotly.toImage({ data, layout: { ...still, ...size } }, { format: 'svg', ...size })
  if (url.length > largest) return false
  const image = document.createElement('img')
  image.alt = figure.querySelector('figcaption span').textContent
  image.src = url
  await image.decode()
  figure.querySelector('.plot-frame').replaceChildren(image)
  return true
}

/**
 * Runs in the page: what is too wide for a slide becomes smaller, what is too high goes on to another slide, blocks of
 * text one by one, a long table by its rows. A block that is too high by itself becomes smaller.
 */
function fitSlides() {
  const bodyOf = slide => slide.querySelector('.slide-body')
  const tooHigh = body => body.scrollHeight > body.clientHeight + 1
  /** In steps, as lines break anew. */
  const shrink = (body, fits) => {
    for (let zoom = 0.95; zoom > 0.4 && !fits(); zoom -= 0.05)
      for (const child of body.children) child.style.zoom = zoom
  }
  const nextOf = slide => {
    const next = slide.cloneNode(true)
    const heading = next.querySelector(':scope > :is(h1, h2, h3)')
    if (heading !== null) {
      const again = document.createElement('p')
      again.className = 'slide-heading'
      again.append(...heading.childNodes)
      heading.replaceWith(again)
    }
    next.classList.replace('opening', 'words')
    slide.after(next)
    return next
  }
  // Slides that are added have their turn too.
  for (let slide = document.querySelector('.slide'); slide !== null; slide = slide.nextElementSibling) {
    if (slide.matches('.picture')) continue
    const body = bodyOf(slide)
    shrink(body, () => body.scrollWidth <= body.clientWidth + 1)
    if (tooHigh(body) && body.children.length > 1) {
      const next = nextOf(slide)
      const moved = []
      // Words that lead to a formula go with it.
      while (
        body.children.length > 1 &&
        (tooHigh(body) || (moved[0].matches('.formula') && body.lastElementChild.matches('p')))
      ) {
        moved.unshift(body.lastElementChild)
        body.lastElementChild.remove()
      }
      bodyOf(next).replaceChildren(...moved)
    }
    const rows = [...body.querySelectorAll('tbody > tr')].filter(row => row.offsetHeight > 0)
    if (tooHigh(body) && rows.length > 3) {
      const next = nextOf(slide)
      let kept = rows.length
      while (kept > 2 && tooHigh(body)) {
        kept -= 1
        rows[kept].remove()
      }
      for (const row of [...next.querySelectorAll('tbody > tr')].slice(0, kept)) row.remove()
    }
    shrink(body, () => !tooHigh(body))
  }
}

/**
 * @param {import('../../dist/book/paper/printedBook.js').Printed} printed
 * @param {string} file the PDF, replaced whole
 * @param {{ onFigure?: (done: number) => void }} options
 * @returns {Promise<{ vectors: number, images: number }>} how its figures are drawn
 */
export async function makePdf(printed, file, { onFigure = () => undefined } = {}) {
  const { plotlyBundle } = await load('notebook/pictures/plotlyBundle.js')
  const { packageVersion } = await load('files/packageRoot.js')
  // From here on Ctrl-C ends the browser, and then this process with what it does at its end.
  const browser = await launchChromium()
  const folder = mkdtempSync(join(tmpdir(), 'mfl-pdf-'))
  const clean = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', clean)
  try {
    await bundleStyles(printed.looks ?? 'book', folder)
    copyFileSync(plotlyBundle().path, join(folder, 'assets', 'plotly.js'))
    for (const { path, content } of [...printed.files, { path: 'print.html', content: printed.html }]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
    const context = await browser.newContext({ offline: true, colorScheme: 'light', reducedMotion: 'reduce' })
    context.setDefaultTimeout(0)
    const page = await context.newPage()
    const address = path => pathToFileURL(join(folder, path)).href
    await page.goto(address('print.html'))
    let vectors = 0
    if (printed.figures.length > 0) {
      await page.evaluate(keepFigures)
      await page.addScriptTag({ url: address('assets/plotly.js') })
    }
    for (const [done, id] of printed.figures.entries()) {
      onFigure(done)
      await page.addScriptTag({ url: address(`figures/${id}.js`) })
      if (await page.evaluate(drawVector, { id, width: WIDTH, largest: LARGEST_DRAWING })) vectors += 1
    }
    onFigure(printed.figures.length)
    await page.emulateMedia({ media: 'print', colorScheme: 'light' })
    if (printed.looks === 'slides') {
      await page.setViewportSize(SLIDE)
      await page.evaluate(fitSlides)
    }
    const foot = `<div style="width:100%;padding:0 16mm;font:7.5pt sans-serif;color:#55585e;display:flex;justify-content:space-between">\
<span>mean-field-limit ${packageVersion()}</span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>`
    const sheet =
      printed.looks === 'slides'
        ? { width: `${SLIDE.width}px`, height: `${SLIDE.height}px` }
        : {
            format: 'A4',
            margin: { top: '16mm', right: '16mm', bottom: '18mm', left: '16mm' },
            displayHeaderFooter: true,
            headerTemplate: '<span></span>',
            footerTemplate: foot,
          }
    const bytes = await page.pdf({ ...sheet, printBackground: true, outline: true, tagged: true })
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.next`, bytes)
    renameSync(`${file}.next`, file)
    return { vectors, images: printed.figures.length - vectors }
  } finally {
    await browser.close()
    process.off('exit', clean)
    clean()
  }
}
