import { beforeEach, describe, expect, it } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type FollowUpWorld, followUpWorld } from '../../../test/support/follow-up-world.ts'
import { type LineTurns, lineTurns } from '../../../test/support/line-turns.ts'
import { member } from '../../../test/support/staff-desk.ts'

const db = useDatabase()
const HANAKO = 'U00000000000000000000000000000001'
const EMMA = 'U00000000000000000000000000000002'
let world: FollowUpWorld
let turns: LineTurns

beforeEach(() => {
  world = followUpWorld(db())
  turns = lineTurns(world.scope, world.features)
  turns.profiles.set(HANAKO, { displayName: '佐藤 花子', language: 'ja' })
  turns.profiles.set(EMMA, { displayName: 'Emma', language: 'en' })
})

const openOnes = () => db().prisma.followUp.findMany({ where: { resolvedAt: null }, include: { reasons: true } })
async function onlyId(): Promise<string> {
  const [one, ...others] = await openOnes()
  if (!one || others.length > 0) throw new Error(`There are ${others.length} more, or none`)
  return one.id
}

describe('asking for a person', () => {
  it.each([
    [HANAKO, '相談', 'スタッフにお伝えしました'],
    [HANAKO, 'スタッフに相談したいです。', 'スタッフにお伝えしました'],
    [HANAKO, ' 問い合わせ ', 'スタッフにお伝えしました'],
    [EMMA, 'contact', 'Our staff know now'],
    [EMMA, 'Talk to staff!', 'Our staff know now']
  ])('%s says %j: a follow-up, and a promise', async (userId, text, answer) => {
    expect(await turns.say(userId, text)).toEqual([{ type: 'text', text: expect.stringContaining(answer) }])
    expect(await openOnes()).toMatchObject([{ priority: 'high', reasons: [{ kind: 'consult', wordsSealed: null }] }])
  })
})

describe('wanting to leave', () => {
  it.each([
    [HANAKO, '解約したいです', 'スタッフからご案内します'],
    [HANAKO, '退会', 'スタッフからご案内します'],
    [EMMA, 'I want to cancel my membership', 'will guide you']
  ])('%s says %j: staff see the words, the customer is thanked', async (userId, text, answer) => {
    expect(await turns.say(userId, text)).toEqual([{ type: 'text', text: expect.stringContaining(answer) }])
    expect(await openOnes()).toMatchObject([{ priority: 'high', reasons: [{ kind: 'cancel_intent' }] }])
    expect(await world.cardText(await onlyId())).toContain(text)
  })

  it.each([
    [HANAKO, '解約しません', 'これからもどうぞ'],
    [EMMA, "I don't want to cancel my membership", 'we are glad']
  ])('%s says %j: thanked, and nobody is called', async (userId, text, answer) => {
    expect(await turns.say(userId, text)).toMatchObject([{ text: expect.stringContaining(answer) }])
    expect(await openOnes()).toEqual([])
  })
})

describe('being unhappy', () => {
  it.each([
    [HANAKO, '30分も待たされました', '申し訳ありません'],
    [EMMA, 'The staff was rude', 'We are sorry']
  ])('%s says %j: an apology, and staff see the words', async (userId, text, answer) => {
    expect(await turns.say(userId, text)).toMatchObject([{ text: expect.stringContaining(answer) }])
    expect(await openOnes()).toMatchObject([{ priority: 'high', reasons: [{ kind: 'complaint' }] }])
    expect(await world.cardText(await onlyId())).toContain(text)
  })

  it('together with the wish to leave is one reason: the wish', async () => {
    await turns.say(HANAKO, '対応が悪すぎる。もうやめます')
    expect(await openOnes()).toMatchObject([{ reasons: [{ kind: 'cancel_intent' }] }])
  })
})

