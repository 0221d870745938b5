import { comparable } from '../../core/text.ts'
import type { Tx } from '../../platform/db/index.ts'
import { currentAll } from '../definitions/index.ts'
import { segmentKind, segmentOf, teamSegmentKind } from './definition.ts'
import type { Segment } from './rules/schema.ts'

/** A segment in force. */
export interface PublishedSegment {
  /** Of this version of its definition. */
  readonly definitionId: string
  readonly version: number
  readonly segment: Segment
  /** Written in Slack; others come from a file. */
  readonly isTeams: boolean
}

/** All segments in force, by id. */
export async function findSegments(tx: Tx): Promise<PublishedSegment[]> {
  const ofFiles = await currentAll(tx, segmentKind.kind)
  const ofTeam = await currentAll(tx, teamSegmentKind.kind)
  // A file that takes the id of one written in Slack comes first: it is what a shop keeps.
  const taken = new Set(ofFiles.map(({ key }) => key))
  return [...ofFiles, ...ofTeam.filter(({ key }) => !taken.has(key))]
    .map(({ id, kind, version, body }) => ({
      ...{ definitionId: id, version, segment: segmentOf(body), isTeams: kind === teamSegmentKind.kind }
    }))
    .sort((a, b) => (a.segment.id < b.segment.id ? -1 : 1))
}

/** The one that people mean by an id or a name in either language, however they write it; undefined = none. */
export async function findSegment(tx: Tx, told: string): Promise<PublishedSegment | undefined> {
  const wanted = comparable(told)
  const all = await findSegments(tx)
  const isCalled = ({ segment: { id, name } }: PublishedSegment) =>
    [id, name.ja, name.en].some((each) => comparable(each) === wanted)
  return all.find(({ segment }) => segment.id === wanted) ?? all.find(isCalled)
}
