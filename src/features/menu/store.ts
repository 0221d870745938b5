import { localeOf } from '../../core/locale.ts'
import type { Tx } from '../../platform/db/index.ts'
import type { Menu } from './rules/menus.ts'

/** A menu as it was brought to LINE last: who sees it, and what it is called there. */
export interface MenuAtLine extends Pick<Menu, 'key' | 'hash' | 'locale' | 'tiers' | 'isDefault'> {
  readonly lineId: string
}

/** The menus that were brought to LINE last, in the order in which they are tried. */
export async function menusAtLine(tx: Tx): Promise<MenuAtLine[]> {
  const rows = await tx.richMenu.findMany({ orderBy: { position: 'asc' } })
  return rows.map(({ key, hash, locale, tiers, isDefault, lineId }) => ({
    ...{ key, hash, tiers, isDefault, lineId },
    locale: localeOf(locale)
  }))
}

/** From now on these are the menus that customers are given. */
export async function saveMenus(tx: Tx, menus: readonly MenuAtLine[], at: Date): Promise<void> {
  await tx.richMenu.deleteMany({ where: { key: { notIn: menus.map(({ key }) => key) } } })
  for (const [position, { key, hash, locale, tiers, isDefault, lineId }] of menus.entries()) {
    const row = { position, locale, tiers: [...tiers], hash, lineId, isDefault, syncedAt: at }
    await tx.richMenu.upsert({ where: { key }, create: { key, ...row }, update: row })
  }
}

/** LINE's ids of the menus that somebody has. */
export async function linkedMenus(tx: Tx): Promise<Set<string>> {
  const rows = await tx.richMenuLink.findMany({ distinct: ['lineId'], select: { lineId: true } })
  return new Set(rows.map(({ lineId }) => lineId))
}
