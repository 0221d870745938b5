import { beforeEach, describe, expect, test } from 'vitest'
import { type Actors, actorsOf } from '../support/actors.ts'
import { useDatabase } from '../support/database.ts'
import { useMatane } from '../support/matane.ts'

const db = useDatabase()
const world = useMatane(db)
let hanako: Actors['hanako']
let aya: Actors['aya']

beforeEach(async () => {
  const actors = actorsOf(world())
  hanako = actors.hanako
  aya = actors.aya
  await hanako.follow()
  await hanako.scan('kichijoji')
})

const known = async () => (await db().prisma.customerStats.findFirstOrThrow()).lastNps
/** The number and its n, as the newest answer in the channel gives them. */
const npsThisMonth = async () => {
  await aya.command('/kpi', 'nps 今月')
  const answers = aya.said('kpi')
  return [/NPS (\S+) \(途中\)(?!.*NPS \S+ \(途中\))/, /(\d+)名 \(回答した(?!.*名 \(回答した)/].map(
    (part) => part.exec(answers)?.[1]
  )
}
/** How often staff were told in a thread. */
async function told(): Promise<number> {
  const rows = await db().prisma.outbox.findMany({ where: { channel: 'slack' } })
  const payloads = rows.map((row) => db().cipher.open('outbox.payload', row.payloadSealed))
  return payloads.filter((payload) => payload.includes('送信を取り消した')).length
}
/** Everything we keep of answers, opened. */
async function kept(): Promise<string> {
  const { prisma, cipher } = db()
  const rows = {
    facts: (await prisma.event.findMany({ where: { name: 'survey.answered' } })).map(({ properties }) => properties),
    runs: (await prisma.flowRun.findMany()).map((run) => cipher.open('flow_run.facts', run.factsSealed)),
    responses: (await prisma.surveyResponse.findMany()).map(({ score }) => score),
    answers: (await prisma.surveyAnswer.findMany()).map(({ number, textSealed }) => [number, textSealed]),
    reasons: (await prisma.followUpReason.findMany()).map(({ score, wordsSealed }) => [score, wordsSealed])
  }
  return JSON.stringify(rows)
}

describe('a score the customer takes back', () => {
  test('is gone from the customer, the survey, the fact, the run and the card in Slack', async () => {
    await hanako.say('4点')
    expect([await known(), aya.cardText()]).toEqual([4, expect.stringContaining('4点')])
    await hanako.unsend('4点')
    expect(await known()).toBeNull()
    expect(await kept()).not.toContain('4')
    expect(aya.cardText()).not.toContain('4点')
    expect(aya.cardText()).toContain('お客様が送信を取り消しました')
    expect(await told()).toBe(1)
  })

  test('no longer counts in the NPS', async () => {
    await hanako.say('3')
    expect(await npsThisMonth()).toEqual(['-100', '1'])
    await hanako.unsend('3')
    expect(await npsThisMonth()).toEqual(['—', '0'])
  })

  test('lets the answer to "why?" be given, kept and taken back on its own', async () => {
    await hanako.say('4')
    await hanako.say('音が大きい')
    await hanako.unsend('4')
    expect(aya.cardText()).toContain('音が大きい')
    expect((await db().prisma.surveyResponse.findFirstOrThrow()).score).toBeNull()
    await hanako.unsend('音が大きい')
    expect(aya.cardText()).not.toContain('音が大きい')
  })

  test('is gone from a follow-up that is resolved, which stays resolved', async () => {
    await hanako.say('4')
    await aya.mention('解決')
    await hanako.unsend('4')
    const [followUp] = await db().prisma.followUp.findMany({ include: { reasons: true } })
    expect(followUp).toMatchObject({ resolvedAt: expect.any(Date), reasons: [{ score: null }] })
    expect(JSON.stringify(aya.cards())).not.toContain('4点')
  })

  test('gives way to the one before it; an older one taken back leaves the newer', async () => {
    await hanako.say('9')
    await world().advance('91d')
    await hanako.scan('kichijoji')
    await hanako.say('2')
    expect(await known()).toBe(2)
    await hanako.unsend('2')
    expect(await known()).toBe(9)
    await hanako.unsend('9')
    expect(await known()).toBeNull()
  })

  test('told again by LINE, is taken back once', async () => {
    await hanako.say('4')
    await hanako.unsend('4')
    const threads = () => aya.said('alerts').split('送信を取り消した').length
    const before = [await kept(), threads()]
    const { webhookEventId } = await db()
      .prisma.inbox.findFirstOrThrow({ orderBy: { id: 'desc' } })
      .then((row) => ({
        webhookEventId: row.eventId
      }))
    await world().sandbox.fakes.line.redeliver(webhookEventId)
    await world().settle()
    expect([await kept(), threads()]).toEqual(before)
  })
})

test.each([
  ['for the first time, after a delay', false],
  ['again', true]
])('a score told %s, when it was taken back already, is never read', async (_how, isRedelivery) => {
  const now = Date.now()
  const send = async (event: object) => {
    const source = { type: 'user', userId: hanako.userId }
    await world().sandbox.fakes.line.sendEvents([{ mode: 'active', source, ...event }])
    await world().settle()
  }
  await send({ type: 'unsend', timestamp: now - 2000, webhookEventId: 'UNSEND', unsend: { messageId: '900' } })
  const message = { type: 'text', id: '900', text: '3' }
  const late = { type: 'message', timestamp: now - 5000, webhookEventId: 'MESSAGE', message }
  const said = hanako.count()
  await send({ ...late, deliveryContext: { isRedelivery } })
  expect([await known(), await db().prisma.surveyResponse.count(), hanako.count()]).toEqual([null, 0, said])
})
