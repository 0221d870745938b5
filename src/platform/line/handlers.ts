import type { z } from 'zod'
import type { Locale } from '../../core/locale.ts'
import type { Work } from '../work.ts'
import type { LineAction } from './actions.ts'
import type { LineEvent } from './event.ts'
import type { LineMessage } from './message.ts'

/** The customer who sent an event, as the customers feature knows them. */
export interface LineCustomer {
  readonly id: string
  readonly locale: Locale
  readonly name: string | undefined
}

/** A word that a customer can send, and what comes of it: "see your points". */
export interface HelpLine {
  /** Also a button's label: at most 20 characters. */
  readonly word: string
  readonly does: string
}

/** One LINE event being handled, in one unit of work that holds the customer's lock. */
export interface LineTurn {
  readonly work: Work
  readonly event: LineEvent
  readonly customer: LineCustomer
  /** Real milliseconds since LINE took the event from the customer's phone: what waited long was still sent in time. */
  readonly ageMs: number
  /** What features say of themselves to a customer who asks for help, in their order. */
  help(): Promise<readonly HelpLine[]>
  /** Adds messages for this customer; they go out together, as the reply when the token is fresh. */
  say(...messages: LineMessage[]): void
}

/** Who is asked first about a text: a counter code, then the open question, then command words, then intents, then the rest. */
export const TEXT_STAGES = ['code', 'answer', 'word', 'intent', 'rest'] as const
export type TextStage = (typeof TEXT_STAGES)[number]

/** Answers whether the text was taken; an untaken text goes on to the next stage. */
export type TextHandler = (turn: LineTurn, text: string) => Promise<boolean>

export interface PostbackHandler {
  readonly name: string
  readonly schema: z.ZodType
  handle(turn: LineTurn, data: unknown): Promise<void>
}

export interface LineHandlers {
  readonly follow?: (turn: LineTurn) => Promise<void>
  readonly unfollow?: (turn: LineTurn) => Promise<void>
  /** The customer took back a message: delete its text and what was derived from it. `cause` is that message's cause. */
  readonly unsend?: (turn: LineTurn, cause: string) => Promise<void>
  /**
   * Takes out of a text what is for this feature alone, before anybody is asked; answers what is left of it. Nothing left =
   * all of it was answered.
   */
  readonly strip?: (turn: LineTurn, text: string) => Promise<string>
  /** LINE says whether the person ended the link of an account elsewhere; the nonce is the one that their shop gave. */
  readonly accountLink?: (turn: LineTurn, link: { readonly result: string; readonly nonce: string }) => Promise<void>
  /** Whether a text by itself, whoever writes it, is for this feature: a code, a command word. For reports; asks no database. */
  readonly knows?: (text: string) => boolean
  /** A line for the help, while there is something to be had; undefined = nothing just now. */
  readonly help?: (work: Work, customer: LineCustomer) => Promise<HelpLine | undefined>
  readonly texts?: Readonly<Partial<Record<TextStage, TextHandler>>>
  readonly postbacks?: readonly PostbackHandler[]
  /** Buttons (1–13) that stay in reach under whatever was answered; undefined = none are open. Asked last. */
  readonly offer?: (turn: LineTurn) => Promise<readonly LineAction[] | undefined>
}

/** What the LINE road needs to know of customers; the customers feature fills it. */
export interface CustomerPort {
  /** Network allowed, no transaction: LINE's profile of a person we do not know yet; undefined when known or unreachable. */
  lookUp(lineUserId: string): Promise<LineProfile | undefined>
  /**
   * The customer with this LINE identity, made when new; undefined when it was erased since the event happened: what was
   * told before must not bring it back. Runs under the lock of the LINE user id, and takes the customer's.
   */
  recognise(work: Work, lineUserId: string, heard: Heard): Promise<LineCustomer | undefined>
}

/** What an event tells of its sender besides what it says. */
export interface Heard {
  /** As `lookUp` found it. */
  readonly profile?: LineProfile | undefined
  /** When it happened (epoch ms of LINE's). Default: just now. */
  readonly toldAtMs?: number | undefined
  /** When they wrote or tapped (epoch ms of LINE's): nobody can do that while they block the account. */
  readonly wroteAtMs?: number | undefined
}

export interface LineProfile {
  readonly displayName: string
  readonly language: string | undefined
}
