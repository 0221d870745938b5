import { comparable } from '../../../core/text.ts'
import type { Outcome } from './state.ts'

/** What a staff member asks for in the thread of a follow-up. */
export type ThreadCommand =
  | { readonly kind: 'claim' }
  | { readonly kind: 'assign'; readonly to: string }
  /** Somebody should have it, but no account was named: a name that was typed may be anybody's. */
  | { readonly kind: 'unnamed' }
  | { readonly kind: 'resolve'; readonly outcome: Outcome; readonly note: string }
  | { readonly kind: 'tag'; readonly add: readonly string[]; readonly remove: readonly string[] }
  | { readonly kind: 'snooze'; readonly until: string }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'help' }

const VERBS: readonly (readonly [Exclude<ThreadCommand['kind'], 'unnamed'>, RegExp])[] = [
  ['reopen', /^(?:再オープン|再開|もう一度開く|reopen)$/],
  ['resolve', /^(?:解決(?:済み?|しました|する)?|完了|resolved?|close|done)$/],
  ['assign', /^(?:割り当て|担当者|assign)$/],
  ['claim', /^(?:担当(?:する|します)?|claim|take|mine)$/],
  ['tag', /^(?:タグ|tags?)$/],
  ['snooze', /^(?:スヌーズ|あとで|後で|snooze)$/],
  ['help', /^(?:ヘルプ|help|使い方)$/]
]
const OUTCOME_WORDS: readonly (readonly [Outcome, RegExp])[] = [
  ['retained', /^(?:retained|kept|引き[留止]め(?:まし)?た?|引き[留止]め(?:でき(?:まし)?た|成功)|継続)$/],
  ['watch', /^(?:watch|wait|wait and see|様子見)$/],
  ['lost', /^(?:lost|left|離脱|解約|退会|離れてしまった)$/],
  ['false_alarm', /^(?:false[_ -]alarm|誤検知|対応不要)$/]
]
/** "wait and see" is the longest of them. */
const OUTCOME_WORDS_MAX = 3
const ACCOUNT = /<@([A-Z0-9]+)(?:\|[^>]*)?>/

/** Reads what follows "@matane", as it was typed, accounts as <@U…>; undefined when it is none of our words. */
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
function withAssignee(kind: 'claim' | 'assign', rest: string): ThreadCommand {
  const to = ACCOUNT.exec(rest)?.[1]
  if (to) return { kind: 'assign', to }
  return kind === 'claim' && !/[@＠]/.test(rest) ? { kind } : { kind: 'unnamed' }
}

/** Without a word for how it ended it counts as wait and see: nothing is claimed that nobody said. */
function resolution(rest: string): ThreadCommand {
  const words: string[] = []
  let found: { outcome: Outcome; note: string } = { outcome: 'watch', note: rest }
  for (let left = rest; left !== '' && words.length < OUTCOME_WORDS_MAX; ) {
    const [word, more] = splitOff(left)
    words.push(comparable(word))
    const outcome = OUTCOME_WORDS.find(([, pattern]) => pattern.test(words.join(' ')))?.[0]
    if (outcome) found = { outcome, note: more }
    left = more
  }
  return { kind: 'resolve', ...found }
}

function tags(rest: string): ThreadCommand {
  const words = rest.split(/[\s,、]+/).filter(Boolean)
  const removed = /^[-−‐－]/
  return {
    kind: 'tag',
    add: words.filter((word) => !removed.test(word)),
    remove: words.filter((word) => removed.test(word)).map((word) => word.replace(removed, ''))
  }
}

/** The first word, and what follows it. Not at a question mark: who asks "担当？" takes nothing. */
function splitOff(text: string): [string, string] {
  const [, first = '', rest = ''] = /^([^\s、,。.:：!！]*)[\s、,。.:：!！]*([\s\S]*)$/.exec(text) ?? []
  return [first, rest.trim()]
}
