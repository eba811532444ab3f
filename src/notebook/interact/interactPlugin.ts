/**
 * The JupyterLab side of {@link interact}: gives every notebook outputs with controls. One self-contained function; the
 * labextension carries its text, so it uses nothing from outside its own body.
 */
import type { controlFields } from './controlFields.js'
import type { Application, Lumino, Rendermime, SessionContext } from './frontEnd.js'
import type { interactOutput } from './interactOutput.js'
import type { newestOnly } from './newestOnly.js'

/** Functions that come along into the browser. */
export interface InteractFunctions {
  readonly controlFields: typeof controlFields
  readonly interactOutput: typeof interactOutput
  readonly newestOnly: typeof newestOnly
}

/** What comes along into the browser. */
export interface InteractTools extends InteractFunctions {
  readonly name: string
  readonly mimeType: string
  readonly target: string
  readonly lumino: Lumino
}

/** The plugin: gives every notebook a renderer that knows the notebook's kernel. Runs in the browser. */
export function interactPlugin({ name, controlFields, interactOutput, ...tools }: InteractTools): object {
  const fields = controlFields()

  const css = `
.mfl-interact-form { display: flex; flex-wrap: wrap; gap: 6px 24px; align-items: center; margin: 4px 0; padding: 4px 8px;
  color: var(--jp-ui-font-color1); font-family: var(--jp-ui-font-family); font-size: var(--jp-ui-font-size1); }
.mfl-interact-control { display: flex; gap: 8px; align-items: center; }
.mfl-interact-control input[type='range'] { width: 180px; accent-color: var(--jp-brand-color1); }
.mfl-interact-control input[type='checkbox'] { accent-color: var(--jp-brand-color1); }
.mfl-interact-value { min-width: 4em; font-variant-numeric: tabular-nums; }
.mfl-interact-control select, .mfl-interact-control button { color: var(--jp-ui-font-color1);
  background: var(--jp-layout-color1); border: 1px solid var(--jp-border-color1); border-radius: 2px; padding: 2px 8px; font: inherit; }
.mfl-interact-control :focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 2px; }
.mfl-interact-status { margin: 0; padding: 0 8px; min-height: 1.5em; color: var(--jp-ui-font-color2);
  font-family: var(--jp-ui-font-family); font-size: var(--jp-ui-font-size1); }
.mfl-interact-error { margin: 4px 8px; padding: 4px 8px; white-space: pre-wrap; color: var(--jp-content-font-color1);
  background: var(--jp-rendermime-error-background); }
.mfl-interact-error:empty { display: none; }`

  /**
   * Arrows and letters are the controls' own, though the notebook would take them for its commands; combinations such
   * as Ctrl+S and Shift+Enter are the notebook's. It listens on the document and asks the attribute of what has the
   * focus.
   */
  function ownKeys(event: KeyboardEvent): void {
    const { target: focused } = event
    if (!(focused instanceof Element) || focused.closest('.mfl-interact-form') === null) return
    const theirs = event.ctrlKey || event.metaKey || event.altKey || event.key === 'Escape'
    const runs = event.shiftKey && event.key === 'Enter'
    focused.toggleAttribute('data-lm-suppress-shortcuts', !theirs && !runs)
  }

  function addStyle(): void {
    if (document.getElementById('mfl-interact-style')) return
    const style = document.createElement('style')
    style.id = 'mfl-interact-style'
    style.textContent = css
    document.head.appendChild(style)
  }

  return {
    id: `${name}:interact`,
    description: 'Controls of notebook cells that call the kernel.',
    autoStart: true,
    activate(app: Application): void {
      addStyle()
      window.addEventListener('keydown', ownKeys, true)
      app.docRegistry.addWidgetExtension('Notebook', {
        createNew(
          panel: { readonly content: { readonly rendermime: Rendermime } },
          context: { readonly sessionContext: SessionContext },
        ) {
          const { rendermime } = panel.content
          const Renderer = interactOutput({ ...tools, fields }, rendermime, context.sessionContext)
          // Before the figure that stands beside the controls for places that don't know them.
          rendermime.addFactory({ safe: true, mimeTypes: [tools.mimeType], createRenderer: () => new Renderer() }, -10)
          return {
            isDisposed: false,
            dispose() {
              this.isDisposed = true
            },
          }
        },
      })
    },
  }
}
