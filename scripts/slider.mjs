// The picture of controls in the read-me, docs/images/slider.svg: runs a cell with `interact` in the book, in Chromium,
// moves its sliders by keyboard, and keeps an image of each figure: node scripts/slider.mjs. It needs dist/ (npm run
// build).
import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { bookFolder, buildBook } from './book/build.mjs'
import { launchChromium } from './book/pdf.mjs'
import { withSupportedNode } from './node-version.mjs'
import { inRoot } from './setup/paths.mjs'
import { guarded, say } from './setup/problem.mjs'

/** What a reader types. */
const CELL = `import {
  coupledFlow, deviationFigure, gaussianLaw, interact, slider,
} from 'mean-field-limit'
await interact(
  { N: slider([50, 100, 200, 400]), delta: slider(0.1, 0.4, 0.03, { label: 'δ' }) },
  async ({ N, delta }, { signal }) => deviationFigure(
    await coupledFlow({ law: gaussianLaw(), N, delta, T: 2, seed: 1, signal })),
)`
/** Keys, and seconds for which what they bring is shown. */
const MOVES = [
  { slider: 'N', key: 'ArrowRight', times: 3, seconds: 0.9 },
  { slider: 'δ', key: 'ArrowRight', times: 10, seconds: 0.5 },
]
/** Seconds of the first picture and of the last. */
const [FIRST, LAST] = [1, 1.6]
/** Pixels between code and figure. */
const GAP = 6
const SIZE = { width: 780, height: 1000 }

withSupportedNode(() =>
  guarded(async () => {
    await buildBook()
    const recorded = await record()
    const file = inRoot('docs', 'images', 'slider.svg')
    const svg = animation(recorded)
    writeFileSync(file, svg)
    say(`${recorded.frames.length} pictures, ${(svg.length / 1e6).toFixed(2)} MB, are in ${file}`)
    return 0
  }),
)

/** The code, and an image after each key and how long it stays. */
async function record() {
  const browser = await launchChromium('a picture of controls')
  try {
    const context = await browser.newContext({ viewport: SIZE, colorScheme: 'light', reducedMotion: 'reduce' })
    context.setDefaultTimeout(120_000)
    const page = await context.newPage()
    await page.goto(pathToFileURL(`${bookFolder}/00-start-here.html`).href)
    await page.getByRole('button', { name: 'Edit cell 1', exact: true }).click()
    const field = page.getByLabel('Code of cell 1;')
    await field.fill(CELL)
    await field.evaluate((node, rows) => {
      node.rows = rows
    }, CELL.split('\n').length)
    await field.press('Control+Enter')
    const cell = page.locator('.cell').first()
    await cell.locator('[data-mfl-state=ready]').waitFor()
    await cell.locator('.gtitle').waitFor()
    const status = cell.locator('.mfl-interact-status')
    await field.evaluate(node => node.scrollIntoView())
    const outputs = cell.locator('.mfl-interact')
    // The caption is the longest part, and the tools of the figure are of no use in a picture.
    await page.addStyleTag({ content: '.mfl-interact figcaption, .modebar-container { display: none !important }' })
    const code = { ...(await sizeOf(cell.locator('.editor'))), image: await cell.locator('.editor').screenshot() }
    const frames = []
    const look = async seconds => {
      await page.waitForTimeout(300)
      frames.push({
        seconds,
        ...(await sizeOf(outputs)),
        image: await outputs.screenshot({ type: 'jpeg', quality: 72 }),
      })
    }
    await look(FIRST)
    for (const { slider, key, times, seconds } of MOVES) {
      for (let k = 0; k < times; k++) {
        const before = await status.textContent()
        await cell.getByRole('slider', { name: slider, exact: true }).press(key)
        await page.waitForFunction(
          ([one, words]) => /^Shown/.test(one.textContent) && one.textContent !== words,
          [await status.elementHandle(), before],
        )
        await look(seconds)
      }
    }
    frames.at(-1).seconds = LAST
    return { code, frames }
  } finally {
    await browser.close()
  }
}

/** The images one after the other, in one file without scripts; the last alone where the reader wants no motion. */
function animation({ code, frames }) {
  const width = Math.max(...frames.map(frame => frame.width))
  const height = code.height + GAP + Math.max(...frames.map(frame => frame.height))
  const round = frames.reduce((sum, { seconds }) => sum + seconds, 0)
  let begin = 0
  const images = frames.map(({ seconds, image, ...size }, k) => {
    const [from, to] = [begin, begin + seconds].map(at => ((100 * at) / round).toFixed(3))
    begin += seconds
    const steps = `@keyframes f${k}{0%{opacity:0}${from}%{opacity:1}${to}%{opacity:0}100%{opacity:0}}`
    const style = k === frames.length - 1 ? `@keyframes f${k}{0%{opacity:0}${from}%{opacity:1}100%{opacity:1}}` : steps
    const href = `data:image/jpeg;base64,${image.toString('base64')}`
    return {
      style: `${style}#f${k}{animation-name:f${k}}`,
      image: `<image id="f${k}" class="f" y="${code.height + GAP}" width="${size.width}" height="${size.height}" href="${href}"/>`,
    }
  })
  const says =
    'A cell with two sliders, for N and delta; while they are moved, the deviation of the particles from the mean field is drawn anew beside the cut-off radius.'
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="says">
<title id="says">${says}</title>
<style>@media (prefers-reduced-motion:no-preference){.f{opacity:0;animation:${round.toFixed(2)}s step-end infinite}${images.map(({ style }) => style).join('')}}</style>
<rect width="${width}" height="${height}" fill="#fff"/>
<image width="${code.width}" height="${code.height}" href="data:image/png;base64,${code.image.toString('base64')}"/>
${images.map(({ image }) => image).join('\n')}
</svg>
`
}

async function sizeOf(element) {
  const { width, height } = await element.boundingBox()
  return { width: Math.round(width), height: Math.round(height) }
}
