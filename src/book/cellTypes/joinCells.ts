/**
 * The cells of a page as modules that TypeScript checks. Each sees the names of those above it, as in the kernel: the
 * last cell that declares a name has it, and a cell may declare it anew. The cell's text stands there as it is, behind
 * a line of imports, so that a place in the cell is a place in the module less the length of that line.
 */
import type ts from 'typescript'
import { bound, imported } from '../kernel/compileCell.js'

/** A cell as a module. */
export interface JoinedCell {
  /** /cells/cell1.ts and so on. */
  readonly path: string
  readonly text: string
  /** Where the cell begins in the text. */
  readonly start: number
  /** Where it ends. */
  readonly end: number
}

/** How a name may be used: what a `let` declares can be given another value by a later cell. */
type Declared = 'variable' | 'constant' | 'other'

const MODULE = './cell'

/**
 * The modules of some cells, each with a line before it; all but the last, which may be half written, export their
 * names.
 * @param typescript the compiler
 * @param cells sources, from the top of the page
 * @example joinCells(ts, ['const a = 1', 'a'])[1].text // 'import { a } from "./cell1"; export {};\na'
 */
export function joinCells(typescript: typeof ts, cells: readonly string[]): JoinedCell[] {
  /** The cell, from 1, that declared a name last, and how. */
  const known = new Map<string, readonly [cell: number, how: Declared]>()
  return cells.map((source, i) => {
    const file = typescript.createSourceFile('cell.ts', source, typescript.ScriptTarget.ES2022, false)
    const own = namesOf(typescript, file)
    const head = `${headOf(known, own.declared)}export {};\n`
    const isLast = i === cells.length - 1
    const names = [...own.declared.keys()].filter(name => !own.exported.has(name))
    const tail = isLast || names.length === 0 ? '' : `\nexport { ${names.join(', ')} };`
    for (const [name, how] of own.declared) known.set(name, [i + 1, how])
    return {
      path: `/cells/cell${i + 1}.ts`,
      text: head + source + tail,
      start: head.length,
      end: head.length + source.length,
    }
  })
}

/**
 * The place in a cell of a place in its module; what lies behind the cell is its end, what lies before it is nowhere.
 */
export function placeInCell({ start, end }: JoinedCell, at: number): number | undefined {
  return at < start ? undefined : Math.min(at, end) - start
}

function headOf(known: ReadonlyMap<string, readonly [number, Declared]>, own: ReadonlyMap<string, Declared>): string {
  const parts: string[] = []
  const imports = new Map<number, string[]>()
  for (const [name, [cell, how]] of known) {
    if (own.has(name)) continue
    // What is imported could not be assigned to.
    if (how === 'variable') parts.push(`declare let ${name}: typeof import("${MODULE}${cell}").${name}; `)
    else imports.set(cell, [...(imports.get(cell) ?? []), name])
  }
  for (const [cell, names] of imports) parts.push(`import { ${names.join(', ')} } from "${MODULE}${cell}"; `)
  return parts.join('')
}

/** The names that a cell declares at its top level, types among them, and those that it exports itself. */
function namesOf(
  typescript: typeof ts,
  file: ts.SourceFile,
): { readonly declared: Map<string, Declared>; readonly exported: Set<string> } {
  const declared = new Map<string, Declared>()
  const exported = new Set<string>()
  for (const statement of file.statements) {
    const names = new Map<string, Declared>()
    if (typescript.isVariableStatement(statement)) {
      const { declarations, flags } = statement.declarationList
      const how = (flags & typescript.NodeFlags.Const) === 0 ? 'variable' : 'constant'
      for (const { name } of declarations) for (const each of bound(typescript, name)) names.set(each, how)
    } else if (typescript.isImportDeclaration(statement)) {
      for (const [, local] of imported(typescript, statement)) names.set(local, 'other')
    } else if (isNamed(typescript, statement) && statement.name !== undefined) names.set(statement.name.text, 'other')
    // What is half written has a name without letters.
    names.delete('')
    const modifiers = typescript.canHaveModifiers(statement) ? typescript.getModifiers(statement) : undefined
    const isExported = modifiers?.some(({ kind }) => kind === typescript.SyntaxKind.ExportKeyword) === true
    for (const [name, how] of names) {
      declared.set(name, how)
      if (isExported) exported.add(name)
    }
  }
  return { declared, exported }
}

type Named =
  | ts.FunctionDeclaration
  | ts.ClassDeclaration
  | ts.EnumDeclaration
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration

const isNamed = (typescript: typeof ts, statement: ts.Statement): statement is Named =>
  typescript.isFunctionDeclaration(statement) ||
  typescript.isClassDeclaration(statement) ||
  typescript.isEnumDeclaration(statement) ||
  typescript.isInterfaceDeclaration(statement) ||
  typescript.isTypeAliasDeclaration(statement)
