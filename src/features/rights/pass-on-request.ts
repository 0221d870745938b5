import { lockKey } from '../../platform/db/index.ts'
import { textMessage } from '../../platform/line/index.ts'
import type { Work } from '../../platform/work.ts'
import { customerSummary, findCustomer, type ToldIdentity } from '../customers/index.ts'
import { makeRequest } from './make-request.ts'
import type { PrivacyPort } from './port.ts'
import { isReachable } from './reach.ts'
import { passedOnBy } from './rules/request.ts'
import type { RightsRequest } from './store.ts'
import { TEXTS } from './texts.ts'
import { standingMessage } from './view.ts'

/** What a customer asked of another system, which passes it on. */
interface PassedOn {
  /** "shopify", and its own id of the message: told again, it is the same request. */
  readonly source: string
  readonly id: string
  readonly right: 'disclose' | 'erase'
  readonly who: readonly ToldIdentity[]
}

/**
 * Takes a request that another system passes on, as if the customer had asked: carried out as managers set, told to the
 * customer where LINE reaches them. Staff decide in any case when it is not sure whom it means (an address instead of the
 * account), and about data that would reach nobody. Undefined when nobody here is meant.
 */
export async function passOnRequest(
  work: Work,
  { source, id, right, who }: PassedOn,
  port: PrivacyPort
): Promise<RightsRequest | undefined> {
  const { tx, cipher } = work
  const meant = await whoIsMeant(work, who)
  if (!meant) return undefined
  const { customerId, surely } = meant
  await lockKey(tx, customerId)
  const unsure = !surely || (right === 'disclose' && !(await isReachable(tx, cipher, customerId)))
  const wanted = { customerId, right, cause: passedOnBy(source, id), unsure }
  const { request, how } = await makeRequest(work, wanted, port)
  if (how === 'made' && request.state !== 'done') await tellCustomer(work, request)
  return request
}

/** The account counts; without it addresses do, if all that are known here lead to one person. */
async function whoIsMeant({ tx, cipher }: Work, who: readonly ToldIdentity[]) {
  const found: { readonly kind: ToldIdentity['kind']; readonly customerId: string }[] = []
  for (const identity of who) {
    const customerId = await findCustomer(tx, cipher, identity)
    if (customerId) found.push({ kind: identity.kind, customerId })
  }
  const account = found.find(({ kind }) => kind !== 'email' && kind !== 'phone')
  if (account) return { customerId: account.customerId, surely: true }
  const [only, ...others] = new Set(found.map(({ customerId }) => customerId))
  return only && others.length === 0 ? { customerId: only, surely: false } : undefined
}

async function tellCustomer(work: Work, request: RightsRequest): Promise<void> {
  const locale = (await customerSummary(work.tx, work.cipher, request.customerId))?.locale ?? 'ja'
  const standing = standingMessage(request, { locale, timeZone: work.timeZone })
  work.tell(request.customerId, [textMessage(TEXTS[locale].passedOn), standing])
}
