import { comparable } from '../../../core/text.ts'
import { DECIDE } from './choices.ts'

/**
 * Words that always mean a command, whatever question is open. Written as `comparable` writes them. The rooms that
 * carry them out know more spellings; these are the ones told to customers.
 */
const COMMANDS = new Set([
  ...[
    'スタンプ',
    'スタンプカード',
    'カード',
    'クーポン',
    'ポイント',
    '履歴',
    '設定',
    'プライバシー',
    '開示',
    '訂正',
    '利用停止',
    '削除',
    '配信停止',
    '配信再開',
    '相談',
    '解約',
    '退会',
    'ヘルプ',
    'メニュー'
  ],
  ...[
    'stamp',
    'stamps',
    'card',
    'coupon',
    'coupons',
    'points',
    'history',
    'settings',
    'privacy',
    'stop',
    'resume',
    'contact',
    'support',
    'cancel',
    'help',
    'menu'
  ]
])

const SKIPS = new Set(['スキップ', 'skip'])

/** Whether a text is nothing but a command, with or without a full stop. */
export function isCommand(text: string): boolean {
  return COMMANDS.has(bare(text))
}

const DECIDES = new Set([DECIDE.ja, DECIDE.en, 'ok', 'これで', '以上', 'done', 'that is all'].map(comparable))

/** Whether a text only says that what is ticked is the answer. */
export function isDecide(text: string): boolean {
  return DECIDES.has(bare(text))
}

/** Whether a text only says that the question should be skipped. */
export function isSkip(text: string): boolean {
  return SKIPS.has(bare(text))
}

function bare(text: string): string {
  return comparable(text).replace(/[。.!]+$/, '')
}
