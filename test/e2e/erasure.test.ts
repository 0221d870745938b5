import { beforeEach, describe, expect, test, vi } from 'vitest'
import { eraseCustomer } from '../../src/features/privacy/index.ts'
import { textMessage } from '../../src/platform/line/index.ts'
import { type Actors, actorsOf } from '../support/actors.ts'
import { useDatabase } from '../support/database.ts'
import { lookEverywhere } from '../support/look-everywhere.ts'
import { useMatane } from '../support/matane.ts'

// A whole story each, with every table looked at.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 })

const db = useDatabase()
const world = useMatane(db)
let actors: Actors

beforeEach(() => {
  actors = actorsOf(world())
})

const WORDS = ['席が寒かったです', 'hanako@example.jp', '名前は佐藤といいます', '花子さんに電話しました', '解約したい']
const NAMES = ['佐藤', '花子']

async function idOf(userId: string): Promise<string | undefined> {
  const externalHash = db().cipher.blindIndex('identity.external', userId)
  return (await db().prisma.identity.findFirst({ where: { externalHash } }))?.customerId
}

/** Somebody comes once and asks for a person: enough where what is left matters less than that it is over; the customer's id. */
async function comeBy(person: Actors['hanako']): Promise<string> {
  await person.follow()
  await person.scan('kichijoji')
  await person.say('相談')
  await actors.aya.mention('タグ 価格')
  return known(person)
}

/** Somebody lives through what there is; the customer's id. */
async function live(person: Actors['hanako']): Promise<string> {
  const { aya } = actors
  await person.follow()
  await person.scan('kichijoji')
  await person.say('3')
  await person.say('席が寒かったです')
  await aya.click('follow_up.claim')
  await person.say('解約したい')
  await person.say('名前は佐藤といいます。返事は hanako@example.jp へ')
  await aya.mention('タグ 価格')
  await aya.mention('スヌーズ 3h')
  await person.say('相談')
  await aya.click('follow_up.resolve')
  await aya.submit({ outcome: 'watch', note: '花子さんに電話しました' })
  await aya.click('follow_up.reopen')
  return known(person)
}

async function known(person: Actors['hanako']): Promise<string> {
  const id = await idOf(person.userId)
  if (!id) throw new Error('Nobody is known')
  return id
}

const erase = (id: string, farewell?: string) =>
  world().matane.context.perform(`erase:${crypto.randomUUID()}`, async (work) => {
    const erased = await eraseCustomer(work, id, { kind: 'staff', id: actors.manager.id })
    if (farewell) work.tell(id, [textMessage(farewell)])
    return erased
  })

/** All that we posted in Slack; whispers are gone as soon as their reader looks away. */
const inSlack = () => {
  const { slack } = world().sandbox.fakes
  const heads = slack.channels().flatMap(({ id }) => slack.messages(id))
  return JSON.stringify(heads.flatMap((head) => [head, ...slack.thread(head.channel, head.ts)]))
}

function expectNothingOf(text: string, needles: readonly string[]): void {
  for (const needle of needles) {
    const at = text.indexOf(needle)
    expect(at < 0 ? undefined : text.slice(Math.max(0, at - 100), at + 60)).toBeUndefined()
  }
}

