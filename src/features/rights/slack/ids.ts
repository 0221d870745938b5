/** Names of the buttons and forms of a card. */
export const ACTION = { approve: 'rights.approve', correct: 'rights.correct', decline: 'rights.decline' } as const
