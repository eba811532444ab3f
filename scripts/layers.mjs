// The house rule on imports: folder of src/ -> floor. Imports run strictly downwards; on a floor rooms may use each
// other one way. What each room holds, in a line, for the picture in docs/architecture.md, which this file draws: node
// scripts/layers.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inRoot } from './setup/paths.mjs'

/** @type {Readonly<Record<string, { readonly floor: number, readonly column: number, readonly holds: string }>>} */
export const ROOMS = {
  base: { floor: 0, column: 1, holds: 'numerics that know no physics' },
  wasm: { floor: 0, column: 2, holds: 'every hot loop, compiled' },
  files: { floor: 0, column: 0, holds: 'whole files, Parquet, digests' },
  interaction: { floor: 1, column: 0, holds: 'kernels, one profile a file' },
  law: { floor: 1, column: 1, holds: 'initial laws and their fields' },
  proofs: { floor: 1, column: 2, holds: 'certificates and their checker' },
  forces: { floor: 2, column: 0, holds: 'sums over N bodies' },
  transport: { floor: 2, column: 2, holds: 'Wasserstein distances, certified' },
  flow: { floor: 3, column: 1, holds: 'Ψ, Φ, mean fields, the coupled run' },
  concentration: { floor: 4, column: 0, holds: 'laws of large numbers' },
  rare: { floor: 4, column: 2, holds: 'rare events of the flow' },
  attacks: { floor: 5, column: 1, holds: 'searches that claims share' },
  claims: { floor: 6, column: 1, holds: 'one file a statement, and the ledger' },
  ensemble: { floor: 7, column: 0, holds: 'plans, runs, stores of replicates' },
  figures: { floor: 7, column: 1, holds: 'one file a figure' },
  present: { floor: 7, column: 2, holds: 'numbers and verdicts in words' },
  notebook: { floor: 8, column: 1, holds: 'kernel, cells, images' },
  cli: { floor: 8, column: 0, holds: 'the command mfl' },
  book: { floor: 8, column: 2, holds: 'the static site' },
}

/** Arrows between rooms with the number of imports behind them, and the lines of each room, read from the sources. */
export function readHouse() {
  const arrows = new Map()
  const lines = new Map()
  const paths = readdirSync(inRoot('src'), { recursive: true }).map(path => path.replaceAll('\\', '/'))
  for (const path of paths.filter(
    name => name.endsWith('.ts') && name.includes('/') && !name.includes('.generated.'),
  )) {
    const text = readFileSync(inRoot('src', path), 'utf8')
    const room = path.split('/')[0]
    lines.set(room, (lines.get(room) ?? 0) + text.split('\n').length)
    for (const [, module] of text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)) {
      const to = posix.join(posix.dirname(path), module).split('/')[0]
      if (to === room || ROOMS[to] === undefined) continue
      const key = `${room} ${to}`
      arrows.set(key, (arrows.get(key) ?? 0) + 1)
    }
  }
  return { arrows, lines }
}

const [WIDTH, STEP, HEIGHT] = [1000, 92, 50]

/** The house as SVG: a row a floor; an arrow that a longer way implies is not drawn. */
export function houseSvg({ arrows, lines } = readHouse()) {
  const names = Object.keys(ROOMS)
  const top = Math.max(...names.map(name => ROOMS[name].floor))
  const boxes = new Map(
    names.map(name => [name, { x: 190 + ROOMS[name].column * 310, y: 40 + (top - ROOMS[name].floor) * STEP, w: 270 }]),
  )
  const next = name => names.filter(other => arrows.has(`${name} ${other}`))
  const reaches = (from, to) => next(from).some(other => other === to || reaches(other, to))
  const implied = (from, to) => next(from).some(other => other !== to && reaches(other, to))
  const drawn = [...arrows.keys()].map(key => key.split(' ')).filter(([from, to]) => !implied(from, to))
  const paths = drawn.map(([from, to]) => {
    const [a, b] = [boxes.get(from), boxes.get(to)]
    const tip = 'marker-end="url(#tip)"'
    const side = Math.sign(b.x - a.x)
    if (a.y === b.y) return `<path d="M${a.x + (side * a.w) / 2} ${a.y + 25}H${b.x - (side * b.w) / 2}" ${tip}/>`
    if (a.x === b.x && b.y - a.y > STEP) {
      const [edge, far] = a.x < WIDTH / 2 ? [a.x - a.w / 2, a.x - a.w / 2 - 45] : [a.x + a.w / 2, a.x + a.w / 2 + 45]
      return `<path d="M${edge} ${a.y + 25}C${far} ${a.y + 60} ${far} ${b.y - 10} ${edge} ${b.y + 25}" ${tip}/>`
    }
    const [y1, y2] = [a.y + HEIGHT, b.y]
    const [x1, x2] = [a.x + side * 60, b.x - side * 60]
    return `<path d="M${x1} ${y1}C${x1} ${(y1 + y2) / 2} ${x2} ${(y1 + y2) / 2} ${x2} ${y2}" ${tip}/>`
  })
  const rooms = [...boxes].map(
    ([name, { x, y, w }]) => `<g><rect x="${x - w / 2}" y="${y}" width="${w}" height="${HEIGHT}" rx="6"/>
<text x="${x}" y="${y + 21}" class="name">${name}<tspan class="size">  ${(lines.get(name) / 1000).toFixed(1)}k</tspan></text>
<text x="${x}" y="${y + 39}">${ROOMS[name].holds}</text></g>`,
  )
  const height = 40 + (top + 1) * STEP
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title">
<title id="title">The rooms of src/: an arrow leads from a room to one that it uses</title>
<style>text{font:13px system-ui,sans-serif;text-anchor:middle;fill:#334}.name{font-weight:600;font-size:15px;fill:#013}.size{font-weight:400;font-size:12px;fill:#567}rect{fill:#eef4fa;stroke:#56799c}path{fill:none;stroke:#56799c;stroke-width:1.5}</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" style="fill:#56799c;stroke:none"/></marker></defs>
<rect x="0" y="0" width="${WIDTH}" height="${height}" style="fill:#fff;stroke:none"/>
${paths.join('\n')}
${rooms.join('\n')}
</svg>
`
}

export const picture = join('docs', 'images', 'architecture.svg')

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(inRoot(dirname(picture), 'architecture.svg'), houseSvg())
