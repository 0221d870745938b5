import { beforeEach, expect, test } from 'vitest'
import { type Actors, actorsOf } from '../support/actors.ts'
import { useDatabase } from '../support/database.ts'
import { useMatane } from '../support/matane.ts'

const db = useDatabase()
const world = useMatane(db)
let hanako: Actors['hanako']
let emma: Actors['emma']

beforeEach(() => {
  const actors = actorsOf(world())
  hanako = actors.hanako
  emma = actors.emma
})

test('the welcome shows the card, then asks for consent in a tap; the first stamp is not in its way', async () => {
  await hanako.follow()
  expect(hanako.heard()).toContain('0 / 10')
  expect(hanako.quickReplies()).toEqual(['はい、受け取ります', 'いいえ'])
  await hanako.scan('kichijoji')
  expect(hanako.heard()).toContain('1 / 10')
  expect(hanako.quickReplies()).toContain('10')
  expect(hanako.quickReplies()).not.toContain('はい、受け取ります')
  expect(hanako.pushes()).toBe(0)
})

test('a customer who stops our messages gets stamps and answers, but no survey, until they say otherwise', async () => {
  await emma.follow()
  await emma.tap('Yes, please')
  await emma.say('settings')
  await emma.tap('How often')
  await emma.tap('stopped')
  await emma.scan('kichijoji')
  expect(emma.lastText()).toContain('1 / 10')
  expect(await db().prisma.flowRun.count({ where: { flow: 'nps' } })).toBe(0)
  const [withheld] = await db().prisma.event.findMany({ where: { name: 'message.withheld' } })
  expect(withheld?.properties).toEqual({ campaign: 'nps', purpose: 'research', reason: 'stopped' })
  await world().advance('1d')
  await emma.say('resume')
  await emma.scan('kichijoji')
  expect(emma.lastText()).toContain('How likely')
})

test('a button told twice by LINE counts once', async () => {
  await hanako.follow()
  await hanako.tap('いいえ')
  const newest = await db().prisma.inbox.findFirstOrThrow({ where: { source: 'line' }, orderBy: { id: 'desc' } })
  const said = hanako.count()
  await world().sandbox.fakes.line.redeliver(newest.eventId)
  await world().settle()
  expect(hanako.count()).toBe(said)
  expect(await db().prisma.consentChange.count()).toBe(1)
})
