import { ok, type Result } from '../../core/result.ts'
import type { Database } from '../../platform/db/index.ts'
import type { Paint } from '../../platform/image/painter.ts'
import type { RichMenuClient } from '../../platform/line/index.ts'
import { currentMenu } from './definition.ts'
import { linkEverybody } from './link-menus.ts'
import { isOurs, type Menu, menusOf } from './rules/menus.ts'
import { linkedMenus, type MenuAtLine, saveMenus } from './store.ts'

export interface SyncDeps {
  readonly db: Database
  readonly client: RichMenuClient
  readonly paint: Paint
  readonly now: Date
}

/** What bringing the menus to LINE came to, or would come to. Keys of menus, such as "gold.ja". */
export interface MenuSync {
  readonly created: readonly string[]
  /** They were there without their pictures: an earlier run had ended in between. */
  readonly pictured: readonly string[]
  /** They were there as they should be. */
  readonly kept: readonly string[]
  /** Whether everybody has another menu now. */
  readonly defaultChanged: boolean
  /** How many people see another menu than before, besides the default. */
  readonly relinked: number
  /** How many of our old ones were removed. */
  readonly removed: number
}

type Known = Awaited<ReturnType<RichMenuClient['list']>>

/**
 * Brings the published menus to LINE: makes what is missing, by the hash of its content, sets the default, gives
 * everybody theirs, and removes those of ours that nobody has any more. Run again it changes nothing; run after it broke off it goes on. With `dryRun` LINE only
 * says whether it would take them.
 */
export async function syncMenus(
  deps: SyncDeps,
  { dryRun = false }: { readonly dryRun?: boolean } = {}
): Promise<Result<MenuSync, { kind: 'no_menu' }>> {
  const { db, client, now } = deps
  const definition = await currentMenu(db.prisma)
  if (!definition) return { ok: false, kind: 'no_menu' }
  const menus = menusOf(definition)
  const known = (await client.list()).filter(({ name }) => isOurs(name))
  const brought = await bringAll(deps, { menus, known, dryRun })
  const atLine = brought.flatMap(({ menu, lineId }): MenuAtLine[] =>
    lineId === undefined ? [] : [{ ...menu, lineId }]
  )
  const defaultMenu = brought.find(({ menu }) => menu.isDefault)
  const defaultChanged = defaultMenu?.lineId === undefined || (await client.defaultId()) !== defaultMenu.lineId
  let relinked = 0
  if (!dryRun) {
    if (defaultChanged && defaultMenu?.lineId !== undefined) await client.setDefault(defaultMenu.lineId)
    await db.transaction((tx) => saveMenus(tx, atLine, now))
    relinked = await linkEverybody(deps)
  }
  const removed = await removeOld(deps, { known, atLine, dryRun })
  const keysOf = (how: Brought['how']) => brought.filter((one) => one.how === how).map(({ menu }) => menu.key)
  return ok({
    ...{ created: keysOf('created'), pictured: keysOf('pictured'), kept: keysOf('kept') },
    ...{ defaultChanged, relinked, removed }
  })
}

interface Brought {
  readonly menu: Menu
  /** Undefined when it would only be made. */
  readonly lineId: string | undefined
  readonly how: 'created' | 'pictured' | 'kept'
}

interface Bringing {
  readonly known: Known
  readonly dryRun: boolean
}

/** Menus of the same content are one at LINE. */
async function bringAll(
  deps: SyncDeps,
  { menus, ...how }: Bringing & { readonly menus: readonly Menu[] }
): Promise<Brought[]> {
  const byHash = new Map<string, Brought>()
  const brought: Brought[] = []
  for (const menu of menus) {
    const twin = byHash.get(menu.hash)
    const one = twin ? { ...twin, menu } : await bring(deps, menu, how)
    byHash.set(menu.hash, one)
    brought.push(one)
  }
  return brought
}

async function bring({ client, paint }: SyncDeps, menu: Menu, { known, dryRun }: Bringing): Promise<Brought> {
  const lineId = known.find(({ name }) => name === menu.form.name)?.id
  if (lineId !== undefined && (await client.hasImage(lineId))) return { menu, lineId, how: 'kept' }
  const how = lineId === undefined ? 'created' : 'pictured'
  if (dryRun) {
    await client.validate(menu.form)
    return { menu, lineId, how }
  }
  // Painted first: a menu without its picture would only be in the way.
  const png = await paint(menu.svg)
  const id = lineId ?? (await client.create(menu.form))
  await client.setImage(id, png)
  return { menu, lineId: id, how }
}

async function removeOld(
  { db, client }: SyncDeps,
  { known, atLine, dryRun }: Bringing & { readonly atLine: readonly MenuAtLine[] }
): Promise<number> {
  const needed = new Set([...atLine.map(({ lineId }) => lineId), ...(await linkedMenus(db.prisma))])
  const old = known.filter(({ id }) => !needed.has(id))
  if (!dryRun) for (const { id } of old) await client.remove(id)
  return old.length
}
