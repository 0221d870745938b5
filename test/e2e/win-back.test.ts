import { expect, test } from 'vitest'
import { actorsOf } from '../support/actors.ts'
import { useDatabase } from '../support/database.ts'
import { useMatane } from '../support/matane.ts'

const db = useDatabase()
const world = useMatane(db)

const armOf = async (flow: string) => (await db().prisma.flowRun.findFirst({ where: { flow } }))?.arm

test('thirty days without a visit bring the win-back to who agreed to offers, in the morning, once', async () => {
  const { hanako } = actorsOf(world())
  await hanako.follow()
  await db().prisma.consentChange.create({
    data: {
      ...{ customerId: (await db().prisma.customer.findFirstOrThrow()).id, purpose: 'marketing', status: 'granted' },
      ...{ version: 1, source: 'line:settings', cause: 'test', at: new Date() }
    }
  })
  await hanako.scan('kichijoji')
  const heard = () => hanako.heard().split('お久しぶりです').length - 1
  await world().advance('29d')
  expect(heard()).toBe(0)
  // Whatever the hour is now: the night is over within it.
  for (const step of ['1d', '12h', '12h']) await world().advance(step)
  // One in ten gets nothing, so that the others can be compared with them.
  const expected = (await armOf('win_back')) === 'holdout' ? 0 : 1
  expect([await armOf('win_back'), heard()]).toEqual([expect.any(String), expected])
  await world().advance('3d')
  expect(heard()).toBe(expected)
})

test('who was never asked, or said no, is not written to', async () => {
  const { hanako } = actorsOf(world())
  await hanako.follow()
  await hanako.scan('kichijoji')
  await world().advance('32d')
  expect(await armOf('win_back')).toBeUndefined()
  expect(hanako.heard()).not.toContain('お久しぶりです')
})
