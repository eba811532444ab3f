// A process that runs an ensemble and prints what is on the disk: node driver.mjs FOLDER PLAN.json EXECUTOR [UID]
// Lines: {"stored": name, "record": text} for each job after its part-file is written, {"end"} or {"error"}.
import { readFileSync } from 'node:fs'
import { encodeRecord, inlineExecutor, openStore, parsePlan, runEnsemble, threadsExecutor } from '../../dist/index.js'

const [folder, plan, kind, uid] = process.argv.slice(2)
// Only now: the other user may not be able to read the Node that runs this, which npx puts in a home of its own.
if (uid !== undefined) {
  process.setgroups([])
  process.setgid(Number(uid))
  process.setuid(Number(uid))
}
// Synchronous writes: what is printed has left this process.
const print = line => process.stdout.write(`${JSON.stringify(line)}\n`)
process.stdout._handle?.setBlocking?.(true)
try {
  const store = await openStore(folder, parsePlan(JSON.parse(readFileSync(plan, 'utf8'))))
  const executor =
    kind === 'inline' ? inlineExecutor({ fields: store.fields }) : threadsExecutor({ threads: 2, fields: store.fields })
  await runEnsemble(store, {
    executor,
    holdSeconds: 0.05,
    onStored: results => {
      for (const { name, record } of results) print({ stored: name, record: encodeRecord(record) })
    },
  })
  await executor.close()
  print({ end: true })
} catch (error) {
  print({ error: error.message })
  process.exitCode = 1
}
