import { beforeEach, expect, test } from 'vitest'
import { type Actors, actorsOf } from '../support/actors.ts'
import { useDatabase } from '../support/database.ts'
import { useMatane } from '../support/matane.ts'

const db = useDatabase()
const world = useMatane(db)
let actors: Actors

beforeEach(async () => {
  actors = actorsOf(world())
  await actors.hanako.follow()
  await actors.hanako.tap('いいえ')
})

async function askForCorrection(words: string): Promise<void> {
  const { hanako } = actors
  await hanako.say('設定')
  await hanako.tap('プライバシー')
  await hanako.tap('訂正')
  await hanako.tap('訂正を依頼する')
  await hanako.say(words)
}

test('a correction goes from the chat to a card in Slack and back, and the name is right everywhere', async () => {
  const { hanako, aya } = actors
  await askForCorrection('名前は佐藤 華子です')
  expect(hanako.lastText()).toContain('承りました')
  expect(aya.cardText()).toContain('名前は佐藤 華子です')
  await aya.click('rights.correct')
  expect(await aya.submit({ name: '佐藤 華子' })).toMatchObject({ ok: true })
  expect(hanako.lastText()).toContain('お名前を「佐藤 華子」に直しました')
  expect(aya.cardText()).toContain('佐藤 華子 様 ✅ 完了')
})

test('words taken back are gone from the card, and so is the request that needed them', async () => {
  const { hanako, aya } = actors
  await askForCorrection('住所は内緒1-2')
  await hanako.unsend('住所は内緒1-2')
  expect(aya.cardText()).not.toContain('内緒')
  expect(aya.cardText()).toContain('取り消し')
  expect(await db().prisma.rightsRequest.findFirst()).toMatchObject({ state: 'cancelled', detailSealed: null })
})

test('a confirmation that LINE tells twice is one request', async () => {
  const { hanako } = actors
  await hanako.say('利用停止')
  await hanako.tap('利用停止を依頼する')
  const newest = await db().prisma.inbox.findFirstOrThrow({ where: { source: 'line' }, orderBy: { id: 'desc' } })
  const said = hanako.count()
  await world().sandbox.fakes.line.redeliver(newest.eventId)
  await world().settle()
  expect(hanako.count()).toBe(said)
  expect(await db().prisma.rightsRequest.count()).toBe(1)
})
