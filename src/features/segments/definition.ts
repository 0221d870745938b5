import type { DefinitionFault, DefinitionKind } from '../../platform/feature.ts'
import { prefectureName, tagName } from '../customers/index.ts'
import { explainIssues } from '../definitions/index.ts'
import { clearProperties, storedName } from '../events/index.ts'
import { tierKeysAround, unknownTiers } from '../tiers/index.ts'
import { checkSegment } from './rules/check.ts'
import type { Known } from './rules/leaf-faults.ts'
import { namedTiers } from './rules/named-tiers.ts'
import { Segment } from './rules/schema.ts'

/** Files under flows/segments. */
export const segmentKind: DefinitionKind = {
  kind: 'segment',
  files: 'segments/',
  check,
  together: (body, around) => tierFaults(segmentOf(body), tierKeysAround(around))
}

/** A segment that managers wrote in Slack: of a kind of its own, so that a server's start does not miss its file. */
export const teamSegmentKind: DefinitionKind = { ...segmentKind, kind: 'team_segment' }

/** A segment in a file that lies elsewhere. */
export function segmentAt(path: string): DefinitionKind {
  return { ...segmentKind, files: path }
}

/** Tiers that a segment names and that there are not; `keys` undefined = there are none at all. */
export function tierFaults({ who }: Segment, keys: readonly string[] | undefined): DefinitionFault[] {
  const named = namedTiers(who, ['who'])
  const faults = unknownTiers(
    named.map(({ tier }) => tier),
    keys
  )
  return named.flatMap(({ tier, at }) => {
    const message = faults.get(tier)
    return message === undefined ? [] : [{ path: at, message }]
  })
}

const KNOWN: Known = { eventName: storedName, clearProperties, tagName, prefectureName }

function check(input: unknown): ReturnType<DefinitionKind['check']> {
  const checked = checkSegment(input, KNOWN)
  if (checked.ok) return { ok: true, key: checked.segment.id, body: checked.segment }
  return { ok: false, faults: explainIssues(checked.error, input) }
}

/** The segment in a published definition's body; throws when it is none, which publishing rules out. */
export function segmentOf(body: unknown): Segment {
  return Segment.parse(body)
}
