// Every cell that a notebook stores has the types that the book's editors ask for.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'
import { beforeAll, describe, expect, it } from 'vitest'
import { type CellService, cellService } from '../../src/book/cellTypes/cellService.js'
import type { TypesFiles } from '../../src/book/cellTypes/protocol.js'
import { joined, readNotebook } from '../../src/notebook/notebookFile.js'
import { notebookFiles } from '../../src/notebook/notebookFolder.js'
import { runs } from '../browser/runCells.js'
import { root } from '../support/capabilities.js'

let files: TypesFiles
let service: CellService
beforeAll(async () => {
  const { typesFiles } = await import(pathToFileURL(join(root, 'scripts', 'book', 'types.mjs')).href)
  files = await typesFiles()
  service = cellService(ts, files)
})

describe('the editors of the book', () => {
  it.each(notebookFiles(root))('find nothing wrong in the cells of %s', file => {
    const cells = readNotebook(join(root, 'notebooks', file)).cells.filter(runs)
    const sources = cells.map(cell => joined(cell.source))
    for (const [i, source] of sources.entries()) expect(service.check(sources.slice(0, i + 1)), source).toEqual([])
    // A right cell with one thing wrong (control).
    expect(service.check([...sources, "const wrong: number = 'text'"]).map(({ from }) => from)).toEqual([6])
  })

  it('know the same of the library as the clone: no declaration file lacks a name', () => {
    const paths = Object.keys(files.files)
    const host: ts.CompilerHost = {
      ...ts.createCompilerHost({}),
      directoryExists: () => true,
      fileExists: path => files.files[path] !== undefined,
      readFile: path => files.files[path],
      getSourceFile: (path, version) =>
        files.files[path] === undefined ? undefined : ts.createSourceFile(path, files.files[path], version),
      getDefaultLibLocation: () => '/lib',
      getDefaultLibFileName: () => '/lib/lib.es2022.d.ts',
      resolveModuleNameLiterals: (literals, from, _, options) =>
        literals.map(({ text }) =>
          files.modules[text] === undefined
            ? ts.resolveModuleName(text, from, options, host)
            : { resolvedModule: { resolvedFileName: files.modules[text], extension: ts.Extension.Dts } },
        ),
    }
    const options: ts.CompilerOptions = {
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2022.d.ts'],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: [],
      noEmit: true,
    }
    const program = ts.createProgram(paths, options, host)
    const said = program
      .getSemanticDiagnostics()
      .map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`)
    // Threads, which a browser's kernel does not have.
    expect(said.filter(text => !text.includes('node:worker_threads'))).toEqual([])
  })
})
