import { comparable } from '../../../core/text.ts'
import type { Outcome } from './state.ts'

/** What a staff member asks for in the thread of a follow-up. */
export type ThreadCommand =
  | { readonly kind: 'claim' }
  | { readonly kind: 'assign'; readonly to: string }
  | { readonly kind: 'resolve'; readonly outcome: Outcome; readonly note: string }
  | { readonly kind: 'tag'; readonly add: readonly string[]; readonly remove: readonly string[] }
  | { readonly kind: 'snooze'; readonly until: string }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'help' }

const VERBS: readonly (readonly [ThreadCommand['kind'], RegExp])[] = [
  ['reopen', /^(?:再オープン|再開|もう一度開く|reopen)$/],
  ['resolve', /^(?:解決(?:済み?|しました|する)?|完了|resolved?|close|done)$/],
  ['assign', /^(?:割り当て|担当者|assign)$/],
  ['claim', /^(?:担当(?:する|します)?|claim|take|mine)$/],
  ['tag', /^(?:タグ|tags?)$/],
  ['snooze', /^(?:スヌーズ|あとで|後で|snooze)$/],
  ['help', /^(?:ヘルプ|help|使い方)$/]
]
const OUTCOME_WORDS: readonly (readonly [Outcome, RegExp])[] = [
  ['retained', /^(?:retained|kept|引き留め(?:できた|成功)?|引き止め(?:できた|成功)?|継続)$/],
  ['watch', /^(?:watch|wait|様子見)$/],
  ['lost', /^(?:lost|left|離脱|解約|退会|離れてしまった)$/],
  ['false_alarm', /^(?:false_alarm|false-alarm|誤検知|対応不要)$/]
]
const ACCOUNT = /<@([A-Z0-9]+)(?:\|[^>]*)?>/

/** Reads what follows "@matane", as Slack writes it (&amp; &lt; &gt;, <@U…>); undefined when it is none of our words. */
export function parseThreadCommand(text: string): ThreadCommand | undefined {
  const [verb = '', rest] = splitOff(text.trim())
  const kind = VERBS.find(([, words]) => words.test(comparable(verb)))?.[0]
  switch (kind) {
    case undefined:
      return undefined
    case 'claim':
    case 'assign':
      return withAssignee(kind, rest)
    case 'resolve':
      return resolution(rest)
    case 'tag':
      return tags(rest)
    case 'snooze':
      return { kind, until: rest || 'tomorrow' }
    default:
      return { kind }
  }
}

/** "担当" takes it oneself, "担当 @ken" gives it to ken. */
function withAssignee(kind: 'claim' | 'assign', rest: string): ThreadCommand | undefined {
  const to = ACCOUNT.exec(rest)?.[1]
  if (to) return { kind: 'assign', to }
  return kind === 'claim' ? { kind } : undefined
}

/** Without a word for how it ended it counts as wait and see: nothing is claimed that nobody said. */
function resolution(rest: string): ThreadCommand {
  const [first, more] = splitOff(rest)
  const outcome = OUTCOME_WORDS.find(([, words]) => words.test(comparable(first)))?.[0]
  return { kind: 'resolve', outcome: outcome ?? 'watch', note: unescaped(outcome ? more : rest) }
}

function tags(rest: string): ThreadCommand {
  const words = rest
    .split(/[\s,、]+/)
    .filter(Boolean)
    .map(unescaped)
  const removed = /^[-−‐－]/
  return {
    kind: 'tag',
    add: words.filter((word) => !removed.test(word)),
    remove: words.filter((word) => removed.test(word)).map((word) => word.replace(removed, ''))
  }
}

function splitOff(text: string): [string, string] {
  const [, first = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(text) ?? []
  return [first, rest.trim()]
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
