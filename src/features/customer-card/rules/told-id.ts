import { truncate } from '../../../core/text.ts'

/** The end of an id, as people tell it: …a1b2. */
export function tailOf(id: string): string {
  return `…${id.slice(-4)}`
}

/** A value that staff see in full, no longer than a line. */
export function plainIdentity(value: string): string {
  return truncate(value, 60)
}
