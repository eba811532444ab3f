// npm run slides -- NOTEBOOK ... [--out FOLDER]: slides of each notebook named, as a PDF in slides-out/. Needs
// Chromium.
import { withSupportedNode } from './node-version.mjs'

withSupportedNode(async () => {
  const { guarded } = await import('./setup/problem.mjs')
  await guarded(async () => {
    const { printAll, wanted } = await import('./book/print.mjs')
    await printAll(wanted(process.argv.slice(2), undefined, 'slides'))
    return 0
  })
})
