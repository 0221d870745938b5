import type { Context } from '../feature.ts'
import type { Scope } from '../scope.ts'
import type { SlackClients } from './clients.ts'
import type { HandlerIndex } from './handler-index.ts'
import type { PaceOptions } from './pace.ts'
import type { Posting } from './posting.ts'
import type { SlackDirectory } from './staff-port.ts'

/** New posts are limited for each channel, updates for the whole app. */
export interface SlackPace {
  readonly posts: PaceOptions
  readonly updates: PaceOptions
}

/** What the sender works with. */
export interface SenderDeps {
  readonly clients: SlackClients
  readonly directory: SlackDirectory
  readonly cards: HandlerIndex['cards']
  readonly alertChannel: string
  /** How fast posts and updates may follow each other. Default: as fast as Slack allows. */
  readonly pace?: SlackPace
  /** What cards are drawn with. */
  readonly contextOf: (scope: Scope) => Context
}

/** One row being sent. */
export interface Job extends Posting {
  readonly scope: Scope
  readonly deps: SenderDeps
}
