/**
 * The editor of a cell, CodeMirror: colours, undo, brackets; names at the caret, marks under what is wrong, cards that
 * say what a name is. What is known of types comes from outside.
 */
import {
  acceptCompletion,
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { typescriptLanguage } from '@codemirror/lang-javascript'
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { diagnosticCount, forEachDiagnostic, nextDiagnostic, setDiagnostics } from '@codemirror/lint'
import { EditorState, type Extension, Prec, StateEffect, StateField } from '@codemirror/state'
import { drawSelection, EditorView, hoverTooltip, keymap, showTooltip, type Tooltip } from '@codemirror/view'
import { tagHighlighter, tags } from '@lezer/highlight'
import type { CellDescription, CellMark, CellNames } from '../cellTypes/protocol.js'
import { wordBefore } from '../cellTypes/wordBefore.js'

export interface CodeEditorOptions {
  /** Of the textbox, to readers of the screen. */
  readonly label: string
  readonly text: string
  readonly selection: { readonly anchor: number; readonly head: number }
  /** Called at Control, Command or Shift with Enter. */
  run(): void
  /** Called when the text has changed. */
  changed(): void
  /** The names that may stand at an offset, if that is known. */
  complete(at: number): Promise<CellNames | undefined>
  /** What stands at an offset. */
  describe(at: number): Promise<CellDescription | undefined>
}

export interface CodeEditor {
  readonly element: HTMLElement
  text(): string
  focus(): void
  /** Shows what is wrong; the marks move with the text, and those in what is deleted go with it. */
  mark(marks: readonly CellMark[]): void
  /** Where they are now. */
  marks(): CellMark[]
  select(mark: CellMark): void
  close(): void
}

/** How long a pointer must rest on a name, in milliseconds. */
const POINTED = 350

/** The colours of code that is not edited. */
const colours = syntaxHighlighting(
  tagHighlighter([
    { tag: [tags.keyword, tags.bool, tags.null, tags.self, tags.atom], class: 'hljs-keyword' },
    { tag: [tags.string, tags.special(tags.string), tags.regexp], class: 'hljs-string' },
    { tag: tags.number, class: 'hljs-number' },
    { tag: [tags.function(tags.variableName), tags.definition(tags.propertyName)], class: 'hljs-title' },
    { tag: tags.comment, class: 'hljs-comment' },
  ]),
)

const look = EditorView.theme({
  '&': {
    background: 'var(--raised)',
    border: '1px solid var(--blue)',
    borderLeftWidth: '4px',
    borderRadius: '8px',
    color: 'var(--ink)',
  },
  '&.cm-focused': { outline: '2px solid var(--blue)' },
  '.cm-scroller': { font: '0.84rem / 1.55 var(--mono)' },
  '.cm-content': { padding: '0.8rem 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 1rem' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--blue) 30%, transparent)',
  },
  '&.cm-focused .cm-matchingBracket, &.cm-focused .cm-nonmatchingBracket': {
    background: 'none',
    outline: '1px solid var(--soft)',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--red) 1px',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '0.22em',
  },
  '.cm-lintPoint-error::after': { borderBottomColor: 'var(--red)' },
  '.cm-tooltip': {
    zIndex: 5,
    maxWidth: 'min(34rem, 94vw)',
    background: 'var(--raised)',
    border: '1px solid var(--soft)',
    borderRadius: '6px',
    boxShadow: '0 3px 12px rgb(0 0 0 / 0.25)',
    color: 'var(--ink)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    minWidth: '14rem',
    maxHeight: '13rem',
    font: '0.82rem / 1.4 var(--mono)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    justifyContent: 'space-between',
    gap: '1.5rem',
    padding: '0.25rem 0.7rem',
  },
  '.cm-tooltip-autocomplete .cm-completionDetail': { color: 'var(--soft)', font: 'normal 0.82rem var(--sans)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected], .cm-tooltip-autocomplete > ul > li[aria-selected] .cm-completionDetail':
    { background: 'var(--blue)', color: 'var(--paper)' },
  '.cm-diagnostic': {
    padding: '0.5rem 0.8rem',
    borderLeft: '4px solid var(--red)',
    font: '0.86rem / 1.45 var(--sans)',
  },
})

/** The card that was asked for with a key; what is typed and where the caret goes ends it. */
const showCard = StateEffect.define<Tooltip | null>()
const card = StateField.define<Tooltip | null>({
  create: () => null,
  update: (shown, { effects, docChanged, selection }) => {
    for (const effect of effects) if (effect.is(showCard)) return effect.value
    return docChanged || selection ? null : shown
  },
  provide: field => showTooltip.from(field),
})

