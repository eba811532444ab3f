// Prints a digest of random streams and of samples of every law, for comparison between engines; and, as a control,
// of the same numbers passed through this engine's own Math, which is known to differ between versions of V8.
//   node streamDigest.mjs path/to/dist
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const load = name => import(pathToFileURL(join(process.argv[2], name)).href)
const { randomStream } = await load('base/random.js')
const { lawByName, lawNames } = await load('law/lawByName.js')

const N = 20_000
const digest = array => createHash('sha256').update(new Uint8Array(array.buffer)).digest('hex')
const draws = draw => Float64Array.from({ length: N }, draw)

const uniforms = randomStream('1/engines/uniform')
const normals = randomStream('1/engines/normal')
const result = { uniform: digest(draws(() => uniforms.uniform())), normal: digest(draws(() => normals.normal())) }
for (const name of lawNames) {
  const { q, p } = lawByName(name).sample(N, randomStream({ seed: 1, law: name, N }))
  result[name] = digest(Float64Array.of(...q, ...p))
}
const own = randomStream('1/engines/control')
const functions = [Math.exp, Math.sin, Math.cos, Math.log, Math.cbrt, x => x ** 1.7]
const control = digest(draws((_, i) => functions[i % functions.length](20 * own.uniform())))
process.stdout.write(JSON.stringify({ version: process.version, result, control }))
