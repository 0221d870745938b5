import type { Field } from './drafts.ts'
import type { Json } from './json.ts'
import type { Choice } from './state.ts'
import type { PageTexts } from './texts.ts'

/** A click on something in a Slack message or modal, as Slack would report it. */
export interface SlackClick {
  /** Of the message; undefined in a modal. */
  readonly ts: string | undefined
  readonly actionId: string
  readonly blockId: string
  readonly type: string
  /** The button's value, the chosen option's value, or the chosen user's id. */
  readonly value: string
}

/** What was entered in a modal, by block_id; several where several may be chosen. */
export type ModalValues = Readonly<Record<string, string | readonly string[]>>

/** Everything a person can do at the page. Views call these and know nothing of the server. */
export interface Actions {
  choose(change: Partial<Choice>): void
  /** Remembers what is being typed, without drawing the page again. */
  draft(field: Field, words: string): void
  say(text: string): void
  sticker(): void
  tap(action: Json): void
  /** Sends the day that was picked in the calendar of an action. */
  pick(action: Json, date: string): void
  follow(): void
  block(): void
  unsend(messageId: string): void
  addPerson(name: string, language: string): void
  scan(counterUrl: string): void
  click(click: SlackClick): void
  submit(values: ModalValues): void
  closeModal(): void
  /** Hands over a file for a form; its id, or undefined when that failed, which was told. */
  upload(file: File): Promise<string | undefined>
  post(text: string, threadTs?: string): void
  advance(duration: string): void
}

/** What every view gets. */
export interface View {
  readonly lang: 'ja' | 'en'
  readonly t: PageTexts
  readonly act: Actions
}
