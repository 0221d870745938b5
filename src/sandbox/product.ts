import type { LocaleText } from '../core/locale.ts'
import type { Database } from '../platform/db/index.ts'

/** The product, once it serves: what the sandbox needs of it. */
export interface Product {
  /** Where it listens, such as "http://127.0.0.1:3000": webhooks and Slack's requests go there. */
  readonly origin: string
  readonly db: Database
  /** The shops' counter pages. */
  counters(): Promise<readonly { readonly shop: string; readonly name: LocaleText; readonly url: string }[]>
  /** Does what is due now. */
  tick(): Promise<void>
}
