import { randomBytes } from 'node:crypto'
import type { LocaleText } from '../../../core/locale.ts'
import type { FieldCipher, Tx } from '../../../platform/db/index.ts'
import { current } from '../../definitions/index.ts'
import { PublishedShops, SHOPS, type ShopsDefinition } from '../rules/definitions.ts'

const SECRET_BYTES = 32
const LINK_KEY_BYTES = 24

/** A place with a counter. Its secret signs its codes, its link key opens its counter page. */
export interface Shop {
  readonly id: string
  readonly name: LocaleText
  readonly secret: Uint8Array
  readonly linkKey: string
}

/** The shop with this id while it is open. */
export async function findShop(tx: Tx, cipher: FieldCipher, id: string): Promise<Shop | undefined> {
  const row = await tx.shop.findFirst({ where: { id, closedAt: null } })
  return row ? opened(cipher, row) : undefined
}

/** The open shops, in the order in which their definition lists them; any others after them, by id. */
export async function openShops(tx: Tx, cipher: FieldCipher): Promise<Shop[]> {
  const rows = await tx.shop.findMany({ where: { closedAt: null }, orderBy: { id: 'asc' } })
  const places = await placesOf(tx)
  const place = ({ id }: ShopRow) => places.get(id) ?? places.size
  return rows.toSorted((a, b) => place(a) - place(b)).map((row) => opened(cipher, row))
}

/** What the shops are called, those that closed too, by id. */
export async function shopNames(tx: Tx): Promise<ReadonlyMap<string, LocaleText>> {
  const rows = await tx.shop.findMany({ select: { id: true, nameJa: true, nameEn: true } })
  return new Map(rows.map(({ id, nameJa, nameEn }) => [id, { ja: nameJa, en: nameEn }]))
}

/** Where each shop stands in the list that was published last. */
async function placesOf(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const published = await current(tx, SHOPS, SHOPS)
  const { shops } = published ? PublishedShops.parse(published.body) : { shops: [] }
  return new Map(shops.map(({ id }, index) => [id, index]))
}

/** Makes the shops what a definition says: new ones get secrets of their own, missing ones close, known ones keep theirs. */
export async function putShops(
  tx: Tx,
  cipher: FieldCipher,
  { shops, at }: Pick<ShopsDefinition, 'shops'> & { readonly at: Date }
): Promise<void> {
  for (const { id, name } of shops) {
    const names = { nameJa: name.ja, nameEn: name.en }
    await tx.shop.upsert({
      where: { id },
      create: { id, ...names, ...newKeys(cipher), createdAt: at },
      update: { ...names, closedAt: null }
    })
  }
  const ids = shops.map((shop) => shop.id)
  await tx.shop.updateMany({ where: { id: { notIn: ids }, closedAt: null }, data: { closedAt: at } })
}

/**
 * Gives a shop a new link key and a new secret: its counter page's old address stops working, and codes that were signed
 * before are refused at once. False when there is no such open shop.
 */
export async function rotateKeys(tx: Tx, cipher: FieldCipher, id: string): Promise<boolean> {
  const { count } = await tx.shop.updateMany({
    where: { id, closedAt: null },
    data: newKeys(cipher)
  })
  return count === 1
}

interface ShopRow {
  readonly id: string
  readonly nameJa: string
  readonly nameEn: string
  readonly secretSealed: string
  readonly linkKeySealed: string
}

function opened(cipher: FieldCipher, row: ShopRow): Shop {
  return {
    id: row.id,
    name: { ja: row.nameJa, en: row.nameEn },
    secret: Buffer.from(cipher.open('shop.secret', row.secretSealed), 'base64url'),
    linkKey: cipher.open('shop.link_key', row.linkKeySealed)
  }
}

function newKeys(cipher: FieldCipher): Pick<ShopRow, 'secretSealed' | 'linkKeySealed'> {
  return {
    secretSealed: seal(cipher, 'secret', SECRET_BYTES),
    linkKeySealed: seal(cipher, 'link_key', LINK_KEY_BYTES)
  }
}

function seal(cipher: FieldCipher, column: 'secret' | 'link_key', bytes: number): string {
  return cipher.seal(`shop.${column}`, randomBytes(bytes).toString('base64url'))
}
