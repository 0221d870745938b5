/** 132 bits: nobody guesses one, and an address stays short. */
export const TOKEN_CHARACTERS = 22

/** What follows /r/ when it may be one of ours; anything else is not worth a question to the database. */
export const TOKEN = new RegExp(`^[\\w-]{${TOKEN_CHARACTERS}}$`)
