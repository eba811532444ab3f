// npm test [-- any flags of vitest]: set-up as far as the tests need it, then the tests. --full adds the heavy
// ones, --long the longest.
import { withSupportedNode } from './node-version.mjs'

withSupportedNode(() => import('./setup/check.mjs').then(({ check }) => check(process.argv.slice(2))))
