import type { Scope } from '../scope.ts'
import type { StaffMember } from './handlers.ts'

/** A Slack account as Slack describes it now. */
export interface SlackUser {
  readonly id: string
  /** Display name; the real name when there is none. */
  readonly name: string
  /** Workspace the account belongs to. */
  readonly teamId: string
  readonly isBot: boolean
  readonly isOwner: boolean
  readonly isAdmin: boolean
  /** A guest of one or several channels. */
  readonly isGuest: boolean
  /** From another workspace, met through a shared channel. */
  readonly isStranger: boolean
  /** Deactivated. */
  readonly deleted: boolean
  /** BCP 47 tag such as "ja-JP"; undefined when Slack does not tell. */
  readonly locale: string | undefined
}

/** A channel as Slack describes it now. */
export interface SlackChannel {
  readonly id: string
  /** Shared with another organisation (Slack Connect), or about to be. */
  readonly isExtShared: boolean
}

/** What Slack knows of accounts and channels. Asks over the network: never inside a transaction. Throws DeliveryError. */
export interface SlackDirectory {
  /** Our own workspace and bot account. */
  self(): Promise<{ readonly teamId: string; readonly botUserId: string }>
  /** undefined = no such account. */
  user(userId: string): Promise<SlackUser | undefined>
  /** Ids of the accounts in the alert channel. */
  alertChannelMembers(): Promise<ReadonlySet<string>>
  /** undefined = no such channel, or one that the bot cannot see. */
  channel(channelId: string): Promise<SlackChannel | undefined>
}

/** Who acts, as the signed request says. */
export interface StaffQuery {
  readonly userId: string
  /** Workspace of the acting account. */
  readonly teamId: string
  /** Where it happens; undefined inside a modal. */
  readonly channelId: string | undefined
}

/** Why an account may do nothing: a guest, another workspace's, in a channel shared with outsiders, or without a role. */
export type Denial = 'guest' | 'stranger' | 'shared_channel' | 'none'

/** What the Slack road needs to know of staff; the staff feature fills it. May ask the directory: outside transactions. */
export interface StaffPort {
  staffOf(scope: Scope, query: StaffQuery): Promise<StaffMember | { readonly denied: Denial }>
}
