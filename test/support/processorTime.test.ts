import { spawn } from 'node:child_process'
import { expect, it } from 'vitest'
import { processorTime } from './processorTime.js'

it('of a group is what its processes say themselves, and does not grow while they wait', async () => {
  // Two processes, one of which computes for 0.3 s.
  const busy = 'const b = process.cpuUsage(); while (process.cpuUsage(b).user < 3e5);'
  const wait = 'setInterval(() => undefined, 1e6)'
  const program = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(wait)}])
    ${busy} const { user, system } = process.cpuUsage(); console.log((user + system) / 1000); ${wait}`
  const child = spawn(process.execPath, ['-e', program], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    const own = Number(await new Promise(resolve => child.stdout.once('data', data => resolve(String(data)))))
    const { pid } = child
    const first = processorTime(pid!)
    expect(own).toBeGreaterThan(300)
    expect(first).toBeGreaterThan(own - 20)
    await new Promise(resolve => setTimeout(resolve, 500))
    expect(processorTime(pid!) - first).toBeLessThan(300)
    expect(processorTime(process.pid)).not.toBe(first)
  } finally {
    process.kill(-child.pid!, 'SIGKILL')
  }
})
