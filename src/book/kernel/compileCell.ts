/**
 * A cell in TypeScript as the text of an async function whose names live on the global object, so that later cells find
 * them and may declare them anew.
 */
import type ts from 'typescript'
import { cellFile } from '../../notebook/kernel/errorReport.js'
import { lineMap } from './lineMap.js'

/** A cell that can run. */
export interface CompiledCell {
  /** An expression: a function of `load`, which is given the name of a module, that runs the cell. */
  readonly code: string
  /** What the cell declares at its top level. */
  readonly names: readonly string[]
  /** The line of the cell, from 1, that a line of the code came from. */
  lineOf(line: number): number
}

/** Erases the types only: what is imported stays, used or not. */
const OPTIONS = (typescript: typeof ts): ts.CompilerOptions => ({
  target: typescript.ScriptTarget.ES2022,
  module: typescript.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  sourceMap: true,
  newLine: typescript.NewLineKind.LineFeed,
})

/** A replacement of a piece of text. */
type Edit = readonly [from: number, to: number, text: string]

/**
 * Compiles a cell; what TypeScript has against it is asked elsewhere.
 * @param typescript the compiler
 * @param source the cell
 * @param cell its number, for the places of errors
 * @example compileCell(ts, 'const a: number = 1\na + 1', 1).names // ['a']
 */
export function compileCell(typescript: typeof ts, source: string, cell: number): CompiledCell {
  const { outputText, sourceMapText } = typescript.transpileModule(source, { compilerOptions: OPTIONS(typescript) })
  const text = outputText.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n')
  const file = typescript.createSourceFile('cell.js', text, typescript.ScriptTarget.ES2022, true)
  const names: string[] = []
  const hoisted: string[] = []
  const edits: Edit[] = []
  const last = file.statements.at(-1)
  for (const statement of file.statements) {
    names.push(...namesOf(typescript, statement))
    if (typescript.isFunctionDeclaration(statement)) hoisted.push(...namesOf(typescript, statement))
    edits.push(...editsOf(typescript, statement, file, statement === last))
  }
  const body = edits
    .sort((a, b) => b[0] - a[0])
    .reduce((code, [from, to, replacement]) => code.slice(0, from) + replacement + code.slice(to), text)
  // On the first line, so that lines keep their numbers.
  const start = hoisted.map(name => `globalThis.${name} = ${name}; `).join('')
  const code = `(async ${LOAD} => { 'use strict'; ${start}${body}\n})\n//# sourceURL=${cellFile(cell)}`
  return { code, names: [...new Set(names)], lineOf: lineMap(sourceMapText ?? '') }
}

/** What a cell calls its function that loads modules: a name that nobody gives to anything else. */
const LOAD = '__mflLoad'

/** The names that a statement declares at the top level. */
function namesOf(typescript: typeof ts, statement: ts.Statement): string[] {
  if (typescript.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => bound(typescript, name))
  if (typescript.isFunctionDeclaration(statement) || typescript.isClassDeclaration(statement))
    return statement.name === undefined ? [] : [statement.name.text]
  if (typescript.isImportDeclaration(statement)) return imported(typescript, statement).map(([, local]) => local)
  return []
}

/** The names that a pattern declares. */
export function bound(typescript: typeof ts, name: ts.BindingName): string[] {
  if (typescript.isIdentifier(name)) return [name.text]
  return name.elements.flatMap(element =>
    typescript.isOmittedExpression(element) ? [] : bound(typescript, element.name),
  )
}

/** Pairs of what a module calls something and what the cell calls it; '*' is the module itself. */
export function imported(typescript: typeof ts, { importClause }: ts.ImportDeclaration): [string, string][] {
  const { name, namedBindings } = importClause ?? {}
  const own: [string, string][] = name === undefined ? [] : [['default', name.text]]
  if (namedBindings === undefined) return own
  if (typescript.isNamespaceImport(namedBindings)) return [...own, ['*', namedBindings.name.text]]
  return [
    ...own,
    ...namedBindings.elements.map(({ name: local, propertyName }): [string, string] => [
      (propertyName ?? local).text,
      local.text,
    ]),
  ]
}

/** Declarations become assignments, imports become calls, and the expression at the end is returned. */
function editsOf(typescript: typeof ts, statement: ts.Statement, file: ts.SourceFile, isLast: boolean): Edit[] {
  const start = statement.getStart(file)
  const { end } = statement
  if (typescript.isImportDeclaration(statement)) {
    const module = (statement.moduleSpecifier as ts.StringLiteral).text
    const into = imported(typescript, statement).map(
      ([key, local]) => `globalThis.${local} = ${key === '*' ? 'm' : `m[${JSON.stringify(key)}]`};`,
    )
    const lines = '\n'.repeat(statement.getText(file).split('\n').length - 1)
    return [[start, end, `{ const m = await ${LOAD}(${JSON.stringify(module)}); ${into.join(' ')} }${lines}`]]
  }
  if (typescript.isVariableStatement(statement)) {
    const { declarations, flags } = statement.declarationList
    const first = declarations[0]!.getStart(file)
    const isVar = (flags & typescript.NodeFlags.BlockScoped) === 0
    if (isVar && declarations.every(({ initializer }) => initializer === undefined)) return [[start, end, ';']]
    const empty = declarations.filter(({ initializer }) => initializer === undefined)
    return [
      [start, first, ';('],
      ...empty
        .filter(each => each.end < declarations.at(-1)!.end)
        .map((each): Edit => [each.end, each.end, ' = void 0']),
      [declarations.at(-1)!.end, end, `${empty.includes(declarations.at(-1)!) ? ' = void 0' : ''});`],
    ]
  }
  if (typescript.isClassDeclaration(statement) && statement.name !== undefined)
    return [[start, start, `;globalThis.${statement.name.text} = `]]
  if (typescript.isExportDeclaration(statement) || typescript.isExportAssignment(statement)) return [[start, end, ';']]
  if (isLast && typescript.isExpressionStatement(statement)) {
    const { expression } = statement
    return [
      [start, start, ';return { value: ('],
      [expression.end, end, ') }'],
    ]
  }
  const modifier = typescript.canHaveModifiers(statement)
    ? typescript.getModifiers(statement)?.find(({ kind }) => kind === typescript.SyntaxKind.ExportKeyword)
    : undefined
  return modifier === undefined ? [] : [[modifier.getStart(file), modifier.end, '']]
}
