import { type ToldIdentity, toldIdentity } from '../customers/index.ts'
import type { Named } from './rules/delivery.ts'

/** What cannot be an identity (a guest's empty number) is left out: the others may do. */
export function identitiesOf(who: readonly Named[]): ToldIdentity[] {
  return who.flatMap(({ kind, value }) => {
    const told = toldIdentity(kind, value)
    return told.ok ? [told.value] : []
  })
}
