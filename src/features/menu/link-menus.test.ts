import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { lineTurns } from '../../../test/support/line-turns.ts'
import { menuWorld, smallMenu } from '../../../test/support/menu-world.ts'
import { testEngine, testScope } from '../../../test/support/queue.ts'
import { createPainter } from '../../platform/image/painter.ts'
import { createPerform } from '../../platform/perform.ts'
import type { Notice } from '../../platform/slack/index.ts'
import { RATE_LIMITED } from '../../sandbox/line/index.ts'
import { customersFeature } from '../customers/index.ts'
import { publish } from '../definitions/index.ts'
import { menuKind } from './definition.ts'
import { menuFeature, menuSender, syncMenus } from './index.ts'

const db = useDatabase()
const paint = createPainter()
const FEATURES = [customersFeature, menuFeature([])]
/** LINE user ids: 33 characters, as the fake makes them. */
const userIdOf = (number: number) => `U${number.toString(16).padStart(32, '0')}`
const HANAKO = userIdOf(1)
const EMMA = userIdOf(2)

async function world() {
  const at = await menuWorld()
  const scope = testScope(db())
  const turns = lineTurns(scope, FEATURES)
  turns.profiles.set(HANAKO, { displayName: '花子', language: 'ja' }).set(EMMA, { displayName: 'Emma', language: 'en' })
  const notices: Notice[] = []
  const sender = menuSender({ client: at.client, notice: async (told) => void notices.push(told) })
  const engine = testEngine(scope, { features: FEATURES, senders: [sender] })
  const perform = createPerform({ scope, features: FEATURES, onCommit: () => undefined })
  let changes = 0
  const self = {
    ...{ ...at, scope, notices, engine },
    async publish(change: object = {}) {
      const checked = menuKind(() => true).check({ ...smallMenu(), ...change })
      if (!checked.ok) throw new Error(JSON.stringify(checked.faults))
      await db().transaction((tx) => publish(tx, { kind: 'menu', key: 'menu', body: checked.body, at: scope.at }))
    },
    sync: () => syncMenus({ db: db(), client: at.client, paint, now: scope.at }),
    async follow(userId: string) {
      await turns.follow(userId)
      await engine.drain()
    },
    /** Puts a customer into a tier; `told` = the room of tiers says so. */
    async reach(userId: string, tier: string, told = true) {
      const customerId = await turns.customerId(userId)
      changes += 1
      const row = {
        customerId,
        livedAs: customerId,
        number: changes,
        tier,
        rank: changes,
        reason: 'reached',
        at: scope.at
      }
      await db().prisma.tierChange.create({ data: row })
      if (told) await self.tell(userId, 'tier.changed')
      await engine.drain()
    },
    async tell(userId: string, name: string) {
      const customerId = await turns.customerId(userId)
      changes += 1
      const fact = { customerId, name, at: scope.at, source: 'test', sourceId: `${changes}`, properties: {} }
      await perform(`test:${changes}`, (work) => work.announce(fact))
    },
    /** Which menu a person sees: its bar and whether it has a ribbon, by its name in the definition. */
    async seen(userId: string) {
      const lineId = at.line.richMenu(userId)?.richMenuId
      return (await db().prisma.richMenu.findFirst({ where: { lineId: lineId ?? '' } }))?.key
    },
    outcomes: async () =>
      (await db().prisma.outbox.findMany({ where: { channel: 'line-menu' }, orderBy: { seq: 'asc' } })).map(
        ({ outcome, state }) => outcome ?? state
      )
  }
  return self
}

async function synced() {
  const at = await world()
  await at.publish()
  await at.sync()
  at.changes()
  return at
}

