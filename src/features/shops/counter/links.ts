import type { LocaleText } from '../../../core/locale.ts'
import type { FieldCipher, Tx } from '../../../platform/db/index.ts'
import { type CounterCode, formatCode } from '../rules/counter-code.ts'
import { openShops, type Shop } from '../store/shops.ts'

/** The address of a shop's counter page. Whoever has it can hand out stamps: keep it out of logs. */
export interface CounterUrl {
  readonly shop: string
  readonly name: LocaleText
  readonly url: string
}

/** The counter pages of all open shops, in the order of the shops' definition. `publicUrl` has no trailing slash. */
export async function counterUrls(tx: Tx, cipher: FieldCipher, publicUrl: string): Promise<CounterUrl[]> {
  const shops = await openShops(tx, cipher)
  return shops.map((shop) => ({ shop: shop.id, name: shop.name, url: pageUrl(shop, publicUrl) }))
}

function pageUrl({ id, linkKey }: Shop, publicUrl: string): string {
  return `${publicUrl}/counter/${id}?key=${linkKey}`
}

/** What a customer sends for a stamp: "スタンプ kichijoji.1RK3F2.7H2K9M4P1Q". */
export function codeText(code: CounterCode): string {
  return `スタンプ ${formatCode(code)}`
}
