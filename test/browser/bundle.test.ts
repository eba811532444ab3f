// Somebody's web page that uses the library through a bundler: it builds without a word about Node, and computes the
// same bits.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium as driver } from 'playwright-core'
import { build, type Rollup } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claims, coupledFlow, gaussianLaw } from '../../src/index.js'
import { chromiumArguments } from '../../src/notebook/pictures/findChromium.js'
import { chromium, requireOrSkip, root } from '../support/capabilities.js'
import { serveFolder } from './bookServer.js'

const able = requireOrSkip('Chromium', chromium !== undefined)

const ENTRY = `
import { coupledFlow, gaussianLaw, lemma34Figure } from 'mean-field-limit'
import { distance1d } from 'mean-field-limit/transport'
import { claims } from 'mean-field-limit/claims'
const line = (...x) => ({ n: x.length, d: 1, x: Float64Array.from(x) })
globalThis.run = async () => {
  const law = gaussianLaw()
  const run = await coupledFlow({ law, N: 64, delta: 0.25, T: 0.5, seed: 3 })
  return {
    position: [...run.columns.position],
    distance: distance1d(line(0, 1, 5), line(1, 1, 0), 2).value,
    names: [typeof lemma34Figure, claims.length],
  }
}
`

describe.skipIf(!able)('a page made with a bundler', () => {
  let folder: string
  let script: string
  const warnings: string[] = []
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mfl-bundle-'))
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(root, join(folder, 'node_modules', 'mean-field-limit'))
    writeFileSync(join(folder, 'entry.js'), ENTRY)
    writeFileSync(join(folder, 'index.html'), '<!doctype html><script type="module" src="./entry.js"></script>')
    const logger = {
      hasWarned: false,
      info: () => undefined,
      warn: (line: string) => warnings.push(line),
      warnOnce: (line: string) => warnings.push(line),
      error: (line: string) => warnings.push(line),
      clearScreen: () => undefined,
      hasErrorLogged: () => false,
    }
    const options = { outDir: 'out', chunkSizeWarningLimit: 10_000 }
    const made = await build({
      root: folder,
      configFile: false,
      base: './',
      customLogger: logger as never,
      build: options,
    })
    script = (made as Rollup.RollupOutput).output.map(file => ('code' in file ? file.code : '')).join('\n')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is built without a word about modules that browsers lack', () => {
    expect(warnings).toEqual([])
    // The switch for wide vectors asks for it, in Node only.
    expect([...new Set(script.match(/["'`]node:\w+["'`]/g)?.map(name => name.slice(1, -1)))]).toEqual(['node:v8'])
    expect(script.match(/piscina|ioredis|duckdb|zeromq/)?.[0]).toBeUndefined()
    expect(script.length).toBeGreaterThan(100_000)
  })

  it('computes the same bits as Node', async () => {
    const server = await serveFolder(join(folder, 'out'), 'plain')
    const browser = await driver.launch({ executablePath: chromium!, args: chromiumArguments() })
    try {
      const page = await browser.newPage()
      await page.goto(`${server.url}index.html`)
      await page.waitForFunction('globalThis.run !== undefined')
      const seen = (await page.evaluate('globalThis.run()')) as {
        position: number[]
        distance: number
        names: unknown[]
      }
      const run = await coupledFlow({ law: gaussianLaw(), N: 64, delta: 0.25, T: 0.5, seed: 3 })
      expect(seen.position).toEqual([...run.columns.position!])
      expect(seen.position.at(-1)).toBeGreaterThan(0)
      expect(seen.distance).toBeCloseTo(Math.sqrt(16 / 3), 12)
      expect(seen.names).toEqual(['function', claims.length])
    } finally {
      await browser.close()
      await server.stop()
    }
  })
})

describe('the room of ensembles', () => {
  it('is what a bundler for browsers would refuse (control)', () => {
    expect(readFileSync(join(root, 'dist', 'ensemble', 'store', 'store.js'), 'utf8')).toMatch(/from 'node:fs'/)
  })
})
