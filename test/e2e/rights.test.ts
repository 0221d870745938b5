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

test('what is kept is handed over by a link that only the customer was sent, at once', async () => {
  const { hanako } = actors
  await hanako.say('開示')
  await hanako.tap('開示を依頼する')
  expect(hanako.lastVia()).toBe('reply')
  const [, path = ''] = /http:\/\/localhost:3000(\/privacy\/[\w-]+)/.exec(hanako.lastText() ?? '') ?? []
  const page = await fetch(`${world().origin}${path}`, { method: 'POST' })
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('佐藤 花子')
  expect(await db().prisma.rightsRequest.findFirst()).toMatchObject({ right: 'disclose', state: 'done' })
})

async function askForErasure(): Promise<unknown> {
  const { hanako } = actors
  await hanako.say('個人情報を削除してください')
  const confirm = hanako.quickReply('削除を依頼する')
  await hanako.tap('削除を依頼する')
  return confirm
}

test('an erasure waits a day, says goodbye, and forgets; the old button then does nothing', async () => {
  const { hanako, aya } = actors
  await hanako.scan('kichijoji')
  const button = await askForErasure()
  expect(hanako.lastText()).toContain('それまでは取り消せます')
  expect(aya.cardText()).toContain('削除 #1')
  await world().advance('23h')
  expect(await db().prisma.stamp.count()).toBe(1)
  await world().advance('2h')
  expect(hanako.lastText()).toContain('これまでご利用いただき')
  await world().advance('3m')
  expect(await db().prisma.customer.count()).toBe(0)
  expect(await db().prisma.stamp.count()).toBe(0)
  expect(aya.cardText()).not.toContain('佐藤')
  expect(aya.cardText()).toContain('✅ 完了')
  await hanako.tapAction(button)
  expect(hanako.lastText()).toContain('今はお使いいただけません')
  expect(await db().prisma.rightsRequest.count()).toBe(1)
}, 60_000)

test('「削除しません」 takes an erasure back, in time; nothing is lost', async () => {
  const { hanako } = actors
  await hanako.scan('kichijoji')
  await askForErasure()
  await hanako.say('削除しません')
  expect(hanako.lastText()).toContain('取り消しました')
  await world().advance('3d')
  expect(await db().prisma.stamp.count()).toBe(1)
  expect(await db().prisma.rightsRequest.findFirst()).toMatchObject({ state: 'cancelled' })
}, 60_000)

test('where staff decide, only a manager approves an erasure', async () => {
  const { hanako, aya, manager } = actors
  await manager.command('/matane', 'settings erasure staff')
  await askForErasure()
  expect(hanako.lastText()).toContain('担当者が確認し')
  await aya.click('rights.approve')
  expect(aya.whispers().at(-1)).toContain('マネージャーだけ')
  expect(await db().prisma.rightsRequest.findFirst()).toMatchObject({ state: 'waiting' })
  await manager.click('rights.approve')
  expect(hanako.lastText()).toContain('それまでは取り消せます')
  await world().advance('25h')
  await world().advance('3m')
  expect(await db().prisma.customer.count()).toBe(0)
}, 60_000)
