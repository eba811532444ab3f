/**
 * The worker that knows the types of cells. It runs none of them, and knows nothing of pages: files and questions come
 * as messages, answers go as messages.
 */
import type ts from 'typescript'
import { type CellService, cellService } from './cellService.js'
import type { FromTypes, ToTypes, TypesAnswers, TypesFiles, TypesQuestion } from './protocol.js'

/** The declaration files: JSON, compressed by gzip, in base 64. */
export interface TypesPack {
  readonly pack: string
}

async function unpack(pack: string): Promise<TypesFiles> {
  const bytes = Uint8Array.from(atob(pack), c => c.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return JSON.parse(await new Response(stream).text()) as TypesFiles
}

function answerOf(service: CellService, question: TypesQuestion): TypesAnswers[keyof TypesAnswers] {
  const { cells } = question
  return question.what === 'check' ? service.check(cells) : service[question.what](cells, question.at)
}

/** Starts listening. @param typescript the compiler */
export function startTypes(typescript: typeof ts): void {
  const place = globalThis as unknown as {
    postMessage(message: FromTypes): void
    addEventListener(type: 'message', listener: (event: { readonly data: ToTypes | TypesPack }) => void): void
  }
  let service: Promise<CellService>
  place.addEventListener('message', ({ data }) => {
    if ('pack' in data) {
      service = unpack(data.pack).then(files => cellService(typescript, files))
      return
    }
    service
      .then(ready => place.postMessage({ kind: 'answer', id: data.id, answer: answerOf(ready, data.question) }))
      .catch((error: Error) => place.postMessage({ kind: 'failed', message: error.message }))
  })
}
