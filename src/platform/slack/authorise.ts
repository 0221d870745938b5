import { type Locale, localeOf } from '../../core/locale.ts'
import type { Scope } from '../scope.ts'
import { type NamedRoles, ROLES, type Role, type StaffMember } from './handlers.ts'
import type { SlackDirectory, StaffPort, StaffQuery } from './staff-port.ts'
import { type SlackTexts, TEXTS } from './texts.ts'

/** Someone who may go on, or the words that tell them kindly why not. */
type Admission = { readonly staff: StaffMember } | { readonly refusal: string; readonly locale: Locale }

/** Who acts where; `isExtShared` = the request itself says that outsiders read the channel. */
interface Acting extends StaffQuery {
  readonly isExtShared?: boolean | undefined
}

/** Decides who may do what. Asks over the network: never inside a transaction. */
export type Admit = (scope: Scope, who: Acting, needed: Role) => Promise<Admission>

/** Refuses guests, other workspaces and channels shared with outsiders, then compares the role with the one needed. */
export function admission(deps: { directory: SlackDirectory; staff: StaffPort }): Admit {
  return async (scope, who, needed) => {
    const refuse = async (words: (texts: SlackTexts) => string): Promise<Admission> => {
      const locale = await localeFor(deps.directory, who.userId)
      return { refusal: words(TEXTS[locale]), locale }
    }
    const place = await placeFault(deps.directory, who)
    if (place) return refuse((texts) => texts[place])
    const staff = await deps.staff.staffOf(scope, who)
    if ('denied' in staff) return refuse((texts) => texts[DENIALS[staff.denied]])
    if (!may(staff.role, needed)) {
      return { refusal: TEXTS[staff.locale].roleTooLow(needed), locale: staff.locale }
    }
    return { staff }
  }
}

const DENIALS = {
  guest: 'guest',
  stranger: 'stranger',
  shared_channel: 'sharedChannel',
  none: 'noRole'
} as const

/** What accounts that an action names may do, as Slack says now; nothing for those that are no staff. Asks over the network. */
export async function rolesOf(
  admit: Admit,
  scope: Scope,
  named: { readonly userIds: readonly string[]; readonly teamId: string }
): Promise<NamedRoles> {
  const roles = new Map<string, Role>()
  for (const userId of new Set(named.userIds)) {
    const admitted = await admit(scope, { userId, teamId: named.teamId, channelId: undefined }, 'viewer')
    if ('staff' in admitted) roles.set(userId, admitted.staff.role)
  }
  return (userId) => roles.get(userId)
}

/** Whether a role may do what needs another: each may do what the ones after it may. */
export function may(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) <= ROLES.indexOf(needed)
}

async function placeFault(
  directory: SlackDirectory,
  who: Acting
): Promise<'stranger' | 'sharedChannel' | 'unseenChannel' | undefined> {
  const { channelId } = who
  const [self, channel] = await Promise.all([
    directory.self(),
    channelId === undefined ? undefined : directory.channel(channelId)
  ])
  if (who.teamId !== self.teamId) return 'stranger'
  if (who.isExtShared || channel?.isExtShared) return 'sharedChannel'
  return channelId !== undefined && !channel ? 'unseenChannel' : undefined
}

async function localeFor(directory: SlackDirectory, userId: string): Promise<Locale> {
  const user = await directory.user(userId).catch(() => undefined)
  return localeOf(user?.locale)
}
