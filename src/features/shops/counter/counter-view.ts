import { equalBytes } from '../../../core/hash.ts'
import type { FieldCipher, Tx } from '../../../platform/db/index.ts'
import { qrSvg } from '../../../platform/image/qr.ts'
import { chatLink } from '../../../platform/line/index.ts'
import { codeAt, formatCode, STEP_MS } from '../rules/counter-code.ts'
import { findShop, type Shop } from '../store/shops.ts'
import { codeText } from './links.ts'

/** What a counter shows now; also the body of GET /counter/:shop/code. */
export interface CounterView {
  /** For people who type. */
  readonly code: string
  /** Opens the customer's chat with the code in it. */
  readonly link: string
  /** The link as a QR code. */
  readonly svg: string
  /** Until the next code; this one is still taken for a little longer. */
  readonly expiresInMs: number
  readonly stepMs: number
}

/** The open shop whose page this key opens. */
export async function shopByKey(
  tx: Tx,
  cipher: FieldCipher,
  { id, key }: { id: string; key: string }
): Promise<Shop | undefined> {
  const shop = await findShop(tx, cipher, id)
  return shop && equalBytes(Buffer.from(shop.linkKey), Buffer.from(key)) ? shop : undefined
}

/** The code of an instant of the counters' clock, ready to be shown. */
export function counterView(shop: Shop, botId: string, at: Date): CounterView {
  const code = codeAt(shop.id, shop.secret, at.getTime())
  const link = chatLink(botId, codeText(code))
  return {
    code: formatCode(code),
    link,
    svg: qrSvg(link),
    expiresInMs: STEP_MS - (at.getTime() % STEP_MS),
    stepMs: STEP_MS
  }
}
