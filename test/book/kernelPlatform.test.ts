// What the kernel in a browser has in the place of Node's modules, beside Node's own; and what it loads for which cell.
import { createHash } from 'node:crypto'
import fs, { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path, { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { extras, extrasOf } from '../../src/book/kernel/extras.js'
import { AsyncLocalStorage } from '../../src/book/kernel/platform/asyncHooks.js'
import * as ownCrypto from '../../src/book/kernel/platform/crypto.js'
import * as ownFs from '../../src/book/kernel/platform/fs.js'
import * as ownPath from '../../src/book/kernel/platform/path.js'
import { dataScripts } from '../../src/book/site/dataScripts.js'
import { root } from '../support/capabilities.js'

describe('files in memory', () => {
  /** What happens to files in a folder, in words; the same on a disk and in memory. */
  function story(place: typeof ownFs | typeof fs, folder: string): unknown[] {
    const {
      mkdirSync,
      writeFileSync,
      openSync,
      closeSync,
      readSync,
      renameSync,
      statSync,
      existsSync,
      readFileSync: read,
    } = place as typeof ownFs
    const told: unknown[] = []
    const attempt = (deed: () => unknown): void => {
      try {
        told.push(deed())
      } catch (error) {
        told.push((error as { code: string }).code)
      }
    }
    const at = (...parts: string[]): string => join(folder, ...parts)
    attempt(() => mkdirSync(at('a', 'b')))
    attempt(() => mkdirSync(at('a', 'b'), { recursive: true }) === null)
    attempt(() => writeFileSync(at('a', 'b', 'c.txt'), 'one €'))
    attempt(() => read(at('a', 'b', 'c.txt'), 'utf8'))
    attempt(() => read(at('a', 'b')))
    attempt(() => read(at('nowhere'), 'utf8'))
    attempt(() => writeFileSync(at('x', 'y'), ''))
    attempt(() => openSync(at('a', 'b', 'c.txt'), 'wx'))
    const file = openSync(at('new'), 'wx')
    writeFileSync(file, 'first ')
    writeFileSync(file, Uint8Array.of(50, 110, 100))
    closeSync(file)
    attempt(() => read(at('new'), 'utf8'))
    const bytes = new Uint8Array(4)
    const reader = openSync(at('new'), 'r')
    attempt(() => readSync(reader, bytes, 1, 3, 2))
    closeSync(reader)
    told.push([...bytes])
    attempt(() => renameSync(at('a', 'b'), at('moved')))
    attempt(() => [existsSync(at('a', 'b', 'c.txt')), existsSync(at('moved', 'c.txt'))])
    attempt(() => place.readdirSync(folder).sort())
    attempt(() => [statSync(at('moved'))?.isDirectory(), statSync(at('new'))?.isFile(), statSync(at('new'))?.size])
    attempt(() => statSync(at('nothing')))
    attempt(() => statSync(at('nothing'), { throwIfNoEntry: false }))
    attempt(() => place.rmSync(at('nothing')))
    attempt(() => place.rmSync(at('nothing'), { force: true }))
    attempt(() => place.rmSync(at('moved'), { recursive: true }))
    attempt(() => place.readdirSync(folder).sort())
    return told
  }

  it('behave as those on a disk', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mfl-platform-'))
    try {
      const onDisk = story(fs, folder)
      expect(onDisk.length).toBeGreaterThan(20)
      expect(story(ownFs, ownFs.mkdtempSync('/tmp/story-'))).toEqual(onDisk)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

describe('paths', () => {
  it.each([['/a/b/../c'], ['a//b/./c/'], ['../x'], ['/'], ['/a.tar.gz'], ['dir/.hidden']])(
    '%s as Node has them',
    given => {
      const { posix } = path
      expect(ownPath.join('/r', given)).toBe(posix.join('/r', given).replace(/(.)\/$/, '$1'))
      expect(ownPath.resolve('/r', given)).toBe(posix.resolve('/r', given))
      expect(ownPath.dirname(given)).toBe(posix.dirname(given))
      expect(ownPath.basename(given)).toBe(posix.basename(given))
      expect(ownPath.extname(given)).toBe(posix.extname(given))
    },
  )
})

it('a digest is that of Node, of text, bytes and views', () => {
  const view = new Float64Array([1, 2, 3]).subarray(1)
  for (const data of ['', 'words €', Uint8Array.of(0, 255), view])
    expect(
      ownCrypto
        .createHash('sha256')
        .update(data as Uint8Array)
        .digest('hex'),
    ).toBe(createHash('sha256').update(data).digest('hex'))
  expect(() => ownCrypto.createHash('md5')).toThrow(/algorithm must be sha256, got md5/)
})

it('a store holds for what a call awaits, and ends with it', async () => {
  const storage = new AsyncLocalStorage<number>()
  const seen = await storage.run(1, async () => {
    await Promise.resolve()
    const inner = await storage.run(2, async () => storage.getStore())
    return [inner, storage.getStore()]
  })
  expect([...seen, storage.getStore()]).toEqual([2, 1, undefined])
  expect(() =>
    storage.run(3, () => {
      throw new Error('x')
    }),
  ).toThrow('x')
  expect(storage.getStore()).toBeUndefined()
})

describe('what comes on demand', () => {
  it('is known by the names that a cell uses, and by no part of a name', () => {
    const of = (source: string): string[] => extrasOf(source).map(({ name }) => name)
    expect(of('const rows = recordedLedger().claims')).toEqual(['claims'])
    expect(of("await packagedEnsemble('10')")).toEqual(['ensembles', 'parquet'])
    expect(of("import { readTable } from 'mean-field-limit/ensemble'")).toEqual(['parquet'])
    expect(of('const unrecordedLedger = ensembles + recordedTailor')).toEqual([])
  })

  it('has every file of the folders, byte by byte', () => {
    const given = new Map<string, Buffer>()
    for (const { content } of dataScripts(root))
      new Function('mflData', String(content))((path: string, base64: string) =>
        given.set(path, Buffer.from(base64, 'base64')),
      )
    const files = ['data/rare', 'data/ensembles', 'data/tubes'].flatMap(folder =>
      readdirSync(join(root, folder)).map(name => `${folder}/${name}`),
    )
    expect([...given.keys()].sort()).toEqual(['data/claims.json', ...files].sort())
    for (const [path, bytes] of given) expect(bytes.equals(readFileSync(join(root, path))), path).toBe(true)
  })

  it('knows every function of the library that reads a file of the package', () => {
    const readers = readdirSync(join(root, 'src', 'ensemble'), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts'))
      .flatMap(name => {
        const text = readFileSync(join(root, 'src', 'ensemble', name), 'utf8')
        return [...text.matchAll(/^export (?:async )?function (\w+)[^}]*?packageRoot\(\)/gm)].map(match => match[1]!)
      })
    expect(readers.sort()).toEqual(['packagedEnsemble', 'recordedLedger', 'recordedTails', 'recordedTubes'])
    const known = extras.flatMap(({ from, names }) => (from === undefined ? [] : names))
    expect(known).toEqual(expect.arrayContaining(readers))
  })
})
