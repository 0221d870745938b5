import type { LocaleText } from '../../core/locale.ts'
import type { Tx } from '../../platform/db/index.ts'
import { current } from '../definitions/index.ts'
import { PublishedShops, SHOPS } from './rules/definitions.ts'

/** The business as its customers know it. */
export interface Brand {
  readonly name: LocaleText
  /** "#rrggbb", dark enough for white text. */
  readonly colour: string
}

/** The brand as it is published; undefined while none is. */
export async function brandOf(tx: Tx): Promise<Brand | undefined> {
  const published = await current(tx, SHOPS, SHOPS)
  return published && PublishedShops.parse(published.body).brand
}
