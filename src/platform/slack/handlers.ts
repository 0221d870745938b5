import type { KnownBlock, ModalView } from '@slack/types'
import type { Locale } from '../../core/locale.ts'
import type { Context } from '../feature.ts'
import type { Card } from './intent.ts'

/** What a Slack account may do. Each role may do what the ones after it may. */
export const ROLES = ['manager', 'cs', 'viewer'] as const
export type Role = (typeof ROLES)[number]

export interface StaffMember {
  /** Slack user id. */
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly locale: Locale
}

/** What an account that the action names may do; undefined = nothing: a guest, a bot, a stranger, nobody we know. */
export type NamedRoles = (userId: string) => Role | undefined

/** What every handler of a staff action gets. The staff member's role has been checked against the handler's. */
export interface StaffTurn extends Context {
  readonly staff: StaffMember
  /** Unique name of this action, the cause of its unit of work: the same click delivered twice has the same one. */
  readonly cause: string
  readonly channel: string
  /** Only this person sees it. */
  whisper(text: string, blocks?: readonly KnownBlock[]): Promise<void>
}

export interface Click extends StaffTurn {
  readonly actionId: string
  /** The button's value, the chosen option's value, or the chosen user's id. */
  readonly value: string
  /** block_id of the element: names the record for elements whose value is chosen by the person. */
  readonly blockId: string
  readonly messageTs: string
  /** For the person chosen. */
  readonly roleOf: NamedRoles
  /** Opens a modal; a click inside of one gets the new one in its place. */
  openModal(view: ModalView): Promise<void>
}

/** A file that a person put into a form. */
export interface FormFile {
  readonly id: string
  readonly name: string
  readonly sizeBytes: number
}

export interface Submission extends StaffTurn {
  readonly privateMetadata: string
  /** By block_id: text, chosen value, chosen user; multi selects joined as an array. */
  readonly values: Readonly<Record<string, string | readonly string[] | undefined>>
  /** Files by block_id, of fields that take some. */
  readonly files: Readonly<Record<string, readonly FormFile[]>>
  /** Shows this in place of the form, which closes otherwise. Only when the handler finds no faults. */
  openModal(view: ModalView): void
}

/** Faults by block_id, shown in the modal beside the fields. */
export type FieldErrors = Readonly<Record<string, string>>

export interface Command extends StaffTurn {
  /** What follows the command (and, for /matane, the verb). */
  readonly text: string
  /** Answers in the channel, for all to see. */
  respond(text: string, blocks?: readonly KnownBlock[]): Promise<void>
  openModal(view: ModalView): Promise<void>
}

/** "@matane …" said in a thread; runs once per Slack event. */
export interface Mention extends StaffTurn {
  readonly text: string
  readonly threadTs: string
  /** The record whose card heads this thread, if one does. */
  readonly record: { readonly type: string; readonly id: string } | undefined
  /** For those mentioned in the text. */
  readonly roleOf: NamedRoles
  /** Says something in the thread. */
  reply(text: string): Promise<void>
}

type Guarded<Turn, Answer> = { readonly role: Role; run(turn: Turn): Promise<Answer> }

export interface SlackHandlers {
  /** By action_id. */
  readonly actions?: Readonly<Record<string, Guarded<Click, void>>>
  /** By the modal's callback_id. */
  readonly submissions?: Readonly<Record<string, Guarded<Submission, FieldErrors | undefined>>>
  /** By command name ("/kpi"). */
  readonly commands?: Readonly<
    Record<string, Guarded<Command, void> & { readonly help?: Readonly<Record<Locale, string>> }>
  >
  /** Verbs of /matane. */
  readonly verbs?: Readonly<
    Record<string, Guarded<Command, void> & { readonly help: Readonly<Record<Locale, string>> }>
  >
  /** Words after @matane in a thread; the first that matches takes it. */
  readonly mentions?: readonly (Guarded<Mention, void> & { readonly matches: (text: string) => boolean })[]
  /** How records of a type look as cards, by record type; undefined when the record is gone. */
  readonly cards?: Readonly<Record<string, (context: Context, recordId: string) => Promise<Card | undefined>>>
}