describe('whose menu LINE shows', () => {
  test('is that of their language from the moment they follow; everybody’s costs no call', async () => {
    const { follow, seen, changes, outcomes } = await synced()
    await follow(HANAKO)
    expect([await seen(HANAKO), changes()]).toEqual(['default.ja', []])
    await follow(EMMA)
    expect([await seen(EMMA), changes()]).toEqual(['default.en', ['POST user/*/richmenu/*']])
    expect(await outcomes()).toEqual(['unchanged', 'linked'])
  })

  test('changes at once with their tier, and back', async () => {
    const { follow, reach, seen, changes } = await synced()
    await follow(HANAKO)
    await reach(HANAKO, 'gold')
    expect([await seen(HANAKO), changes()]).toEqual(['gold.ja', ['POST user/*/richmenu/*']])
    await reach(HANAKO, 'gold')
    expect(changes()).toEqual([])
    await reach(HANAKO, 'regular')
    expect([await seen(HANAKO), changes()]).toEqual(['default.ja', ['DELETE user/*/richmenu']])
  })

  test('changes with the language that they choose', async () => {
    const { follow, tell, engine, seen } = await synced()
    await follow(HANAKO)
    await db().prisma.customer.updateMany({ data: { locale: 'en' } })
    await tell(HANAKO, 'preference.changed')
    await engine.drain()
    expect(await seen(HANAKO)).toBe('default.en')
  })

  test('is told anew to whoever comes back, and not to whoever blocks the account', async () => {
    const { follow, reach, seen, line, changes } = await synced()
    await follow(EMMA)
    await line.fetch(unlinkAtLine(EMMA))
    await follow(EMMA)
    expect(await seen(EMMA)).toBe('default.en')
    changes()
    await db().prisma.identity.updateMany({ data: { blockedAt: new Date() } })
    await reach(EMMA, 'gold')
    expect(changes()).toEqual([])
  })

  test('nothing is sent before any menu was brought to LINE', async () => {
    const { follow, publish: write, outcomes } = await world()
    await write()
    await follow(EMMA)
    expect(await outcomes()).toEqual([])
  })
})

function unlinkAtLine(userId: string): Request {
  const headers = { authorization: 'Bearer access-token' }
  return new Request(`http://line.test/v2/bot/user/${userId}/richmenu`, { method: 'DELETE', headers })
}

describe('when LINE does not take it', () => {
  test('it is tried again later, and what is right by then is told', async () => {
    const { follow, reach, seen, line, engine, outcomes } = await synced()
    await follow(HANAKO)
    line.faults.failNext('', RATE_LIMITED)
    await reach(HANAKO, 'gold')
    expect((await outcomes()).at(-1)).toBe('ready')
    await reach(HANAKO, 'regular', false)
    await db().query(`UPDATE outbox SET run_at = now() WHERE state = 'ready'`)
    await engine.drain()
    expect([await seen(HANAKO), (await outcomes()).at(-1)]).toEqual(['default.ja', 'unchanged'])
  })

  test('because the menu is gone, staff are told, and the next sync mends it', async () => {
    const { follow, seen, notices, client, menus, sync, outcomes } = await synced()
    for (const { richMenuId } of menus()) await client.remove(richMenuId)
    await follow(EMMA)
    expect([await outcomes(), notices.map(({ text }) => text('en'))]).toEqual([
      ['menu_gone'],
      [expect.stringContaining('menu sync')]
    ])
    expect(await sync()).toMatchObject({ value: { created: { length: 4 }, relinked: 1 } })
    expect(await seen(EMMA)).toBe('default.en')
  })
})

describe('menu sync', () => {
  test('gives everybody theirs: many in one call, and moves them from an old picture to the new one', async () => {
    const { follow, reach, seen, publish: write, sync, changes, menus } = await synced()
    for (const userId of [HANAKO, EMMA, userIdOf(3)]) await follow(userId)
    for (const userId of [HANAKO, userIdOf(3)]) await reach(userId, 'gold', false)
    changes()
    expect(await sync()).toMatchObject({ value: { relinked: 2, removed: 0 } })
    expect(changes()).toEqual(['POST richmenu/bulk/link'])
    expect([await seen(HANAKO), await seen(userIdOf(3))]).toEqual(['gold.ja', 'gold.ja'])
    await write({ states: [{ key: 'gold', when: { tier: ['gold'] }, ribbon: { ja: 'ゴールド会員', en: 'Gold' } }] })
    expect(await sync()).toMatchObject({ value: { created: ['gold.ja'], relinked: 2, removed: 1 } })
    expect(await seen(HANAKO)).toBe('gold.ja')
    expect(menus()).toHaveLength(4)
    expect(await sync()).toMatchObject({ value: { relinked: 0, removed: 0 } })
  })

  test('removes no old menu while somebody still sees it', async () => {
    const { follow, seen, publish: write, sync, line, menus } = await synced()
    for (const number of [3, 4]) await follow(userIdOf(number))
    await db().prisma.customer.updateMany({ data: { locale: 'en' } })
    await sync()
    await write({ bar: { ja: 'メニュー', en: 'More' } })
    line.faults.failNext('/richmenu/bulk/link', RATE_LIMITED)
    await expect(sync()).rejects.toMatchObject({ retry: 'later' })
    expect([menus().length, line.richMenu(userIdOf(3))?.chatBarText]).toEqual([6, 'Menu'])
    expect(await sync()).toMatchObject({ value: { created: [], relinked: 2, removed: 2 } })
    expect([await seen(userIdOf(3)), line.richMenu(userIdOf(3))?.chatBarText]).toEqual(['default.en', 'More'])
  })
})
