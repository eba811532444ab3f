/**
 * What TypeScript says against the text of a cell before it runs: what is no TypeScript at all. Nothing has to be known
 * of the library for that; types are erased, not checked.
 */
import type ts from 'typescript'
import type { CellDiagnostic } from '../../notebook/kernel/compileReport.js'

/** @example syntaxErrors(ts, 'const x: = 1')[0].messageText // 'Type expected.' */
export function syntaxErrors(typescript: typeof ts, source: string): CellDiagnostic[] {
  const { diagnostics = [] } = typescript.transpileModule(source, {
    reportDiagnostics: true,
    compilerOptions: {
      target: typescript.ScriptTarget.ES2022,
      module: typescript.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  })
  return diagnostics.flatMap(each => asKernel(typescript, each))
}

/** A diagnostic as the kernel gives it: the links of a chain of messages one after the other. */
function asKernel(typescript: typeof ts, diagnostic: ts.Diagnostic): CellDiagnostic[] {
  const { file, start = 0, length = 0, code } = diagnostic
  const at = file?.getLineAndCharacterOfPosition(start) ?? { line: 0, character: 0 }
  const messages = typescript.flattenDiagnosticMessageText(diagnostic.messageText, '\n').split('\n')
  return messages.map(message => ({
    start: { offset: start, line: at.line, character: at.character },
    end: { offset: start + length },
    messageText: message.trim(),
    code,
  }))
}
