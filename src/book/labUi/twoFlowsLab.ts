/**
 * The page of the two flows: clouds in three dimensions, a time slider to look back, and the deviation as it grows.
 */
import { chart } from './chart.js'
import { type CloudFrame, cloudView } from './cloudView.js'
import type { Drawing, LaboratorySpec } from './laboratory.js'

export const twoFlowsLab: LaboratorySpec = {
  name: 'two-flows',
  drawing,
}

function drawing(): Drawing {
  const view = cloudView()
  const deviation = chart({
    title: 'How far apart',
    xLabel: 't (time)',
    yLabel: 'length, length/time',
    scale: 'linear',
    xFrom: 0,
    series: [
      { name: '|Ψ¹ − Φ¹|∞', mark: 'solid', color: 0 },
      { name: '|Ψ² − Φ²|∞', mark: 'dash', color: 1 },
      { name: 'N^−δ', mark: 'dot', color: 2 },
    ],
  })
  const causes = chart({
    title: 'What drives them apart',
    xLabel: 't (time)',
    yLabel: '1/length²',
    scale: 'linear',
    xFrom: 0,
    series: [
      { name: '(73) law of large numbers', mark: 'solid', color: 3 },
      { name: '(72) stability', mark: 'dash', color: 4 },
    ],
  })
  const { element: back, reset, add } = lookBack(view.show)
  const left = document.createElement('div')
  left.className = 'lab-left'
  left.append(view.element, back)
  const right = document.createElement('div')
  right.className = 'lab-right'
  right.append(deviation.element, causes.element)
  return {
    elements: [left, right],
    show: ({ series, arrays }, complete, { T }) => {
      const times = series[0]!.x
      const t = times[times.length - 1]!
      if (times.length === 1) reset()
      if (!complete) add({ t, Psi: arrays.Psi!, Phi: arrays.Phi! })
      deviation.show(series, Number(T))
      causes.show(series, Number(T))
    },
  }
}

/** Keeps the frames of a run; a slider and a button show them again. */
function lookBack(show: (frame: CloudFrame) => void): {
  readonly element: HTMLElement
  reset(): void
  add(frame: CloudFrame): void
} {
  let frames: CloudFrame[] = []
  let playing: ReturnType<typeof setInterval> | undefined
  const element = document.createElement('div')
  element.className = 'lab-back'
  const play = document.createElement('button')
  play.type = 'button'
  play.textContent = 'Play'
  const slider = document.createElement('input')
  slider.type = 'range'
  slider.min = '0'
  slider.setAttribute('aria-label', 'time')
  element.append(play, slider)
  const at = (index: number): void => {
    const frame = frames[index]
    if (frame === undefined) return
    slider.value = String(index)
    slider.setAttribute('aria-valuetext', `t = ${frame.t.toFixed(2)}`)
    show(frame)
  }
  const stop = (): void => {
    clearInterval(playing)
    playing = undefined
    play.textContent = 'Play'
  }
  slider.addEventListener('input', () => {
    stop()
    at(Number(slider.value))
  })
  play.addEventListener('click', () => {
    if (playing !== undefined) return stop()
    let index = Number(slider.value) >= frames.length - 1 ? 0 : Number(slider.value)
    play.textContent = 'Pause'
    playing = setInterval(() => {
      at(index++)
      if (index >= frames.length) stop()
    }, 120)
  })
  return {
    element,
    reset: () => {
      stop()
      frames = []
    },
    add: frame => {
      frames.push(frame)
      slider.max = String(frames.length - 1)
      at(frames.length - 1)
    },
  }
}
