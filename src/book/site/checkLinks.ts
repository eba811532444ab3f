/**
 * Every link and file of the finished pages leads somewhere.
 */
import type { BookFile } from './figures/figureFiles.js'
import type { Problems } from './problems.js'

/** Made by the bundler after the pages. */
const BUNDLED = /^assets\/[\w-]+\.(js|css)$/

/** Adds a problem for each address inside the book that has no file, and for each fragment that has no id. */
export function checkLinks(files: readonly BookFile[], found: Problems): void {
  const paths = new Set(files.map(({ path }) => path))
  const pages = new Map<string, string>()
  for (const { path, content } of files) if (path.endsWith('.html')) pages.set(path, String(content))
  const ids = new Map(
    [...pages].map(([path, html]) => [path, new Set([...html.matchAll(/ id="([^"]+)"/g)].map(m => m[1]))]),
  )
  for (const [path, html] of pages) {
    for (const [, target] of html.matchAll(/ (?:href|src)="([^"]*)"/g)) {
      if (/^(https?:|mailto:|data:)/.test(target!)) continue
      const [file = '', fragment] = target!.replaceAll('&amp;', '&').split('#')
      const place = file === '' ? path : file
      if (!paths.has(place) && !BUNDLED.test(place))
        found.add(path, `a link to ${target}, which the book does not have`)
      else if (
        fragment !== undefined &&
        fragment !== '' &&
        pages.has(place) &&
        !ids.get(place)!.has(decodeURIComponent(fragment))
      ) {
        found.add(path, `a link to ${target}, where nothing has that id`)
      }
    }
  }
}
