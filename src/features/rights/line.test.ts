import { beforeEach, describe, expect, it } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { buttonsOf, textsOf } from '../../../test/support/flow-world.ts'
import { type RightsWorld, rightsWorld } from '../../../test/support/rights-world.ts'
import { member } from '../../../test/support/staff-desk.ts'

const db = useDatabase()
const HANAKO = 'U00000000000000000000000000000001'
const EMMA = 'U00000000000000000000000000000002'
const AYA = member('UAYA')
const DAY = 86_400_000
let world: RightsWorld

beforeEach(() => {
  world = rightsWorld(db())
  world.turns.profiles.set(HANAKO, { displayName: '佐藤 花子', language: 'ja' })
  world.turns.profiles.set(EMMA, { displayName: 'Emma', language: 'en' })
})

type Messages = Awaited<ReturnType<RightsWorld['turns']['say']>>
const last = (messages: Messages) => textsOf(messages).at(-1)
const labels = (messages: Messages) => buttonsOf(messages.at(-1)).map(({ label }) => label)
const say = (text: string, who = HANAKO) => world.turns.say(who, text)
const tap = (from: Messages, label: string, who = HANAKO) => world.tap(from, label, who)
const states = async () => (await world.rows()).map(({ right, state }) => `${right} ${state}`)
const name = async () =>
  db().cipher.open('customer.name', (await db().prisma.customer.findFirstOrThrow()).nameSealed ?? '')

describe('asking', () => {
  it('leads from the settings by way of プライバシー to what can be asked for', async () => {
    expect(labels(await say('設定'))).toContain('プライバシー')
    const menu = await say('プライバシー')
    expect(last(menu)).toContain('🔐 プライバシー')
    expect(labels(menu)).toEqual(['訂正', '利用停止'])
  })

  it('explains first; nothing happens without the confirmation', async () => {
    const explained = await say('利用停止')
    expect(last(explained)).toContain('進めますか？')
    expect(last(await tap(explained, 'やめておく'))).toContain('何も変えていません')
    expect(await states()).toEqual([])
  })

  it('confirmed, is done at once, and said; the same button again does nothing', async () => {
    const explained = await say('利用停止')
    const done = await tap(explained, '利用停止を依頼する')
    expect(textsOf(done)).toEqual([expect.stringContaining('利用を停止しました')])
    expect(last(await tap(explained, '利用停止を依頼する'))).toContain('完了しています')
    expect(await states()).toEqual(['restrict done'])
    const kept = await db().prisma.consentChange.findMany()
    expect(kept.map(({ purpose, source }) => `${purpose} ${source}`).sort()).toEqual([
      'marketing line:rights',
      'profiling line:rights',
      'research line:rights'
    ])
  })

  it('with a button older than half an hour, is asked anew', async () => {
    const explained = await say('利用停止')
    await world.pass(30 * 60_000 + 1000)
    const expired = await tap(explained, '利用停止を依頼する')
    expect(last(expired)).toContain('有効時間が過ぎました')
    expect(await states()).toEqual([])
    expect(labels(await tap(expired, 'もう一度'))).toEqual(['利用停止を依頼する', 'やめておく'])
  })

  it('with somebody else’s button, is refused kindly', async () => {
    const explained = await say('利用停止')
    await say('hello', EMMA)
    expect(last(await tap(explained, '利用停止を依頼する', EMMA))).toContain('no longer works')
    expect(await states()).toEqual([])
  })

  it('to leave (解約) is another matter', async () => {
    await say('解約')
    expect(await states()).toEqual([])
  })
})

describe('a correction', () => {
  it('is written by the customer, decided by staff, and told', async () => {
    const prompt = await world.request(HANAKO, '訂正', '訂正を依頼する')
    expect(last(prompt)).toContain('1通のメッセージ')
    expect(await world.drawn()).toBe(0)
    const waiting = await say('名前の漢字は、佐藤 華子です')
    expect(last(waiting)).toContain('「訂正」のご依頼を承りました')
    expect(last(waiting)).toContain('12/5')
    const card = JSON.stringify((await world.card()).blocks)
    expect(card).toContain('名前の漢字は、佐藤 華子です')
    const [row] = await world.rows()
    expect(row?.detailSealed).not.toContain('華子')
    const { modals } = await world.desk.click(AYA, 'rights.correct', { value: row?.id ?? '' })
    const [view] = modals
    if (!view) throw new Error('No form')
    const told = await world.told(() => world.desk.submit(AYA, view, { name: '佐藤 華子' }))
    expect(told).toEqual([expect.stringContaining('お名前を「佐藤 華子」に直しました')])
    expect(await name()).toBe('佐藤 華子')
    expect((await world.card()).text).toBe('🔐 訂正 #1 佐藤 華子 様 ✅ 完了')
  })

  it('of the name alone is done at once where managers chose so', async () => {
    await world.set('correction', 'auto')
    await world.request(EMMA, 'correct my name', 'Yes, correct it')
    expect(textsOf(await say('Emma Watson', EMMA))).toEqual([expect.stringContaining('now reads "Emma Watson"')])
    expect(await name()).toBe('Emma Watson')
    expect(await states()).toEqual(['correct done'])
  })

  it('takes no later message and no command for its words', async () => {
    await world.request(HANAKO, '訂正', '訂正を依頼する')
    expect(last(await say('設定'))).toContain('いまの設定')
    await world.pass(61 * 60_000)
    expect(last(await say('こんにちは'))).not.toContain('承りました')
    expect(await states()).toEqual(['correct wording'])
  })
})

