/**
 * The modules of Node that cells in a browser may import, by their names without `node:`; the types of cells know the
 * same.
 */
import * as fs from './fs.js'
import * as os from './os.js'
import * as path from './path.js'

export const NODE_MODULES: { readonly fs: typeof fs; readonly os: typeof os; readonly path: typeof path } = {
  fs,
  os,
  path,
}
