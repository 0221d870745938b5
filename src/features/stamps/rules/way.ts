/** How a stamp came about: at a counter, a visit's second one and so on, on a first card from the beginning, as a present. */
export type Way = 'counter' | 'extra' | 'bonus' | 'present'

/** The ways that prove a visit: the next one counts an interval later. */
export const VISITS: readonly Way[] = ['counter']
