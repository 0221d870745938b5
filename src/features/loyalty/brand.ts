import type { LocaleText } from '../../core/locale.ts'
import type { Tx } from '../../platform/db/index.ts'
import { currentProgramme } from './store/cards.ts'

/** The shop as its customers know it. */
export interface Brand {
  readonly name: LocaleText
  /** "#rrggbb", dark enough for white text. */
  readonly colour: string
}

/** The shop's name and colour as its stamp card has them; undefined while none is published. */
export async function brandOf(tx: Tx): Promise<Brand | undefined> {
  const programme = await currentProgramme(tx)
  return programme && { name: programme.definition.brand, colour: programme.definition.colour }
}
