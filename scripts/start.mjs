// npm start [-- any flags of `jupyter lab`]: everything from a fresh clone to an open JupyterLab.
import { withSupportedNode } from './node-version.mjs'

withSupportedNode(() => import('./setup/lab.mjs').then(({ lab }) => lab(process.argv.slice(2))))
