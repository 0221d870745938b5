import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { menuWorld, smallMenu } from '../../../test/support/menu-world.ts'
import { createPainter } from '../../platform/image/painter.ts'
import { publish } from '../definitions/index.ts'
import { menuKind } from './definition.ts'
import { menusAtLine } from './store.ts'
import { syncMenus } from './sync-menus.ts'

const db = useDatabase()
const paint = createPainter()
const now = new Date('2026-11-21T01:00:00Z')
const CREATED = ['POST richmenu', 'POST richmenu/*/content']

async function world(change: object = {}) {
  const at = await menuWorld()
  const deps = { db: db(), client: at.client, paint, now }
  const write = async (more: object) => {
    const checked = menuKind(() => true).check({ ...smallMenu(), ...more })
    if (!checked.ok) throw new Error(JSON.stringify(checked.faults))
    await db().transaction((tx) => publish(tx, { kind: 'menu', key: 'menu', body: checked.body, at: now }))
  }
  await write(change)
  const names = () => at.menus().map(({ name }) => name)
  return { ...at, write, names, sync: (dryRun = false) => syncMenus(deps, { dryRun }) }
}

describe('bringing the menus to LINE', () => {
  test('makes each with its picture and sets the default; run again it changes nothing', async () => {
    const { sync, changes, line } = await world()
    const keys = ['gold.ja', 'gold.en', 'default.ja', 'default.en']
    const none = { created: [], pictured: [], kept: [], defaultChanged: false, relinked: 0, removed: 0 }
    expect(await sync()).toEqual({ ok: true, value: { ...none, created: keys, defaultChanged: true } })
    expect(changes()).toEqual([...CREATED, ...CREATED, ...CREATED, ...CREATED, 'POST user/all/richmenu/*'])
    expect(line.richMenu('anybody')).toMatchObject({ chatBarText: 'メニュー', size: { width: 1600, height: 540 } })
    expect(await sync()).toEqual({ ok: true, value: { ...none, kept: keys } })
    expect(changes()).toEqual([])
    expect((await menusAtLine(db().prisma)).map(({ key }) => key)).toEqual(keys)
  })

  test('makes anew only what has changed, and removes what nobody has any more', async () => {
    const { sync, write, changes, names } = await world()
    await sync()
    const before = names()
    changes()
    await write({ states: [] })
    expect(await sync()).toMatchObject({ value: { created: [], kept: ['default.ja', 'default.en'], removed: 2 } })
    expect(changes()).toEqual(['DELETE richmenu/*', 'DELETE richmenu/*'])
    expect(names()).toEqual(before.slice(2))
    await write({ states: [], bar: { ja: 'お店', en: 'Menu' } })
    expect(await sync()).toMatchObject({ value: { created: ['default.ja'], defaultChanged: true, removed: 1 } })
    expect((await menusAtLine(db().prisma)).map(({ key }) => key)).toEqual(['default.ja', 'default.en'])
  })

  test('leaves menus alone that somebody else made, and those that somebody still has', async () => {
    const { sync, write, client, names } = await world()
    await client.create({ ...smallForm, name: 'Campaign 2026' })
    await sync()
    const [gold] = await menusAtLine(db().prisma)
    await db().prisma.richMenuLink.create({
      data: {
        identityId: crypto.randomUUID(),
        customerId: crypto.randomUUID(),
        lineId: gold?.lineId ?? '',
        linkedAt: now
      }
    })
    await write({ states: [] })
    expect(await sync()).toMatchObject({ value: { removed: 1 } })
    expect(names()).toHaveLength(4)
    expect(names()).toContain('Campaign 2026')
  })

  test('states that look alike are one menu at LINE', async () => {
    const { sync, menus } = await world({ states: [{ key: 'gold', when: { tier: ['gold'] } }] })
    await sync()
    expect(menus()).toHaveLength(2)
    const lineIds = (await menusAtLine(db().prisma)).map(({ lineId }) => lineId)
    expect(lineIds.slice(0, 2)).toEqual(lineIds.slice(2))
  })
})

const smallForm = { size: { width: 800, height: 540 }, selected: true, chatBarText: 'x', areas: [] }

describe('a run that broke off', () => {
  test('between a menu and its picture is ended by the next', async () => {
    const { sync, changes, line, menus } = await world({ states: [] })
    line.faults.failNext('/content', { status: 500, body: { message: 'no' } })
    await expect(sync()).rejects.toMatchObject({ retry: 'later' })
    expect(await menusAtLine(db().prisma)).toEqual([])
    changes()
    expect(await sync()).toMatchObject({ value: { pictured: ['default.ja'], created: ['default.en'] } })
    expect(changes()).toEqual(['POST richmenu/*/content', ...CREATED, 'POST user/all/richmenu/*'])
    expect(menus()).toHaveLength(2)
  })

  test.each([
    ['/v2/bot/richmenu', 2],
    ['/content', 1]
  ])('because answers were lost (%s) leaves nothing twice', async (path, times) => {
    const { sync, line, menus } = await world({ states: [] })
    line.faults.failNext(path, 'lose-answer', times)
    for (let tries = 0; tries < times; tries += 1) await expect(sync()).rejects.toMatchObject({ answered: false })
    expect(await sync()).toMatchObject({ ok: true, value: { removed: 0 } })
    expect(menus()).toHaveLength(2)
  })

  test('before the default was set sets it', async () => {
    const { sync, line } = await world({ states: [] })
    line.faults.failNext('/user/all/richmenu', { status: 500, body: {} })
    await expect(sync()).rejects.toThrow()
    expect(await sync()).toMatchObject({ value: { kept: ['default.ja', 'default.en'], defaultChanged: true } })
  })
})

describe('a dry run', () => {
  test('lets LINE look at what would be made, and changes nothing', async () => {
    const { sync, changes, menus } = await world({ states: [] })
    expect(await sync(true)).toMatchObject({ value: { created: ['default.ja', 'default.en'], defaultChanged: true } })
    expect(changes()).toEqual(['POST richmenu/validate', 'POST richmenu/validate'])
    expect(menus()).toEqual([])
    expect(await menusAtLine(db().prisma)).toEqual([])
  })
})

test('without a menu there is nothing to bring', async () => {
  const { client, changes } = await menuWorld()
  expect(await syncMenus({ db: db(), client, paint, now })).toEqual({ ok: false, kind: 'no_menu' })
  expect(changes()).toEqual([])
})
