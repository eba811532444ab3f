// npm run sheets [-- PAGE ... --only light,dark,... --out FOLDER]: contact sheets of the book in sheets-out/: every
// figure and card of a page as a reader has it, on light and dark screens, on a phone, a projector and paper. Needs
// Chromium.
import { withSupportedNode } from './node-version.mjs'

withSupportedNode(async () => {
  const { guarded } = await import('./setup/problem.mjs')
  await guarded(async () => {
    const { sheets } = await import('./book/sheetsCommand.mjs')
    await sheets(process.argv.slice(2))
    return 0
  })
})
