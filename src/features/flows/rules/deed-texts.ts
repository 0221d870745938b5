import type { Deed } from './schema.ts'

/** A deed in a few words, for diagrams. */
export function deedLabel(deed: Deed): string {
  switch (deed.do) {
    case 'set':
      return `${deed.attribute} = ${deed.from ?? JSON.stringify(deed.to)}`
    case 'give':
      return deed.coupon ?? (deed.points === undefined ? 'stamp' : `${deed.points} points`)
    case 'notify':
      return deed.text.en
    case 'webhook':
      return new URL(deed.url).host
    case 'goto':
      return deed.flow
  }
}
