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
  await actors.hanako.say('解約したい')
})

test('tags of which one was refused: the corrected form shows on the card as well', async () => {
  const { aya } = actors
  await aya.click('follow_up.tag')
  const refused = await aya.submit({ new_tags: `常連、${'長'.repeat(31)}` })
  expect(refused.errors.new_tags).toContain('付けられなかったタグ')
  expect(aya.cardText()).toContain('`常連`')
  expect(await aya.submit({ new_tags: '常連、席が希望' })).toMatchObject({ ok: true })
  expect(aya.cardText()).toContain('`席が希望`')
})

test('what is said in the thread is kept as it was written: the outcome, colleagues as mentions, addresses as text', async () => {
  const { aya, kenta } = actors
  await aya.mention(`解決　引き留め、<@${kenta.id}> が https://crm.example/1?a&b に記録 & お詫び`)
  expect(await db().prisma.followUp.findFirstOrThrow()).toMatchObject({ outcome: 'retained' })
  expect(aya.cardText()).toContain(`><@${kenta.id}> が https://crm.example/1?a&amp;b に記録 &amp; お詫び`)
  await aya.mention('再オープン。')
  await aya.mention('タグ　https://x.example、ＶＩＰ')
  expect(aya.cardText()).toContain('`VIP` `https://x.example`')
  await aya.mention('担当　＠健太')
  expect(aya.whispers().at(-1)).toContain('候補から選んでください')
  expect(await db().prisma.followUp.findFirstOrThrow()).toMatchObject({ assigneeId: null })
})

test('guests and strangers are given nothing, neither in the menu nor by name; a colleague who never came is', async () => {
  const { aya, kenta, guest } = actors
  const { fakes, slack } = world().sandbox
  const give = async (value: string) => {
    const [card] = aya.cards()
    await fakes.slack.click(aya.id, {
      channel: slack.alertChannel,
      ts: card?.ts ?? '',
      actionId: 'follow_up.assign',
      value
    })
    await world().settle()
    return (await db().prisma.followUp.findFirstOrThrow()).assigneeId
  }
  const stranger = fakes.slack.addMember({ name: '取引先', isStranger: true, teamId: 'TOTHER' })
  for (const { id } of [guest, stranger]) {
    expect(await give(id)).toBeNull()
    expect(aya.whispers().at(-1)).toContain(`<@${id}> さんは担当になれません`)
    await aya.mention(`担当 <@${id}>`)
    expect(await db().prisma.followUp.findFirstOrThrow()).toMatchObject({ assigneeId: null })
  }
  expect(await give(kenta.id)).toBe(kenta.id)
})

test('a form sent twice resolves once and is logged once', async () => {
  const { aya } = actors
  const { slack } = world().sandbox.fakes
  await aya.click('follow_up.resolve')
  const before = slack.snapshot()
  await aya.submit({ outcome: 'lost', note: '引っ越し' })
  slack.restore({ ...slack.snapshot(), views: before.views })
  expect(await aya.submit({ outcome: 'lost', note: '引っ越し' })).toMatchObject({ ok: true })
  const [card] = aya.cards()
  const lines = slack.thread(card?.channel ?? '', card?.ts ?? '').filter(({ text }) => text.includes('解決しました'))
  expect(lines).toHaveLength(1)
  expect(await db().prisma.followUpActivity.count({ where: { action: 'resolve' } })).toBe(1)
})

test('whoever resolves what a colleague has resolved meanwhile is told in the form, and the colleague’s outcome stays', async () => {
  const { aya, kenta } = actors
  await aya.click('follow_up.resolve')
  await kenta.mention('解決 引き留め 次回予約あり')
  const late = await aya.submit({ outcome: 'lost', note: '連絡がつかない' })
  expect(late.ok).toBe(false)
  expect(late.errors.outcome).toContain('@健太 さんがすでに解決')
  expect(await db().prisma.followUp.findFirstOrThrow()).toMatchObject({ outcome: 'retained', resolvedBy: kenta.id })
})

test('words in a thread count once, however often Slack repeats them', async () => {
  const { aya } = actors
  const { slack } = world().sandbox.fakes
  await aya.mention('担当')
  for (let again = 0; again < 3; again += 1) await slack.redeliver()
  await world().settle()
  expect(await db().prisma.followUpActivity.count({ where: { action: 'claim' } })).toBe(1)
  expect(aya.whispers()).toEqual([])
})

test('a card that somebody deleted comes back with the next change, and its new thread understands', async () => {
  const { aya } = actors
  const { slack } = world().sandbox.fakes
  const [lost] = aya.cards()
  const snapshot = slack.snapshot()
  slack.restore({ ...snapshot, messages: snapshot.messages.filter(({ ts }) => ts !== lost?.ts) })
  await actors.hanako.say('返金してください')
  const [card, ...others] = aya.cards()
  expect(others).toEqual([])
  expect(card?.ts).not.toBe(lost?.ts)
  expect(aya.cardText()).toContain('返金してください')
  await aya.mention('担当')
  expect(await db().prisma.followUp.findFirstOrThrow()).toMatchObject({ assigneeId: aya.id })
})
