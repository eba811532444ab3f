// The style sheets of the book hold no rule that nothing uses.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../support/capabilities.js'

const folder = join(root, 'src', 'book', 'style')
const styles = readdirSync(folder)
  .map(name => readFileSync(join(folder, name), 'utf8'))
  .join('\n')

/** Sources that write HTML, and what the libraries do that write it for them. */
const sources = ['src/book', 'src/present', 'src/claims/core', 'src/notebook/interact']
  .flatMap(path => readdirSync(join(root, path), { recursive: true, encoding: 'utf8' }).map(name => join(path, name)))
  .filter(path => path.endsWith('.ts'))
  .concat(
    ['katex/dist/katex.mjs', 'uplot/dist/uPlot.esm.js', 'highlight.js/lib/core.js'],
    ['typescript', 'bash', 'json'].map(language => `highlight.js/lib/languages/${language}.js`),
  )
  .map(path => readFileSync(join(root, path.startsWith('src') ? '' : 'node_modules', path), 'utf8'))
  .join('\n')
  .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')

/** What stands before the braces of a style sheet, and what between them. */
function parts(css: string): { selectors: string; declarations: string } {
  const bare = css.replace(/\/\*[\s\S]*?\*\/|@import[^;]*;/g, '')
  return {
    selectors: [...bare.matchAll(/([^{};]*)\{/g)].map(match => match[1]!).join('\n'),
    declarations: bare.replace(/[^{};]*\{/g, '{'),
  }
}

/**
 * Classes with a rule that no source has as a word of a text; those of highlight.js and uPlot go by the name behind
 * their prefix, which they put there.
 */
function unusedClasses(css: string): string[] {
  const classes = new Set([...parts(css).selectors.matchAll(/\.([a-z][\w-]*)/gi)].map(match => match[1]!))
  return [...classes].filter(name => {
    const word = name.replace(/^(hljs|u)-/, '')
    return !new RegExp(`(?<=['"\`\\s.])${word}(?=['"\`\\s$:])`).test(sources)
  })
}

/** Custom properties and animations that are declared and not used. */
function unusedNames(css: string): string[] {
  const { declarations } = parts(css)
  const properties = [...css.matchAll(/(--[\w-]+)\s*:/g)].map(match => match[1]!)
  const animations = [...css.matchAll(/@keyframes ([\w-]+)/g)].map(match => match[1]!)
  return [...new Set(properties)]
    .filter(
      name =>
        !declarations.includes(`var(${name})`) && !declarations.includes(`var(${name},`) && !sources.includes(name),
    )
    .concat(animations.filter(name => !new RegExp(`animation[\\w-]*:[^;]*\\b${name}\\b`).test(declarations)))
}

test('every class that a style sheet has a rule for is written by a source of the book', () => {
  expect(parts(styles).selectors.match(/\.[a-z]/g)!.length).toBeGreaterThan(200)
  expect(unusedClasses(styles)).toEqual([])
})

test('every custom property and every animation is used', () => {
  expect(unusedNames(styles)).toEqual([])
})

test('a rule for a class that nobody writes, a property and an animation that nobody uses are noticed (control)', () => {
  const rule = (name: string): string => `${styles}\n.proof-map .${name}:hover > a { color: red }`
  expect(unusedClasses(rule('verdict'))).toEqual([])
  expect(unusedClasses(rule('verdicts-of-old'))).toEqual(['verdicts-of-old'])
  expect(unusedClasses(rule('hljs-ornament'))).toEqual(['hljs-ornament'])
  expect(unusedNames(`${styles}\n:root { --forgotten: 1px }\n@keyframes turn { to { rotate: 1turn } }`)).toEqual([
    '--forgotten',
    'turn',
  ])
})
