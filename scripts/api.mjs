// npm run api: the book with its API reference, the docblocks read anew; exit code 1 if an export is undocumented or a
// link dead.
import { withSupportedNode } from './node-version.mjs'

withSupportedNode(async () => {
  const { guarded, say } = await import('./setup/problem.mjs')
  const { prepareNode } = await import('./setup/steps.mjs')
  await guarded(async () => {
    prepareNode()
    const { bookFolder, buildBook } = await import('./book/build.mjs')
    const { packageApi } = await import('./book/api.mjs')
    const { warnings } = await packageApi()
    await buildBook()
    say(`the API reference is ${bookFolder}/api.html`)
    return warnings.length === 0 ? 0 : 1
  })
})
