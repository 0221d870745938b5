/** What staff may be set to by hand: a role, nothing at all, or back to what Slack says. */
export const SETTINGS = ['manager', 'cs', 'viewer', 'none', 'auto'] as const
export type Setting = (typeof SETTINGS)[number]
/** Each role may do what the ones after it may. */
export type Role = 'manager' | 'cs' | 'viewer'
export type Standing = Role | 'none'

/** What Slack says of an account, as far as a role depends on it. */
export interface RoleFacts {
  readonly teamId: string
  readonly isBot: boolean
  readonly isOwner: boolean
  readonly isAdmin: boolean
  readonly isGuest: boolean
  readonly isStranger: boolean
  readonly deleted: boolean
}

/** Where the account stands: our workspace's id, and whether it is a member of the alert channel. */
export interface Surroundings {
  readonly ourTeamId: string
  readonly inAlertChannel: boolean
}

/** Why an account can never have a role, whatever a manager sets; undefined for full members of our workspace. */
export function outsider(facts: RoleFacts, { ourTeamId }: Surroundings): 'guest' | 'stranger' | 'none' | undefined {
  if (facts.isStranger || facts.teamId !== ourTeamId) return 'stranger'
  if (facts.isGuest) return 'guest'
  return facts.isBot || facts.deleted ? 'none' : undefined
}

/** The role of a full member as Slack says: owners and admins manager, members of the alert channel cs, others viewer. */
export function roleOf(facts: RoleFacts, { inAlertChannel }: Surroundings): Role {
  if (facts.isOwner || facts.isAdmin) return 'manager'
  return inAlertChannel ? 'cs' : 'viewer'
}

/** Whether a change would leave nobody who can change roles. */
export function losesLastManager(from: Standing, to: Standing, otherManagers: number): boolean {
  return from === 'manager' && to !== 'manager' && otherManagers === 0
}
