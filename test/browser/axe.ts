/** The rules of axe, applied to a page that is open in a browser. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * Two of axe's rules are not asked. Level AAA wants 7:1 of every text; ours is AA with 4.5:1. The experimental rule on the
 * order of focus objects to every formula that the keyboard can scroll, which `scrollable-region-focusable` asks for.
 */
const NOT_ASKED = ['color-contrast-enhanced', 'focus-order-semantics']

/** What depends on colours and sizes: asked again in the dark and on a phone. */
const LOOKS = [
  ...['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size', 'landmark-unique'],
  ...['button-name', 'label-content-name-mismatch', 'aria-hidden-focus'],
]

/** Need the formulas, as they may be all that a link or a cell holds; the others leave out these thousands of equal spans. */
const WITH_FORMULAS = ['link-name', 'empty-table-header', 'td-has-header']

interface Axe {
  getRules(): { readonly ruleId: string }[]
  run(context: object, options: object): Promise<{ readonly violations: readonly Violation[] }>
}
interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

/**
 * The violations found, as rule, number of places and the first of them.
 * @param page opened with its policy off, which forbids foreign scripts
 * @param rules all of axe's (but two), or those that depend on looks
 */
export async function violations(page: Page, rules: 'all' | 'looks'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE)
  const most = await ask(page, rules === 'all' ? undefined : LOOKS, [...NOT_ASKED, ...WITH_FORMULAS], ['.katex'])
  return [...most, ...(await ask(page, WITH_FORMULAS, [], []))]
}

function ask(
  page: Page,
  only: readonly string[] | undefined,
  without: readonly string[],
  exclude: readonly string[],
): Promise<string[]> {
  return page.evaluate(
    async ({ chosen, left, out }) => {
      const { axe } = window as unknown as { axe: Axe }
      const known = axe.getRules().map(({ ruleId }) => ruleId)
      const values = (chosen ?? known).filter(id => known.includes(id) && !left.includes(id))
      const rules = Object.fromEntries(values.map(id => [id, { enabled: true }]))
      const options = { resultTypes: ['violations'], runOnly: { type: 'rule', values }, rules }
      const found = await axe.run({ include: [['html']], exclude: out.map(selector => [selector]) }, options)
      return found.violations.map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0]!.html.slice(0, 160)}`)
    },
    { chosen: only, left: without, out: exclude },
  )
}