describe('how it stands', () => {
  beforeEach(async () => {
    await world.set('restriction', 'staff')
    await world.request(HANAKO, '利用停止', '利用停止を依頼する')
  })

  it('is told by the same word, and a second request is not made', async () => {
    const standing = await say('利用停止')
    expect(last(standing)).toContain('担当者が確認し、12/5')
    expect(labels(standing)).toEqual(['依頼を取り消す'])
    expect(await states()).toEqual(['restrict waiting'])
  })

  it.each(['取り消し', 'キャンセル', 'やっぱりやめます'])(
    'is over when the customer says %s, and only then',
    async (text) => {
      expect(last(await say(text))).toContain('取り消しました')
      expect(await states()).toEqual(['restrict cancelled'])
      expect((await world.card()).text).toContain('↩️ 取り消し')
      expect(last(await say(text))).not.toContain('取り消しました')
    }
  )

  it('is over by the button, once', async () => {
    const standing = await say('利用停止')
    expect(last(await tap(standing, '依頼を取り消す'))).toContain('取り消しました')
    expect(last(await tap(standing, '依頼を取り消す'))).toContain('今はお使いいただけません')
    expect(await db().prisma.consentChange.count()).toBe(0)
  })

  it('after staff approved, is done and told', async () => {
    const [row] = await world.rows()
    const told = await world.told(() => world.desk.click(AYA, 'rights.approve', { value: row?.id ?? '' }))
    expect(told).toEqual([expect.stringContaining('利用を停止しました')])
    expect(await states()).toEqual(['restrict done'])
    const late = await world.desk.click(AYA, 'rights.approve', { value: row?.id ?? '' })
    expect(late.whispers[0]?.text).toContain('すでに「✅ 完了」')
    expect(await db().prisma.consentChange.count()).toBe(3)
  })

  it('after staff declined, is told with the reason, which staff have to give', async () => {
    const [row] = await world.rows()
    const { modals } = await world.desk.click(AYA, 'rights.decline', { value: row?.id ?? '' })
    const [view] = modals
    if (!view) throw new Error('No form')
    expect((await world.desk.submit(AYA, view, { reason: ' ' })).errors).toEqual({
      reason: expect.stringContaining('理由')
    })
    const told = await world.told(() => world.desk.submit(AYA, view, { reason: '法令で保存が必要です' }))
    expect(told).toEqual([expect.stringContaining('理由：法令で保存が必要です')])
    expect(JSON.stringify((await world.card()).blocks)).toContain('法令で保存が必要です')
    expect((await world.desk.submit(AYA, view, { reason: 'もう一度' })).errors).toBeDefined()
  })

  it('is asked after before the deadline and at it, until somebody decides', async () => {
    await world.pass(10.9 * DAY)
    expect(await world.threads()).toEqual([])
    await world.pass(0.2 * DAY)
    expect(await world.threads()).toEqual([expect.stringContaining('回答期限は')])
    await world.pass(3 * DAY)
    expect(await world.threads()).toHaveLength(2)
    await world.pass(30 * DAY)
    expect(await world.threads()).toHaveLength(2)
  })

  it('is on record: who asked, who decided, what was done, without anybody’s words', async () => {
    const [row] = await world.rows()
    await world.desk.click(AYA, 'rights.approve', { value: row?.id ?? '' })
    const audit = await db().prisma.audit.findMany({
      where: { subjectType: 'rights_request' },
      orderBy: { seq: 'asc' }
    })
    expect(audit.map(({ actorKind, action }) => `${actorKind} ${action}`)).toEqual([
      'customer rights.request',
      'staff rights.approve',
      'system rights.done'
    ])
  })
})

it('a button that names nothing is answered kindly', async () => {
  for (const value of ['', 'x', '0192f000-0000-7000-8000-000000000001']) {
    const seen = await world.desk.click(AYA, 'rights.approve', { value })
    expect(seen.whispers[0]?.text).toContain('見つかりませんでした')
  }
})
