/**
 * Messages of the Jupyter protocol 5.3 as frames: serialised and signed with HMAC-SHA256, checked and parsed.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** A message of the protocol, without its routing. */
export interface KernelMessage {
  readonly header: { readonly msg_id: string; readonly msg_type: string }
  readonly parent_header: { readonly msg_id?: string }
  readonly content: Readonly<Record<string, unknown>>
}

/** What the messages of one client share. */
export interface Signature {
  readonly key: string
  readonly session: string
}

const DELIMITER = Buffer.from('<IDS|MSG>')

/** Signs and serialises. */
export function encode({ key, session }: Signature, type: string, id: string, content: unknown): Buffer[] {
  const header = {
    msg_id: id,
    msg_type: type,
    session,
    username: 'mean-field-limit',
    version: '5.3',
    // The protocol wants a date; nothing here reads it.
    date: new Date().toISOString(),
  }
  const parts = [header, {}, {}, content].map(part => Buffer.from(JSON.stringify(part)))
  return [DELIMITER, Buffer.from(sign(key, parts)), ...parts]
}

function sign(key: string, parts: readonly Buffer[]): string {
  const hmac = createHmac('sha256', key)
  for (const part of parts) hmac.update(part)
  return hmac.digest('hex')
}

/** Checks the signature and parses. @returns undefined for what is not a message signed with the key */
export function decode(key: string, frames: readonly Buffer[]): KernelMessage | undefined {
  const start = frames.findIndex(frame => frame.equals(DELIMITER))
  if (start < 0 || frames.length < start + 6) return undefined
  const signature = frames[start + 1]!
  const parts = frames.slice(start + 2)
  const expected = Buffer.from(sign(key, parts))
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return undefined
  const [header, parent, , content] = parts.map(part => JSON.parse(part.toString('utf8')))
  return { header, parent_header: parent, content }
}
