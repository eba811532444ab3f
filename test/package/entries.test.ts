import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as everywhere from '../../src/browser.js'
import * as main from '../../src/index.js'
import * as moved from '../../src/moved.js'
import { root } from '../support/capabilities.js'
import { cellTypes } from '../types/cellTypes.js'

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
/** A room is a folder of src/ with a table of contents. */
const rooms = readdirSync(join(root, 'src')).filter(name => existsSync(join(root, 'src', name, 'index.ts')))
const contents = new Map<string, Record<string, unknown>>()
for (const room of rooms) contents.set(room, await import(`../../src/${room}/index.ts`))

describe('what the package exports', () => {
  it('has a sub-path for each room, for bundlers and Node and for the old module resolution of notebooks', () => {
    expect(rooms.length).toBeGreaterThan(5)
    expect(Object.keys(manifest.exports).sort()).toEqual(
      ['.', './package.json', ...rooms.map(room => `./${room}`)].sort(),
    )
    expect(Object.keys(manifest.typesVersions['*']).sort()).toEqual([...rooms].sort())
    for (const room of rooms) {
      const types = `./dist/${room}/index.d.ts`
      expect(manifest.exports[`./${room}`]).toEqual({ types, default: types.replace('.d.ts', '.js') })
      expect(manifest.typesVersions['*'][room]).toEqual([types])
    }
  })

  it('is about a hundred values by its own name, and the rest by the rooms', () => {
    const own = Object.keys(main).filter(name => !(name in moved))
    expect(own.length).toBeGreaterThan(90)
    expect(own.length).toBeLessThan(130)
    const all = new Map([...contents.values()].flatMap(room => Object.entries(room)))
    for (const [name, value] of Object.entries(main)) expect(all.get(name), name).toBe(value)
  })

  it('is in a browser what it is in Node, but for the rooms that need Node', () => {
    const node = ['ensemble', 'notebook'].flatMap(room => Object.keys(contents.get(room)!))
    const own = Object.keys(main).filter(name => !(name in moved) && !node.includes(name))
    expect(Object.keys(everywhere).sort()).toEqual(own.sort())
  })

  it('still has every name of version 0.1', () => {
    const names = readFileSync(join(root, 'test', 'package', 'names-0.1.txt'), 'utf8')
      .trim()
      .split('\n')
    expect(names.length).toBe(266)
    expect(names.filter(name => !(name in main))).toEqual([])
    expect(Object.keys(moved).filter(name => !names.includes(name))).toEqual([])
  })

  it('says of each name that has moved where it is now', () => {
    const text = readFileSync(join(root, 'src', 'moved.ts'), 'utf8')
    const notes = [...text.matchAll(/\/\*\* @deprecated Import it from 'mean-field-limit\/(\w+)'\. \*\/\n {2}(\w+),/g)]
    expect(notes.map(([, , name]) => name!).sort()).toEqual(Object.keys(moved).sort())
    for (const [, room, name] of notes) expect(contents.get(room!), name).toHaveProperty(name!)
  })

  it('comes with types by sub-path in a notebook cell', () => {
    const cell = "import { stepError } from 'mean-field-limit/flow'\nconst f = stepError"
    expect(cellTypes(cell).errors).toEqual([])
    expect(cellTypes(cell.replaceAll('stepError', 'noSuchName')).errors.join()).toMatch(/no exported member/)
  })
})
