// Prose in the sources is as wide as the formatter lets code be; it leaves comments alone.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../support/capabilities.js'

const { formatter } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as { formatter: { lineWidth: number } }

const sources = ['src', 'scripts', 'test'].flatMap(folder =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(ts|mjs)$/.test(name) && !name.endsWith('.generated.ts'))
    .map(name => join(folder, name)),
)

/** Lines of comments that are too wide, examples and types in braces apart: these are code, and on one line. */
const tooWide = (text: string): string[] =>
  text
    .replace(/^ *\* @example\n( *\* .*\n)*/gm, '')
    .split('\n')
    .filter(line => line.length > formatter.lineWidth && /^\s*(\/\/|\/\*\*|\*) /.test(line))
    .filter(line => !/@example|\* *(@\w+ \{|[-|]|\d+\.)/.test(line))

test('no comment is wider than a line of code may be', () => {
  expect(sources.length).toBeGreaterThan(1000)
  const found = sources.flatMap(name => tooWide(readFileSync(join(root, name), 'utf8')).map(line => `${name}: ${line}`))
  expect(found).toEqual([])
})

test('one that is too wide is noticed (control)', () => {
  expect(tooWide(`  // ${'word '.repeat(30)}\n  /** ${'word '.repeat(30)}*/\n * ${'word '.repeat(20)}`)).toHaveLength(2)
})
