import { sha256Hex } from '../../core/hash.ts'
import type { FieldCipher } from '../db/index.ts'
import type { InboxEvent } from '../queue/types.ts'
import { type LineEvent, readLineEvent } from './event.ts'
import { parseBody } from './parse-body.ts'

const QUARANTINE_KEY = 'line:quarantine'

/**
 * What a signed webhook body says, event by event. What we cannot read (the whole body, or one odd event among others) is
 * kept under the hash of its bytes, so that nothing LINE told us is lost and the good events beside it go on.
 */
export function inboxEvents(body: Uint8Array, cipher: FieldCipher, receivedAt: Date): InboxEvent[] {
  const parsed = parseBody(body)
  if (!hasEvents(parsed)) return [quarantined(Buffer.from(body).toString('latin1'), receivedAt)]
  return parsed.events.map((value) => {
    const event = readLineEvent(value)
    return event ? kept(event, value, cipher) : quarantined(JSON.stringify(value), receivedAt)
  })
}

/** The inbox key of a LINE event: one per person, group or room, so that their events are handled in order. */
export function inboxKey({ source }: LineEvent, cipher: FieldCipher): string {
  const sender = source?.groupId ?? source?.roomId ?? source?.userId
  return sender ? `line:${cipher.blindIndex('identity.external', sender)}` : 'line:account'
}

function kept(event: LineEvent, value: unknown, cipher: FieldCipher): InboxEvent {
  return {
    source: 'line',
    eventId: event.webhookEventId,
    key: inboxKey(event, cipher),
    occurredAt: new Date(event.timestamp),
    body: JSON.stringify(value)
  }
}

function quarantined(body: string, receivedAt: Date): InboxEvent {
  return {
    source: 'line',
    eventId: `sha256-${sha256Hex(body)}`,
    key: QUARANTINE_KEY,
    occurredAt: receivedAt,
    body,
    quarantined: true
  }
}

function hasEvents(body: unknown): body is { events: unknown[] } {
  return body !== null && typeof body === 'object' && 'events' in body && Array.isArray(body.events)
}
