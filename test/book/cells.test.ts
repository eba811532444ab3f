// The cells of the book as a runner sees them, in Node: what they print, what stays, what is said of errors.
import ts from 'typescript'
import { afterEach, describe, expect, it } from 'vitest'
import { type CellRunner, cellRunner } from '../../src/book/kernel/cellRunner.js'
import { compileCell } from '../../src/book/kernel/compileCell.js'
import { lineMap } from '../../src/book/kernel/lineMap.js'

const MODULES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  lab: { double: (x: number) => 2 * x, default: 'the default', constant: 7 },
}

// biome-ignore lint/security/noGlobalEval: that is what running a cell means
const globalEval = eval

const before = new Set(Object.keys(globalThis))
/** Takes away what the cells of a test have named. */
afterEach(() => {
  for (const name of Object.keys(globalThis))
    if (!before.has(name)) delete (globalThis as Record<string, unknown>)[name]
})

/** A runner on the global object of this process, and what its cells print. */
function notebook(): CellRunner & { readonly printed: unknown[] } {
  const printed: unknown[] = []
  const scope = globalThis as unknown as Record<string, unknown>
  scope.log = (value: unknown) => printed.push(value)
  const runner = cellRunner({
    typescript: ts,
    scope,
    evaluate: globalEval,
    load: module => {
      if (MODULES[module] === undefined) throw new Error(`there is no module ${module}`)
      return MODULES[module]
    },
    print: value => printed.push(value),
  })
  return { ...runner, printed }
}

/** Runs cells that must not fail, and returns what they printed. */
async function prints(...cells: string[]): Promise<unknown[]> {
  const { run, printed } = notebook()
  for (const cell of cells) expect(await run(cell), cell).toBeUndefined()
  return printed
}

describe('cells', () => {
  it('print the value of their last expression, and of no other', async () => {
    expect(await prints('1 + 1', '2; 3', 'const x: number = 4', 'null', 'void 0', '({ a: 1 }).a')).toEqual([2, 3, 1])
  })

  it.each([
    ['const', 'const a: number = 1', 'a'],
    ['let without a value', 'let a', 'a = 1; a'],
    ['let between others', 'let b = 2, a, c = 3', 'a = c - b; a'],
    ['var', 'var a = 1', 'a'],
    ['a function', 'function a0(x: number): number { return x }', 'a0(1)'],
    ['a function before it stands there', 'const a = f()\nfunction f() { return 1 }', 'a'],
    ['a class', 'class A { value = 1 }', 'new A().value'],
    ['an enumeration', 'enum E { zero, one }', 'E.one'],
    ['an exported name', 'export const a = 1', 'a'],
    ['an object taken apart', 'const { x: { a = 1 }, ...rest } = { x: {}, y: 2 } as any', 'a'],
    ['a list taken apart', 'const [, a, ...others] = [0, 1, 2]', 'a + others.length - 1'],
    ['an import', "import { double as twice, constant } from 'lab'", 'twice(constant) - 13'],
    ['an import of all', "import * as lab from 'lab'", 'lab.double(0.5)'],
    ['a default import', "import text from 'lab'", 'text.length - 10'],
    ['an import over lines', "import {\n  double,\n  constant,\n} from 'lab'\n", 'double(constant) - 13'],
    [
      'an import that is not used',
      "import { constant } from 'lab'\nimport type { Thing } from 'nowhere'",
      'constant - 6',
    ],
    ['awaited values', 'const a = await Promise.resolve(1)', 'a'],
    ['a name that the place has itself', 'const log = 1', 'log'],
    ['a name that is declared anew', 'const a = 3\n', 'const a = 1\na'],
  ])('keep the name of %s for later cells', async (_, first, second) => {
    expect(await prints(first, second)).toEqual([1])
  })

  it('see in their functions what later cells made of a name', async () => {
    expect(
      await prints('let n = 1\nconst read = () => n\nconst add = () => { n += 1 }', 'add(); add()', 'read()'),
    ).toEqual([3])
  })

  it('do not share names inside blocks (control)', async () => {
    const { run } = notebook()
    await run('{ const hidden = 1 }')
    expect(await run('hidden')).toMatchObject({ ename: 'ReferenceError', evalue: 'hidden is not defined' })
  })

  it('print a promise that nobody awaits as what it is', async () => {
    const [value] = await prints('Promise.resolve(1)')
    expect(value).toBeInstanceOf(Promise)
  })

  it('are refused before they run when they are no TypeScript, with line and place', async () => {
    const { run, printed } = notebook()
    const report = await run('log(1)\nconst x: = 2')
    expect(printed).toEqual([])
    expect(report).toMatchObject({ ename: 'CompileError', evalue: 'Type expected.' })
    expect(report!.traceback).toContain('cell [1], line 2')
    expect(report!.traceback).toContain('> 2 | const x: = 2')
  })

  it('name the line of an error, behind types and empty lines, also in a function of another cell', async () => {
    const { run } = notebook()
    await run(
      'interface T {\n  x: number\n}\n\nfunction fail(t: T): never {\n\n  throw new RangeError("x is " + t.x)\n}',
    )
    const report = await run('type U = number\n\nconst u: U = 1\nfail({ x: u })')
    expect(report).toMatchObject({ ename: 'RangeError', evalue: 'x is 1' })
    const text = report!.traceback.join('\n')
    expect(text).toContain('cell [1], line 7')
    expect(text).toContain('called from cell [2], line 4')
  })

  it('report what is no error, and a module that is not there', async () => {
    const { run } = notebook()
    expect(await run("throw 'words'")).toMatchObject({ ename: 'Error', evalue: "thrown: 'words'" })
    expect(await run("import { x } from 'nowhere'")).toMatchObject({ evalue: 'there is no module nowhere' })
  })

  it('are strict: a name that was never declared is an error', async () => {
    const { run } = notebook()
    expect(await run('mistyped = 1')).toMatchObject({ ename: 'ReferenceError' })
  })

  it('go on after an error, with the names that were there', async () => {
    const { run, printed } = notebook()
    await run('const a = 1')
    expect(await run("const b = 2\nthrow new Error('stop')")).toBeDefined()
    await run('a + b')
    expect(printed).toEqual([3])
  })
})

describe('a compiled cell', () => {
  it('declares what stands at its top level', () => {
    expect(
      compileCell(ts, 'import { x } from "m"\nconst { y, z: [w] } = x\nfunction f() { const inner = 1 }', 1).names,
    ).toEqual(['x', 'y', 'w', 'f'])
  })

  it('has lines that lead back to the cell', () => {
    const source = 'type A = {\n  a: 1\n}\nconst a: A = { a: 1 }\n\n\nconst b = 2'
    const { code, lineOf } = compileCell(ts, source, 1)
    const line = code.split('\n').findIndex(text => text.includes('b = 2')) + 1
    expect(line).toBeLessThan(7)
    expect(lineOf(line)).toBe(7)
  })
})

it('a source map is read as the standard says', () => {
  // Lines 1, 3 and 20 of the source; a line without an origin follows the one before.
  const lineOf = lineMap('{"mappings":"AAAA;AAEA,IAAI;;AAiBA"}')
  expect([1, 2, 3, 4, 9].map(lineOf)).toEqual([1, 3, 3, 20, 20])
})