describe('anything else', () => {
  it('is answered with what can be done, a tap away', async () => {
    const [message] = await turns.say(HANAKO, 'こんにちは')
    expect(message).toMatchObject({ type: 'text', text: expect.stringContaining('下のボタン') })
    const labels = message?.quickReply?.items?.map(({ action }) => action && 'label' in action && action.label)
    expect(labels).toEqual(['スタンプ', 'クーポン', '相談'])
    expect(await openOnes()).toEqual([])
  })

  it.each(['営業時間を教えてください', '続けるか迷っています'])('%s reaches staff, without a rush', async (text) => {
    expect(await turns.say(HANAKO, text)).toMatchObject([{ text: expect.stringContaining('スタッフにお伝えしました') }])
    expect(await openOnes()).toMatchObject([{ priority: 'normal', reasons: [{ kind: 'message' }] }])
    expect(await world.cardText(await onlyId())).toContain('• お客様からのメッセージ')
    expect(await world.cardText(await onlyId())).toContain(text)
  })

  it('reaches staff while a follow-up is open, and is thanked for once in a while only', async () => {
    await turns.say(HANAKO, '相談')
    expect(await turns.say(HANAKO, '予約を変えたいです')).toMatchObject([
      { text: expect.stringContaining('スタッフにお伝えしました') }
    ])
    expect(await turns.say(HANAKO, '土曜の午後です')).toEqual([])
    const text = await world.cardText(await onlyId())
    expect(text).toContain('予約を変えたいです')
    expect(text).toContain('土曜の午後です')
    expect(await world.threads()).toHaveLength(2)
    world.travel(1)
    expect(await turns.say(HANAKO, 'まだですか')).toHaveLength(1)
  })

  it('wakes a snoozed follow-up', async () => {
    await turns.say(HANAKO, '相談')
    const id = await onlyId()
    await world.desk.mention(member('UAYA'), 'スヌーズ 3d', { type: 'follow_up', id })
    await turns.say(HANAKO, 'やはり今日がいいです')
    expect((await world.row(id)).snoozedUntil).toBeNull()
  })

  it('shows the last three messages and says how many more there are', async () => {
    await turns.say(HANAKO, '相談')
    for (const word of ['一つ目', '二つ目', '三つ目', '四つ目', '五つ目']) {
      world.travel(0.01)
      await turns.say(HANAKO, word)
    }
    const text = await world.cardText(await onlyId())
    expect(text).toContain('ほか 2 件')
    expect(text).not.toContain('二つ目')
    expect(text).toContain('五つ目')
  })

  it('is guided again once the follow-up is resolved', async () => {
    await turns.say(HANAKO, '相談')
    await world.desk.mention(member('UAYA'), '解決', { type: 'follow_up', id: await onlyId() })
    expect((await turns.say(HANAKO, 'ありがとう'))[0]?.quickReply).toBeDefined()
  })
})

it('a message taken back disappears from the store and from the card', async () => {
  await turns.say(HANAKO, '相談')
  await turns.handle(HANAKO, {
    ...{ type: 'message', webhookEventId: 'ETAKEN', message: { id: 'MTAKEN', type: 'text', text: '店長がひどい' } }
  })
  const id = await onlyId()
  expect(await world.cardText(id)).toContain('店長がひどい')
  const { line } = await import('./line.ts')
  const customerId = await turns.customerId(HANAKO)
  await world.desk.perform('line:unsend', async (work) => {
    const customer = { id: customerId, locale: 'ja', name: undefined } as const
    const event = { type: 'unsend', mode: 'active', webhookEventId: 'EUNSEND', timestamp: 0 }
    await line.unsend?.({ work, event, customer, ageMs: 0, help: async () => [], say: () => undefined }, 'line:ETAKEN')
  })
  expect(await world.cardText(id)).not.toContain('店長がひどい')
})

describe('blocking the account', () => {
  const BLOCKED = 'LINEをブロック中(メッセージは届きません)'
  const redraws = async () => (await world.desk.intents()).filter(({ kind }) => kind === 'card').length
  const later = () => {
    turns.realNow = new Date(turns.realNow.getTime() + 1000)
  }

  it('is said on the card of the open follow-up until the customer follows again', async () => {
    await turns.follow(HANAKO)
    await turns.say(HANAKO, '相談')
    const id = await onlyId()
    expect(await world.cardText(id)).not.toContain(BLOCKED)
    for (const [change, says] of [
      ['unfollow', true],
      ['follow', false]
    ] as const) {
      later()
      const [before, drawn] = [await world.row(id), await redraws()]
      await turns[change](HANAKO)
      expect((await world.cardText(id)).includes(BLOCKED)).toBe(says)
      expect((await world.row(id)).version).toBeGreaterThan(before.version)
      expect(await redraws()).toBe(drawn + 1)
    }
    expect(await world.threads()).toEqual([])
  })

  it('draws nothing when nobody looks after the customer', async () => {
    await turns.follow(HANAKO)
    await turns.say(HANAKO, '相談')
    const id = await onlyId()
    await world.desk.mention(member('UAYA'), '解決', { type: 'follow_up', id })
    const drawn = await redraws()
    later()
    await turns.unfollow(HANAKO)
    expect(await redraws()).toBe(drawn)
  })
})
