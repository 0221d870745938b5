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

/** What this staff member may ask for: every command, and every verb of /matane; with a word about one we did not know. */
export function verbHelp(handlers: HandlerIndex, staff: StaffMember, asked: string): string {
  const texts = TEXTS[staff.locale]
  const verbs = Object.entries(handlers.verbs).map(([verb, handler]) => [`/matane ${verb}`, handler] as const)
  const lines = [...Object.entries(handlers.commands), ...verbs]
    .filter(([, { role, help }]) => help && may(staff.role, role))
    .map(([words, { help }]) => `• \`${words}\` ${help?.[staff.locale] ?? ''}`)
  const first = HELP_WORDS.has(asked) ? texts.helpTitle : texts.unknownVerb(escapeMrkdwn(asked.slice(0, 40)))
  return [first, ...lines, ...(handlers.mentions.length > 0 ? [texts.helpInThreads] : [])].join('\n')
}
