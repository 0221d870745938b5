import { expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { pointsWorld } from '../../../../test/support/points-world.ts'
import type { LinePayload } from '../../../platform/queue/index.ts'
import { handPoints } from './hand-points.ts'

const db = useDatabase()

test('a present of points is given once for its cause, told, and holds as long as others', async () => {
  const { customer, perform, standing, ledger } = await pointsWorld(db())
  const customerId = await customer()
  const present = { customerId, locale: 'ja', cause: 'flow:1', points: 50 } as const
  const hand = (cause: string) => perform(cause, (work) => handPoints(work, present))
  expect([await hand('a'), await hand('b')]).toEqual(['given', 'known'])
  expect(await ledger(customerId)).toEqual(['present +50'])
  expect((await standing(customerId)).next?.endsAt).toEqual(new Date('2026-12-22T00:00:00+09:00'))
  const told = await db().prisma.outbox.findMany({ where: { channel: 'line' } })
  const { messages } = JSON.parse(db().cipher.open('outbox.payload', told[0]?.payloadSealed ?? '')) as LinePayload
  expect([told.length, messages]).toMatchObject([
    1,
    [{ text: '50ポイントをプレゼントします。あわせて50ポイントになりました。' }]
  ])
})

test('nothing is given while there are no points, nor to nobody', async () => {
  const { customer, perform } = await pointsWorld(db())
  const present = { locale: 'en', cause: 'flow:1', points: 50 } as const
  const hand = (customerId: string) => perform(customerId, (work) => handPoints(work, { ...present, customerId }))
  expect(await hand('01890000-0000-7000-8000-000000000000')).toBe('missing')
  const someone = await customer()
  await db().prisma.definition.deleteMany()
  expect(await hand(someone)).toBe('missing')
  expect(await db().prisma.outbox.count()).toBe(0)
})
