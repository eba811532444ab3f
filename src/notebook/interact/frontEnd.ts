/**
 * What the browser's side of cells needs of Lumino and of JupyterLab, whose types are not installed.
 */
import type { InteractAnswer, InteractRequest } from './protocol.js'

/** Of Lumino. */
export interface LuminoWidget {
  readonly node: HTMLElement
  readonly isDisposed: boolean
  layout: unknown
  addClass(name: string): void
  dispose(): void
}
export interface LuminoLayout {
  addWidget(widget: LuminoWidget): void
  insertWidget(index: number, widget: LuminoWidget): void
}
export interface Lumino {
  readonly Widget: new (options?: { readonly node: HTMLElement }) => LuminoWidget
  readonly PanelLayout: new () => LuminoLayout
}

/** Of JupyterLab. */
export interface MimeModel {
  readonly data: Readonly<Record<string, unknown>>
  readonly trusted: boolean
}
export interface MimeRenderer extends LuminoWidget {
  renderModel(model: MimeModel & { readonly metadata: object; setData(): void }): Promise<void>
}
export interface Rendermime {
  addFactory(factory: object, rank: number): void
  preferredMimeType(data: MimeModel['data'], safe: 'any' | 'ensure'): string | undefined
  createRenderer(mimeType: string): MimeRenderer
}
export interface Signal<Value> {
  connect(slot: (sender: unknown, value: Value) => void): void
  disconnect(slot: (sender: unknown, value: Value) => void): void
}
export interface FrontComm {
  onMsg: (message: { readonly content: { readonly data: InteractAnswer } }) => void
  onClose: () => void
  readonly isDisposed: boolean
  open(data: unknown): unknown
  send(data: InteractRequest): unknown
  close(): unknown
  dispose(): void
}
export interface SessionContext {
  readonly session: { readonly kernel: { createComm(target: string): FrontComm } | null } | null
  readonly kernelChanged: Signal<unknown>
  readonly statusChanged: Signal<string>
  readonly connectionStatusChanged: Signal<string>
}
export interface Application {
  readonly docRegistry: {
    addWidgetExtension(widget: string, extension: object): void
  }
}