/** An editor that stands nowhere yet. */
export function codeEditor(options: CodeEditorOptions): CodeEditor {
  const view = new EditorView({
    state: EditorState.create({ doc: options.text, selection: options.selection, extensions: extensions(options) }),
  })
  const marks = (): CellMark[] => marksOf(view.state)
  return {
    element: view.dom,
    text: () => view.state.doc.toString(),
    focus: () => view.focus(),
    mark: wrong => {
      const { length } = view.state.doc
      const diagnostics = wrong.map(({ from, to, message }) => {
        return { from: Math.min(from, length), to: Math.min(to, length), message, severity: 'error' as const }
      })
      view.dispatch(setDiagnostics(view.state, diagnostics))
    },
    marks,
    select: ({ from, to }) => {
      view.focus()
      view.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true })
    },
    close: () => view.destroy(),
  }
}

function marksOf(state: EditorState): CellMark[] {
  const found: CellMark[] = []
  forEachDiagnostic(state, ({ message }, from, to) => found.push({ from, to, message }))
  return found
}

function extensions({ label, run, changed, complete, describe }: CodeEditorOptions): Extension {
  const runs = (): boolean => {
    run()
    return true
  }
  const told = ({ state }: EditorView, at: number): Promise<Tooltip | undefined> =>
    describe(at).then(found => {
      const here = marksOf(state).filter(({ from, to }) => from <= at && at <= to)
      if (found === undefined && here.length === 0) return undefined
      return { pos: found?.from ?? at, create: () => ({ dom: cardElement(found, here) }) }
    })
  return [
    Prec.highest(
      keymap.of([
        ...['Mod-Enter', 'Ctrl-Enter', 'Shift-Enter'].map(key => ({ key, run: runs })),
        { key: 'Tab', run: acceptCompletion },
        { key: 'F8', run: nextDiagnostic },
        {
          key: 'Mod-i',
          run: view => {
            const { state } = view
            void told(view, state.selection.main.head).then(found => {
              if (view.state.doc.eq(state.doc)) view.dispatch({ effects: showCard.of(found ?? null) })
            })
            return true
          },
        },
        {
          key: 'Escape',
          run: view => {
            if (view.state.field(card) === null) return false
            view.dispatch({ effects: showCard.of(null) })
            return true
          },
        },
      ]),
    ),
    keymap.of([...closeBracketsKeymap, ...historyKeymap, ...defaultKeymap]),
    history(),
    drawSelection(),
    closeBrackets(),
    bracketMatching(),
    indentOnInput(),
    typescriptLanguage,
    colours,
    look,
    card,
    autocompletion({ override: [context => offered(context, complete)], icons: false }),
    hoverTooltip(
      async (_, at) => {
        const found = await describe(at)
        return found ? { pos: found.from, end: found.to, create: () => ({ dom: cardElement(found, []) }) } : null
      },
      { hoverTime: POINTED },
    ),
    EditorView.contentAttributes.of(({ state }) => {
      return { 'aria-label': label, tabindex: '0', ...(diagnosticCount(state) > 0 ? { 'aria-invalid': 'true' } : {}) }
    }),
    EditorView.updateListener.of(({ docChanged }) => {
      if (docChanged) changed()
    }),
  ]
}

/** Names that contain what is written; while more is written, and all of them are in the list, it narrows by itself. */
async function offered(
  { state, pos, explicit }: CompletionContext,
  complete: CodeEditorOptions['complete'],
): Promise<CompletionResult | null> {
  const written = wordBefore(state.sliceDoc(0, pos))
  const before = state.sliceDoc(pos - 1, pos)
  if (!explicit && (/^\d/.test(written) || (written === '' && before !== '.'))) return null
  const found = await complete(pos)
  // A name that stands there already needs no offer.
  if (found === undefined || (found.names.length === 1 && found.names[0]!.name === written)) return null
  const options = found.names.map(({ name, kind }, i) => {
    return { label: name, detail: kind === 'alias' ? 'import' : kind, boost: -i }
  })
  const validFor = (text: string): boolean => found.all && text.startsWith(written) && wordBefore(text) === text
  return { from: found.from, options, validFor }
}

/** What a name is, below what is wrong there. */
function cardElement(found: CellDescription | undefined, here: readonly CellMark[]): HTMLElement {
  const element = document.createElement('div')
  element.className = 'type-card'
  element.setAttribute('role', 'status')
  const paragraph = (text: string, name: string): void => {
    const part = document.createElement('p')
    part.className = name
    part.textContent = text
    element.append(part)
  }
  for (const { message } of here) paragraph(message, 'message')
  if (found === undefined) return element
  const type = document.createElement('code')
  type.textContent = found.type
  element.append(type)
  if (found.sentence !== '') paragraph(found.sentence, 'sentence')
  return element
}
