/**
 * Where a kernel and its client meet: what the connection file of the Jupyter protocol holds.
 */
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { join } from 'node:path'

const CHANNELS = ['shell', 'iopub', 'stdin', 'control', 'hb'] as const
type Ports = Record<`${(typeof CHANNELS)[number]}_port`, number>

export interface KernelConnection extends Ports {
  readonly transport: 'ipc' | 'tcp'
  readonly ip: string
  readonly key: string
  readonly signature_scheme: 'hmac-sha256'
}

/**
 * Sockets in the file system where there are such: nobody else can connect, and no port can be taken by another
 * program between being chosen and being bound. Windows has free ports of the loopback address.
 */
export async function kernelConnection(folder: string): Promise<KernelConnection> {
  const key = randomBytes(32).toString('hex')
  const ports = process.platform === 'win32' ? await freePorts() : [1, 2, 3, 4, 5]
  const numbered = Object.fromEntries(CHANNELS.map((channel, i) => [`${channel}_port`, ports[i]])) as Ports
  const place =
    process.platform === 'win32' ? { transport: 'tcp', ip: '127.0.0.1' } : { transport: 'ipc', ip: join(folder, 'k') }
  return { ...(place as Pick<KernelConnection, 'transport' | 'ip'>), ...numbered, key, signature_scheme: 'hmac-sha256' }
}

async function freePorts(): Promise<number[]> {
  const servers = await Promise.all(
    CHANNELS.map(
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer().once('error', reject)
          server.listen(0, '127.0.0.1', () => resolve(server))
        }),
    ),
  )
  const ports = servers.map(server => (server.address() as { port: number }).port)
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))))
  return ports
}
