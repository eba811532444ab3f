/**
 * What the page, the frame that holds the kernel, and the kernel's worker say to each other.
 */
import type { ErrorReport } from '../../notebook/kernel/errorReport.js'
import type { OutputData } from '../../notebook/notebookFile.js'
import type { FromTypes, ToTypes } from '../cellTypes/protocol.js'

/** What the kernel's script is called in stack traces, whose frames of it are hidden. */
export const KERNEL_FILE = 'book/kernel.js'

/** From the page, by way of the frame, to the worker. */
export type ToKernel =
  /** The text of a script, which is a function; its value is a module of that name. */
  | { readonly kind: 'script'; readonly name: string; readonly source: string }
  /** A file of the project, its bytes in base 64. */
  | { readonly kind: 'file'; readonly path: string; readonly content: string }
  | { readonly kind: 'run'; readonly id: number; readonly source: string }
  | CommMessage

/** From the page: of a comm, the channel between controls and the cell that showed them, by its name. */
export type CommMessage =
  | { readonly kind: 'comm-open'; readonly comm: string; readonly target: string; readonly data: unknown }
  | { readonly kind: 'comm-msg'; readonly comm: string; readonly data: unknown }
  | { readonly kind: 'comm-close'; readonly comm: string }

/** From the worker. `id` is that of the cell that runs. */
export type FromKernel =
  | { readonly kind: 'stream'; readonly id: number; readonly name: 'stdout' | 'stderr'; readonly text: string }
  | {
      readonly kind: 'display'
      readonly id: number
      readonly data: OutputData
      /** Set where later displays may take its place. */
      readonly display?: string
      readonly update: boolean
    }
  | { readonly kind: 'done'; readonly id: number; readonly error?: ErrorReport }
  | CommAnswer
  | Failed

/** What the kernel says over a comm; `data` of a close is its last word. */
export type CommAnswer =
  | { readonly kind: 'comm-msg'; readonly comm: string; readonly data: unknown }
  | { readonly kind: 'comm-close'; readonly comm: string; readonly data: unknown }

/** The kernel cannot be started, or ended by itself. */
interface Failed {
  readonly kind: 'failed'
  readonly message: string
}

/** From the page to the frame. */
export type ToFrame =
  | { readonly kind: 'run'; readonly id: number; readonly source: string }
  | CommMessage
  /** Ends the worker, with all that it knows. */
  | { readonly kind: 'stop' }
  /** To the worker of the types, which starts with the first question. */
  | { readonly kind: 'types'; readonly message: ToTypes }
  | { readonly kind: 'end-types' }

/** From the frame to the page. */
export type FromFrame =
  | FromKernel
  | { readonly kind: 'ready' }
  /** What is being loaded. */
  | { readonly kind: 'stage'; readonly text: string }
  | { readonly kind: 'types'; readonly message: FromTypes }
  | Failed
