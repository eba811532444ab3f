/**
 * What the cell and its controls in the browser say to each other: the stored output, and the messages of the comm.
 *
 * The front end opens a comm for each output that it shows, and again after a page is loaded. One `state` is under way
 * at a time; each is answered by `outputs`, `error` or `stopped` with its number.
 */
import type { MimeBundle } from '../../present/jupyterOutput.js'
import type { ErrorReport } from '../kernel/errorReport.js'
import type { ShownControl } from './controls.js'

/** The MIME type of the controls in a cell's output. */
export const INTERACT_MIME: string = 'application/vnd.mean-field-limit.interact+json'

/** The name by which a front end opens a comm. */
export const INTERACT_TARGET: string = 'mean-field-limit.interact'

/** One output, in its forms. */
export type Output = MimeBundle & { readonly 'text/plain': string }

/** What is stored under {@link INTERACT_MIME}; the forms of the first output stand beside it. */
export interface InteractModel {
  readonly version: 1
  /** The number of the call in its kernel. */
  readonly view: number
  readonly controls: readonly ShownControl[]
  /** The text of the first output alone. */
  readonly first: string
  /** The other outputs. */
  readonly more?: readonly Output[]
}

/**
 * What the front end sends. A state has a number for each control: the index of its value, or the times it was pressed.
 */
export type InteractRequest =
  | { readonly kind: 'state'; readonly seq: number; readonly state: readonly number[] }
  /** A newer state waits for the answer to this one. */
  | { readonly kind: 'newer'; readonly seq: number }

/** What the kernel sends. */
export type InteractAnswer =
  | { readonly kind: 'ready'; readonly state: readonly number[] }
  | { readonly kind: 'outputs'; readonly seq: number; readonly outputs: readonly Output[] }
  | ({ readonly kind: 'error'; readonly seq: number } & ErrorReport)
  | { readonly kind: 'stopped'; readonly seq: number; readonly reason: 'interrupt' | 'newer' }
