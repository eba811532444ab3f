/**
 * The one place that talks to tslab: sends display messages to the notebook that runs this code, if one does.
 */
import { createRequire } from 'node:module'

/** The output of a cell in several forms, by MIME type; the front end shows the richest that it knows. */
export type MimeBundle = Readonly<Record<string, unknown>>

/** The function that tslab keeps in `lastWriteDisplayData` for the cell that is running. */
type WriteDisplayData = (
  message: {
    data: MimeBundle
    metadata: Record<string, unknown>
    transient: { display_id?: string }
  },
  update: boolean,
) => void

const loaded = createRequire(import.meta.url).cache

/**
 * tslab's public `display` sends one MIME type at a time; a bundle needs the function beneath it. It is looked up
 * among the modules that are loaded: outside the kernel nothing is found, and nothing gets loaded.
 */
function writeDisplayData(): WriteDisplayData | undefined {
  for (const path of Object.keys(loaded)) {
    if (!/[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(path)) continue
    const exports = loaded[path]?.exports as { lastWriteDisplayData?: WriteDisplayData | null } | undefined
    if (exports?.lastWriteDisplayData) return exports.lastWriteDisplayData
  }
  return undefined
}

/** Takes what is displayed in the place of the cell's output. */
export interface DisplaySink {
  add(bundle: MimeBundle & { readonly 'text/plain': string }): void
  /** Whether figures come with an image. */
  readonly images: boolean
}

let currentSink = (): DisplaySink | undefined => undefined

/** Says once where displays go: asked at each of them; undefined is the cell's output. */
export function setDisplaySink(find: () => DisplaySink | undefined): void {
  currentSink = find
}

/** Whether a figure that is displayed now needs an image, for places that run no scripts. */
export function imagesWanted(): boolean {
  // A browser draws the figure itself, and has nothing to make an image with.
  return currentSink()?.images ?? (inNotebook() && (process.platform as string) !== 'browser')
}

/** Whether this code runs in a notebook cell. */
export function inNotebook(): boolean {
  return writeDisplayData() !== undefined
}

/**
 * Displays a bundle below the running cell; outside a notebook its text/plain goes to standard output.
 * @param bundle forms of the output by MIME type, 'text/plain' among them
 */
export function display(bundle: MimeBundle & { readonly 'text/plain': string }): void {
  const sink = currentSink()
  const write = sink === undefined ? writeDisplayData() : undefined
  if (sink) sink.add(bundle)
  else if (write) write({ data: bundle, metadata: {}, transient: {} }, false)
  else process.stdout.write(`${bundle['text/plain']}\n`)
}

/** An output that can be replaced in place. */
interface UpdatableOutput {
  replace(bundle: MimeBundle): void
}

let outputs = 0

/** An output of the running cell that later calls replace, or undefined outside a notebook. */
export function updatableOutput(): UpdatableOutput | undefined {
  // Progress is not part of what a control shows.
  if (currentSink()) return { replace: () => undefined }
  const write = writeDisplayData()
  if (!write) return undefined
  const id = `mean-field-limit-${process.pid}-${++outputs}`
  let shown = false
  return {
    replace(bundle) {
      write({ data: bundle, metadata: {}, transient: { display_id: id } }, shown)
      shown = true
    },
  }
}