describe('a person who is erased', () => {
  test('is nowhere any more: in no table, behind no seal, in no message of ours in Slack', async () => {
    const { hanako } = actors
    const id = await live(hanako)
    const before = await lookEverywhere(db())
    for (const needle of [...WORDS, ...NAMES, hanako.userId]) expect(before).toContain(needle)
    for (const needle of ['佐藤 花子', '席が寒かったです', '花子さんに電話しました'])
      expect(inSlack()).toContain(needle)

    expect(await erase(id)).toBe(true)
    await world().settle()
    expectNothingOf(await lookEverywhere(db()), [...WORDS, ...NAMES, hanako.userId])
    expectNothingOf(inSlack(), [...WORDS, ...NAMES, hanako.userId])
    expect(inSlack()).toContain('お客様のご依頼により')
    expect(world().log.lines.join('\n')).not.toContain(hanako.userId)
  })

  test('leaves everybody else as they are', async () => {
    const { hanako, emma } = actors
    await emma.follow()
    await emma.say('相談')
    const emmas = await idOf(emma.userId)
    const hers = await live(hanako)
    const about = async () =>
      (await lookEverywhere(db())).split('\n').filter((line) => line.includes(emma.userId) || line.includes(`${emmas}`))
    const before = await about()
    await erase(hers)
    await world().settle()
    expect(await about()).toEqual(before)
    expect(inSlack()).toContain('Emma Wilson')
  })

  test('is told nothing that was waiting, and can be answered once more', async () => {
    const { hanako } = actors
    const id = await live(hanako)
    const said = hanako.count()
    await db().prisma.outbox.create({
      data: {
        id: crypto.randomUUID(),
        channel: 'line',
        key: id,
        customerId: id,
        cause: 'x',
        payloadSealed: 'x',
        state: 'parked'
      }
    })
    await erase(id, 'さようなら')
    await world().advance('60d')
    expect(hanako.count()).toBe(said)
    expect(await db().prisma.timer.count({ where: { key: id } })).toBe(0)
  })

  test('is erased once; that it was, and by whom, is on record, and not who it was', async () => {
    const id = await comeBy(actors.hanako)
    expect([await erase(id), await erase(id)]).toEqual([true, false])
    const log = await db().prisma.audit.findMany({ where: { customerId: id }, orderBy: { seq: 'asc' } })
    expect(log.filter(({ action }) => action === 'customer.erase')).toMatchObject([
      { actorKind: 'staff', actorId: actors.manager.id, subjectId: id, detailSealed: null }
    ])
    expect(log.every(({ detailSealed }) => detailSealed === null)).toBe(true)
  })

  test('takes no work of staff with them: what is left of a follow-up can be looked at, and not worked on', async () => {
    const { hanako, aya } = actors
    await erase(await live(hanako))
    await world().settle()
    const [followUp] = await db().prisma.followUp.findMany()
    expect(followUp).toMatchObject({
      erasedAt: expect.any(Date),
      openCustomerId: null,
      noteSealed: null,
      resolvedAt: expect.any(Date)
    })
    expect(aya.cardText()).toContain('消去しました')
    expect(aya.cardBlocks()).toBe(1)
    await aya.mention('再オープン')
    await aya.mention('タグ 価格')
    expect(await db().prisma.followUp.findFirstOrThrow()).toMatchObject({ version: followUp?.version })
    expect(await db().prisma.customerTag.count()).toBe(0)
  })
})

describe('what was told before the erasure', () => {
  const tell = async (event: object) => {
    const source = { type: 'user', userId: actors.hanako.userId }
    await world().sandbox.fakes.line.sendEvents([{ mode: 'active', source, ...event }])
    await world().settle()
  }
  const text = (id: string, timestamp: number) => ({
    ...{
      type: 'message',
      timestamp,
      webhookEventId: `LATE${id}`,
      message: { type: 'text', id, text: '名前は佐藤といいます' }
    }
  })

  test('does not bring the person back, neither at once nor after they have come again', async () => {
    const { hanako } = actors
    const old = await comeBy(hanako)
    const before = Date.now()
    await erase(old)
    await tell(text('1', before - 1_000))
    expect(await db().prisma.customer.count()).toBe(0)
    await hanako.say('こんにちは')
    const fresh = await idOf(hanako.userId)
    expect(fresh).not.toBe(old)
    await tell(text('2', before - 1_000))
    expect(await db().prisma.followUpReason.count()).toBe(0)
    expect(await db().prisma.customer.count()).toBe(1)
  })

  test('and still waits to be handled, is not handled', async () => {
    const { hanako } = actors
    const id = await comeBy(hanako)
    const key = `line:${db().cipher.blindIndex('identity.external', hanako.userId)}`
    const bodySealed = db().cipher.seal('inbox.body', JSON.stringify(text('3', Date.now())))
    const late = { source: 'line', eventId: 'WAITING', key, occurredAt: new Date(), bodySealed }
    await db().prisma.inbox.create({ data: { ...late, runAt: new Date(Date.now() + 3_600_000) } })
    await erase(id)
    expect(await db().prisma.inbox.findFirstOrThrow({ where: { eventId: 'WAITING' } })).toMatchObject({
      ...{ state: 'done', bodySealed: '', key: 'erased' }
    })
  })
})

test('a person who comes again begins anew: a new record, a first card, the first hello', async () => {
  const { hanako } = actors
  await erase(await comeBy(hanako))
  await hanako.follow()
  await hanako.scan('kichijoji')
  expect(await db().prisma.customerStats.findMany()).toMatchObject([{ visits: 1 }])
  expect(await db().prisma.stampCard.findMany()).toMatchObject([{ number: 1 }])
})
