import type { SlackHandlers } from './handlers.ts'

/** The handlers of all features, by name. */
export interface HandlerIndex {
  readonly actions: NonNullable<SlackHandlers['actions']>
  readonly submissions: NonNullable<SlackHandlers['submissions']>
  readonly commands: NonNullable<SlackHandlers['commands']>
  readonly verbs: NonNullable<SlackHandlers['verbs']>
  readonly mentions: NonNullable<SlackHandlers['mentions']>
  readonly cards: NonNullable<SlackHandlers['cards']>
}

/** Gathers what the features plug in; throws when two of them claim one name. */
export function indexHandlers(features: readonly SlackHandlers[]): HandlerIndex {
  return {
    actions: gather(features, 'actions'),
    submissions: gather(features, 'submissions'),
    commands: gather(features, 'commands'),
    verbs: gather(features, 'verbs'),
    mentions: features.flatMap((feature) => feature.mentions ?? []),
    cards: gather(features, 'cards')
  }
}

type Named = 'actions' | 'submissions' | 'commands' | 'verbs' | 'cards'

function gather<Kind extends Named>(features: readonly SlackHandlers[], kind: Kind): NonNullable<SlackHandlers[Kind]> {
  // Without a prototype: "constructor" is no handler.
  const found: NonNullable<SlackHandlers[Kind]> = Object.create(null)
  for (const feature of features) {
    for (const name of Object.keys(feature[kind] ?? {})) {
      if (name in found) throw new Error(`Two features handle Slack's ${kind} "${name}"`)
    }
    Object.assign(found, feature[kind])
  }
  return found
}
