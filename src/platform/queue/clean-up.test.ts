import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testEvent } from '../../../test/support/queue.ts'
import { cleanUp } from './clean-up.ts'
import { createIntake } from './intake.ts'

const db = useDatabase()

async function inboxRow(eventId: string, state: string, days: number): Promise<void> {
  await createIntake(db()).put([testEvent({ eventId })])
  await db().query(`UPDATE inbox SET state = $2, done_at = now() - $3 * interval '1 day' WHERE event_id = $1`, [
    eventId,
    state,
    days
  ])
}

test('what is done loses its words after 7 days and is forgotten after 30; what needs a person stays', async () => {
  await inboxRow('done 6', 'done', 6)
  await inboxRow('done 8', 'done', 8)
  await inboxRow('done 31', 'done', 31)
  await inboxRow('dead 90', 'dead', 90)
  await inboxRow('odd 90', 'quarantined', 90)
  await inboxRow('ready 90', 'ready', 90)
  await cleanUp(db())
  const rows = await db().prisma.inbox.findMany({ orderBy: { id: 'asc' } })
  expect(rows.map((row) => [row.eventId, row.bodySealed !== ''])).toEqual([
    ['done 6', true],
    ['done 8', false],
    ['dead 90', true],
    ['odd 90', true],
    ['ready 90', true]
  ])
  expect(await cleanUp(db())).toBe(0)
})

test('sent messages go the same way, with the attempts to send them', async () => {
  await db().query(
    `INSERT INTO outbox (id, channel, key, cause, payload_sealed, state, done_at)
     SELECT gen_random_uuid(), 'line', 'k', days::text, 'sealed', 'done', now() - days * interval '1 day'
     FROM unnest(ARRAY[1, 8, 31]) AS days`
  )
  await db().query(`INSERT INTO delivery (outbox_id, attempt, method) SELECT id, 1, 'push' FROM outbox`)
  await cleanUp(db())
  const rows = await db().prisma.outbox.findMany({ orderBy: { seq: 'asc' } })
  expect(rows.map((row) => [row.cause, row.payloadSealed])).toEqual([
    ['1', 'sealed'],
    ['8', '']
  ])
  expect(await db().prisma.delivery.count()).toBe(2)
})

test('more rows than fit one portion are all forgotten', async () => {
  await db().query(
    `INSERT INTO inbox (source, event_id, key, occurred_at, body_sealed, state, done_at)
     SELECT 'test', n::text, 'k', now(), '', 'done', now() - interval '40 days' FROM generate_series(1, 4001) n`
  )
  await cleanUp(db())
  expect(await db().prisma.inbox.count()).toBe(0)
})
