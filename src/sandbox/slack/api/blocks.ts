import { messageFaults, object, viewFaults } from '../check-blocks.ts'
import { slackId } from '../state.ts'
import type { FakeBlock, JsonObject } from '../types.ts'
import { ApiError } from './error.ts'

/** A view as it was given, with ids for its blocks; throws where Slack would refuse it. */
export function checkedView(given: unknown): JsonObject & { blocks: FakeBlock[] } {
  const view = object(given)
  const faults = viewFaults(view)
  if (faults.length > 0) throw new ApiError('invalid_arguments', faults)
  return { ...view, blocks: withIds(view.blocks) }
}

/** Blocks of a message, with ids; throws where Slack would refuse them. */
export function checkedBlocks(blocks: unknown): FakeBlock[] {
  const faults = messageFaults(blocks)
  if (faults.length > 0) throw new ApiError('invalid_blocks', faults)
  return withIds(blocks)
}

/** Blocks without an id get one, as on the real thing. */
export function withIds(blocks: unknown): FakeBlock[] {
  const given: readonly unknown[] = Array.isArray(blocks) ? blocks : []
  return given.map((block) => ({
    block_id: slackId('').slice(0, 5),
    ...object(block),
    type: String(object(block).type)
  }))
}
