/**
 * How a stamp came about: at a counter, by a visit that a till told, a visit's second one and so on, on a first card from the
 * beginning, as a present, by the hand of staff.
 */
export type Way = 'counter' | 'pos' | 'extra' | 'bonus' | 'present' | 'staff'

/** The ways that prove a visit: the next one counts an interval later. */
export const VISITS: readonly Way[] = ['counter', 'pos']
