#!/usr/bin/env node
// The command `mfl`. In a fresh clone it installs and builds first; in a published package dist/ is there.
import { withSupportedNode } from './node-version.mjs'

withSupportedNode(() => import('./setup/mfl.mjs').then(({ mfl }) => mfl(process.argv)))
