/**
 * The types of examples: each becomes a module of its own beside src/, with what it names imported, and all are
 * compiled at once as laxly as a notebook cell is.
 */
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'
import { root } from '../support/capabilities.js'
import type { Example } from './readExamples.js'

/**
 * The text of the module: imports, then the example. Where a name is from: a module below src/, a room of the
 * surroundings, or 'unseen'.
 */
function moduleOf(folder: string, { code }: Example, sources: ReadonlyMap<string, string>): string {
  const lines = [...sources].map(([name, from]) => {
    if (from === 'unseen') return `const ${name} = JSON.parse('null')`
    if (!from.endsWith('.ts')) {
      const type = `Awaited<ReturnType<(typeof import('./surroundings.js').SURROUNDINGS)['${from}']>>['${name}']`
      return `const ${name} = undefined as unknown as ${type}`
    }
    const module = relative(folder, join(root, 'src', from))
      .replaceAll('\\', '/')
      .replace(/\.ts$/, '.js')
    return `import { ${name} } from '${module}'`
  })
  return `${lines.join('\n')}\nexport {}\n{\n${code}\n}`
}

/** One sentence for each error of type in the examples. */
export function typeErrors(examples: readonly (readonly [Example, ReadonlyMap<string, string>])[]): string[] {
  const folder = join(root, 'test', 'examples')
  const texts = new Map<string, readonly [text: string, place: string]>()
  for (const [k, [example, sources]] of examples.entries()) {
    texts.set(join(folder, `example${k}.ts`), [moduleOf(folder, example, sources), example.place])
  }
  const { config } = ts.readConfigFile(join(root, 'test', 'tsconfig.json'), path => ts.sys.readFile(path))
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(join(root, 'test', 'tsconfig.json')))
  const lax = { ...options, strict: false, noUncheckedIndexedAccess: false, isolatedDeclarations: false, noEmit: true }
  const host = ts.createCompilerHost({ ...lax, noUnusedLocals: false, noUnusedParameters: false })
  const { readFile, fileExists, getSourceFile } = host
  host.fileExists = path => texts.has(path) || fileExists.call(host, path)
  host.readFile = path => texts.get(path)?.[0] ?? readFile.call(host, path)
  host.getSourceFile = (path, language, ...rest) => {
    const text = texts.get(path)?.[0]
    return text === undefined
      ? getSourceFile.call(host, path, language, ...rest)
      : ts.createSourceFile(path, text, language)
  }
  const program = ts.createProgram(
    [...texts.keys()],
    { ...lax, noUnusedLocals: false, noUnusedParameters: false },
    host,
  )
  return [...texts].flatMap(([path, [, place]]) => {
    const file = program.getSourceFile(path)!
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) => `${place}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    )
  })
}
