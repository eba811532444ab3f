// The types of the cells of the book, in Node: how cells are joined, where places are, what is found wrong and offered.
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { cellService } from '../../src/book/cellTypes/cellService.js'
import { joinCells, placeInCell } from '../../src/book/cellTypes/joinCells.js'

/** The few declarations that the cells below need: TypeScript's own would take seconds to read. */
const LIB = `
interface Array<T> { length: number; [n: number]: T; map<U>(f: (x: T, i: number) => U): U[] }
interface Boolean {} interface CallableFunction extends Function {} interface Function {} interface IArguments {}
interface NewableFunction extends Function {} interface Number { toFixed(digits?: number): string } interface Object {}
interface RegExp {} interface String { length: number }
interface PromiseLike<T> { then<U>(f: (x: T) => U): PromiseLike<U> }
interface Promise<T> { then<U>(f: (x: T) => U): Promise<U> }
interface PromiseConstructor { resolve<T>(x: T): Promise<T> }
declare var Promise: PromiseConstructor
`
const LAB = `
import { Law } from './law.js'
/** Doubles $\\alpha$. And more is said here. */
export declare function double(x: number): number
export declare const constant: 7
export declare function lawOf(name: string): Law
`
const service = () =>
  cellService(ts, {
    files: {
      '/lib/lib.es2022.d.ts': LIB,
      '/globals/worker.d.ts': 'declare const console: { log(...words: any[]): void }',
      '/lab/index.d.ts': LAB,
      '/lab/law.d.ts':
        '/** A law. */\nexport interface Law { readonly name: string; rhoSup: number; rhoNorm1: number }',
    },
    modules: { lab: '/lab/index.d.ts' },
  })

/** Errors of the last of some cells: the text at their places, and the message. */
const wrong = (...cells: string[]): [string, string][] =>
  service()
    .check(cells)
    .map(({ from, to, message }) => [cells.at(-1)!.slice(from, to), message])

const names = (...cells: string[]): string[] =>
  service()
    .complete(cells, cells.at(-1)!.length)!
    .names.map(({ name }) => name)

describe('cells that are joined', () => {
  const texts = (...cells: string[]) => joinCells(ts, cells).map(({ text }) => text)

  it('import what the cells above declare, the last of them where there are several, and not what they declare anew', () => {
    const [, , third, fourth] = texts('const a = 1, b = 2', 'const a = 3', 'const b = a', 'a + b')
    expect(third).toBe('import { a } from "./cell2"; export {};\nconst b = a\nexport { b };')
    expect(fourth).toBe('import { a } from "./cell2"; import { b } from "./cell3"; export {};\na + b')
  })

  it('may assign to what was declared with let or var', () => {
    expect(texts('let n = 1', 'n = 2')[1]).toBe('declare let n: typeof import("./cell1").n; export {};\nn = 2')
  })

  it('hand on types, functions, patterns and imports, and what is exported already once', () => {
    const cell =
      "import d, { x as y } from 'lab'\nimport * as all from 'lab'\ntype T = 1\ninterface I {}\nenum E {}\nclass C {}\nfunction f() {}\n" +
      'const { p: [q], ...r } = y\nexport const e = 1\n{ const hidden = 1 }'
    expect(texts(cell, '')[0]!.split('\n').at(-1)).toBe('export { d, y, all, T, I, E, C, f, q, r };')
  })

  it.each(['', 'const a = 1', "const text = '\nline", 'x'])('know places of %j forth and back', source => {
    const [, cell] = joinCells(ts, ['const first = 1\nlet second = 2', source])
    expect(cell!.text.slice(cell!.start, cell!.end)).toBe(source)
    for (let at = 0; at <= source.length; at++) expect(placeInCell(cell!, cell!.start + at)).toBe(at)
    expect(placeInCell(cell!, cell!.start - 1)).toBeUndefined()
    expect(placeInCell(cell!, cell!.end + 5)).toBe(source.length)
  })
})

