import { beforeEach, describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { useMatane } from '../../../test/support/matane.ts'
import { newId } from '../../core/ids.ts'
import { customerFigures } from './index.ts'
import { recordSent } from './record-sent.ts'

const db = useDatabase()
const world = useMatane(db)
let hanako: string

beforeEach(async () => {
  hanako = (await db().prisma.customer.create({ data: { createdAt: new Date() } })).id
})

const HOUR_MS = 3_600_000

/** A message to a customer that ended so, an hour ago; its id. */
async function message(outcome: string | undefined, customerId = hanako, channel = 'line'): Promise<string> {
  const ended = outcome ? { state: 'done', outcome, doneAt: new Date(Date.now() - HOUR_MS) } : { state: 'ready' }
  const row = { id: newId(), channel, key: customerId, customerId, cause: newId(), payloadSealed: '', ...ended }
  return (await db().prisma.outbox.create({ data: row })).id
}

const record = (isOver = () => false) => recordSent(world().matane.context, isOver)
const events = () => db().prisma.event.findMany({ where: { name: 'message.sent' }, orderBy: { sourceId: 'asc' } })

describe('messages that were sent', () => {
  test('are events of their customers, at the time they went out, and count once', async () => {
    const ids = [await message('pushed'), await message('pushed')]
    expect(await record()).toBe(2)
    const [first] = await events()
    expect((await events()).map(({ sourceId }) => sourceId)).toEqual(ids.map((id) => `sent:${id}`).sort())
    expect(first).toMatchObject({ customerId: hanako, properties: { via: 'line' } })
    const agoMs = world().matane.context.scope.now().getTime() - (first?.at.getTime() ?? 0)
    expect(Math.round(agoMs / 60_000)).toBe(60)
    expect(await record()).toBe(0)
    const figures = await db().transaction((tx) => customerFigures(tx, hanako))
    expect(figures).toMatchObject({ messagesSent: 2 })
  })

  test.each([
    ['an answer', 'replied', 'line'],
    ['one that was dropped', 'blocked', 'line'],
    ['one that waits', undefined, 'line'],
    ['a post in Slack', 'pushed', 'slack']
  ])('%s is none', async (_, outcome, channel) => {
    await message(outcome, hanako, channel)
    expect(await record()).toBe(0)
  })

  test('to somebody who is no more are passed over', async () => {
    await message('pushed', newId())
    await message('pushed')
    expect(await record()).toBe(2)
    expect(await events()).toHaveLength(1)
  })

  test('of a whole broadcast are recorded in portions, and what is left when time is up comes next', async () => {
    const data = Array.from({ length: 450 }, (_, n) => ({
      ...{ id: newId(), channel: 'line', key: hanako, customerId: hanako, cause: `b:${n}`, payloadSealed: '' },
      ...{ state: 'done', outcome: 'pushed', doneAt: new Date() }
    }))
    await db().prisma.outbox.createMany({ data })
    let looks = 0
    expect(await record(() => ++looks > 1)).toBe(200)
    expect(await record()).toBe(250)
    expect(await events()).toHaveLength(450)
  })

  test('at once by two processes are recorded once', async () => {
    for (let n = 0; n < 5; n += 1) await message('pushed')
    const [one = 0, other = 0] = await Promise.all([record(), record()])
    expect(one + other).toBe(5)
    expect(await events()).toHaveLength(5)
  })
})

test('in the sandbox a push becomes an event within a minute', async () => {
  await message('pushed')
  await world().advance('2m')
  expect(await events()).toHaveLength(1)
})
