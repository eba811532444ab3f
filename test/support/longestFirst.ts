/**
 * The order of the test files: what waits for servers, browsers and processes first, then what computes; of each the longest
 * first, so that no processor is idle in the end. Files that share a process come last, one after the other: vitest hands
 * a process on from one file to the next of the same project only.
 */
import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { root } from './capabilities.js'

/** Projects of vitest.config.ts. */
const PROJECTS = ['jupyter', 'processes', 'unit']

/** What takes more than ten seconds, in the order of its length; a name that is gone does no harm. */
const LONG = [
  'notebooks/notebooks',
  'browser/book',
  'cli/mfl',
  'browser/jupyterlab',
  'cli/setup',
  'browser/laboratories',
  'notebook/kernel',
  'claims/ledger',
  'figures/figures',
  'claims/controls',
  'flow/radialOracles',
  'flow/stationaryField',
  'cli/start',
  'flow/convergenceOrders',
  'cli/ensemble',
  'flow/fieldSolver',
  'claims/flowClaims',
  'ensemble/',
  'forces/fmmForces',
  'flow/',
  'forces/',
  'transport/',
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
