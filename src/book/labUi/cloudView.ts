/**
 * The two flows in three dimensions: partners joined by lines, turned by dragging or with the arrow keys.
 */
import { onSchemeChange, palette } from './palette.js'

/** Positions of both flows at one time, length 3n, structure of arrays. */
export interface CloudFrame {
  readonly t: number
  readonly Psi: Float64Array
  readonly Phi: Float64Array
}

export interface CloudView {
  readonly element: HTMLElement
  show(frame: CloudFrame): void
}

const STEP = 0.12
/** Distance of the eye in units of the picture's half-width. */
const EYE = 4.2

/** An empty view. */
export function cloudView(): CloudView {
  const canvas = document.createElement('canvas')
  canvas.tabIndex = 0
  canvas.setAttribute('role', 'img')
  canvas.setAttribute('aria-label', 'Particles of both flows, not drawn yet')
  canvas.className = 'lab-cloud'
  let frame: CloudFrame | undefined
  let yaw = 0.6
  let pitch = 0.35
  let half = 0
  const draw = (): void => {
    if (frame === undefined || canvas.clientWidth === 0) return
    // The scale grows with the cloud and shrinks only when a new run starts small.
    const spread = radiusOf(frame.Psi)
    half = frame.t === 0 ? spread : Math.max(half, spread)
    render(canvas, frame, yaw, pitch, half)
    canvas.setAttribute(
      'aria-label',
      `Particles of both flows at t = ${frame.t.toFixed(2)}, joined by lines. Arrow keys turn the picture.`,
    )
  }
  canvas.addEventListener('keydown', event => {
    if (event.key === 'ArrowLeft') yaw -= STEP
    else if (event.key === 'ArrowRight') yaw += STEP
    else if (event.key === 'ArrowUp') pitch = Math.min(1.5, pitch + STEP)
    else if (event.key === 'ArrowDown') pitch = Math.max(-1.5, pitch - STEP)
    else return
    event.preventDefault()
    draw()
  })
  canvas.addEventListener('pointerdown', event => canvas.setPointerCapture(event.pointerId))
  canvas.addEventListener('pointermove', event => {
    if (!canvas.hasPointerCapture(event.pointerId)) return
    yaw += event.movementX * 0.008
    pitch = Math.max(-1.5, Math.min(1.5, pitch + event.movementY * 0.008))
    draw()
  })
  new ResizeObserver(draw).observe(canvas)
  onSchemeChange(draw)
  return {
    element: canvas,
    show: next => {
      frame = next
      draw()
    },
  }
}

/** The radius that holds 97 of 100 particles. */
function radiusOf(q: Float64Array): number {
  const n = q.length / 3
  const radii = Float64Array.from({ length: n }, (_, i) => Math.hypot(q[i]!, q[n + i]!, q[2 * n + i]!)).sort()
  return radii[Math.floor(0.97 * (n - 1))]! * 1.12
}

function render(
  canvas: HTMLCanvasElement,
  { t, Psi, Phi }: CloudFrame,
  yaw: number,
  pitch: number,
  half: number,
): void {
  const ratio = devicePixelRatio || 1
  const { clientWidth: width, clientHeight: height } = canvas
  if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio)
  if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio)
  const pen = canvas.getContext('2d')!
  const { vermillion, blue, soft, ink, paper } = palette()
  pen.setTransform(ratio, 0, 0, ratio, 0, 0)
  pen.fillStyle = paper
  pen.fillRect(0, 0, width, height)
  const [cy, sy, cp, sp] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)]
  const scale = (0.46 * Math.min(width, height)) / half
  /** Screen coordinates and depth; nearer is larger. */
  const project = (x: number, y: number, z: number): readonly [number, number, number] => {
    const a = cy * x - sy * y
    const b = sy * x + cy * y
    const depth = cp * b - sp * z
    const up = sp * b + cp * z
    const zoom = EYE / Math.max(0.3, EYE + depth / half)
    return [width / 2 + scale * zoom * a, height / 2 - scale * zoom * up, zoom]
  }
  axes(pen, project, half, soft)
  const n = Psi.length / 3
  const size = n > 1000 ? 1.6 : n > 400 ? 2.1 : 2.8
  const order = Array.from({ length: n }, (_, i) => {
    const psi = project(Psi[i]!, Psi[n + i]!, Psi[2 * n + i]!)
    return { psi, phi: project(Phi[i]!, Phi[n + i]!, Phi[2 * n + i]!) }
  }).sort((p, q) => p.psi[2] - q.psi[2])
  for (const { psi, phi } of order) {
    const near = Math.max(0.25, Math.min(1, 0.25 + 0.9 * (psi[2] - 0.75)))
    pen.globalAlpha = near
    pen.lineWidth = 0.9
    pen.strokeStyle = ink
    pen.beginPath()
    pen.moveTo(psi[0], psi[1])
    pen.lineTo(phi[0], phi[1])
    pen.stroke()
    pen.strokeStyle = blue
    pen.lineWidth = 1.1
    pen.beginPath()
    pen.arc(phi[0], phi[1], size * 1.75 * phi[2], 0, 2 * Math.PI)
    pen.stroke()
    pen.fillStyle = vermillion
    pen.beginPath()
    pen.arc(psi[0], psi[1], size * psi[2], 0, 2 * Math.PI)
    pen.fill()
  }
  pen.globalAlpha = 1
  pen.fillStyle = ink
  pen.font = '13px system-ui, "DejaVu Sans", sans-serif'
  pen.fillText(`t = ${t.toFixed(2)}`, 12, 22)
  legend(pen, width, vermillion, blue, ink)
}

/** Three axes through the origin with the length of each. */
function axes(
  pen: CanvasRenderingContext2D,
  project: (x: number, y: number, z: number) => readonly [number, number, number],
  half: number,
  color: string,
): void {
  const long = Number((half * 0.8).toPrecision(1))
  pen.strokeStyle = color
  pen.fillStyle = color
  pen.lineWidth = 1
  pen.globalAlpha = 0.75
  pen.font = '12px system-ui, "DejaVu Sans", sans-serif'
  const ends: readonly (readonly [number, number, number])[] = [
    [long, 0, 0],
    [0, long, 0],
    [0, 0, long],
  ]
  ends.forEach(([x, y, z], a) => {
    const [x0, y0] = project(-x, -y, -z)
    const [x1, y1] = project(x, y, z)
    pen.beginPath()
    pen.moveTo(x0, y0)
    pen.lineTo(x1, y1)
    pen.stroke()
    pen.fillText(`q${'₁₂₃'[a]} = ${long}`, x1 + 5, y1 - 4)
  })
  pen.globalAlpha = 1
}

function legend(pen: CanvasRenderingContext2D, width: number, vermillion: string, blue: string, ink: string): void {
  pen.fillStyle = vermillion
  pen.beginPath()
  pen.arc(width - 214, 17, 3, 0, 2 * Math.PI)
  pen.fill()
  pen.strokeStyle = blue
  pen.lineWidth = 1.4
  pen.beginPath()
  pen.arc(width - 112, 17, 4.6, 0, 2 * Math.PI)
  pen.stroke()
  pen.fillStyle = ink
  pen.fillText('Ψ particles', width - 204, 22)
  pen.fillText('Φ mean field', width - 101, 22)
}
