/** One time that a person followed or blocked the account. `tellerMs` is LINE's own time of it, epoch milliseconds. */
export interface FollowChange {
  readonly name: 'line.followed' | 'line.unfollowed'
  readonly tellerMs: number
}

/** Where a person stands after all that LINE told, in whatever order it came. */
export interface FollowState {
  readonly blocked: boolean
  /** They follow now, and did so before. */
  readonly returned: boolean
}

/** The newest change decides, by LINE's own time: a block that is told late does not undo a newer follow. */
export function followState(changes: readonly FollowChange[]): FollowState {
  const newest = changes.reduce<FollowChange | undefined>(
    (latest, change) => (latest && latest.tellerMs > change.tellerMs ? latest : change),
    undefined
  )
  const blocked = newest?.name === 'line.unfollowed'
  return { blocked, returned: !blocked && changes.length > 1 }
}
