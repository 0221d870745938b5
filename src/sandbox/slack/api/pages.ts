import { messageObject } from '../objects.ts'
import type { FakeState } from '../state.ts'
import type { FakeMessage, JsonObject } from '../types.ts'

/** Some of all, from the cursor on, and the cursor of the rest; empty = that was all. */
export function paged<Item>(all: readonly Item[], args: JsonObject): { page: Item[]; next: string } {
  const from = args.cursor ? Number(Buffer.from(String(args.cursor), 'base64').toString()) : 0
  const to = from + Math.min(Number(args.limit ?? 100), 1000)
  return { page: all.slice(from, to), next: to < all.length ? Buffer.from(String(to)).toString('base64') : '' }
}

/** A page of messages as Slack gives them. */
export function messagePage(state: FakeState, args: JsonObject, all: readonly FakeMessage[]): JsonObject {
  const inRange = all.filter(({ ts }) => ts > String(args.oldest ?? '0') && ts < String(args.latest ?? '9'))
  const { page, next } = paged(inRange, args)
  const withMetadata = String(args.include_all_metadata) === 'true'
  return {
    messages: page.map((message) => messageObject(state, message, withMetadata)),
    has_more: next !== '',
    response_metadata: { next_cursor: next }
  }
}
