/**
 * What a notebook cell sees of the package's types: tslab's own TypeScript 5.0, its old module resolution, its lax
 * options, but with the declaration files checked instead of skipped.
 */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type TypeScript from 'typescript'
import { root } from '../support/capabilities.js'

const require = createRequire(import.meta.url)
const tslabRequire = createRequire(require.resolve('tslab/package.json'))
/** A TypeScript of 2023; its API is, as far as it is used here, a subset of today's. */
const ts = tslabRequire('@tslab/typescript-for-tslab') as typeof TypeScript

/** '5.0.4' */
export const tslabTypeScript: string = ts.version

const dist = join(root, 'dist').replaceAll('\\', '/')

export interface CellTypes {
  /** Errors in the cell and in the package's own declaration files. */
  readonly errors: readonly string[]
  /** Type of each variable that the cell declares at its top level, as TypeScript prints it. */
  readonly types: ReadonlyMap<string, string>
  /**
   * Type expressions in the package's declaration files that this compiler takes for `any` though they do not say so.
   */
  readonly silentlyAny: readonly string[]
}

/**
 * Checks a cell.
 * @param cell its source
 * @param replaced text of declaration files to be used instead of dist/'s, by file name below dist/
 */
export function cellTypes(cell: string, replaced: Readonly<Record<string, string>> = {}): CellTypes {
  const cellFile = join(root, 'notebooks', '__cell__.ts').replaceAll('\\', '/')
  const virtual = new Map([[cellFile, cell]])
  for (const [name, text] of Object.entries(replaced)) virtual.set(`${dist}/${name}`, text)
  const options: TypeScript.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    esModuleInterop: true,
    skipLibCheck: false,
    noEmit: true,
    types: ['node'],
  }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.fileExists = path => virtual.has(path) || fileExists.call(host, path)
  host.readFile = path => virtual.get(path) ?? readFile.call(host, path)
  host.getSourceFile = (path, version, ...rest) => {
    const text = virtual.get(path)
    return text === undefined
      ? getSourceFile.call(host, path, version, ...rest)
      : ts.createSourceFile(path, text, version)
  }
  host.getCurrentDirectory = () => join(root, 'notebooks')
  const program = ts.createProgram([cellFile], options, host)
  const checker = program.getTypeChecker()
  const ours = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName === cellFile || fileName.startsWith(`${dist}/`))
  const errors = ours.flatMap(file =>
    [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText, start }) => {
        const { line } = file.getLineAndCharacterOfPosition(start ?? 0)
        return `${file.fileName.slice(root.length)}:${line + 1} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
      },
    ),
  )
  const types = new Map<string, string>()
  for (const statement of program.getSourceFile(cellFile)!.statements) {
    if (!ts.isVariableStatement(statement)) continue
    for (const { name } of statement.declarationList.declarations) {
      types.set(name.getText(), checker.typeToString(checker.getTypeAtLocation(name)))
    }
  }
  const silentlyAny: string[] = []
  for (const file of ours) {
    if (file.fileName === cellFile) continue
    const visit = (node: TypeScript.Node): void => {
      if (ts.isTypeReferenceNode(node) && checker.getTypeFromTypeNode(node).flags & ts.TypeFlags.Any) {
        silentlyAny.push(`${file.fileName.slice(root.length)}: ${node.getText(file)}`)
      }
      ts.forEachChild(node, visit)
    }
    visit(file)
  }
  return { errors, types, silentlyAny }
}
