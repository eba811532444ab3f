/**
 * Every figure of the project by its id, as a function that computes it: what `mfl figures` lists and exports.
 */
import type { Figure } from './figure.js'

/** Figure id -> the figure. */
export const figureGallery: Readonly<Record<string, () => Figure>> = {}
