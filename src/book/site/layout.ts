/**
 * The frame of every page: head with its security policy, navigation, search, previous and next.
 */
import { escapeHtml } from './text/html.js'

/** An entry of the navigation. */
export interface NavigationEntry {
  /** File name without extension. */
  readonly name: string
  /** Text; formulas have been left out. */
  readonly title: string
}

/** A group of the navigation, from top to bottom. */
export interface NavigationGroup {
  readonly title: string
  readonly entries: readonly NavigationEntry[]
}

/** What a reader may start: a laboratory, or the cells of a notebook. */
export type Startable = 'laboratory' | 'cells'

/** What a page brings. */
export interface PageParts {
  readonly name: string
  /** Of the window: without formulas. */
  readonly title: string
  readonly description: string
  readonly html: string
  readonly kind: 'home' | 'text' | 'wide' | 'laboratory'
  /** What can be started on the page. */
  readonly starts?: readonly Startable[]
  /** Sections of this page, for the list beside it: anchor and HTML. */
  readonly sections?: readonly { readonly id: string; readonly html: string }[]
  /** Classic scripts of this page, relative addresses, beyond the one that all have. */
  readonly scripts?: readonly string[]
  /** Style sheets, likewise. */
  readonly styles?: readonly string[]
}

/**
 * The policy of every page: nothing but the book's own files. KaTeX positions the parts of a formula with style
 * attributes, and Plotly and stored tables use them too, hence 'unsafe-inline' for styles (never for scripts).
 * Laboratories compile WebAssembly in a worker, which may come from a blob where the page is opened from file://. Cells
 * run behind a frame, whose document has the policy {@link kernelPolicy}; the page itself never evaluates text.
 * @param starts what can be started on the page
 */
export function securityPolicy(starts: readonly Startable[]): string {
  const computes = starts.includes('laboratory')
  return [
    "default-src 'none'",
    `script-src 'self'${computes ? " 'wasm-unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    ...(computes ? ["worker-src 'self' blob:"] : []),
    ...(starts.includes('cells') ? ["frame-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/**
 * The policy of the frame in which cells run, and of its worker, which inherits it: cells are text that is evaluated,
 * and nothing else is allowed to them, no connection to any host above all.
 */
export const kernelPolicy: string = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval'",
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** The document of the frame in which cells run; nobody sees it. */
export const KERNEL_PAGE: string = `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${kernelPolicy}">
<meta name="referrer" content="no-referrer">
<title>The kernel of a notebook's page</title>
<script defer src="kernel-frame.js"></script>
</head>
<body><main><h1>The kernel of a notebook's page</h1></main></body>
</html>
`

/** The pages in the order of reading. */
const inOrder = (groups: readonly NavigationGroup[]): NavigationEntry[] => groups.flatMap(({ entries }) => entries)

function navigation(groups: readonly NavigationGroup[], current: string): string {
  const item = ({ name, title }: NavigationEntry): string =>
    `<li><a href="${name}.html"${name === current ? ' aria-current="page"' : ''}>${escapeHtml(title)}</a></li>`
  return groups
    .map(({ title, entries }) => `<h2>${escapeHtml(title)}</h2><ul>${entries.map(item).join('')}</ul>`)
    .join('')
}

function neighbours(groups: readonly NavigationGroup[], current: string): string {
  const pages = inOrder(groups)
  const at = pages.findIndex(({ name }) => name === current)
  const link = (entry: NavigationEntry | undefined, word: string, rel: string): string =>
    entry === undefined
      ? '<span></span>'
      : `<a rel="${rel}" href="${entry.name}.html"><small>${word}</small><span>${escapeHtml(entry.title)}</span></a>`
  if (at < 0) return ''
  return `<nav class="neighbours" aria-label="Previous and next page">${link(pages[at - 1], 'Previous', 'prev')}${link(
    pages[at + 1],
    'Next',
    'next',
  )}</nav>`
}

/** A whole page. @param version of the package, for the foot */
export function pageHtml(parts: PageParts, groups: readonly NavigationGroup[], version: string): string {
  const { name, title, description, html, kind, starts = [], sections = [], scripts = [], styles = [] } = parts
  const onPage =
    sections.length < 2
      ? ''
      : `<nav class="on-page" aria-label="On this page"><h2>On this page</h2><ul>${sections
          .map(({ id, html: text }) => `<li><a href="#${escapeHtml(id)}">${text}</a></li>`)
          .join('')}</ul></nav>`
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${securityPolicy(starts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="description" content="${escapeHtml(description)}">
<title>${escapeHtml(title)}${name === 'index' ? '' : ' · Mean field limit'}</title>
<link rel="icon" href="assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="assets/book.css">
${styles.map(sheet => `<link rel="stylesheet" href="${sheet}">\n`).join('')}<script defer src="assets/book.js"></script>
${scripts.map(source => `<script defer src="${source}"></script>\n`).join('')}</head>
<body class="${kind}">
<a class="skip" href="#content">Skip to the text</a>
<header class="bar">
<a class="brand" href="index.html"><svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true"><use href="#mark"/></svg><span>Mean field limit</span></a>
<button type="button" class="search-button" aria-keyshortcuts="/" hidden><span>Search</span><kbd aria-hidden="true">/</kbd></button>
<details class="menu"><summary>Contents</summary><nav aria-label="Contents">${navigation(groups, name)}</nav></details>
</header>
<svg width="0" height="0" class="defs" aria-hidden="true"><symbol id="mark" viewBox="0 0 32 32">${MARK}</symbol></svg>
<div class="columns">
<nav class="side" aria-label="Contents">${navigation(groups, name)}</nav>
<main id="content" tabindex="-1">
${html}
${neighbours(groups, name)}
<footer><p>mean-field-limit ${escapeHtml(version)} · text and code under the MIT licence · after D. Lazarovici, P. Pickl, <cite>A mean field limit for the Vlasov–Poisson system</cite>, <a href="https://arxiv.org/abs/1502.04608">arXiv:1502.04608</a></p></footer>
</main>
${onPage}
</div>
</body>
</html>
`
}

/** Two trajectories from one point. */
const MARK =
  '<path d="M4 26C12 24 20 16 27 5" fill="none" stroke="#0072b2" stroke-width="3" stroke-linecap="round"/>' +
  '<path d="M4 26C14 25 23 20 28 13" fill="none" stroke="#d55e00" stroke-width="3" stroke-linecap="round" stroke-dasharray="1 5"/>' +
  '<circle cx="4.5" cy="26" r="3.4" fill="#009e73"/>'

/** The icon of the browser's tab. */
export const ICON: string = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${MARK}</svg>\n`
