/**
 * Where the queue's server is, and how to speak of it: an address that connects, and one that may be shown.
 */

/** A Redis or Valkey server. */
export interface QueueAddress {
  readonly host: string
  readonly port: number
  readonly db: number
  readonly tls: boolean
  readonly username?: string
  readonly password?: string
  /** The address without its password: for messages. */
  readonly shown: string
  /** A text in which the password, should a library have put it there, is replaced by ***. */
  redact(text: string): string
}

/**
 * Environment variables that are read: the whole URL, and the password alone (on a shared machine, the process list
 * shows arguments).
 */
const QUEUE_URL = 'MFL_QUEUE'
const QUEUE_PASSWORD = 'MFL_QUEUE_PASSWORD'

const DEFAULT_PORT = 6379
const FORM = 'redis://[[user]:password@]host[:port][/db], or rediss:// for TLS'

/**
 * Reads the address of a queue.
 * @param url as `rediss://user:password@host:6380/0`; undefined: from MFL_QUEUE
 * @param environment MFL_QUEUE_PASSWORD stands in for a password that the URL does not have
 * @throws RangeError that shows no password: no URL, not a URL, another protocol, a database that is no number
 * @example queueAddress('redis://:secret@10.0.0.7').shown // 'redis://***@10.0.0.7:6379'
 */
export function queueAddress(
  url: string | undefined,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): QueueAddress {
  const text = url ?? environment[QUEUE_URL]
  if (text === undefined || text === '') throw new RangeError(`queue must be ${FORM}; give it, or set ${QUEUE_URL}`)
  let parsed: URL
  try {
    parsed = new URL(text)
  } catch {
    throw new RangeError(`queue must be ${FORM}; what was given is no URL`)
  }
  const { protocol, hostname, port, pathname } = parsed
  if ((protocol !== 'redis:' && protocol !== 'rediss:') || hostname === '') {
    // Never the whole text: of a mistyped URL it is not known where the password is.
    throw new RangeError(`queue must be ${FORM}; got one that begins with ${JSON.stringify(protocol)}`)
  }
  const db = /^\/?$/.test(pathname) ? 0 : /^\/\d{1,4}$/.test(pathname) ? Number(pathname.slice(1)) : Number.NaN
  if (Number.isNaN(db)) throw new RangeError(`queue must be ${FORM}; its database must be a number`)
  const username = decode(parsed.username)
  const password = parsed.password === '' ? (environment[QUEUE_PASSWORD] ?? '') : decode(parsed.password)
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const secrets = [...new Set([password, parsed.password, encodeURIComponent(password)])]
    .filter(secret => secret !== '')
    .sort((a, b) => b.length - a.length)
  return {
    host,
    port: port === '' ? DEFAULT_PORT : Number(port),
    db,
    tls: protocol === 'rediss:',
    ...(username === '' ? {} : { username }),
    ...(password === '' ? {} : { password }),
    shown: `${protocol}//${username}${password === '' ? '' : username === '' ? '***' : ':***'}${username === '' && password === '' ? '' : '@'}${hostname}:${port === '' ? DEFAULT_PORT : port}${db === 0 ? '' : `/${db}`}`,
    redact: message => secrets.reduce((text, secret) => text.replaceAll(secret, '***'), message),
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
