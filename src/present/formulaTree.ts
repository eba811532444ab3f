/**
 * The structure of a formula: KaTeX reads the TeX and writes MathML, whose elements are handed on as a tree.
 */
import { createRequire } from 'node:module'

/** An element of MathML: its name, its attributes as they stand, and elements or text in it. */
export interface Element {
  readonly name: string
  readonly attributes: string
  readonly children: Element[]
  readonly text: string
}

/**
 * The elements of a formula, from the outermost on.
 * @param tex TeX without its dollar signs
 * @throws Error by KaTeX if it cannot be read
 * @example formulaTree('x^2').name // 'mrow'
 */
export function formulaTree(tex: string): Element {
  return treeOf(mathml(tex))
}

type Katex = { renderToString(tex: string, options: object): string }
let katex: Katex | undefined

/** Loaded with the first formula: most programs that import the library write none. */
function mathml(tex: string): string {
  katex ??= createRequire(import.meta.url)('katex') as Katex
  const html = katex.renderToString(tex.trim(), { output: 'mathml', throwOnError: true, strict: 'ignore' })
  return /<semantics>([\s\S]*)<annotation/.exec(html)![1]!
}

/** KaTeX writes well-formed elements with text in the leaves only. */
function treeOf(markup: string): Element {
  const root: Element = { name: 'mrow', attributes: '', children: [], text: '' }
  const open = [root]
  for (const [, close, name, attributes, empty, text] of markup.matchAll(/<(\/?)(\w+)([^>]*?)(\/?)>([^<]*)/g)) {
    if (close) open.pop()
    else {
      const element = { name: name!, attributes: attributes!, children: [], text: unescaped(text!) }
      open.at(-1)!.children.push(element)
      if (!empty) open.push(element)
    }
  }
  return root
}

const unescaped = (text: string): string =>
  text.replace(/&(lt|gt|quot|#x27|amp);/g, (_, name: string) => ENTITIES[name]!)

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#x27': "'", amp: '&' }
