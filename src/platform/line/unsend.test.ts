import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { isTakenBack, redactMessage } from './unsend.ts'

const db = useDatabase()
const KEY = 'line:anna'
const NOW_MS = Date.UTC(2026, 10, 21)

interface Told {
  readonly id: string
  readonly atMs?: number
  readonly key?: string
  readonly state?: 'ready' | 'running' | 'done' | 'dead'
}

async function keep(event: object, { id, atMs = NOW_MS, key = KEY, state = 'done' }: Told): Promise<void> {
  const body = JSON.stringify({ ...event, webhookEventId: id, timestamp: atMs })
  await db().prisma.inbox.create({
    data: {
      source: 'line',
      eventId: id,
      key,
      state,
      occurredAt: new Date(atMs),
      bodySealed: db().cipher.seal('inbox.body', body)
    }
  })
}
const message = (messageId: string, told: Told, more: object = { type: 'text', text: 'ひみつ' }) =>
  keep({ type: 'message', message: { id: messageId, ...more } }, told)
const unsend = (messageId: string, told: Told) => keep({ type: 'unsend', unsend: { messageId } }, told)

const redact = (messageId: string, key = KEY) =>
  db().transaction((tx) => redactMessage({ tx, cipher: db().cipher, key }, messageId))
const takenBack = (messageId: string, sentAtMs = NOW_MS, key = KEY) =>
  db().transaction((tx) => isTakenBack({ tx, cipher: db().cipher, key }, messageId, sentAtMs))
async function bodyOf(eventId: string): Promise<{ message?: Record<string, unknown> }> {
  const { bodySealed } = await db().prisma.inbox.findFirstOrThrow({ where: { eventId } })
  return JSON.parse(db().cipher.open('inbox.body', bodySealed))
}

test.each(['done', 'ready', 'running', 'dead'] as const)(
  'the words of a message that is %s are removed',
  async (state) => {
    await message('1', { id: 'E1', state })
    expect(await redact('1')).toBe('line:E1')
    expect((await bodyOf('E1')).message).toEqual({ type: 'text', id: '1', text: '', unsent: true })
  }
)

test('of a picture, a place or a file nothing stays but what it was', async () => {
  await message('1', { id: 'E1' }, { type: 'location', address: '吉祥寺', latitude: 35.7 })
  await redact('1')
  expect((await bodyOf('E1')).message).toEqual({ type: 'location', id: '1', unsent: true })
})

test('only that message, and only of that person', async () => {
  await message('1', { id: 'E1' })
  await message('1', { id: 'E2', key: 'line:eve' })
  await message('2', { id: 'E3' })
  await redact('1')
  for (const other of ['E2', 'E3']) expect((await bodyOf(other)).message?.text).toBe('ひみつ')
})

test('a message that is not kept, or whose words are gone for their age, has nothing to remove', async () => {
  expect(await redact('1')).toBeUndefined()
  await message('1', { id: 'E1' })
  await db().prisma.inbox.updateMany({ data: { bodySealed: '' } })
  expect(await redact('1')).toBeUndefined()
})

test('a message is taken back once its person’s unsend is kept, whether that was handled or not', async () => {
  expect(await takenBack('1')).toBe(false)
  await unsend('1', { id: 'U1', atMs: NOW_MS + 1, state: 'ready' })
  expect(await takenBack('1')).toBe(true)
  expect(await takenBack('2')).toBe(false)
  expect(await takenBack('1', NOW_MS, 'line:eve')).toBe(false)
})

test('what happened before a message was sent cannot be its unsend, and is not looked through', async () => {
  await unsend('1', { id: 'U1', atMs: NOW_MS - 1 })
  expect(await takenBack('1')).toBe(false)
})
