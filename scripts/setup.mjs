// node scripts/setup.mjs: what `npm start` does before it starts JupyterLab.
import { withSupportedNode } from './node-version.mjs'

withSupportedNode(() =>
  import('./setup/problem.mjs').then(({ guarded }) =>
    guarded(() =>
      import('./setup/steps.mjs')
        .then(({ prepareNode, prepareJupyter }) => {
          prepareNode()
          return prepareJupyter()
        })
        .then(() => 0),
    ),
  ),
)
