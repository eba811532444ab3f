// npm run pdf [-- NOTEBOOK ... --out FOLDER]: a PDF of each notebook named, or of the whole book, in pdf-out/. Needs
// Chromium.
import { withSupportedNode } from './node-version.mjs'

withSupportedNode(async () => {
  const { guarded } = await import('./setup/problem.mjs')
  await guarded(async () => {
    const { printAll, wanted } = await import('./book/print.mjs')
    await printAll(wanted(process.argv.slice(2)))
    return 0
  })
})
