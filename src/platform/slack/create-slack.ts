import type { SlackConfig } from '../../config.ts'
import type { Context } from '../feature.ts'
import type { InboxConsumer, InboxEvent, Sender } from '../queue/types.ts'
import type { Log, Scope } from '../scope.ts'
import { admission } from './authorise.ts'
import { createBolt } from './bolt.ts'
import { slackClients } from './clients.ts'
import { slackDirectory } from './directory.ts'
import { indexHandlers } from './handler-index.ts'
import type { SlackHandlers } from './handlers.ts'
import { slackConsumer } from './mentions.ts'
import { SlackReceiver } from './receiver.ts'
import { slackSender } from './sender.ts'
import type { SlackDirectory, StaffPort } from './staff-port.ts'

export interface SlackOptions {
  readonly slack: SlackConfig
  readonly features: readonly SlackHandlers[]
  readonly log: Log
  /** Stores events; durable when it resolves. */
  readonly intake: { put(events: readonly InboxEvent[]): Promise<void> }
  /** Who may do what, found with the help of Slack's own account data. */
  readonly staff: (directory: SlackDirectory) => StaffPort
  readonly contextOf: (scope: Scope) => Context
  /** Default: the global fetch. */
  readonly fetch?: typeof globalThis.fetch
  /** Real time, epoch milliseconds; default: the clock. */
  readonly nowMs?: () => number
}

/** The Slack road: what comes in (`receive`, `consumer`) and what goes out (`sender`). */
export interface Slack {
  /** POST /slack/events: events, interactivity and commands alike. */
  receive(request: Request, context: Context): Promise<Response>
  readonly consumer: InboxConsumer
  readonly sender: Sender
  readonly directory: SlackDirectory
}

/** Builds the Slack road over the features' handlers. Makes no call until it is used. */
export function createSlack(options: SlackOptions): Slack {
  const { slack, contextOf, intake, nowMs } = options
  const clients = slackClients(options)
  const directory = slackDirectory({ clients, alertChannel: slack.alertChannel, ...(nowMs && { nowMs }) })
  const admit = admission({ directory, staff: options.staff(directory) })
  const handlers = indexHandlers(options.features)
  const receiver = new SlackReceiver({ signingSecret: slack.signingSecret, intake, ...(nowMs && { nowMs }) })
  createBolt(receiver, options, { clients, admit, handlers })
  return {
    receive: (request, context) => receiver.handle(request, context),
    consumer: slackConsumer({ admit, directory, mentions: handlers.mentions, contextOf }),
    sender: slackSender({ clients, directory, cards: handlers.cards, alertChannel: slack.alertChannel, contextOf }),
    directory
  }
}
