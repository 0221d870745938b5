import { englishClauses } from './clauses.ts'
import type { CancelIntent, Heard } from './leaving.ts'

const OURS =
  '(?:(?:my|our|this|the|your)\\s+)?(?:(?:matane|stamp|stamps|points?|premium|paid|gold|silver|monthly|annual|yearly|current)\\s+)?(?:membership|subscription|account|plan|contract|card membership|service)'

/** The first rule that fits a clause decides. */
const RULES: readonly (readonly [rule: string, intent: CancelIntent, says: RegExp])[] = [
  [
    'staying',
    'no',
    /\b(?:i'?ll stay|i'?m staying|i will stay|(?:will|want to|going to|i'?ll) (?:keep|continue) my (?:membership|subscription|plan)|changed my mind)\b/
  ],
  ['other thing', 'no', /\b(?:reservation|booking|appointment|table|order|delivery|ticket|gym|phone|newspaper)\b/],
  [
    'negated',
    'no',
    /\b(?:not|never|don'?t|doesn'?t|didn'?t|won'?t|wouldn'?t|isn'?t|no (?:plans?|intention|reason|need)|without)\b[^?]*\b(?:cancel|unsubscribe|quit|leav|clos|delet|end|terminat|stop)/
  ],
  ['fee', 'no', /\bcancell?ation (?:fees?|charges?|costs?|policy)\b|\bcosts? to cancel\b/],
  [
    'others',
    'no',
    /\b(?:friends?|he|she|they|mother|mom|father|dad|wife|husband|son|daughter|sister|brother|colleague|someone|people|everyone|others?)\b.*\b(?:cancel|unsubscribe|quit|left|leav|membership|subscription)/
  ],
  [
    'supposed',
    'maybe',
    /\b(?:if i|what happens if|what if|why would|unless|thought about|thinking of not|used to|was going to|wanted to)\b.*\b(?:cancel|unsubscribe|quit|leav)/
  ],
  ['done', 'no', /\b(?:cancell?ed|terminated|unsubscribed)\b/],
  [
    'unsure',
    'maybe',
    /\b(?:might|may|maybe|perhaps|not sure|wondering|thinking (?:about|of|i)|considering)\b.*\b(?:cancel|unsubscribe|quit|leav|stop(?:ping)?|end(?:ing)?|continu|keep|renew|switch)/
  ],
  ['leaving', 'yes', new RegExp(`\\b(?:cancel|end|terminate|quit|leave|close|delete|stop)(?:l?ing)?\\s+${OURS}\\b`)],
  [
    'leaving',
    'yes',
    /\b(?:want|wish|like|going|need|decided|ready)\s+to\s+(?:cancel|unsubscribe|quit)\s*(?:now|today|please|it|everything)?\s*$/
  ],
  [
    'leaving',
    'yes',
    /\bhow\s+(?:do|can|could|would|should)\s+i\s+(?:cancel|unsubscribe|quit)\s*(?:now|today|please|it|everything)?\s*\??$/
  ],
  ['leaving', 'yes', /^i(?:'m| am)\s+(?:quitting|leaving|cancell?ing|unsubscribing)(?:\s+(?:today|now))?$/],
  [
    'leaving',
    'yes',
    new RegExp(
      `\\b(?:want|like to get|get me)\\s+out of ${OURS}\\b|\\bno longer (?:want|wish|need)\\b.*\\b(?:member|${OURS})\\b`
    )
  ],
  ['leaving', 'yes', /\b(?:please\s+)?(?:unsubscribe|cancel)\s+me\b/],
  ['leaving', 'yes', /^(?:please\s+)?(?:cancel|unsubscribe)(?:\s+(?:please|pls|it|now))?$/],
  ['leaving', 'yes', new RegExp(`\\bcancell?ation\\s+of\\s+${OURS}\\b`)],
  [
    'not renewing',
    'yes',
    /\b(?:do not|don'?t|won'?t|will not|not)\s+(?:want to\s+|going to\s+|be\s+)?(?:renew|continu)(?:e|ing)?\b/
  ],
  [
    'pausing',
    'yes',
    new RegExp(
      `\\b(?:pause|suspend|freeze|put)\\s+${OURS}\\b|\\btake a break from (?:${OURS}|it)\\b|\\b(?:want|like|need)\\s+to\\s+(?:pause|take a break)\\b`
    )
  ],
  ['never again', 'yes', /\bnever\s+(?:come|coming|going to come|going|be)\s+back\b|\bwon'?t be (?:coming )?back\b/],
  ['switching', 'maybe', /\b(?:switch(?:ing)?|mov(?:e|ing)|chang(?:e|ing))\s+to\s+(?:another|a different|other)\b/],
  [
    'word alone',
    'maybe',
    /\b(?:cancel|unsubscribe)(?:l?ing)?\b|\b(?:quit|leav)(?:ting|e|ing)\b.*\b(?:membership|subscription|plan)\b/
  ]
]

/** What the clauses of an English text say about leaving; nothing of clauses that do not speak of it. */
export function saysInEnglish(text: string): Heard[] {
  return englishClauses(text).flatMap((clause) => {
    const found = RULES.find(([, , says]) => says.test(clause))
    return found ? [{ rule: found[0], intent: found[1], clause }] : []
  })
}
