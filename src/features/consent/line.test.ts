import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it, test } from 'vitest'
import { parse } from 'yaml'
import { useDatabase } from '../../../test/support/database.ts'
import { buttonsOf, dataOf, textsOf } from '../../../test/support/flow-world.ts'
import { type LineTurns, lineTurns } from '../../../test/support/line-turns.ts'
import { testScope } from '../../../test/support/queue.ts'
import { customersFeature } from '../customers/index.ts'
import { publish } from '../definitions/index.ts'
import { consentFeature } from './index.ts'
import { CONSENT, ConsentDefinition } from './rules/definition.ts'

const db = useDatabase()
const HANAKO = 'U00000000000000000000000000000001'
const EMMA = 'U00000000000000000000000000000002'
const file = readFileSync(new URL('../../../flows/privacy/consent.yaml', import.meta.url), 'utf8')
let turns: LineTurns

beforeEach(async () => {
  const scope = testScope(db())
  turns = lineTurns(scope, [customersFeature, consentFeature])
  turns.profiles.set(HANAKO, { displayName: '佐藤 花子', language: 'ja' })
  turns.profiles.set(EMMA, { displayName: 'Emma', language: 'en' })
  const body = ConsentDefinition.parse(parse(file))
  await db().transaction((tx) => publish(tx, { kind: CONSENT, key: CONSENT, body, at: scope.at }))
})

type Messages = Awaited<ReturnType<LineTurns['say']>>
const tap = (from: Messages, label: string, who = HANAKO) =>
  turns.handle(who, { type: 'postback', postback: { data: dataOf(from.at(-1), label) } })
const labels = (messages: Messages) => buttonsOf(messages.at(-1)).map(({ label }) => label)
const later = () => {
  turns.realNow = new Date(turns.realNow.getTime() + 1000)
}
const last = (messages: Messages) => textsOf(messages).at(-1)
const kept = async () =>
  (await db().prisma.consentChange.findMany({ orderBy: { id: 'asc' } })).map(
    ({ purpose, status, version, source }) => `${purpose} ${status} v${version} ${source}`
  )

describe('the welcome', () => {
  it('asks one short question, last, and keeps the answer with the wording it was asked under', async () => {
    const welcome = await turns.follow(HANAKO)
    expect(welcome).toHaveLength(2)
    expect(last(welcome)).toContain('お送りしてもよろしいですか？')
    expect(labels(welcome)).toEqual(['はい、受け取ります', 'いいえ'])
    const thanks = await tap(welcome, 'はい、受け取ります')
    expect(last(thanks)).toContain('「お得情報」を許可していただきました')
    expect(last(thanks)).toContain('「設定」')
    await tap(welcome, 'はい、受け取ります')
    expect(await kept()).toEqual(['marketing granted v1 line:welcome'])
  })

  it('asks in English, takes a no, and does not ask again when they come back', async () => {
    const welcome = await turns.follow(EMMA)
    expect(last(welcome)).toContain('May we send you offers')
    expect(last(await tap(welcome, 'No, thanks', EMMA))).toContain('not used for: Offers')
    later()
    await turns.unfollow(EMMA)
    later()
    expect(await turns.follow(EMMA)).toHaveLength(1)
    expect(await kept()).toEqual(['marketing refused v1 line:welcome'])
  })

  it('asks nothing of those who stopped our messages, whose wish outlives a block', async () => {
    await turns.say(HANAKO, '配信停止')
    later()
    await turns.unfollow(HANAKO)
    later()
    expect(await turns.follow(HANAKO)).toHaveLength(1)
    expect(last(await turns.say(HANAKO, '設定'))).toContain('お知らせ: 停止')
  })

  it('is silent when the block that LINE tells late is the newer one', async () => {
    const followedMs = turns.realNow.getTime()
    turns.realNow = new Date(followedMs + 5000)
    await turns.unfollow(HANAKO)
    expect(await turns.handle(HANAKO, { type: 'follow', timestamp: followedMs })).toEqual([])
  })
})

describe('the settings', () => {
  it('show what is so now, and lead to every change', async () => {
    const menu = await turns.say(HANAKO, '設定')
    expect(last(menu)).toBe(
      '⚙️ いまの設定\nお知らせ: いつもどおり\n言語: 日本語\nデータの使い道:\n✅ サービス（ご利用に必要です）\n✅ アンケート\n⬜ お得情報\n✅ 分析\n\n変えたいものを、下のボタンからお選びください。'
    )
    expect(labels(menu)).toEqual(['お知らせの頻度', 'データの使い道', 'English', 'プライバシー'])
    const consents = await tap(menu, 'データの使い道')
    expect(last(consents)).toContain('ご利用後の感想をおたずねし')
    expect(labels(consents)).toEqual(['アンケートをやめる', 'お得情報を許可する', '分析をやめる', '設定にもどる'])
    const stopped = await tap(consents, '分析をやめる')
    expect(last(stopped)).toContain('「分析」には使いません')
    expect(last(await tap(stopped, '設定にもどる'))).toContain('⬜ 分析')
    expect(await kept()).toEqual(['profiling withdrawn v1 line:settings'])
  })

  test.each([
    ['less often', 'at most once in 30 days', 'less'],
    ['only coupons', 'only about coupons', 'coupons'],
    ['stopped', 'stopped our messages', 'stop']
  ])('change to %s by button, and say what is now and how to change it', async (label, words, frequency) => {
    const choices = await tap(await turns.say(EMMA, 'settings'), 'How often', EMMA)
    expect(labels(choices)).toEqual(['less often', 'only coupons', 'stopped', 'Back to settings'])
    const done = last(await tap(choices, label, EMMA))
    expect(done).toContain(words)
    expect(done).toContain('Send "settings" to change it.')
    expect((await db().prisma.customerPreference.findFirstOrThrow()).frequency).toBe(frequency)
  })

  it('change by word alone, and back', async () => {
    expect(last(await turns.say(HANAKO, '配信停止'))).toContain('お知らせを停止しました')
    expect(last(await turns.say(HANAKO, '配信再開'))).toContain('いつもどおり')
    expect((await db().prisma.customerPreference.findFirstOrThrow()).frequency).toBe('normal')
  })

  it('switch the language, and LINE’s profile does not switch it back', async () => {
    turns.profiles.set(HANAKO, new Error('LINE is down'))
    const english = await tap(await turns.say(HANAKO, '設定'), 'English')
    expect(last(english)).toContain('From now on we write in English.')
    turns.profiles.set(HANAKO, { displayName: '花子', language: 'ja' })
    expect(last(await turns.say(HANAKO, 'settings'))).toContain('Your settings')
    expect(last(await turns.say(HANAKO, 'settings'))).toContain('Language: English')
    const facts = await db().prisma.event.findMany({ where: { name: 'preference.changed' } })
    expect(facts.map(({ properties }) => properties)).toEqual([{ language: 'en' }])
  })

  it('work without a published wording, and take no button that says more than ours do', async () => {
    await db().prisma.definition.deleteMany()
    const consents = await tap(await turns.say(HANAKO, '設定'), 'データの使い道')
    expect(last(consents)).toContain('⬜ お得情報')
    const forged = { purpose: 'service', allow: false, version: 1, from: 'settings' }
    const data = `v1 consent.answer ${JSON.stringify(forged)}`
    expect(last(await turns.handle(HANAKO, { type: 'postback', postback: { data } }))).toContain('ヘルプ')
    expect(await kept()).toEqual([])
  })
})
