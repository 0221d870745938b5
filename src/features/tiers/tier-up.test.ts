import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { useDatabase } from '../../../test/support/database.ts'
import { tierWorld } from '../../../test/support/tier-world.ts'
import type { LinePayload } from '../../platform/queue/index.ts'
import { publish } from '../definitions/index.ts'
import { checkFlow, flowsFeature } from '../flows/index.ts'

const db = useDatabase()

test.each([
  ['ja', '会員ランクが「ゴールド」になりました'],
  ['en', 'You have reached Gold']
])('who reaches a higher tier is congratulated, then handed its gift: %s', async (locale, words) => {
  const world = await tierWorld(db(), [flowsFeature])
  await world.publish()
  const shipped = checkFlow(parse(readFileSync('flows/scenarios/tier_up.yaml', 'utf8')))
  if (!shipped.ok) throw new Error(JSON.stringify(shipped.faults))
  const { key, body } = shipped
  await db().transaction((tx) => publish(tx, { kind: 'scenario', key, body, at: world.scope.at }))
  world.turns.profiles.set('U1', { displayName: '花子', language: locale })
  await world.turns.follow('U1')
  await db().prisma.outbox.deleteMany()
  const customer = await world.turns.customerId('U1')
  await world.tell(world.order(customer, 30_000))
  const told = async () => {
    const rows = await db().prisma.outbox.findMany({ where: { customerId: customer }, orderBy: { seq: 'asc' } })
    return rows.flatMap(({ payloadSealed }) => {
      const { messages }: LinePayload = JSON.parse(db().cipher.open('outbox.payload', payloadSealed))
      return messages.map((message) => JSON.stringify(message))
    })
  }
  expect(await told()).toEqual([expect.stringContaining(words), expect.stringContaining('Cake')])

  // Down is no news that anybody wants to read.
  await world.travelTo('2027-12-21')
  expect([await world.tierOf(customer), (await told()).length]).toEqual(['regular', 2])
})
