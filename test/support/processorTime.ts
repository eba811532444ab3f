/** Processor time of other processes: what they worked, however many others the machine served meanwhile. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** Milliseconds that the processes of a group have computed so far, in all threads; those that ended do not count. */
export function processorTime(group: number): number {
  return process.platform === 'linux' ? fromProc(group) : fromPs(group)
}

/** Fields of /proc/PID/stat after the name in brackets: state, parent, group, ... */
const [GROUP, USER, SYSTEM] = [2, 11, 12]

/** Linux counts in hundredths of a second, whatever its own clock. */
function fromProc(group: number): number {
  let sum = 0
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (Number(fields[GROUP]) === group) sum += Number(fields[USER]) + Number(fields[SYSTEM])
    } catch {
      // It has ended since the folder was read.
    }
  }
  return 10 * sum
}

/** To the second where `ps` says no more. */
function fromPs(group: number): number {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pgid=', '-o', 'time='], { encoding: 'utf8' })
  const rows = stdout.split('\n').map(row => row.trim().split(/\s+/))
  const seconds = (time: string): number =>
    time.split(/[-:]/).reduce((sum, part, i, all) => sum + Number(part) * [1, 60, 3600, 86400][all.length - 1 - i]!, 0)
  return rows.reduce((sum, [pgid, time]) => sum + (Number(pgid) === group ? 1000 * seconds(time!) : 0), 0)
}
