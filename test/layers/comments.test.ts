// Prose in the sources is as wide as the formatter lets code be; it leaves comments alone.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../support/capabilities.js'

const { formatter } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as { formatter: { lineWidth: number } }

/** What git knows: tests beside this one may be writing files of their own. */
const { stdout } = spawnSync('git', ['ls-files', 'src', 'scripts', 'test'], { cwd: root, encoding: 'utf8' })
const sources = stdout.split('\n').filter(name => /\.(ts|mjs)$/.test(name) && existsSync(join(root, name)))

/** Lines of comments that are too wide, examples and types in braces apart: these are code, and on one line. */
const tooWide = (text: string): string[] =>
  text
    .replace(/^ *\* @example\n( *\* .*\n)*/gm, '')
    .split('\n')
    .filter(line => line.length > formatter.lineWidth && /^\s*(\/\/|\/\*\*|\*) /.test(line))
    .filter(line => !/@example|\* *(@\w+ \{|[-|]|\d+\.)/.test(line))

test.skipIf(!existsSync(join(root, '.git')))('no comment is wider than a line of code may be', () => {
  expect(sources.length).toBeGreaterThan(1000)
  const found = sources.flatMap(name => tooWide(readFileSync(join(root, name), 'utf8')).map(line => `${name}: ${line}`))
  expect(found).toEqual([])
})

test('one that is too wide is noticed (control)', () => {
  expect(tooWide(`  // ${'word '.repeat(30)}\n  /** ${'word '.repeat(30)}*/\n * ${'word '.repeat(20)}`)).toHaveLength(2)
})
