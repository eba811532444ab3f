import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { queueAddress } from '../../../src/ensemble/executors/queueAddress.js'
import { connectQueue } from '../../../src/ensemble/executors/queueConnection.js'
import { requireOrSkip } from '../../support/capabilities.js'
import { type QueueServer, queueServerProgram, startQueueServer } from '../../support/queueServer.js'
import { startWorker } from '../../support/queueWorkers.js'

describe('the address of a queue', () => {
  test('is read from a URL, with what its parts mean', () => {
    expect(queueAddress('rediss://me:p%40ss%2F@queue.example:6380/3', {})).toMatchObject({
      ...{ host: 'queue.example', port: 6380, db: 3, tls: true, username: 'me', password: 'p@ss/' },
      shown: 'rediss://me:***@queue.example:6380/3',
    })
    expect(queueAddress('redis://[::1]', {})).toMatchObject({ host: '::1', port: 6379, db: 0, tls: false })
    expect(queueAddress('redis://h', {})).not.toHaveProperty('password')
  })

  test('and its password come from the environment where they are not given', () => {
    const environment = { MFL_QUEUE: 'redis://h', MFL_QUEUE_PASSWORD: 'secret' }
    expect(queueAddress(undefined, environment)).toMatchObject({ password: 'secret', shown: 'redis://***@h:6379' })
    expect(queueAddress('redis://:own@h', environment).password).toBe('own')
  })

  test.each([
    ['nothing', undefined],
    ['an empty text', ''],
    ['no URL', 'queue.example secret'],
    ['another protocol', 'http://:secret@h'],
    ['a scheme that was forgotten', 'me:secret@h:6379'],
    ['a database that is no number', 'redis://:secret@h/zero'],
  ])('is refused without showing a password: %s', (_, url) => {
    const wrong = (): unknown => queueAddress(url, {})
    expect(wrong).toThrow(/^queue must be redis:\/\//)
    expect(wrong).not.toThrow(/secret/)
  })

  test('takes the password out of any text, as it was typed and as it is', () => {
    const { redact } = queueAddress('redis://:p%40ss@h', {})
    expect(redact('AUTH p@ss failed at redis://:p%40ss@h')).toBe('AUTH *** failed at redis://:***@h')
  })
})

describe.skipIf(!requireOrSkip('Redis', queueServerProgram !== undefined))('a connection to a queue', () => {
  const PASSWORD = 'correct horse/battery'
  let server: QueueServer
  beforeAll(async () => {
    server = await startQueueServer({ password: PASSWORD })
  })
  afterAll(() => server.end())
  const messageOf = async (url: string): Promise<string> => {
    const outcome = await connectQueue(queueAddress(url, {})).then(
      connection => {
        connection.close()
        return 'connected'
      },
      (error: Error) => `${error.message}\n${error.stack}\n${JSON.stringify(error)}`,
    )
    expect(outcome).not.toContain(PASSWORD)
    expect(outcome).not.toContain(encodeURIComponent(PASSWORD))
    expect(outcome).not.toContain('wrong-one')
    return outcome
  }

  test('is made with the password, refused with a wrong one or none, and says which', async () => {
    expect(await messageOf(server.url)).toBe('connected')
    expect(await messageOf(`redis://:wrong-one@127.0.0.1:${server.port}`)).toMatch(/refused the password/)
    expect(await messageOf(`redis://127.0.0.1:${server.port}`)).toMatch(/refused a client without password/)
  })

  test('to a place where nobody listens, or a host that is none, says so at once', async () => {
    const gone = await startQueueServer()
    await gone.end()
    expect(await messageOf(`redis://:wrong-one@127.0.0.1:${gone.port}`)).toMatch(
      /cannot reach the queue .*ECONNREFUSED/,
    )
    expect(await messageOf('redis://:wrong-one@no-such-host.invalid')).toMatch(
      /cannot reach the queue .*(ENOTFOUND|EAI_AGAIN)/,
    )
  })

  test('of a worker is told without the password, whether it works or not', async () => {
    const good = startWorker(`redis://127.0.0.1:${server.port}`, ['--idle', '0'], { MFL_QUEUE_PASSWORD: PASSWORD })
    expect(await good.ended).toBe(0)
    expect(good.output()).toMatch(/1 at once from redis:\/\/\*\*\*@127\.0\.0\.1/)
    const wrong = startWorker(`redis://:wrong-one@127.0.0.1:${server.port}`, [], { MFL_DEBUG: '1' })
    expect(await wrong.ended).toBe(1)
    expect(wrong.output()).toMatch(/mfl: the queue .* refused the password/)
    for (const { output } of [good, wrong]) expect(output()).not.toMatch(/correct horse|correct%20horse|wrong-one/)
  })

  test('over TLS is made to a server whose certificate is trusted, and to no other', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mfl-tls-'))
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
    const files = ['-keyout', key, '-out', certificate]
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...files, ...subject], {
      stdio: 'ignore',
    })
    const tls = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-auth-clients', 'no']
    const secure = await startQueueServer({ password: PASSWORD, tls: true, flags: tls })
    try {
      const trusting = startWorker(secure.url, ['--idle', '0'], { NODE_EXTRA_CA_CERTS: certificate })
      expect(await trusting.ended).toBe(0)
      const other = startWorker(secure.url, ['--idle', '0'])
      expect(await other.ended).toBe(1)
      expect(other.output()).toMatch(/cannot reach the queue rediss:.*certificate/)
      const plain = startWorker(secure.url.replace('rediss:', 'redis:'), ['--idle', '0'])
      expect(await plain.ended).toBe(1)
      for (const { output } of [trusting, other, plain]) expect(output()).not.toMatch(/correct(%20| )horse/)
    } finally {
      await secure.end()
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
