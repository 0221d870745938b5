import { type Locale, localeOf } from '../../core/locale.ts'
import { storable, truncate } from '../../core/text.ts'
import { lockKey } from '../../platform/db/index.ts'
import type { CustomerPort, Heard, LineCustomer, LineProfile } from '../../platform/line/handlers.ts'
import type { Scope } from '../../platform/scope.ts'
import type { Work } from '../../platform/work.ts'
import { noteWriting } from './change-follow.ts'
import { createLineCustomer, hasProfile, lockLineCustomer, type NewProfile, updateProfile } from './store/customers.ts'
import { lastErased } from './store/erased.ts'

const NAME_MAX_LENGTH = 100

export interface CustomerPortDeps {
  readonly scope: Scope
  /** LINE's profile API; may throw or answer undefined (not a friend, LINE is down): the customer is then nameless for now. */
  fetchProfile(lineUserId: string): Promise<LineProfile | undefined>
}

/** How the LINE road comes to know customers: the profile is fetched before the transaction, the rows are made in it. */
export function customerPort({ scope, fetchProfile }: CustomerPortDeps): CustomerPort {
  return {
    async lookUp(lineUserId) {
      if (await hasProfile(scope.db, lineUserId)) return undefined
      try {
        return await fetchProfile(lineUserId)
      } catch (error) {
        scope.log.warn('LINE did not tell a profile: the customer stays nameless until their next message', { error })
        return undefined
      }
    },
    recognise
  }
}

async function recognise(work: Work, lineUserId: string, heard: Heard): Promise<LineCustomer | undefined> {
  const { tx, cipher, now } = work
  const { profile, toldAtMs, wroteAtMs } = heard
  const told = profile && profileOf(profile)
  const known = (await lockLineCustomer(tx, cipher, lineUserId)) ?? (await lookAgain(work, lineUserId))
  const erasedAt = known ? known.erasedAt : await lastErased(tx, cipher, lineUserId)
  if (erasedAt && toldAtMs !== undefined && toldAtMs <= erasedAt.getTime()) return undefined
  if (!known) {
    const id = await createLineCustomer(work, lineUserId, told)
    await lockKey(tx, id)
    return { id, locale: told?.locale ?? 'ja', name: told?.name }
  }
  const { blocked, erasedAt: _, ...customer } = known
  if (blocked && wroteAtMs !== undefined) {
    await noteWriting(work, { customerId: customer.id, lineUserId }, wroteAtMs)
  }
  if (!told) return customer
  const locale = await updateProfile(tx, cipher, { customerId: customer.id, profile: told, at: now })
  return { id: customer.id, locale: locale ?? customer.locale, name: told.name }
}

/** Looks again once nobody else can be making the same customer. The lock holds until the transaction ends. */
async function lookAgain({ tx, cipher }: Work, lineUserId: string) {
  await lockKey(tx, `identity:line:${cipher.blindIndex('identity.external', lineUserId)}`)
  return lockLineCustomer(tx, cipher, lineUserId)
}

function profileOf({ displayName, language }: LineProfile): NewProfile {
  const locale: Locale = localeOf(language)
  return { name: truncate(storable(displayName).trim(), NAME_MAX_LENGTH) || undefined, locale }
}
