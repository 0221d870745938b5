import { comparable } from '../../core/text.ts'
import { may } from './authorise.ts'
import type { HandlerIndex } from './handler-index.ts'
import type { StaffMember } from './handlers.ts'
import { escapeMrkdwn } from './mrkdwn.ts'
import { TEXTS } from './texts.ts'

/** "/matane staff @aya cs" → the verb "staff" and what follows; no verb means help. */
export function parseVerb(text: string): { verb: string; rest: string } {
  const [, verb = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/.exec(text) ?? []
  return { verb: comparable(verb) || 'help', rest: rest.trim() }
}

const HELP_WORDS: ReadonlySet<string> = new Set(['help', 'ヘルプ', '?'])

/** What this staff member may say after /matane, with a word about the verb we did not know. */
export function verbHelp(handlers: HandlerIndex, staff: StaffMember, asked: string): string {
  const texts = TEXTS[staff.locale]
  const lines = Object.entries(handlers.verbs)
    .filter(([, handler]) => may(staff.role, handler.role))
    .map(([verb, handler]) => `• \`/matane ${verb}\` ${handler.help[staff.locale]}`)
  const first = HELP_WORDS.has(asked) ? texts.helpTitle : texts.unknownVerb(escapeMrkdwn(asked.slice(0, 40)))
  return [first, ...lines].join('\n')
}
