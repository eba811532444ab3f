/**
 * The house rules on imports, as a function from sources to violations: downwards only, no circles, the file system
 * and the network in few places, tslab in one.
 */
import { posix } from 'node:path'
import ts from 'typescript'
// @ts-expect-error: plain JavaScript without declarations
import { ROOMS } from '../../scripts/layers.mjs'

/** Folder of src/ -> layer. Imports run strictly downwards; within a layer folders may use each other one way. */
export const LAYERS: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(ROOMS as Record<string, { readonly floor: number }>).map(([name, { floor }]) => [name, floor]),
)

const MAY_TOUCH_THE_WORLD = ['files', 'ensemble', 'notebook', 'cli', 'book']

const WORLD_MODULES =
  /^(node:)?(fs|net|http|https|http2|tls|dgram|dns|child_process|cluster|repl|readline)(\/promises)?$|^(playwright|undici|zeromq)/
const WORLD_GLOBALS = new Set(['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'localStorage', 'indexedDB'])

interface Source {
  /** Modules named in import, export … from, import(), import types and require. */
  readonly modules: readonly string[]
  /** Those of them that are imported for their types only: nothing of that is left in the compiled file. */
  readonly erased: ReadonlySet<string>
  /** Forbidden things that the code does, in words. */
  readonly deeds: readonly string[]
  /** Globals of the network or the browser's stores that it uses. */
  readonly globals: readonly string[]
  readonly exportsOnly: boolean
}

/** Reads one file with TypeScript's own parser. */
export function parse(path: string, text: string): Source {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
  const modules: string[] = []
  const erased = new Set<string>()
  const deeds: string[] = []
  const globals: string[] = []
  const visit = (node: ts.Node, inFunction: boolean): void => {
    const named =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) &&
            (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText(file) === 'require')
          ? node.arguments[0]
          : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
            ? node.argument.literal
            : undefined
    if (named !== undefined && ts.isStringLiteralLike(named)) {
      modules.push(named.text)
      if (ts.isImportDeclaration(node) && node.importClause?.isTypeOnly) erased.add(named.text)
    }
    if (ts.isCallExpression(node) && node.expression.getText(file) === 'Math.random') deeds.push('uses Math.random')
    if (ts.isAwaitExpression(node) && !inFunction) deeds.push('awaits at top level')
    if (ts.isIdentifier(node) && WORLD_GLOBALS.has(node.text) && isFree(node)) globals.push(node.text)
    const inner = inFunction || ts.isFunctionLike(node)
    ts.forEachChild(node, child => visit(child, inner))
  }
  visit(file, false)
  const exportsOnly = file.statements.every(statement => ts.isExportDeclaration(statement))
  return { modules, erased, deeds, globals, exportsOnly }
}

/** Whether an identifier is a use of a global, not the name of a property or of something declared here. */
function isFree(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent))
    return parent.expression === node || parent.expression.getText() === 'globalThis'
  const declares = ts.isPropertyAssignment(parent) || ts.isTypeElement(parent) || ts.isClassElement(parent)
  return !(declares && parent.name === node)
}

const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '')

/** A circle in a directed graph, as its nodes in order; undefined if there is none. */
export function circle(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const finished = new Set<string>()
  const trail: string[] = []
  const visit = (node: string): string[] | undefined => {
    const seen = trail.indexOf(node)
    if (seen >= 0) return [...trail.slice(seen), node]
    if (finished.has(node)) return undefined
    trail.push(node)
    for (const next of edges.get(node) ?? []) {
      const found = visit(next)
      if (found !== undefined) return found
    }
    trail.pop()
    finished.add(node)
    return undefined
  }
  for (const node of edges.keys()) {
    const found = visit(node)
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * @param sources path below src/ -> text
 * @param dependencies names of the packages that package.json lists under "dependencies"
 * @param development those under "devDependencies": only the book may use them, which is built from a clone and is not
 * a part of the published package; and the kernel's files their types, of which nothing is published
 * @returns one sentence for each violation
 */
export function violations(
  sources: ReadonlyMap<string, string>,
  dependencies: readonly string[],
  development: readonly string[] = [],
): string[] {
  const found: string[] = []
  const files = new Map<string, Set<string>>()
  const folders = new Map<string, Set<string>>()
  for (const [path, text] of sources) {
    const folder = folderOf(path)
    const { modules, erased, deeds, globals, exportsOnly } = parse(path, text)
    files.set(path, new Set())
    found.push(...deeds.map(deed => `${path} ${deed}`))
    if (folder === '' && !exportsOnly) found.push(`${path} is the table of contents and must only re-export`)
    if (folder !== '' && LAYERS[folder] === undefined) found.push(`${path} is in a folder without a layer`)
    const worldly = MAY_TOUCH_THE_WORLD.includes(folder)
    if (!worldly) found.push(...globals.map(name => `${path} uses ${name}`))
    for (const module of modules) {
      if (!module.startsWith('.')) {
        if (WORLD_MODULES.test(module) && !worldly) found.push(`${path} imports ${module}`)
        if (/^(@tslab\/|tslab)/.test(module) && folder !== 'notebook') found.push(`${path} imports ${module}`)
        const name = module
          .split('/')
          .slice(0, module.startsWith('@') ? 2 : 1)
          .join('/')
        const building = folder === 'book' || (folder === 'notebook' && erased.has(module))
        const known = dependencies.includes(name) || (building && development.includes(name))
        if (!module.startsWith('node:') && !known) {
          found.push(`${path} imports ${name}, which is not among the dependencies`)
        }
        continue
      }
      const target = posix.join(posix.dirname(path), module).replace(/\.js$/, '.ts')
      if (target.startsWith('..')) found.push(`${path} imports ${module} from outside src/`)
      files.get(path)!.add(target)
      const to = folderOf(target)
      if (folder === '' || folder === to) continue
      if (to === '') found.push(`${path} imports the table of contents ${target}`)
      else if (LAYERS[to]! > LAYERS[folder]!) found.push(`${path} imports upwards: ${target}`)
      else if (LAYERS[to] === LAYERS[folder]) {
        folders.set(folder, (folders.get(folder) ?? new Set()).add(to))
      }
    }
  }
  const sideways = circle(folders)
  if (sideways !== undefined) found.push(`folders import each other in a circle: ${sideways.join(' -> ')}`)
  const around = circle(files)
  if (around !== undefined) found.push(`files import each other in a circle: ${around.join(' -> ')}`)
  return found
}
