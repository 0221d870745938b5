import type { Feature } from '../../platform/feature.ts'
import {
  type LineHandlers,
  type LineTurn,
  textMessage,
  uriAction,
  withQuickReplies
} from '../../platform/line/index.ts'
import { pageLink } from './page-link.ts'
import { receiptCodeIn } from './rules/receipt-code.ts'
import { asksForLink } from './rules/words.ts'
import { TEXTS } from './texts.ts'
import { useProof } from './use-proof.ts'

export interface LinkingOptions {
  /** The features whose rows belong to customers. */
  readonly rooms: readonly Feature[]
  /** Where this server is reached, without a trailing slash. */
  readonly publicUrl: string
  /** The shop's own page where customers log in; undefined = accounts are not linked. */
  readonly loginUrl: string | undefined
}

/** A receipt's code, the wish to link an account, and LINE's word that one was linked. */
export function lineHandlers(options: LinkingOptions): LineHandlers {
  return {
    knows: isLinkingText,
    texts: {
      code: (turn, text) => takeReceipt(turn, options, text),
      word: (turn, text) => invite(turn, options, text)
    },
    accountLink: (turn, link) => takeLink(turn, options, link)
  }
}

/** Whether a text holds a receipt's code, or asks for nothing but the link. */
export function isLinkingText(text: string): boolean {
  return receiptCodeIn(text) !== undefined || asksForLink(text)
}

async function takeReceipt({ work, customer, say }: LineTurn, { rooms }: LinkingOptions, text: string) {
  const secret = receiptCodeIn(text)
  if (secret === undefined) return false
  const outcome = await useProof(work, rooms, { purpose: 'receipt', secret, customerId: customer.id })
  say(textMessage(TEXTS[customer.locale].receipt[outcome]))
  return true
}

async function invite({ work, customer, say }: LineTurn, { publicUrl, loginUrl }: LinkingOptions, text: string) {
  if (!loginUrl || !asksForLink(text)) return false
  const texts = TEXTS[customer.locale]
  const uri = pageLink(work.cipher, publicUrl, { customerId: customer.id, now: work.now })
  say(withQuickReplies(textMessage(texts.invite), [uriAction({ label: texts.open, uri })]))
  return true
}

async function takeLink(
  { work, customer, say }: LineTurn,
  { rooms }: LinkingOptions,
  { result, nonce }: { readonly result: string; readonly nonce: string }
): Promise<void> {
  const texts = TEXTS[customer.locale]
  if (result !== 'ok') return say(textMessage(texts.failed))
  const use = { purpose: 'account_link', secret: nonce, customerId: customer.id } as const
  say(textMessage(texts.account[await useProof(work, rooms, use)]))
}
