import type { Context } from '../feature.ts'
import type { Scope } from '../scope.ts'
import type { SlackClients } from './clients.ts'
import type { HandlerIndex } from './handler-index.ts'
import type { Posting } from './posting.ts'
import type { SlackDirectory } from './staff-port.ts'

/** What the sender works with. */
export interface SenderDeps {
  readonly clients: SlackClients
  readonly directory: SlackDirectory
  readonly cards: HandlerIndex['cards']
  readonly alertChannel: string
  /** What cards are drawn with. */
  readonly contextOf: (scope: Scope) => Context
}

/** One row being sent. */
export interface Job extends Posting {
  readonly scope: Scope
  readonly deps: SenderDeps
}
