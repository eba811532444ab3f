/**
 * What the package exports, read from its source by the compiler: every function with its parameters, and every member
 * of their options objects.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** A place where a caller can put a value. */
export interface Place {
  /** Index of the argument, then names of members of options objects. */
  readonly path: readonly (number | string)[]
  /** Words of which a message about this place must contain one. */
  readonly names: readonly string[]
  /** Whether it is an options object, in which no other names are allowed. */
  readonly options: boolean
  /** Whether only a number is allowed there (or, if optional, undefined). */
  readonly number: boolean
}

/** An exported function. */
export interface ExportedFunction {
  readonly name: string
  readonly places: readonly Place[]
  /**
   * An argument list made up from the types: numbers 1, words 'x', lists of three. Enough for functions that only draw.
   */
  readonly made: () => unknown[]
}

const root = join(import.meta.dirname, '../..')

/** The rooms of the package: folders of src/ with a table of contents. */
export const rooms: readonly string[] = readdirSync(join(root, 'src')).filter(name =>
  existsSync(join(root, 'src', name, 'index.ts')),
)

/** All exported functions of the rooms, in the order of their names. */
export function exportedFunctions(): ExportedFunction[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
  }
  const entries = rooms.map(room => join(root, 'src', room, 'index.ts'))
  const program = ts.createProgram(entries, options)
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(entries[0]!)!
  const functions: ExportedFunction[] = []
  const exportsOf = (entry: string): ts.Symbol[] =>
    checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)!)!)
  for (const exported of entries.flatMap(exportsOf)) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
    if (!(symbol.flags & ts.SymbolFlags.Value)) continue
    const [signature] = checker.getTypeOfSymbolAtLocation(symbol, source).getCallSignatures()
    if (signature === undefined) continue
    const { parameters } = signature
    const types = parameters.map(parameter => checker.getTypeOfSymbolAtLocation(parameter, source))
    functions.push({
      name: symbol.name,
      places: parameters.flatMap((parameter, index) => placesOf(checker, parameter, types[index]!, index)),
      made: () => types.map(type => madeValue(checker, type, 0)),
    })
  }
  return functions.sort((a, b) => (a.name < b.name ? -1 : 1))
}

function placesOf(checker: ts.TypeChecker, parameter: ts.Symbol, given: ts.Type, index: number): Place[] {
  const type = checker.getNonNullableType(given)
  const members = membersOf(checker, type).map(({ name }) => name)
  const declared = parameter.valueDeclaration as ts.ParameterDeclaration
  const destructured = ts.isObjectBindingPattern(declared.name)
  // Figures that have traces called data call their argument input.
  const own = parameter.name === 'input' ? ['input', 'data'] : destructured ? ['options'] : [parameter.name]
  const whole: Place = { path: [index], names: [...own, ...members], number: isNumber(type), options: false }
  // Options, and what is taken apart at once: each member is an argument of its own. Laws, kernels and results are not.
  const typeName = type.aliasSymbol?.name ?? type.getSymbol()?.name ?? ''
  const isOptions =
    destructured || /Options$|Input$|Identity$|^StreamName$|^TailEvent$|^MajorantParameters$|^ImageSize$/.test(typeName)
  const declaration = type.getSymbol()?.declarations?.[0] ?? type.aliasSymbol?.declarations?.[0]
  const ours = declaration === undefined || !declaration.getSourceFile().fileName.includes('node_modules')
  if (!ours || (!isOptions && !/^(options|deviation|parameters)$/.test(parameter.name))) return [whole]
  return [
    { ...whole, options: /Options\b/.test(typeName) || parameter.name === 'options' },
    ...membersOf(checker, type).map(({ name, type: member }) => ({
      path: [index, name],
      names: [name, ...membersOf(checker, checker.getNonNullableType(member)).map(inner => inner.name)],
      number: isNumber(checker.getNonNullableType(member)),
      options: false,
    })),
  ]
}

function membersOf(checker: ts.TypeChecker, type: ts.Type): { readonly name: string; readonly type: ts.Type }[] {
  const parts = type.isUnion() ? type.types : [type]
  const objects = parts.filter(part => part.flags & ts.TypeFlags.Object && part.getCallSignatures().length === 0)
  if (objects.some(part => checker.isArrayType(part) || part.getNumberIndexType() !== undefined)) return []
  const found = new Map<string, ts.Type>()
  for (const part of objects) {
    for (const member of checker.getPropertiesOfType(part)) found.set(member.name, checker.getTypeOfSymbol(member))
  }
  return [...found].map(([name, member]) => ({ name, type: member }))
}

const isNumber = (type: ts.Type): boolean =>
  (type.isUnion() ? type.types : [type]).every(part => (part.flags & ts.TypeFlags.NumberLike) !== 0)

/** A value of a type: the first of a union, 1, 'x', three of a list; members that may be absent are. */
function madeValue(checker: ts.TypeChecker, given: ts.Type, depth: number): unknown {
  const type = checker.getNonNullableType(given)
  if (depth > 8) return undefined
  if (type.isUnion()) return madeValue(checker, type.types[0]!, depth)
  if (type.isLiteral()) return type.value
  if (type.flags & ts.TypeFlags.NumberLike) return 1
  if (type.flags & ts.TypeFlags.StringLike) return 'x'
  if (type.flags & ts.TypeFlags.BooleanLike) return true
  if (type.getCallSignatures().length > 0) return () => 1
  if (/^Float64Array/.test(checker.typeToString(type))) return Float64Array.of(1, 2, 3)
  const element = type.getNumberIndexType()
  if (element !== undefined) {
    if (element.flags & ts.TypeFlags.NumberLike) return [1, 2, 3]
    return Array.from({ length: 3 }, () => madeValue(checker, element, depth + 1))
  }
  const value = type.getStringIndexType()
  if (value !== undefined) return { x: madeValue(checker, value, depth + 1) }
  return Object.fromEntries(
    checker
      .getPropertiesOfType(type)
      .filter(member => !(member.flags & ts.SymbolFlags.Optional))
      .map(member => [member.name, madeValue(checker, checker.getTypeOfSymbol(member), depth + 1)]),
  )
}
