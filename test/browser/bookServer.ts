/** A static host for the book, as plain as they come: files, types, and nothing else unless isolation is asked for. */
import { readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

export interface BookServer {
  /** Ends with a slash. */
  readonly url: string
  stop(): Promise<void>
}

/** @param isolated whether pages may share memory between threads (the two headers) */
export async function serveFolder(folder: string, isolated: 'isolated' | 'plain'): Promise<BookServer> {
  const server = createServer((request, response) => {
    const path = join(folder, normalize(decodeURIComponent(new URL(request.url!, 'http://x').pathname)))
    try {
      const file = statSync(path).isDirectory() ? join(path, 'index.html') : path
      response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream')
      if (isolated === 'isolated') {
        response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
        response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp')
      }
      response.end(readFileSync(file))
    } catch {
      response.statusCode = 404
      response.end()
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () => new Promise(resolve => server.close(() => resolve())),
  }
}
