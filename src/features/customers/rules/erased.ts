/**
 * Whether somebody (erased at `erasedAt`, undefined = never) was erased after what is told of them. What has no time of its
 * own may be from before: an old list must bring nobody back.
 */
export function isErasedSince(erasedAt: Date | undefined, at: Date | undefined): boolean {
  return erasedAt !== undefined && (at === undefined || at.getTime() <= erasedAt.getTime())
}