describe('what is wrong in a cell', () => {
  it('is a type, at its place; nothing is wrong in a right one (control)', () => {
    const found = [["'ten'", "Argument of type 'string' is not assignable to parameter of type 'number'."]]
    expect(wrong("import { double } from 'lab'", "double(1)\ndouble('ten')")).toEqual(found)
    expect(wrong("import { double } from 'lab'", 'double(1)\nawait Promise.resolve(double(2))')).toEqual([])
  })

  it('is syntax, and then nothing else is told', () => {
    expect(wrong('const x: = missing')).toEqual([['=', 'Type expected.']])
    expect(wrong('double(')).toEqual([['', "')' expected."]])
  })

  it('is a name that no cell above has, also one of a cell that is not above', () => {
    expect(wrong('const a = 1', 'a + later')).toEqual([['later', "Cannot find name 'later'."]])
  })

  it('is told of a cell alone, not of those above it', () => {
    expect(wrong("const a: number = 'text'", 'a.toFixed(1)')).toEqual([])
  })

  it('is known by the newest type of a name, also where a cell declares it anew', () => {
    const anew = ['const a = 1', "const a = 'text'"]
    expect(wrong(...anew, 'a.length')).toEqual([])
    expect(wrong(...anew, 'a.toFixed()').map(([text]) => text)).toEqual(['toFixed'])
    expect(wrong('const a = 1', "const a = 'text'\na.length")).toEqual([])
  })

  it('is an assignment of another type across cells, and one to a constant', () => {
    expect(wrong('let n = 1', 'n += 1')).toEqual([])
    expect(wrong('let n = 1', "n = 'text'")).toEqual([['n', "Type 'string' is not assignable to type 'number'."]])
    expect(wrong('const n = 1', 'n = 2')).toEqual([
      ['n', "Cannot assign to 'n' because it is a constant of a cell above."],
    ])
  })

  it('is a module that is not there, and no lack of strictness', () => {
    expect(wrong("import { x } from 'nowhere'").map(([text]) => text)).toEqual(["'nowhere'"])
    expect(wrong('const f = (x, y) => x + y\nlet z: number = null\nf(z, 1)')).toEqual([])
  })

  it('is found anew when a cell changes, above or here', () => {
    const { check } = service()
    expect(check(['const a = 1', 'a.length'])).toHaveLength(1)
    expect(check(["const a = 'text'", 'a.length'])).toHaveLength(0)
    expect(check(["const a = 'text'", 'a.toFixed()'])).toHaveLength(1)
    expect(check(['a.toFixed()'])).toHaveLength(1)
  })
})

describe('names that are offered', () => {
  it('are those of the module in an import', () => {
    expect(names('import { dou')).toEqual([])
    const cell = "import { dou } from 'lab'"
    expect(service().complete([cell], 12)).toEqual({
      from: 9,
      names: [{ name: 'double', kind: 'function' }],
      all: true,
    })
  })

  it('are members of a type, those that begin so first, and names of the cells above', () => {
    const above = "import { lawOf } from 'lab'\nconst law = lawOf('ball')\nconst flaw = 1"
    expect(names(above, 'law.rho')).toEqual(['rhoNorm1', 'rhoSup'])
    expect(names(above, 'law.n')).toEqual(['name', 'rhoNorm1'])
    expect(names(above, 'law').slice(0, 3)).toEqual(['law', 'lawOf', 'flaw'])
    expect(names('law')).not.toContain('lawOf')
  })

  it('are at most fifty, and it is told whether those are all', () => {
    const many = Array.from({ length: 60 }, (_, i) => `const own${i} = ${i}`).join('\n')
    const offered = (written: string) => service().complete([many, written], written.length)!
    expect({ names: offered('own').names.length, all: offered('own').all }).toEqual({ names: 50, all: false })
    expect({ names: offered('own5').names.length, all: offered('own5').all }).toEqual({ names: 11, all: true })
  })

  it('are none in a text', () => {
    expect(service().complete(["const a = 'la"], 13)?.names ?? []).toEqual([])
  })
})

describe('what a name is', () => {
  it('is its type, and the first sentence of its docblock in plain characters', () => {
    const cells = ["import { double } from 'lab'", '  double(1)']
    const said = { from: 2, to: 8, type: 'double(x: number): number', sentence: 'Doubles α.' }
    expect(service().describe(cells, 4)).toEqual(said)
    // Behind its last letter too, where the caret stands after typing.
    expect(service().describe(cells, 8)).toEqual(said)
  })

  it('is told without the modules that cells are made of', () => {
    const cells = ["import { lawOf } from 'lab'\nlet law = lawOf('x')\ninterface Own { x: 1 }", 'law']
    expect(service().describe(cells, 1)).toMatchObject({ type: 'let law: Law' })
    expect(service().describe(['interface Own { x: 1 }', 'let own: Own', 'own'], 1)).toMatchObject({
      type: 'let own: Own',
    })
  })

  it('is nothing where no name is', () => {
    expect(service().describe(['1 + 1'], 2)).toBeUndefined()
  })
})
