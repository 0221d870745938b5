import type { Feature } from './feature.ts'
import type { LineAction } from './line/actions.ts'
import { withMoreButtons } from './line/builders.ts'
import type { LineMessage } from './line/message.ts'
import { retryConflicts } from './queue/conflict.ts'
import {
  enqueue,
  lineMessages,
  menuMessage,
  type NewMessage,
  putEvents,
  slackMessage,
  webhookMessage
} from './queue/enqueue.ts'
import type { InboxEvent, Place, RunWork } from './queue/types.ts'
import type { Scope } from './scope.ts'
import type { SlackIntent } from './slack/intent.ts'
import type { WebhookIntent } from './webhook/intent.ts'
import type { Fact, Perform, ReplyToken, Work } from './work.ts'

type Listener = (work: Work, fact: Fact) => Promise<void>

interface Parts {
  readonly scope: Scope
  readonly features: readonly Feature[]
}

/** Facts that lead to facts end somewhere; this many levels mean that features call each other in a circle. */
const DEEPEST_FACT = 20

/** Builds the unit of work that runs inside a transaction its caller began. */
export function createRunWork({ scope, features }: Parts): RunWork {
  const listeners = listenersByFact(features)
  const personalData = features.flatMap((feature) => feature.personalData ?? []).reverse()
  return async (tx, cause, body) => {
    const told = createTold()
    let depth = 0
    const work: Work = {
      tx,
      cause,
      personalData,
      cipher: scope.db.cipher,
      now: scope.now(),
      timeZone: scope.timeZone,
      linksAt: scope.linksAt,
      log: scope.log,
      tell: told.tell,
      offer: told.offer,
      replyWith: told.replyWith,
      refreshMenu: told.refreshMenu,
      slack: told.slack,
      webhook: told.webhook,
      later: told.later,
      hears: (name) => listeners.has(name),
      async figuresChanged(changes) {
        const facts: Fact[] = []
        for (const { onFigures } of features) if (onFigures) facts.push(...(await onFigures(work, changes)))
        return facts
      },
      async announce(fact) {
        if (depth >= DEEPEST_FACT) throw new Error(`Facts go round in a circle at "${fact.name}"`)
        depth += 1
        for (const listen of listeners.get(fact.name) ?? []) await listen(work, fact)
        depth -= 1
      }
    }
    const value = await body(work)
    const messages = told.messages(cause)
    await enqueue(tx, scope.db.cipher, messages)
    await putEvents(tx, scope.db.cipher, told.events)
    const places: Place[] = [
      ...messages.map(({ channel }) => channel),
      ...(told.events.length > 0 ? ['inbox' as const] : [])
    ]
    return { value, told: [...new Set(places)] }
  }
}

/**
 * Runs units of work in transactions of their own; `onCommit` is called after each, with the places
 * that have something to do. Work that lost against another
 * transaction runs again from its beginning, so it keeps nothing outside `work`.
 */
export function createPerform(parts: Parts & { readonly onCommit: (told: readonly Place[]) => void }): Perform {
  const runWork = createRunWork(parts)
  return async (cause, work) => {
    const { value, told } = await retryConflicts(() => parts.scope.db.transaction((tx) => runWork(tx, cause, work)))
    parts.onCommit(told)
    return value
  }
}

function listenersByFact(features: readonly Feature[]): ReadonlyMap<string, readonly Listener[]> {
  const listeners = new Map<string, Listener[]>()
  for (const { on } of features) {
    for (const [name, listen] of Object.entries(on ?? {})) listeners.set(name, [...(listeners.get(name) ?? []), listen])
  }
  return listeners
}

/** Collects what a unit of work wants to send until it ends; telling more after that is a mistake that must not pass. */
function createTold() {
  const toCustomers = new Map<string, LineMessage[]>()
  const offers = new Map<string, readonly LineAction[]>()
  const replies = new Map<string, ReplyToken>()
  const menus = new Set<string>()
  const intents: SlackIntent[] = []
  const webhooks: WebhookIntent[] = []
  const events: InboxEvent[] = []
  let ended = false
  const collect = (step: () => void) => {
    if (ended) throw new Error('Told after the unit of work had ended: an await is missing')
    step()
  }
  return {
    tell: (customerId: string, messages: readonly LineMessage[]) =>
      collect(() => {
        toCustomers.set(customerId, [...(toCustomers.get(customerId) ?? []), ...messages])
      }),
    offer: (customerId: string, buttons: readonly LineAction[]) =>
      collect(() => {
        offers.set(customerId, buttons)
      }),
    replyWith: (customerId: string, reply: ReplyToken) =>
      collect(() => {
        replies.set(customerId, reply)
      }),
    refreshMenu: (customerId: string) =>
      collect(() => {
        menus.add(customerId)
      }),
    slack: (intent: SlackIntent) =>
      collect(() => {
        intents.push(intent)
      }),
    webhook: (intent: WebhookIntent) =>
      collect(() => {
        webhooks.push(intent)
      }),
    later: (event: InboxEvent) =>
      collect(() => {
        events.push(event)
      }),
    events: events as readonly InboxEvent[],
    messages(cause: string): NewMessage[] {
      ended = true
      const line = [...toCustomers].flatMap(([customerId, messages]) =>
        lineMessages(cause, customerId, {
          messages: withOffer(messages, offers.get(customerId)),
          reply: replies.get(customerId)
        })
      )
      const slack = intents.map((intent, ordinal) => slackMessage(cause, ordinal, intent))
      const seen = [...menus].map((customerId) => menuMessage(cause, customerId))
      return [...line, ...seen, ...slack, ...webhooks.map((intent) => webhookMessage(cause, intent))]
    }
  }
}

function withOffer(messages: readonly LineMessage[], buttons: readonly LineAction[] | undefined): LineMessage[] {
  return messages.map((message, index) =>
    buttons && index === messages.length - 1 ? withMoreButtons(message, buttons) : message
  )
}
