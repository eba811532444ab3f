/**
 * A Redis or Valkey of the test's own: on loopback, a free port, its data in a temporary folder, every write on the
 * disk before it is answered, so that a SIGKILL loses nothing.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The server's program, if the system has one. */
export const queueServerProgram: string | undefined = ['valkey-server', 'redis-server'].find(
  name => spawnSync(name, ['--version']).status === 0,
)

export interface QueueServer {
  readonly port: number
  readonly url: string
  /** SIGKILL: no time to tidy up. */
  kill(): Promise<void>
  /** Starts it again on what lies on the disk. */
  restart(): Promise<void>
  /** Ends it and removes its folder. */
  end(): Promise<void>
}

export interface QueueServerOptions {
  readonly password?: string
  /** More of the server's own options. */
  readonly flags?: readonly string[]
  /** The port speaks TLS only; `flags` name the certificates. */
  readonly tls?: boolean
}

/** Starts a server and resolves when it takes connections. */
export async function startQueueServer({
  password,
  flags = [],
  tls = false,
}: QueueServerOptions = {}): Promise<QueueServer> {
  const folder = mkdtempSync(join(tmpdir(), 'mfl-queue-'))
  const port = await freePort()
  const settings = [
    ...(tls ? ['--port', '0', '--tls-port', `${port}`] : ['--port', `${port}`]),
    ...['--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'yes', '--appendfsync', 'always'],
    ...(password === undefined ? [] : ['--requirepass', password]),
    ...flags,
  ]
  let running: ChildProcess | undefined
  const start = async (): Promise<void> => {
    const child = spawn(queueServerProgram!, settings, { stdio: 'ignore' })
    running = child
    await connectable(port, child)
  }
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    const child = running
    running = undefined
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise(resolve => child.once('exit', resolve))
    child.kill(signal)
    await ended
  }
  await start()
  return {
    port,
    url: `${tls ? 'rediss' : 'redis'}://${password === undefined ? '' : `:${encodeURIComponent(password)}@`}127.0.0.1:${port}`,
    kill: () => kill('SIGKILL'),
    restart: start,
    end: async () => {
      await kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as { port: number }
  await new Promise(resolve => probe.close(resolve))
  return port
}

async function connectable(port: number, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (child.exitCode !== null) throw new Error(`${queueServerProgram} ended with code ${child.exitCode}`)
    const there = await new Promise<boolean>(resolve => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => {
        socket.destroy()
        resolve(true)
      })
      socket.once('error', () => resolve(false))
    })
    if (there) return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error(`${queueServerProgram} takes no connections on port ${port}`)
}
