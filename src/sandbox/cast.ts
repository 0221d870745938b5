import { createHash } from 'node:crypto'
import type { FakeLine } from './line/index.ts'

/** Someone the sandbox starts with. A regular has been coming for a long time: the demo shop knows them by this id. */
export interface CastMember {
  readonly userId: string
  readonly displayName: string
  readonly language: string
  readonly regular: boolean
}

const PEOPLE = [
  { displayName: '佐藤 花子', language: 'ja', regular: false },
  { displayName: '田中 健', language: 'ja', regular: true },
  { displayName: 'Emma Wilson', language: 'en', regular: false },
  { displayName: '鈴木 美咲', language: 'ja', regular: true }
] as const

/** The people of a fresh sandbox; `secret` makes their LINE ids its own, so that nobody can guess them. */
export function castOf(secret: string): readonly CastMember[] {
  return PEOPLE.map((person) => ({ ...person, userId: userIdOf(secret, person.displayName) }))
}

/** Puts the cast into an empty fake: regulars have added the account long ago, the others have yet to. */
export function fillLine(line: FakeLine, cast: readonly CastMember[]): void {
  for (const { userId, displayName, language } of cast) line.addPerson({ userId, displayName, language })
  const state = line.snapshot()
  for (const { userId, regular } of cast) {
    const person = state.people[userId]
    if (regular && person) person.status = 'following'
  }
  line.restore(state)
}

function userIdOf(secret: string, name: string): string {
  return `U${createHash('sha256').update(`${secret}\u0000${name}`).digest('hex').slice(0, 32)}`
}
