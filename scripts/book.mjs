// npm run book [-- --serve [PORT]]: the static site in book-out/, made offline from notebooks/, docs/ and src/book/.
// With --serve it is also served on this machine, cross-origin isolated, so that the laboratories may use threads.
import { withSupportedNode } from './node-version.mjs'

withSupportedNode(async () => {
  const { guarded } = await import('./setup/problem.mjs')
  const { prepareNode } = await import('./setup/steps.mjs')
  await guarded(async () => {
    prepareNode()
    const { buildBook, serveBook } = await import('./book/build.mjs')
    await buildBook()
    const at = process.argv.indexOf('--serve')
    if (at >= 0) await serveBook(Number(process.argv[at + 1] ?? 4173))
    return 0
  })
})
