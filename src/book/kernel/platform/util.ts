/**
 * `node:util` of the kernel in a browser: it comes with the compiler, before any cell runs.
 */
import type * as util from 'node-inspect-extracted'
import { required } from './module.js'

const compiler = (): typeof util => (required.get('compiler') as { readonly util: typeof util }).util

/** A value as Node prints it. */
export const inspect = (value: unknown, options?: object): string => compiler().inspect(value, options)
/** Words and values as `console.log` prints them. */
export const format = (...words: unknown[]): string => compiler().format(...words)
