/**
 * The order of the test files: what waits for servers, browsers and processes first, then what computes; of each the
 * longest first, so that no processor is idle in the end. Files that share a process come last, one after the other:
 * vitest hands a process on from one file to the next of the same project only.
 */
import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { root } from './capabilities.js'

/** Projects of vitest.config.ts. */
const PROJECTS = ['jupyter', 'processes', 'commands', 'unit']

/** What takes more than five seconds of a processor, in the order of its length; a name that is gone does no harm. */
const LONG = [
  'full/rareEvents',
  'flow/field/mixtureOracles',
  'notebooks/notebooks',
  'full/nodeVersions',
  'full/forceTail',
  'browser/axe',
  'flow/field/radialEdges',
  'forces/fmm/',
  'full/',
  'browser/book',
  'browser/jupyterlab',
  'cli/mfl',
  'cli/ensemble',
  'notebook/kernel/kernel',
  'cli/setup',
  'browser/laboratories',
  'browser/cells',
  'cli/start',
  'ensemble/',
  'claims/ledger',
  'figures/figures',
  'claims/controls',
  'api/senselessArguments',
  'flow/field/gridField',
  'forces/fmmForces',
  'flow/field/radialField',
  'transport/assignment',
  'claims/flowClaims',
  'book/api',
  'flow/field/radialOracles',
  'forces/direct',
  'flow/field/stationaryField',
  'transport/closedForms',
  'base/extent',
  'flow/step/convergenceOrders',
  'types/types',
  'flow/',
  'forces/',
  'transport/',
  // Those of the statements after ledger and controls, whose records they read.
  'claims/',
].map(name => `test/${name}`)

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ project, moduleId }: TestSpecification): number[] => {
      const long = LONG.findIndex(name => relative(root, moduleId).replaceAll('\\', '/').startsWith(name))
      return [PROJECTS.indexOf(project.name), long < 0 ? LONG.length : long]
    }
    return [...files].sort((a, b) => {
      const [x, y] = [place(a), place(b)]
      return x[0]! - y[0]! || x[1]! - y[1]! || (a.moduleId < b.moduleId ? -1 : 1)
    })
  }
}
