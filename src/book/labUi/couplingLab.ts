/**
 * The page of couplings: two clouds in the plane and the lines of the optimal plan.
 */
import type { LabResult } from '../labs/protocol.js'
import type { LaboratorySpec } from './laboratory.js'
import { onSchemeChange, palette } from './palette.js'

export const couplingLab: LaboratorySpec = {
  name: 'coupling',
  drawing: () => {
    const canvas = document.createElement('canvas')
    canvas.className = 'lab-plane'
    canvas.setAttribute('role', 'img')
    canvas.setAttribute('aria-label', 'Two clouds of points and their optimal coupling, not drawn yet')
    let latest: LabResult | undefined
    const draw = (): void => {
      if (latest !== undefined && canvas.clientWidth > 0) render(canvas, latest)
    }
    new ResizeObserver(draw).observe(canvas)
    onSchemeChange(draw)
    return {
      elements: [canvas],
      show: result => {
        latest = result
        const { label, value } = result.quantities[0]!
        canvas.setAttribute('aria-label', `Two clouds of points and their optimal coupling, ${label} = ${value}`)
        draw()
      },
    }
  },
}

function render(canvas: HTMLCanvasElement, { arrays }: LabResult): void {
  const { X, Y, plan, lengths } = arrays as Readonly<Record<string, Float64Array>>
  const n = plan!.length
  const ratio = devicePixelRatio || 1
  const { clientWidth: width, clientHeight: height } = canvas
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  const pen = canvas.getContext('2d')!
  const { vermillion, blue, soft, ink, paper } = palette()
  pen.setTransform(ratio, 0, 0, ratio, 0, 0)
  pen.fillStyle = paper
  pen.fillRect(0, 0, width, height)
  const all = [X!, Y!]
  const reach = (axis: number): number =>
    Math.max(...all.map(c => c.subarray(axis * n, (axis + 1) * n).reduce((m, x) => Math.max(m, Math.abs(x)), 0)))
  const scale = Math.min((width / 2 - 24) / reach(0), (height / 2 - 24) / reach(1))
  const at = (cloud: Float64Array, i: number): readonly [number, number] => [
    width / 2 + scale * cloud[i]!,
    height / 2 - scale * cloud[n + i]!,
  ]
  const longest = lengths!.indexOf(lengths!.reduce((a, b) => Math.max(a, b)))
  for (let i = 0; i < n; i++) {
    const [a, b] = [at(X!, i), at(Y!, plan![i]!)]
    pen.strokeStyle = i === longest ? ink : soft
    pen.lineWidth = i === longest ? 2.6 : 1
    pen.globalAlpha = i === longest ? 1 : 0.65
    pen.beginPath()
    pen.moveTo(...a)
    pen.lineTo(...b)
    pen.stroke()
  }
  pen.globalAlpha = 1
  const size = n > 300 ? 2.2 : n > 80 ? 3 : 4.5
  pen.lineWidth = 1.5
  for (let i = 0; i < n; i++) {
    pen.fillStyle = blue
    pen.beginPath()
    pen.arc(...at(X!, i), size, 0, 2 * Math.PI)
    pen.fill()
    const [x, y] = at(Y!, i)
    pen.strokeStyle = vermillion
    pen.fillStyle = paper
    pen.beginPath()
    pen.rect(x - size, y - size, 2 * size, 2 * size)
    pen.fill()
    pen.stroke()
  }
  ruler(pen, height, scale, ink)
  legend(pen, width, blue, vermillion, ink)
}

/** What the marks are, in two lines where one is too long. */
function legend(pen: CanvasRenderingContext2D, width: number, blue: string, vermillion: string, ink: string): void {
  pen.fillStyle = blue
  pen.beginPath()
  pen.arc(20, 18, 4.5, 0, 2 * Math.PI)
  pen.fill()
  pen.strokeStyle = vermillion
  pen.lineWidth = 1.5
  pen.strokeRect(116, 13.5, 9, 9)
  pen.fillStyle = ink
  pen.fillText('first cloud', 30, 22)
  pen.fillText('second cloud', 132, 22)
  if (width < 420) pen.fillText('bold: the longest line', 14, 42)
  else pen.fillText('bold: the longest line', 232, 22)
}

/** A line of length 1 (or 1/2 where that is too long) in the corner. */
function ruler(pen: CanvasRenderingContext2D, height: number, scale: number, ink: string): void {
  const long = scale > 200 ? 0.5 : 1
  pen.strokeStyle = ink
  pen.fillStyle = ink
  pen.lineWidth = 2
  pen.font = '13px system-ui, "DejaVu Sans", sans-serif'
  pen.beginPath()
  pen.moveTo(14, height - 16)
  pen.lineTo(14 + long * scale, height - 16)
  pen.stroke()
  pen.fillText(`length ${long}`, 14, height - 22)
}
