import { beforeEach, describe, expect, test } from 'vitest'
import { resolveCustomers, type ToldIdentity } from '../../src/features/customers/index.ts'
import { type Actors, actorsOf } from '../support/actors.ts'
import { useDatabase } from '../support/database.ts'
import { everyRow } from '../support/every-row.ts'
import { useMatane, WRITE_KEYS } from '../support/matane.ts'
import { customerOf, inWork, liveOnLine, tillCustomer } from '../support/two-lives.ts'

const db = useDatabase()
const world = useMatane(db)
const POS: ToldIdentity = { kind: 'pos', value: 'M-1' }
const EC: ToldIdentity = { kind: 'ec', value: 'shop-99' }
let actors: Actors

beforeEach(() => {
  actors = actorsOf(world())
})

async function post(path: string, body: unknown, key: string | undefined = WRITE_KEYS.shop) {
  const headers = { 'content-type': 'application/json', ...(key && { authorization: `Basic ${btoa(`${key}:`)}` }) }
  const answer = await fetch(`${world().origin}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: answer.status, json: (await answer.json()) as Record<string, string> }
}

async function receiptCode(identity: ToldIdentity, more: object = {}): Promise<string> {
  const { status, json } = await post('/v1/receipt-codes', { identity, ...more })
  expect(status).toBe(201)
  return json.text ?? ''
}

const whose = async (identity: ToldIdentity) =>
  (await inWork(world(), (work) => resolveCustomers(work, [{ told: [identity], at: work.now }])))[0]

describe('the code of a receipt', () => {
  test('makes the till’s customer and the one on LINE one, once', async () => {
    const { hanako, emma } = actors
    await liveOnLine(world(), hanako, '待ち時間が長い')
    await emma.follow()
    await tillCustomer(world(), [POS], 2)
    const text = await receiptCode(POS)
    await hanako.say(text)
    expect(hanako.lastText()).toContain('お客様の記録に加えました')
    const customerId = await customerOf(db(), hanako.userId)
    expect(await whose(POS)).toBe(customerId)
    expect(await db().prisma.customerStats.findUnique({ where: { customerId } })).toMatchObject({
      visits: 2,
      orders: 2
    })
    await hanako.say(text)
    expect(hanako.lastText()).toContain('すでにお客様の記録')
    await emma.say(text)
    expect(emma.lastText()).toContain('was used already')
    expect(await db().prisma.customerMerge.count()).toBe(1)
    await hanako.say('スタンプ')
    expect(hanako.lastVia()).toBe('reply')
  })

  test('of a sale without a member brings that sale', async () => {
    const { hanako } = actors
    await hanako.follow()
    const sale: ToldIdentity = { kind: 'anonymous', value: 'sale-0815' }
    await tillCustomer(world(), [sale], 1)
    await hanako.say(await receiptCode(sale))
    const customerId = await customerOf(db(), hanako.userId)
    expect(await db().prisma.customerStats.findUnique({ where: { customerId } })).toMatchObject({ orders: 1 })
  })

  test('that nobody has seen yet gives the member number to whoever sends it', async () => {
    const { hanako } = actors
    await hanako.follow()
    await hanako.say(await receiptCode(POS))
    expect(await whose(POS)).toBe(await customerOf(db(), hanako.userId))
  })

  test('of somebody else on LINE throws nobody together: staff are asked', async () => {
    const { hanako, emma, aya } = actors
    for (const who of [hanako, emma]) await who.follow()
    await hanako.say(await receiptCode(POS))
    await emma.say(await receiptCode(POS))
    expect(emma.lastText()).toContain('Our staff will check')
    expect(await db().prisma.customer.count()).toBe(2)
    await aya.command('/matane', 'duplicates')
    expect(aya.whispers().at(-1)).toContain('1組')
  })

  test('wrong or too old changes nothing, and says so kindly', async () => {
    const { hanako } = actors
    await hanako.follow()
    await hanako.say('レシート 0000-0000')
    expect(hanako.lastText()).toContain('見つかりませんでした')
    const text = await receiptCode(POS, { validFor: '1d' })
    await world().advance('25h')
    await hanako.say(text)
    expect(hanako.lastText()).toContain('期限が切れています')
    expect(await db().prisma.identity.count({ where: { channel: 'pos' } })).toBe(0)
  })

  test('is kept nowhere in the clear', async () => {
    const text = await receiptCode(POS)
    const rows = JSON.stringify(await everyRow(db()))
    expect(rows).not.toContain(text.slice(-9))
    expect(rows).not.toContain(text.slice(-9).replace('-', ''))
    expect(rows).not.toContain(POS.value)
  })
})

describe('the link of an account', () => {
  /** From the wish in the chat to LINE's own page, as the browser of the person goes. */
  async function setOut(who: Actors['hanako']): Promise<string> {
    await who.say('連携')
    const page = new URL(who.quickReply('連携する').uri ?? '')
    const answer = await fetch(`${world().origin}${page.pathname}`, { redirect: 'manual' })
    expect(answer.status).toBe(302)
    const login = new URL(answer.headers.get('location') ?? '')
    expect(`${login.origin}${login.pathname}`).toBe('https://shop.example.com/line')
    return login.searchParams.get('linkToken') ?? ''
  }

  async function loggedIn(linkToken: string, identity: ToldIdentity): Promise<string> {
    const { status, json } = await post('/v1/link', { linkToken, identity })
    expect(status).toBe(201)
    return json.url ?? ''
  }

  test('makes the shop’s customer and the one on LINE one, whatever LINE tells twice', async () => {
    const { hanako } = actors
    const { line } = world().sandbox.fakes
    await hanako.follow()
    await tillCustomer(world(), [EC], 2)
    const sent = await line.linkAccount(hanako.userId, await loggedIn(await setOut(hanako), EC))
    await world().settle()
    expect(hanako.lastText()).toContain('連携が完了しました')
    expect(hanako.lastVia()).toBe('reply')
    expect(await whose(EC)).toBe(await customerOf(db(), hanako.userId))
    const heard = hanako.count()
    await line.redeliver(sent?.webhookEventId ?? '')
    await world().settle()
    expect(hanako.count()).toBe(heard)
    expect(await db().prisma.audit.count({ where: { action: 'customer.link' } })).toBe(1)
  })

  test('of a nonce that was made up, or came too late, links nobody', async () => {
    const { hanako } = actors
    await hanako.follow()
    const event = (nonce: string) => ({
      ...{
        type: 'accountLink',
        mode: 'active',
        timestamp: Date.now(),
        source: { type: 'user', userId: hanako.userId }
      },
      ...{ webhookEventId: `E${nonce.length}`, link: { result: 'ok', nonce } }
    })
    await world().sandbox.fakes.line.sendEvents([event('0123456789ab')])
    await world().settle()
    expect(hanako.lastText()).toContain('完了できませんでした')
    const url = new URL(await loggedIn('token', EC))
    await world().advance('16m')
    await world().sandbox.fakes.line.sendEvents([event(url.searchParams.get('nonce') ?? '')])
    await world().settle()
    expect(hanako.lastText()).toContain('時間が過ぎた')
    expect(await db().prisma.identity.count({ where: { channel: 'ec' } })).toBe(0)
  })

  test('counts for whoever LINE says came back first: a nonce sent again by somebody else takes nothing from them', async () => {
    const { hanako, emma } = actors
    for (const who of [hanako, emma]) await who.follow()
    const nonce = new URL(await loggedIn('token', EC)).searchParams.get('nonce') ?? ''
    const back = (userId: string) => ({
      ...{ type: 'accountLink', mode: 'active', timestamp: Date.now(), source: { type: 'user', userId } },
      ...{ webhookEventId: `back-${userId}`, link: { result: 'ok', nonce } }
    })
    await world().sandbox.fakes.line.sendEvents([back(hanako.userId)])
    await world().settle()
    await world().sandbox.fakes.line.sendEvents([back(emma.userId)])
    await world().settle()
    expect(await whose(EC)).toBe(await customerOf(db(), hanako.userId))
    expect(await db().prisma.customer.count()).toBe(2)
    expect(await db().prisma.customerMerge.count()).toBe(0)
    expect(await db().prisma.audit.count({ where: { action: 'customer.link' } })).toBe(1)
  })

  test('that is too old, or was made up, leads nowhere', async () => {
    const { hanako } = actors
    await hanako.follow()
    await hanako.say('連携')
    const path = new URL(hanako.quickReply('連携する').uri ?? '').pathname
    await world().advance('25h')
    for (const each of [path, '/link/made-up', `${path}x`])
      expect((await fetch(`${world().origin}${each}`, { redirect: 'manual' })).status).toBe(410)
  })
})

describe('who may vouch', () => {
  const body = { identity: POS }

  test.each<[string, string | undefined, object, number]>([
    ['without a key', '', body, 401],
    ['with a key that is none', 'nonsense', body, 401],
    ['with a key of a browser', WRITE_KEYS.site, body, 403],
    ['for a LINE id', WRITE_KEYS.shop, { identity: { kind: 'line', value: 'U1' } }, 400],
    ['for nobody', WRITE_KEYS.shop, { identity: { kind: 'pos', value: 'guest' } }, 400],
    ['for ever', WRITE_KEYS.shop, { ...body, validFor: '9999d' }, 400],
    ['with nothing', WRITE_KEYS.shop, {}, 400]
  ])('not %s', async (_, key, given, status) => {
    const answer = await post('/v1/receipt-codes', given, key)
    expect(answer.status).toBe(status)
    expect(answer.json.title).toBeTruthy()
    expect(await db().prisma.linkProof.count()).toBe(0)
  })
})
