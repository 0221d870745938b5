import { beforeEach, expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { publishLoyalty } from '../../../../test/support/loyalty.ts'
import { counterUrls } from '../counter/links.ts'
import { findShop, openShops, putShops, rotateKeys } from './shops.ts'

const db = useDatabase()
const at = new Date('2026-11-21T00:00:00Z')
const shop = (id: string) => db().transaction((tx) => findShop(tx, db().cipher, id))
const put = (...ids: string[]) =>
  db().transaction((tx) =>
    putShops(tx, db().cipher, { at, shops: ids.map((id) => ({ id, name: { ja: `${id}店`, en: id } })) })
  )
const urls = () => counterUrls(db().prisma, db().cipher, 'https://shop.example')

beforeEach(() => publishLoyalty(db()))

test('each shop has secrets of its own, sealed in the store', async () => {
  const shops = await openShops(db().prisma, db().cipher)
  expect(shops.map(({ id }) => id)).toEqual(['kichijoji', 'shimokitazawa', 'kamakura'])
  expect(new Set(shops.map(({ secret }) => Buffer.from(secret).toString('hex'))).size).toBe(3)
  expect(shops.every(({ secret, linkKey }) => secret.length === 32 && linkKey.length >= 32)).toBe(true)
  const stored = JSON.stringify(await db().prisma.shop.findMany())
  for (const { secret, linkKey } of shops) {
    expect(stored).not.toContain(linkKey)
    expect(stored).not.toContain(Buffer.from(secret).toString('base64url'))
  }
})

test('a shop that is renamed keeps its secrets: codes and the page on its tablet go on working', async () => {
  const before = await shop('kamakura')
  await put('kamakura')
  expect(await shop('kamakura')).toEqual({ ...before, name: { ja: 'kamakura店', en: 'kamakura' } })
})

test('a shop that is no longer named is closed; named again, it is the one it was', async () => {
  const before = await shop('kichijoji')
  await put('kamakura', 'nara')
  expect(await shop('kichijoji')).toBeUndefined()
  expect((await openShops(db().prisma, db().cipher)).map(({ id }) => id).toSorted()).toEqual(['kamakura', 'nara'])
  await put('kamakura', 'kichijoji')
  expect(await shop('kichijoji')).toMatchObject({ secret: before?.secret, linkKey: before?.linkKey })
})

test('new keys close the old address of that shop alone, and make its codes new ones', async () => {
  const before = await urls()
  const secretOf = async (id: string) => Buffer.from((await shop(id))?.secret ?? []).toString('hex')
  const [own, other] = [await secretOf('kamakura'), await secretOf('kichijoji')]
  expect(await db().transaction((tx) => rotateKeys(tx, db().cipher, 'kamakura'))).toBe(true)
  const now = await urls()
  expect(now.filter(({ url }, index) => url !== before[index]?.url).map((each) => each.shop)).toEqual(['kamakura'])
  expect(await secretOf('kamakura')).not.toBe(own)
  expect(await secretOf('kichijoji')).toBe(other)
  expect(await db().transaction((tx) => rotateKeys(tx, db().cipher, 'nowhere'))).toBe(false)
  await put('kichijoji')
  expect(await db().transaction((tx) => rotateKeys(tx, db().cipher, 'kamakura'))).toBe(false)
})

test('every open shop has an address, with its key in it and nothing that needs escaping', async () => {
  for (const { shop: id, url } of await urls())
    expect(url).toMatch(new RegExp(`^https://shop\\.example/counter/${id}\\?key=[\\w-]{32}$`))
})
