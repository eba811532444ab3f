import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
// @ts-expect-error: plain JavaScript without declarations
import { houseSvg, picture, readHouse } from '../../scripts/layers.mjs'
import { root } from '../support/capabilities.js'
import { LAYERS, violations } from './importRules.js'

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const dependencies = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
const development = Object.keys(manifest.devDependencies)

function sourcesOf(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(path => path.replaceAll('\\', '/'))
  const typescript = paths.filter(path => path.endsWith('.ts') && !path.startsWith('wasm/assembly/'))
  return new Map(typescript.map(path => [path, readFileSync(join(folder, path), 'utf8')]))
}

const check = (files: Record<string, string>): string[] =>
  violations(new Map(Object.entries(files)), dependencies, development)

describe('the layers of src/', () => {
  const sources = sourcesOf(join(root, 'src'))

  it('are kept by every file', () => {
    expect(violations(sources, dependencies, development)).toEqual([])
  })

  it('are drawn in docs/architecture.md as they are (node scripts/layers.mjs draws them anew)', () => {
    // How many lines a room has changes with every commit.
    const drawn = (svg: string): string => svg.replace(/<tspan.*?<\/tspan>/g, '')
    expect(drawn(readFileSync(join(root, picture), 'utf8'))).toBe(drawn(houseSvg()))
    // The control: an arrow more is another picture.
    const { arrows, lines } = readHouse()
    expect(drawn(houseSvg({ arrows: new Map([...arrows, ['forces transport', 1]]), lines }))).not.toBe(
      drawn(houseSvg()),
    )
  })

  it('are read from a tree that is really there', () => {
    const folders = new Set([...sources.keys()].map(path => path.split('/')[0]!))
    for (const folder of ['base', 'interaction', 'law', 'claims', 'figures', 'notebook', 'cli'])
      expect(folders).toContain(folder)
    expect(sources.size).toBeGreaterThan(50)
    expect([...folders].filter(folder => !folder.endsWith('.ts') && LAYERS[folder] === undefined)).toEqual([])
  })
})

describe('the rules on imports', () => {
  const base = { 'base/errors.ts': 'export const x = 1' }

  it('let a good graph pass', () => {
    const law = "import type { X } from '../interaction/kernel.js'\nimport { x } from '../base/errors.js'"
    const kernel = "import { x } from '../base/errors.js'"
    const index = "export * from './law/law.js'\nexport type { X } from './interaction/kernel.js'"
    const notebook = "import { readFileSync } from 'node:fs'\nimport * as tslab from 'tslab'"
    const files = {
      'law/law.ts': law,
      'interaction/kernel.ts': kernel,
      'index.ts': index,
      'notebook/show.ts': notebook,
    }
    expect(check({ ...base, ...files })).toEqual([])
  })

  const bad: [string, Record<string, string>, RegExp][] = [
    ['an upward import', { 'base/errors.ts': "import { law } from '../law/law.js'" }, /imports upwards: law\/law\.ts/],
    ['an upward type', { 'base/errors.ts': "import type { L } from '../law/law.js'" }, /imports upwards/],
    ['an upward import()', { 'law/a.ts': "export const f = () => import('../cli/mfl.js')" }, /imports upwards/],
    ['an upward re-export', { 'law/a.ts': "export * from '../claims/claim.js'" }, /imports upwards/],
    ['an upward import type', { 'law/a.ts': "export type T = import('../flow/flow.js').T" }, /imports upwards/],
    [
      'a circle of folders within a layer',
      { 'law/a.ts': "import '../interaction/b.js'", 'interaction/c.ts': "import '../law/d.js'" },
      /folders .* circle: law -> interaction -> law/,
    ],
    [
      'a circle of files within a folder',
      { 'law/a.ts': "import './b.js'", 'law/b.ts': "import './c.js'", 'law/c.ts': "import './a.js'" },
      /files .* circle: law\/a\.ts -> law\/b\.ts -> law\/c\.ts -> law\/a\.ts/,
    ],
    ['the table of contents used inside', { 'law/a.ts': "import { x } from '../index.js'" }, /table of contents/],
    ['code in the table of contents', { 'index.ts': 'export const x = 1' }, /must only re-export/],
    [
      'the file system in a law',
      { 'law/a.ts': "import { readFileSync } from 'node:fs'" },
      /law\/a\.ts imports node:fs/,
    ],
    ['the file system by require', { 'claims/a.ts': "const fs = require('fs')" }, /claims\/a\.ts imports fs/],
    ['a server in a claim', { 'claims/a.ts': "import http from 'node:http'" }, /imports node:http/],
    ['a process in a figure', { 'figures/a.ts': "import 'node:child_process'" }, /imports node:child_process/],
    ['a fetch in a law', { 'law/a.ts': "export const f = () => fetch('x')" }, /law\/a\.ts uses fetch/],
    ['a fetch by globalThis', { 'law/a.ts': "export const f = () => globalThis.fetch('x')" }, /law\/a\.ts uses fetch/],
    ['tslab in the command line', { 'cli/a.ts': "import * as tslab from 'tslab'" }, /cli\/a\.ts imports tslab/],
    ['a package that is not declared', { 'law/a.ts': "import _ from 'lodash'" }, /lodash, which is not among/],
    ['a development package', { 'law/a.ts': "import ts from 'typescript'" }, /typescript, which is not among/],
    ['a folder without a layer', { 'utils/a.ts': '' }, /folder without a layer/],
    ['a way out of src/', { 'law/a.ts': "import '../../scripts/build.mjs'" }, /outside src/],
    ['Math.random', { 'law/a.ts': 'export const u = () => Math.random()' }, /uses Math\.random/],
    ['top-level await', { 'law/a.ts': 'export const u = await Promise.resolve(1)' }, /awaits at top level/],
  ]
  it.each(bad)('catch %s', (_, files, message) => {
    expect(check({ ...base, ...files }).join('\n')).toMatch(message)
  })

  it('let the book alone use development packages', () => {
    expect(check({ 'book/a.ts': "import hljs from 'highlight.js'" })).toEqual([])
    expect(check({ 'cli/a.ts': "import hljs from 'highlight.js'" }).join()).toMatch(/highlight.js, which is not among/)
  })

  it('leave a property named like a global alone', () => {
    expect(check({ 'law/a.ts': 'export const f = (o: { fetch(): void }) => o.fetch()' })).toEqual([])
  })
})
