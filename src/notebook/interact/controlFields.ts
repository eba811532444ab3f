/**
 * Controls in the page: native elements, each with its label. One self-contained function; the labextension carries its
 * text, so it uses nothing from outside its own body.
 */
import type { ShownControl } from './controls.js'

/** One control in the page. */
export interface ControlField {
  readonly node: HTMLElement
  show(state: number): void
  enable(on: boolean): void
  /** What was asked for is drawn. */
  drawn(): void
  /** Stops what runs by itself. */
  stop(): void
}

/** What {@link controlFields} gives. */
export interface ControlFields {
  element<Tag extends keyof HTMLElementTagNameMap>(
    tag: Tag,
    attributes?: Readonly<Record<string, string>>,
    ...children: readonly (Node | string)[]
  ): HTMLElementTagNameMap[Tag]
  /** @param changed is told what the reader chose: a position, or how often a button was pressed */
  field(control: ShownControl, changed: (state: number) => void): ControlField
}

/** Makes controls for all cells of a page. Runs in the browser. */
export function controlFields(): ControlFields {
  let ids = 0

  function element<Tag extends keyof HTMLElementTagNameMap>(
    tag: Tag,
    attributes: Readonly<Record<string, string>> = {},
    ...children: readonly (Node | string)[]
  ): HTMLElementTagNameMap[Tag] {
    const made = document.createElement(tag)
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
    made.append(...children)
    return made
  }

  function sliderField(control: ShownControl, changed: (state: number) => void): ControlField {
    const { label, texts } = control
    const id = `mfl-interact-${++ids}`
    const last = texts.length - 1
    const input = element('input', { id, type: 'range', min: '0', max: String(last), step: '1', name: control.name })
    // A reader of the screen has the value from the slider itself.
    const output = element('span', { class: 'mfl-interact-value', 'aria-hidden': 'true' })
    const show = (state: number): void => {
      input.value = String(state)
      input.setAttribute('aria-valuetext', texts[state]!)
      output.textContent = texts[state]!
    }
    const move = (state: number): void => {
      show(state)
      changed(state)
    }
    const node = element('div', { class: 'mfl-interact-control' }, element('label', { for: id }, label), input, output)
    if (control.kind !== 'player') {
      input.addEventListener('input', () => move(Number(input.value)))
      const enable = (on: boolean): void => {
        input.disabled = !on
      }
      return { node, show, enable, drawn: () => undefined, stop: () => undefined }
    }
    const pause = 1000 / (control.rate ?? 10)
    let playing = false
    let asked = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const play = element('button', { type: 'button', 'aria-label': `play ${label}` }, '▶')
    const set = (on: boolean): void => {
      playing = on
      clearTimeout(timer)
      play.textContent = on ? '❚❚' : '▶'
      play.setAttribute('aria-label', `${on ? 'pause' : 'play'} ${label}`)
    }
    const step = (): void => {
      const at = Number(input.value)
      if (at === last) set(false)
      else {
        asked = performance.now()
        move(at + 1)
      }
    }
    play.addEventListener('click', () => {
      set(!playing)
      if (!playing) return
      asked = performance.now()
      const at = Number(input.value)
      move(at === last ? 0 : at + 1)
    })
    input.addEventListener('input', () => {
      set(false)
      move(Number(input.value))
    })
    node.prepend(play)
    return {
      node,
      show,
      enable(on) {
        input.disabled = !on
        play.disabled = !on
        if (!on) set(false)
      },
      drawn() {
        if (!playing) return
        clearTimeout(timer)
        timer = setTimeout(step, Math.max(0, pause - (performance.now() - asked)))
      },
      stop: () => set(false),
    }
  }

  function choiceField({ name: key, label, texts }: ShownControl, changed: (state: number) => void): ControlField {
    const id = `mfl-interact-${++ids}`
    const select = element('select', { id, name: key }, ...texts.map(text => element('option', {}, text)))
    select.addEventListener('change', () => changed(select.selectedIndex))
    return {
      node: element('div', { class: 'mfl-interact-control' }, element('label', { for: id }, label), select),
      show(state) {
        select.selectedIndex = state
      },
      enable(on) {
        select.disabled = !on
      },
      drawn: () => undefined,
      stop: () => undefined,
    }
  }

  function checkboxField({ name: key, label }: ShownControl, changed: (state: number) => void): ControlField {
    const id = `mfl-interact-${++ids}`
    const box = element('input', { id, type: 'checkbox', name: key })
    box.addEventListener('change', () => changed(box.checked ? 1 : 0))
    return {
      node: element('div', { class: 'mfl-interact-control' }, box, element('label', { for: id }, label)),
      show(state) {
        box.checked = state === 1
      },
      enable(on) {
        box.disabled = !on
      },
      drawn: () => undefined,
      stop: () => undefined,
    }
  }

  function buttonField({ name: key, label }: ShownControl, changed: (state: number) => void): ControlField {
    let pressed = 0
    const button = element('button', { type: 'button', name: key }, label)
    button.addEventListener('click', () => changed(++pressed))
    return {
      node: element('div', { class: 'mfl-interact-control' }, button),
      show(state) {
        pressed = state
      },
      enable(on) {
        button.disabled = !on
      },
      drawn: () => undefined,
      stop: () => undefined,
    }
  }

  const makers = {
    slider: sliderField,
    player: sliderField,
    choice: choiceField,
    checkbox: checkboxField,
    button: buttonField,
  }

  return { element, field: (control, changed) => makers[control.kind](control, changed) }
}
