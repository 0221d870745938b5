/** Names of the button and its form, and of the form's fields. */
export const ADJUST = 'points.adjust'
export const FIELD = { direction: 'points_direction', count: 'points_count', reason: 'points_reason' } as const
