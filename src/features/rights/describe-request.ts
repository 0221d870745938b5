import { comparable, truncate } from '../../core/text.ts'
import type { Work } from '../../platform/work.ts'
import { arrange } from './announce.ts'
import { carryOut } from './carry-out.ts'
import type { PrivacyPort } from './port.ts'
import { addDays, DUE_DAYS, nextState, WORDING_MINUTES } from './rules/request.ts'
import { isAutomatic } from './settings.ts'
import { type RightsRequest, saveRequest } from './store.ts'

const NAME_MAX_LENGTH = 100

export interface Words {
  readonly text: string
  readonly port: PrivacyPort | undefined
}

/**
 * Takes the words of a correction: a name is changed at once where that is set, anything else goes to staff, whose time
 * begins now. Undefined when the request is too old for the next message to be its words.
 */
export async function describeRequest(
  work: Work,
  request: RightsRequest,
  { text, port }: Words
): Promise<RightsRequest | undefined> {
  const { tx, cipher, now, cause } = work
  if (now.getTime() - request.requestedAt.getTime() > WORDING_MINUTES * 60_000 || comparable(text) === '')
    return undefined
  if (await isAutomatic(tx, 'correct'))
    return carryOut(work, request, { port, name: truncate(text.trim(), NAME_MAX_LENGTH) })
  const next = nextState(request.state, 'describe')
  if (!next.ok) return undefined
  const described = await saveRequest(tx, cipher, {
    before: request,
    change: { state: next.value, dueAt: addDays(now, DUE_DAYS), detail: text, detailCause: cause }
  })
  await arrange(work, described)
  return described
}
