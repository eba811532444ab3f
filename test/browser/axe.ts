/** The rules of axe, applied to a page that is open in a browser. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { visit } from './bookVisit.js'

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * Two of axe's rules are not asked. Level AAA wants 7:1 of every text; ours is AA with 4.5:1. The experimental rule on
 * the order of focus objects to every formula that the keyboard can scroll, which `scrollable-region-focusable` asks
 * for.
 */
const NOT_ASKED = ['color-contrast-enhanced', 'focus-order-semantics']

/** What depends on colours and sizes: asked again in the dark and on a phone. */
const LOOKS = [
  ...['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size', 'landmark-unique'],
  ...['button-name', 'label-content-name-mismatch', 'aria-hidden-focus'],
]

/**
 * Need the formulas, as they may be all that a link or a cell holds; the others leave out these thousands of equal
 * spans.
 */
const WITH_FORMULAS = ['link-name', 'empty-table-header', 'td-has-header']

interface Axe {
  getRules(): { readonly ruleId: string }[]
  run(context: object, options: object): Promise<{ readonly violations: readonly Violation[] }>
}
interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly target: readonly string[] }[]
}

/**
 * The violations found, as rule, number of places and the first of them.
 * @param page opened with its policy off, which forbids foreign scripts
 * @param rules all of axe's (but two), or those that depend on looks
 */
export async function violations(page: Page, rules: 'all' | 'looks'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE)
  const withFormulas = await ask(page, WITH_FORMULAS, [])
  // What is left out costs axe no less than what it asks of: boxes of the same size stand for the formulas meanwhile.
  const back = await page.evaluateHandle(() => {
    const formulas = [...document.querySelectorAll<HTMLElement>('.katex')]
    const sizes = formulas.map(formula => formula.getBoundingClientRect())
    const parts = formulas.map((formula, k) => {
      const box = document.createElement('span')
      box.style.cssText = `display: inline-block; width: ${sizes[k]!.width}px; height: ${sizes[k]!.height}px`
      const children = [...formula.childNodes]
      formula.replaceChildren(box)
      return children
    })
    return () => formulas.forEach((formula, k) => void formula.replaceChildren(...parts[k]!))
  })
  const most = await ask(page, rules === 'all' ? undefined : LOOKS, [...NOT_ASKED, ...WITH_FORMULAS], ['.katex'])
  await back.evaluate(restore => restore())
  return [...most, ...withFormulas]
}

/** Width and colour scheme of a look, and which rules are asked: those that depend on looks change with it. */
const VIEWS = [
  [1280, 'light', 'all'],
  [375, 'dark', 'looks'],
] as const

/**
 * The violations on a page of the book, on a desktop in the light and on a phone in the dark.
 * @returns a line each, with the width and the scheme
 */
export async function violationsOf(browser: Browser, url: string, name: string): Promise<string[]> {
  const { page, close } = await visit(browser, url, name, { bypassCSP: true })
  if (name.startsWith('lab-')) await page.locator('.lab-chart, .lab-plane').first().waitFor()
  const lines: string[] = []
  for (const [width, colorScheme, rules] of VIEWS) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme })
    for (const line of await violations(page, rules)) lines.push(`${name}, ${width}, ${colorScheme}: ${line}`)
  }
  await close()
  return lines
}

function ask(
  page: Page,
  only: readonly string[] | undefined,
  without: readonly string[],
  exclude: readonly string[] = [],
): Promise<string[]> {
  return page.evaluate(
    async ({ chosen, left, out }) => {
      const { axe } = window as unknown as { axe: Axe }
      const known = axe.getRules().map(({ ruleId }) => ruleId)
      const values = (chosen ?? known).filter(id => known.includes(id) && !left.includes(id))
      const rules = Object.fromEntries(values.map(id => [id, { enabled: true }]))
      const options = { resultTypes: ['violations'], runOnly: { type: 'rule', values }, rules }
      const found = await axe.run({ include: [['html']], exclude: out.map(selector => [selector]) }, options)
      // The head of a column may be a formula: its MathML, which axe passes over, is what screen readers read.
      const formula = (target: readonly string[]): boolean => document.querySelector(`${target[0]!} math`) !== null
      return found.violations
        .map(({ id, nodes }) => ({
          id,
          nodes: nodes.filter(({ target }) => id !== 'empty-table-header' || !formula(target)),
        }))
        .filter(({ nodes }) => nodes.length > 0)
        .map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0]!.html.slice(0, 160)}`)
    },
    { chosen: only, left: without, out: exclude },
  )
}
