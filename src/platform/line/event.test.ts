import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readLineEvent } from './event.ts'

const base = { type: 'follow', webhookEventId: '01KAHZ8S7Q9WQ2M0N3T0ZB5T7V', timestamp: 1_795_000_000_000 }
const members = [{ type: 'user', userId: 'U1' }]

test.each<[string, object]>([
  ['message', { message: { id: '1', type: 'text', text: '' } }],
  ['message', { message: { id: '1', type: 'sticker' } }],
  ['message', { message: { id: '1', type: 'image', imageSet: { id: 'S', index: 2, total: 3 } } }],
  ['message', { message: { id: '1', type: 'hologram', depth: 3 } }],
  ['messageEdited', {}],
  ['unsend', { unsend: { messageId: '1' } }],
  ['postback', { postback: { data: '', params: { date: '2026-11-21' } } }],
  ['follow', { follow: { isUnblocked: true } }],
  ['unfollow', {}],
  ['join', { source: { type: 'group', groupId: 'C1' } }],
  ['leave', {}],
  ['memberJoined', { joined: { members } }],
  ['memberLeft', { left: { members } }],
  ['videoPlayComplete', { videoPlayComplete: { trackingId: 't' } }],
  ['beacon', { beacon: { hwid: 'h', type: 'enter' } }],
  ['accountLink', { link: { result: 'ok', nonce: 'n' } }],
  ['membership', { membership: { type: 'joined', membershipId: 1 } }],
  ['delivery', { delivery: { data: 'hash' } }],
  ['neverHeardOf', { anything: [1] }]
])('a %s event with %j is read, and keeps what we do not know', (type, details) => {
  const event = { ...base, ...details, type, later: 'field' }
  expect(readLineEvent(event)).toEqual(event)
})

test.each<[string, object]>([
  ['no type', { type: undefined }],
  ['an empty type', { type: '' }],
  ['no id', { webhookEventId: undefined }],
  ['an id that is no id', { webhookEventId: '../..' }],
  ['an endless id', { webhookEventId: 'A'.repeat(65) }],
  ['no time', { timestamp: undefined }],
  ['a time as text', { timestamp: '1795000000000' }],
  ['a time before 1970', { timestamp: -1 }],
  ['a time beyond our calendar', { timestamp: 9e15 }],
  ['half a millisecond', { timestamp: 0.5 }],
  ['a token that is none', { replyToken: 7 }],
  ['a source without a type', { source: { userId: 'U1' } }],
  ['an empty user id', { source: { type: 'user', userId: '' } }],
  ['a message without a body', { type: 'message' }],
  ['a text without its text', { type: 'message', message: { id: '1', type: 'text' } }],
  ['a message without its id', { type: 'message', message: { type: 'sticker' } }],
  ['a tap without data', { type: 'postback', postback: {} }],
  ['an unsend of nothing', { type: 'unsend', unsend: {} }],
  ['an unsend of everything', { type: 'unsend', unsend: { messageId: '' } }]
])('an event with %s is odd: it is kept aside', (_, changes) => {
  expect(readLineEvent({ ...base, ...changes })).toBeUndefined()
})

test.each([
  ['null', null],
  ['a text', 'follow'],
  ['a list', [base]],
  ['a number', 1],
  ['nothing', undefined]
])('%s is no event', (_, value) => expect(readLineEvent(value)).toBeUndefined())

test('whatever comes, reading it neither throws nor changes it', () => {
  const types = fc.constantFrom('message', 'postback', 'unsend', 'follow', '__proto__', 'constructor', 'x')
  const events = fc.record({ type: types, message: fc.jsonValue(), postback: fc.jsonValue(), unsend: fc.jsonValue() })
  fc.assert(
    fc.property(events, (changes) => {
      const event = { ...base, ...changes }
      const before = structuredClone(event)
      const read = readLineEvent(event)
      expect(event).toEqual(before)
      if (read) expect(read).toEqual(before)
    })
  )
})
