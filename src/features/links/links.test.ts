import { Hono } from 'hono'
import { beforeEach, describe, expect, test } from 'vitest'
import { testConfig } from '../../../test/support/config.ts'
import { useDatabase } from '../../../test/support/database.ts'
import { type TestScope, testEngine, testScope } from '../../../test/support/queue.ts'
import type { HttpEnv } from '../../platform/feature.ts'
import { createPerform } from '../../platform/perform.ts'
import { createIntake, type Intake } from '../../platform/queue/index.ts'
import type { Work } from '../../platform/work.ts'
import { customerFigures } from '../events/index.ts'
import { linksFeature, trackLinks } from './index.ts'

const db = useDatabase()
const BASE = 'https://matane.example.com'
const MENU = 'https://shop.example.com/menu?utm_source=line#cake'
const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari Line/15.2.0'
const LINE_PREVIEW = 'facebookexternalhit/1.1;line-poker/1.0'
let scope: TestScope & { linksAt?: string | undefined }
let anna: string

beforeEach(async () => {
  scope = Object.assign(testScope(db()), { linksAt: BASE })
  anna = (await db().prisma.customer.create({ data: { createdAt: scope.at } })).id
})

let causes = 0
function inWork<T>(body: (work: Work) => Promise<T>): Promise<T> {
  causes += 1
  const perform = createPerform({ scope, features: [linksFeature], onCommit: () => undefined })
  return perform(`test:${causes}`, body)
}

const RUN = '0193a000-0000-7000-8000-000000000001'
const origin = (more: object = {}) => ({ customerId: anna, flow: 'news', step: 'cake', runId: RUN, visit: 1, ...more })
const send = (targets: readonly string[] = [MENU], more: object = {}) =>
  inWork((work) => trackLinks(work, origin(more), targets))

/** Opens an address of ours as a phone does, or as somebody else. */
async function open(address = '', headers: Record<string, string> = {}, { method = 'GET', intake = intakeOf() } = {}) {
  const app = new Hono<HttpEnv>()
  const perform = createPerform({ scope, features: [linksFeature], onCommit: () => undefined })
  linksFeature.webhooks?.(app, { context: { scope, config: testConfig, perform }, intake })
  return app.request(address, { method, headers: { 'user-agent': PHONE, ...headers } })
}
const intakeOf = (): Intake => createIntake(db())
const work = () => testEngine(scope, { consumers: [...(linksFeature.inbox ?? [])], features: [linksFeature] }).drain()
const clicks = async () => {
  await work()
  return db().prisma.event.findMany({ where: { name: 'message.clicked' }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })
}

describe('a link', () => {
  test('leads to its target, tells it nothing, and is kept out of caches and search', async () => {
    const [address = ''] = await send()
    expect(address).toMatch(/^https:\/\/matane\.example\.com\/r\/[\w-]{22}$/)
    const answer = await open(address)
    expect([answer.status, answer.headers.get('location')]).toEqual([302, MENU])
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex'
    })
  })

  test('is the same one when its message is made again, and another for each button, step, visit and run', async () => {
    const [first = ''] = await send()
    expect(await send()).toEqual([first])
    const others = await Promise.all([
      send([MENU, MENU]),
      ...[{ step: 'tea' }, { visit: 2 }, { runId: anna }].map((more) => send([MENU], more))
    ])
    expect(new Set(others.flat()).size).toBe(5)
    expect(await db().prisma.trackedLink.count()).toBe(5)
  })

  test('stands in the store by its hash alone', async () => {
    const [address = ''] = await send()
    const rows = JSON.stringify(await db().query('SELECT * FROM tracked_link'))
    expect(rows).not.toContain(address.slice(-22))
    expect(rows).toContain(anna)
  })

  test('that acts inside LINE, or calls, is its own target; so is every one where nobody can reach us', async () => {
    const own = ['tel:0422-00-0000', 'https://line.me/R/nv/QRCodeReader']
    expect(await send(own)).toEqual(own)
    scope.linksAt = undefined
    expect(await send([MENU])).toEqual([MENU])
    expect(await db().prisma.trackedLink.count()).toBe(0)
  })

  test.each([['x'.repeat(22)], ['short'], [`${'x'.repeat(22)}y`], ['%27%20OR%201=1--xxxxxxx']])(
    'that nobody made (%s) opens a kind page in the language of whoever asks, and leads nowhere',
    async (token) => {
      const japanese = await open(`${BASE}/r/${token}`)
      expect([japanese.status, japanese.headers.get('location')]).toEqual([404, null])
      expect(await japanese.text()).toContain('このリンクは開けません')
      const english = await open(`${BASE}/r/${token}`, { 'accept-language': 'en-GB,en;q=0.9' })
      expect(await english.text()).toContain('This link can’t be opened')
      expect(english.headers.get('content-security-policy')).toContain("default-src 'none'")
    }
  )

  test('cannot be told where to lead', async () => {
    const [address = ''] = await send()
    for (const query of ['?target=https://evil.example', '?url=//evil.example', '//evil.example'])
      expect((await open(`${address}${query}`)).headers.get('location') ?? MENU).toBe(MENU)
  })
})

