/**
 * What TypeScript says against a cell, as the same kind of report that errors of running cells get.
 */
import type ts from 'typescript'
import { awaitHint, codeFrame, type ErrorReport, placeText } from './errorReport.js'

/** A diagnostic as tslab gives it; lines and characters count from 0. */
export interface CellDiagnostic {
  readonly start: { readonly offset: number; readonly line: number; readonly character: number }
  readonly end: { readonly offset: number }
  readonly messageText: string
  readonly code: number
  /** Of a module beside the notebook; absent for the cell itself. */
  readonly fileName?: string
}

/** What TypeScript knows about a name. */
export interface QuickInfo {
  readonly displayParts?: readonly { readonly text: string }[]
  readonly tags?: readonly { readonly name: string; readonly text?: readonly { readonly text: string }[] }[]
}

/** "Expected 2 arguments, but got 1" in its three forms. */
const ARITY = new Set([2554, 2555, 2575])

/**
 * @param cell its number, @param source its text
 * @param inspect what TypeScript knows of the name at an offset of the cell
 */
export function compileReport(
  diagnostics: readonly CellDiagnostic[],
  cell: number,
  source: string,
  typescript: typeof ts,
  inspect: (offset: number) => QuickInfo | undefined,
): ErrorReport {
  const file = typescript.createSourceFile('cell.ts', source, typescript.ScriptTarget.ES2022, true)
  const groups = grouped(diagnostics)
  const blocks = groups.map(group => {
    const [{ start, code, fileName }] = group
    if (fileName !== undefined) return [`${fileName}, line ${start.line + 1}`]
    const call = ARITY.has(code) ? callText(callee(typescript, file, start.offset), inspect) : []
    const promise = group.some(({ messageText }) => fromPromise(messageText))
    const hint = promise ? [awaitHint(promised(typescript, file, group[0]))] : []
    const place = placeText({ cell, line: start.line + 1 })
    return [place, ...codeFrame(source, start.line + 1, start.character + 1), ...hint, ...call]
  })
  const messages = groups.map(group => group.map(({ messageText }, depth) => `${'  '.repeat(depth)}${messageText}`))
  const traceback = groups.flatMap((_, i) => {
    const [first, ...rest] = messages[i]!
    return [`${i === 0 ? 'CompileError: ' : ''}${first}`, ...rest, ...blocks[i]!]
  })
  return { ename: 'CompileError', evalue: messages.map(([first]) => first).join('\n'), traceback }
}

type Group = readonly [CellDiagnostic, ...CellDiagnostic[]]

/** tslab gives the links of a chain of messages one after the other, all with the place of the first. */
function grouped(diagnostics: readonly CellDiagnostic[]): Group[] {
  const groups: [CellDiagnostic, ...CellDiagnostic[]][] = []
  for (const diagnostic of diagnostics) {
    const last = groups.at(-1)
    const same = last?.[0].start.offset === diagnostic.start.offset && last[0].end.offset === diagnostic.end.offset
    if (same) last.push(diagnostic)
    else groups.push([diagnostic])
  }
  return groups
}

/** Whether something is wrong with a promise that is given, not with one that is wanted. */
function fromPromise(message: string): boolean {
  return /(?<!\bto (?:type|parameter of type) )'Promise</.test(message)
}

/** The deepest node that covers an offset and satisfies a condition. */
function nodeAt(
  typescript: typeof ts,
  file: ts.SourceFile,
  offset: number,
  wanted: (node: ts.Node) => boolean,
): ts.Node | undefined {
  let found: ts.Node | undefined
  const visit = (node: ts.Node): void => {
    if (offset < node.getStart(file) || offset >= node.end) return
    if (wanted(node)) found = node
    typescript.forEachChild(node, visit)
  }
  visit(file)
  return found
}

/** The expression whose value is a promise, if it can be named. */
function promised(typescript: typeof ts, file: ts.SourceFile, { start, end }: CellDiagnostic): string | undefined {
  const node = nodeAt(
    typescript,
    file,
    start.offset,
    each => each.getStart(file) === start.offset && each.end === end.offset,
  )
  const parent = node?.parent
  if (parent === undefined) return undefined
  if (typescript.isPropertyAccessExpression(parent) && parent.name === node) return parent.expression.getText(file)
  if (typescript.isVariableDeclaration(parent) && parent.name === node) {
    // `const { x } = f()` complains about x, `const n: number = f()` about n.
    return parent.initializer?.getText(file)
  }
  if (typescript.isBindingElement(parent)) return bound(typescript, parent)?.getText(file)
  return typescript.isExpression(node!) ? node.getText(file) : undefined
}

function bound(typescript: typeof ts, element: ts.Node): ts.Expression | undefined {
  let node = element
  while (typescript.isBindingElement(node) || typescript.isObjectBindingPattern(node)) node = node.parent
  return typescript.isVariableDeclaration(node) ? node.initializer : undefined
}

/** The offset of the name of the function that the innermost call around an offset calls. */
function callee(typescript: typeof ts, file: ts.SourceFile, offset: number): number | undefined {
  const isCall = (node: ts.Node): node is ts.CallExpression | ts.NewExpression =>
    typescript.isCallExpression(node) || typescript.isNewExpression(node)
  const node = nodeAt(typescript, file, offset, each => {
    // An argument that is itself a call is innermost around its own name, but not what is complained about.
    return isCall(each) && !(isCall(each.parent) && each.getStart(file) === offset && each.parent.expression !== each)
  })
  if (node === undefined || !isCall(node)) return undefined
  const { expression } = node
  return (typescript.isPropertyAccessExpression(expression) ? expression.name : expression).getStart(file)
}

/** How the function is called: its signature, and the first example of its documentation. */
function callText(offset: number | undefined, inspect: (offset: number) => QuickInfo | undefined): string[] {
  const info = offset === undefined ? undefined : inspect(offset)
  const text = (info?.displayParts ?? []).map(part => part.text).join('')
  if (text === '') return []
  const signature = text
    .replace(/^(\(\w+\) )+/, '')
    .replace(/^function /, '')
    .replace(/\nimport [\s\S]*$/, '')
  const example = info?.tags?.find(tag => tag.name === 'example')?.text?.map(part => part.text)
  const lines = example === undefined ? [] : example.join('').trim().split('\n')
  return [`call it as ${signature}`, ...(lines.length > 0 ? ['for example', ...lines.map(line => `  ${line}`)] : [])]
}
