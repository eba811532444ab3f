/**
 * Runs an example: what it names is imported from its own module, from the surroundings, or from wherever src/ exports
 * it.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { root } from '../support/capabilities.js'
import { type Example, sourceFiles } from './readExamples.js'

/** Exported name -> the modules that export it, below src/. */
export function exportedNames(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const path of sourceFiles()) {
    if (path.endsWith('index.ts') || ['browser.ts', 'moved.ts'].includes(path)) continue
    const text = readFileSync(join(root, 'src', path), 'utf8')
    for (const [, name] of text.matchAll(/^export (?:async )?(?:function\*?|const|class|let) (\w+)/gm)) {
      found.set(name!, [...(found.get(name!) ?? []), path])
    }
  }
  return found
}

/** Names that code uses and does not declare. */
export function freeNames(code: string): string[] {
  const file = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022, true)
  const declared = new Set<string>()
  const used = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return
    if (ts.isIdentifier(node)) {
      const { parent } = node
      const isName =
        ts.isMetaProperty(parent) ||
        (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
        (ts.isPropertyAssignment(parent) && parent.name === node) ||
        (ts.isBindingElement(parent) && parent.propertyName === node)
      if (
        (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent)) &&
        parent.name === node
      )
        declared.add(node.text)
      else if (!isName) used.add(node.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return [...used].filter(name => !declared.has(name) && !(name in globalThis))
}

/** What examples may speak of, beside what src/ exports. */
export interface Known {
  /** Names of the surroundings, by room. */
  readonly rooms: ReadonlyMap<string, readonly string[]>
  /** Names that stand for anything. */
  readonly unseen: readonly string[]
  /** Of {@link exportedNames}. */
  readonly names: ReadonlyMap<string, readonly string[]>
}

const PLATFORM = /^book\/kernel\/platform\//

/**
 * Where each free name of an example comes from: a module below src/, a room of the surroundings, or 'unseen'.
 * @throws Error for a name that is nowhere
 */
export function sourcesOf({ path, code, place }: Example, { rooms, unseen, names }: Known): Map<string, string> {
  const home = path.split('/')[0]!
  return new Map(
    freeNames(code).map(name => {
      const modules = names.get(name) ?? []
      if (modules.includes(path)) return [name, path]
      const room = [home, 'common'].find(candidate => rooms.get(candidate)?.includes(name))
      if (room !== undefined) return [name, room]
      // What the book has in the place of Node's own is nobody else's.
      const best =
        modules.find(module => module.startsWith(`${home}/`)) ?? modules.find(module => !PLATFORM.test(module))
      if (best !== undefined) return [name, best]
      if (unseen.includes(name)) return [name, 'unseen']
      throw new Error(`${place} speaks of ${name}, which nothing exports`)
    }),
  )
}

/** The last statement's value: an expression is returned, of a declaration what it declares. */
export function returning(code: string): string {
  const file = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022, true)
  const last = file.statements.at(-1)
  if (last === undefined || !ts.isExpressionStatement(last)) return code
  return `${code.slice(0, last.getStart(file))}return (${last.expression.getText(file)})`
}

/** What an example gives, or throws. */
export async function outcomeOf(
  code: string,
  scope: Readonly<Record<string, unknown>>,
): Promise<{ value?: unknown; error?: unknown }> {
  const body = ts.transpileModule(`async function example() {\n${returning(code)}\n}`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  }).outputText
  try {
    return { value: await new Function(...Object.keys(scope), `${body}\nreturn example()`)(...Object.values(scope)) }
  } catch (error) {
    return { error }
  }
}