describe('a tap', () => {
  test('counts once for each link and day, however often the link is opened', async () => {
    const [cake = '', tea = ''] = await send([MENU, 'https://shop.example.com/tea'])
    for (const address of [cake, cake, cake, tea]) await open(address)
    const [first, second] = await clicks()
    expect([first?.properties, second?.properties]).toEqual(
      expect.arrayContaining([
        { campaign: 'news', link: 'cake:1', via: 'line' },
        { campaign: 'news', link: 'cake:2', via: 'line' }
      ])
    )
    await open(cake)
    expect(await clicks()).toHaveLength(2)
    const tappedAt = scope.at
    // Midnight of the shop's day, not of UTC.
    scope.at = new Date('2026-11-21T15:00:00Z')
    await open(cake)
    expect((await clicks()).map(({ at }) => at)).toEqual([tappedAt, tappedAt, scope.at])
    expect(await customerFigures(db().prisma, anna)).toMatchObject({ messagesClicked: 3 })
    const links = await db().prisma.trackedLink.findMany()
    expect(links.map(({ clickedAt }) => clickedAt)).toEqual([tappedAt, tappedAt])
  })

  test.each([
    ['a HEAD', {}, 'HEAD'],
    ['what fetches LINE’s previews', { 'user-agent': LINE_PREVIEW }, 'GET'],
    ['a browser that fetches ahead', { 'sec-purpose': 'prefetch' }, 'GET']
  ])('is none by %s, which is led on all the same', async (_, headers: Record<string, string>, method) => {
    const [address = ''] = await send()
    expect((await open(address, headers, { method })).headers.get('location')).toBe(MENU)
    expect(await clicks()).toEqual([])
  })

  test('holds nobody up: who taps is led on though the database stores nothing, or takes for ever', async () => {
    const [address = ''] = await send()
    const refuses: Intake = { put: () => Promise.reject(new Error('full')) }
    const hangs: Intake = { put: () => new Promise(() => undefined) }
    for (const intake of [refuses, hangs]) expect((await open(address, {}, { intake })).status).toBe(302)
    expect(scope.lines).toContainEqual(expect.objectContaining({ level: 'error' }))
  })

  test('is stored before the customer is led on: one that was led on is never lost', async () => {
    const [address = ''] = await send()
    await open(address)
    expect(await db().prisma.inbox.count({ where: { source: 'link', key: anna } })).toBe(1)
  })

  test('of a link that changed hands counts for whom it belongs to when it is recorded', async () => {
    const emma = (await db().prisma.customer.create({ data: { createdAt: scope.at } })).id
    const [address = ''] = await send()
    await open(address)
    await db().prisma.trackedLink.updateMany({ data: { customerId: emma } })
    expect((await clicks()).map(({ customerId }) => customerId)).toEqual([emma])
  })
})

describe('what is kept', () => {
  const room = linksFeature.personalData

  test('is shown: where each link led, and when it was first opened', async () => {
    const [address = ''] = await send()
    await open(address)
    await work()
    const { tracked_link: [shown] = [] } = (await inWork((inside) => room?.export(inside, anna) ?? never())) ?? {}
    expect(shown).toMatchObject({ target: MENU, flow: 'news', clicked_at: expect.any(String) })
    expect(Object.keys(shown ?? {})).not.toContain('run_id')
  })

  test('is nobody’s once they are erased: the button in their chat still leads on, and nothing is noted', async () => {
    const [address = ''] = await send()
    await open(address)
    await inWork((inside) => room?.erase(inside, anna) ?? never())
    expect(await clicks()).toEqual([])
    expect((await open(address)).headers.get('location')).toBe(MENU)
    expect(await clicks()).toEqual([])
    expect(await db().prisma.trackedLink.findMany()).toMatchObject([{ customerId: null, runId: null, clickedAt: null }])
  })

  test('is forgotten in time, the old ones first', async () => {
    const [old = ''] = await send()
    const limit = new Date(scope.at.getTime() + 1)
    scope.at = limit
    const [young = ''] = await send([MENU], { visit: 2 })
    const forget = () => inWork((inside) => room?.purge?.tapped_links?.(inside, limit) ?? never())
    expect(await forget()).toBe(1)
    expect(await forget()).toBe(0)
    expect([(await open(old)).status, (await open(young)).status]).toEqual([404, 302])
  })
})

function never(): never {
  throw new Error('The room says nothing about what it keeps')
}
